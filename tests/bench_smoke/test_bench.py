"""The measurements at a tiny scale: that they run, and that floors do exactly what ours does. Nothing is timed."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from bench.__main__ import PARTS, as_json
from bench.center import fill_center
from bench.figures import NotMeasurableError, Result
from bench.floor_postgresql import arguments, floor
from bench.floor_sqlite import SqliteFloor, calls
from bench.ground import BACKENDS, Ground, run
from bench.machine import describe_machine
from bench.scale import SMALL
from bench.taps import draw_cards, planned_writes
from domain.writes.base import Write
from storage.engine import open_database
from storage.prepared import Query
from storage.tables import metadata

_WITHOUT_PROCESSES = [name for name in PARTS if not name.startswith(("tap", "burst"))]
_COUNTED = ("booked", "told", "answered otherwise", "discrepancies")


@pytest.fixture
def ground(postgres_server: str) -> Iterator[Ground]:
    """Databases of the measurements, on the tests' own server."""
    with Ground(SMALL, server_url=postgres_server) as ground:
        yield ground


def counts_are_right(result: Result) -> bool:
    """Whether every verdict that counts, and does not time, is met."""
    return all(verdict.is_met for verdict in result.verdicts if any(word in verdict.label for word in _COUNTED))


@pytest.mark.parametrize("name", _WITHOUT_PROCESSES)
def test_part_measures_and_counts_right(ground: Ground, name: str) -> None:
    result = PARTS[name](ground)
    assert result.name == name
    assert all(sample > 0 for measure in result.measures for sample in measure.samples)
    assert counts_are_right(result)


@pytest.mark.parametrize("backend", BACKENDS)
def test_burst_through_the_whole_bot_tells_everybody(ground: Ground, backend: str) -> None:
    result = PARTS[f"burst-{backend}"](ground)
    assert counts_are_right(result), result.as_text()


def test_tap_is_measured_beside_the_bare_bot(ground: Ground) -> None:
    try:
        result = PARTS["tap"](ground)
    except NotMeasurableError as reason:
        pytest.skip(str(reason))
    assert all(sample > 0 for measure in result.measures for sample in measure.samples)


def test_results_are_written_as_json_with_the_machine(ground: Ground, postgres_server: str) -> None:
    result = PARTS["oversell"](ground)
    written = orjson.loads(as_json(describe_machine(postgres_server), [result]))
    assert written["machine"]["postgresql"]["server_version"]
    assert written["results"][0]["verdicts"][0] == result.verdicts[0].as_json()


@pytest.mark.parametrize("backend", BACKENDS)
def test_floor_writes_the_same_rows_as_the_use_case(ground: Ground, backend: str) -> None:
    template = ground.template(backend, fill_center)
    with ground.copy_of(template) as url:
        planned = run(_planned(url, ground))
        run(_apply(url, planned))
        ours = run(_rows(url))
    with ground.copy_of(template) as url:
        if backend == "sqlite":
            connection = SqliteFloor(url)
            connection.book_all([calls(writes) for writes in planned])
            connection.close()
        else:
            run(_call_function(url, planned))
        assert run(_rows(url)) == ours


async def _planned(url: str, ground: Ground) -> list[tuple[Write, ...]]:
    """Return the writes of two bookings, one paid by credit and one from the wallet."""
    center = ground.template(open_database(url).backend, fill_center).contents
    database = open_database(url)
    try:
        return planned_writes(await draw_cards(database, center.students[:2], center.spread))
    finally:
        await database.close()


async def _apply(url: str, planned: list[tuple[Write, ...]]) -> None:
    database = open_database(url)
    try:
        for writes in planned:
            await database.apply(writes)
    finally:
        await database.close()


async def _call_function(url: str, planned: list[tuple[Write, ...]]) -> None:
    async with floor(url, pool_size=1) as book_at_once:
        await book_at_once([arguments(writes) for writes in planned])


async def _rows(url: str) -> dict[str, list[Any]]:
    """Return every row of every table."""
    database = open_database(url)
    try:
        return {
            table.name: sorted(await database.fetch(Query(sa.select(table), lambda *values: values)), key=repr)
            for table in metadata.sorted_tables
        }
    finally:
        await database.close()
