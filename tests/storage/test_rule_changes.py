"""A rule of the timetable becomes another one from a day on: what is made anew, what stays, what goes along."""

import asyncio
from datetime import date, time, timedelta

import pytest

from domain.errors import InvalidInputError, NotFoundError, NotPermittedError, RefusalError
from domain.ids import TimetableRuleId, new_id
from domain.sessions.generating import GenerateSessions
from domain.sessions.planning import RemoveSession
from domain.sessions.ports import RuleFacts, SessionFacts
from domain.sessions.rule_changes import ChangeRule, RuleChanges
from domain.sessions.rules import AddRule, LeaveDayOut, NewRule
from storage.audit import audit
from storage.repositories.sessions import StoredSessions
from storage.repositories.standing import StoredStanding
from storage.unit_of_work import unit_of_work_factory
from tests.builders.standing import ask_for_all
from tests.cast import Cast
from tests.conversations.ledger import kept
from tests.factories import Person, Scheduled

MONDAY = date(2026, 11, 23)  # the opening day
SIX, SEVEN = time(18), time(19)
A_WEEK = timedelta(weeks=1)


async def add(cast: Cast, *, weekdays: frozenset[int] = frozenset({0, 2})) -> TimetableRuleId:
    rule = NewRule(TimetableRuleId(new_id()), cast.taught.id, cast.world.branch.id, weekdays, SIX, MONDAY)
    await AddRule(unit_of_work_factory(cast.world.database), cast.world.clock)(actor=cast.staff.actor, rule=rule)
    return rule.rule_id


async def change(
    cast: Cast,
    rule_id: TimetableRuleId,
    changes: RuleChanges,
    *,
    starts_on: date = MONDAY + A_WEEK,
    actor: Person | None = None,
    new_rule_id: TimetableRuleId | None = None,
) -> tuple[TimetableRuleId, tuple[SessionFacts, ...]]:
    use_case = ChangeRule(unit_of_work_factory(cast.world.database), cast.world.clock)
    becomes = new_rule_id or TimetableRuleId(new_id())
    stays = await use_case(
        actor=(actor or cast.staff).actor, rule_id=rule_id, new_rule_id=becomes, changes=changes, starts_on=starts_on
    )
    return becomes, stays


async def sessions_of(cast: Cast, rule_id: TimetableRuleId) -> list[SessionFacts]:
    return await StoredSessions(cast.world.database).list_of_rule(
        center_id=cast.world.center_id, rule_id=rule_id, after=cast.world.clock.now(), since=MONDAY
    )


async def rule(cast: Cast, rule_id: TimetableRuleId) -> RuleFacts:
    found = await StoredSessions(cast.world.database).find_rule(
        center_id=cast.world.center_id, rule_id=rule_id, staff_id=None
    )
    assert found is not None
    return found


async def book(cast: Cast, facts: SessionFacts) -> None:
    session = Scheduled(facts.id, cast.taught, cast.world.branch, facts.starts_at, facts.capacity)
    await cast.world.book(cast.member, session)


class TestChanging:
    async def test_ends_the_one_and_goes_on_with_the_other(self, cast: Cast) -> None:
        was = await add(cast)
        becomes, stays = await change(cast, was, RuleChanges(frozenset({1}), SEVEN, "Dina Farag", 20))
        assert stays == ()
        assert [each.local_date for each in await sessions_of(cast, was)] == [MONDAY, MONDAY + timedelta(days=2)]
        made = await sessions_of(cast, becomes)
        assert [each.local_date for each in made][:2] == [MONDAY + timedelta(days=8), MONDAY + timedelta(days=15)]
        assert {(each.local_time, each.teacher, each.capacity) for each in made} == {(SEVEN, "Dina Farag", 20)}
        assert (await rule(cast, was)).ends_on == MONDAY + timedelta(days=6)
        assert await audit(cast.world.database) == []

    async def test_keeps_what_is_booked_and_makes_no_second_class_on_that_day(self, cast: Cast) -> None:
        was = await add(cast)
        booked = next(each for each in await sessions_of(cast, was) if each.local_date == MONDAY + A_WEEK)
        await book(cast, booked)
        becomes, stays = await change(cast, was, RuleChanges(at=SEVEN))
        assert [(each.id, each.local_time) for each in stays] == [(booked.id, SIX)]
        assert MONDAY + A_WEEK not in [each.local_date for each in await sessions_of(cast, becomes)]
        generate = GenerateSessions(unit_of_work_factory(cast.world.database), cast.world.clock)
        assert await generate(cast.world.center_id) == 0

    async def test_makes_nothing_on_days_that_were_left_out_or_deleted(self, cast: Cast) -> None:
        was = await add(cast)
        units = unit_of_work_factory(cast.world.database)
        out, deleted = MONDAY + A_WEEK, MONDAY + A_WEEK + timedelta(days=2)
        await LeaveDayOut(units, cast.world.clock)(actor=cast.staff.actor, rule_id=was, day=out)
        gone = next(each for each in await sessions_of(cast, was) if each.local_date == deleted)
        await RemoveSession(units, cast.world.clock)(actor=cast.staff.actor, session_id=gone.id)
        becomes, _ = await change(cast, was, RuleChanges(capacity=5))
        assert not {out, deleted} & {each.local_date for each in await sessions_of(cast, becomes)}

    async def test_pressed_twice_changes_once(self, cast: Cast) -> None:
        was = await add(cast)
        becomes, _ = await change(cast, was, RuleChanges(at=SEVEN))
        before = await kept(cast.world.database)
        assert (await change(cast, was, RuleChanges(at=SEVEN), new_rule_id=becomes))[1] == ()
        assert await kept(cast.world.database) == before

    async def test_by_two_at_once_changes_once(self, cast: Cast) -> None:
        was = await add(cast)
        outcomes = await asyncio.gather(
            *(change(cast, was, RuleChanges(at=time(hour))) for hour in (19, 20)), return_exceptions=True
        )
        assert sorted(isinstance(each, RefusalError) for each in outcomes) == [False, True], outcomes
        later = [each for each in await sessions_of(cast, was) if each.local_date >= MONDAY + A_WEEK]
        assert later == []

    async def test_from_its_first_day_on_puts_it_away(self, cast: Cast) -> None:
        was = await add(cast)
        becomes, _ = await change(cast, was, RuleChanges(at=time(21)), starts_on=MONDAY)
        assert (await rule(cast, was)).archived_at is not None
        assert len(await sessions_of(cast, becomes)) == 9
        assert await sessions_of(cast, was) == []

    async def test_keeps_the_classs_own_seats_where_they_were_not_chosen(self, cast: Cast) -> None:
        becomes, _ = await change(cast, await add(cast), RuleChanges(teacher="Dina Farag"))
        facts = await rule(cast, becomes)
        assert (facts.own_teacher, facts.own_capacity, facts.capacity) == ("Dina Farag", None, 12)

    @pytest.mark.parametrize(("changes", "goes_along"), [(RuleChanges(capacity=9), True), (RuleChanges(at=SEVEN), False)])
    async def test_takes_standing_bookings_along_where_the_time_stays(
        self, cast: Cast, changes: RuleChanges, *, goes_along: bool
    ) -> None:
        was = await add(cast)
        first = (await sessions_of(cast, was))[0]
        session = Scheduled(first.id, cast.taught, cast.world.branch, first.starts_at, 12)
        standing = await ask_for_all(cast.world, cast.member, session)
        becomes, _ = await change(cast, was, changes)
        found = await StoredStanding(cast.world.database).list_on_rule(center_id=cast.world.center_id, rule_id=becomes)
        assert found == ([standing] if goes_along else [])


class TestRefusing:
    @pytest.mark.parametrize(
        "changes", [RuleChanges(), RuleChanges(frozenset()), RuleChanges(capacity=0), RuleChanges(teacher=" ")]
    )
    async def test_what_is_no_change_or_does_not_fit(self, cast: Cast, changes: RuleChanges) -> None:
        was = await add(cast)
        before = await kept(cast.world.database)
        with pytest.raises(InvalidInputError):
            await change(cast, was, changes)
        assert await kept(cast.world.database) == before

    async def test_days_that_are_past(self, cast: Cast) -> None:
        with pytest.raises(InvalidInputError):
            await change(cast, await add(cast), RuleChanges(at=SEVEN), starts_on=MONDAY - timedelta(days=1))

    async def test_a_rule_that_has_become_another_one(self, cast: Cast) -> None:
        was = await add(cast)
        await change(cast, was, RuleChanges(at=SEVEN))
        with pytest.raises(NotFoundError):
            await change(cast, was, RuleChanges(at=time(20)))

    async def test_students_other_branches_and_other_centers(self, cast: Cast) -> None:
        was = await add(cast)
        elsewhere = await cast.world.add_staff("Nadia Samir", branch=await cast.world.add_branch("Zamalek"))
        for stranger in (elsewhere, await cast.elsewhere.add_admin()):
            with pytest.raises(NotFoundError):
                await change(cast, was, RuleChanges(at=SEVEN), actor=stranger)
        with pytest.raises(NotPermittedError):
            await change(cast, was, RuleChanges(at=SEVEN), actor=cast.member)
