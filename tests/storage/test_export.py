"""Every table as pages of text."""

from storage.export import columns_of, exported_tables, pages_of
from storage.tables import metadata
from tests.cast import Cast


async def rows_of(cast: Cast, table: str, *, page_rows: int = 1_000) -> list[list[str]]:
    return [row async for page in pages_of(cast.world.database, table, page_rows=page_rows) for row in page]


class TestExport:
    async def test_has_every_table_and_column(self) -> None:
        assert set(exported_tables()) == set(metadata.tables)
        assert columns_of("people")[:4] == ("id", "center_id", "telegram_id", "name")

    async def test_in_small_pages_has_every_row_once(self, cast: Cast) -> None:
        for table in exported_tables():
            whole, paged = await rows_of(cast, table), await rows_of(cast, table, page_rows=2)
            assert paged == whole, table
            assert len({tuple(row) for row in whole}) == len(whole), table

    async def test_writes_values_as_programs_read_them(self, cast: Cast) -> None:
        columns = columns_of("enrollments")
        (row,) = [dict(zip(columns, row, strict=True)) for row in await rows_of(cast, "enrollments")]
        assert (row["id"], row["status"], row["price_minor"]) == (str(cast.booking.id), "PAID", "8000")
        assert (row["attended_at"], row["created_at"]) == ("", "2026-11-23T08:00:00+00:00")

    async def test_of_an_empty_table_is_no_page(self, cast: Cast) -> None:
        assert await rows_of(cast, "invites") == []
