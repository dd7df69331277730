"""A day of a branch's drawer: the center's local day, and what counts to it."""

from datetime import date, timedelta

from domain.finance.cashbox_views import DailySummary
from domain.finance.reconciliation import Match
from domain.people.desk_views import people_search
from domain.sessions.calendar import span_of_day
from domain.sessions.model import SessionStatus
from storage.queries.cashbox import StoredCashboxViews
from storage.queries.desk import StoredDeskViews
from tests.builders.cash import add_guest, at_the_door, correct, set_status, take_seat, top_up
from tests.cast import Cast
from tests.factories import ZONE, World

MONDAY = date(2026, 11, 23)


async def day_of(world: World, day: date = MONDAY) -> DailySummary:
    """Read a day of the first branch."""
    return await StoredCashboxViews(world.database).find_day(
        center_id=world.center_id, branch_id=world.branch.id, day=day, span=span_of_day(day, ZONE)
    )


class TestDay:
    async def test_counts_cash_of_its_sessions_whenever_it_was_taken(self, cast: Cast) -> None:
        world = cast.world
        session = await at_the_door(world, cast.taught)
        await take_seat(world, cast.staff, session, cast.poor)
        await set_status(world, session, SessionStatus.CONDUCTING)
        world.clock.advance(timedelta(days=1))
        await take_seat(world, cast.staff, session, await add_guest(world))
        await set_status(world, session, SessionStatus.FINISHED)
        found = (await day_of(world)).reconciliation
        assert (found.expected_minor, found.actual_minor, found.match) == (16_000, 16_000, Match.MATCHED)
        assert (await day_of(world, MONDAY + timedelta(days=1))).reconciliation.expected_minor == 0

    async def test_counts_a_correction_and_no_top_up(self, cast: Cast) -> None:
        world = cast.world
        session = await at_the_door(world, cast.taught)
        seat = await take_seat(world, cast.staff, session, cast.poor)
        await top_up(world, cast.staff, cast.poor, 1_000)
        lines = await StoredCashboxViews(world.database).list_movements(
            center_id=world.center_id, branch_id=world.branch.id, span=span_of_day(MONDAY, ZONE), limit=50
        )
        paid = next(line for line in lines if line.class_title is not None)
        await correct(world, cast.staff, paid.transaction_id, right_minor=7_000)
        await set_status(world, session, SessionStatus.FINISHED)
        found = (await day_of(world)).reconciliation
        assert (found.expected_minor, found.actual_minor, found.match) == (8_000, 7_000, Match.UNDER)
        assert seat.amount_minor == 8_000

    async def test_of_another_branch_is_empty(self, cast: Cast) -> None:
        other = await cast.world.add_branch("Zamalek")
        found = await StoredCashboxViews(cast.world.database).find_day(
            center_id=cast.world.center_id, branch_id=other.id, day=MONDAY, span=span_of_day(MONDAY, ZONE)
        )
        assert (found.sessions, found.totals.in_minor) == ((), 0)


class TestSearch:
    async def test_escapes_what_means_something_to_sql(self, cast: Cast) -> None:
        await add_guest(cast.world, "100% Ziad_", phone="+201001234598")
        views = StoredDeskViews(cast.world.database)
        for typed, names in (("0%_z", []), ("d_", ["100% Ziad_"]), ("100%", ["100% Ziad_"]), ("a_d", [])):
            found = await views.list_people(center_id=cast.world.center_id, search=people_search(typed), limit=9)
            assert [person.name for person in found] == names, typed

    async def test_finds_nobody_of_another_center(self, cast: Cast) -> None:
        views = StoredDeskViews(cast.world.database)
        found = await views.list_people(center_id=cast.elsewhere.center_id, search=people_search("omar"), limit=9)
        assert list(found) == []
        assert await views.find_person(center_id=cast.elsewhere.center_id, person_id=cast.member.id) is None
