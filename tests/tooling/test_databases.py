from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage.migrate import current_revision, head_revision
from tests.tooling.postgres_probe import query


async def execute(url: str, statement: str) -> list[Any]:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            result = await connection.execute(text(statement))
            return list(result.scalars()) if result.returns_rows else []
    finally:
        await engine.dispose()


class TestDatabaseOfATest:
    def test_has_the_current_schema(self, database_url: str) -> None:
        assert current_revision(database_url) == head_revision()

    @pytest.mark.parametrize("run", ["first", "second"])
    async def test_is_its_own(self, database_url: str, run: str) -> None:
        await execute(database_url, "CREATE TABLE left_behind (run text)")
        await execute(database_url, f"INSERT INTO left_behind VALUES ('{run}')")
        assert await execute(database_url, "SELECT run FROM left_behind") == [run]

    def test_is_of_the_kind_that_the_tests_id_says(self, database_url: str, request: pytest.FixtureRequest) -> None:
        assert make_url(database_url).get_backend_name() in request.node.callspec.id

    def test_is_copied_from_a_template_that_nobody_uses(self, postgres_server: str, postgres_template: str) -> None:
        users = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{postgres_template}'"
        assert query(postgres_server, users) == 0
