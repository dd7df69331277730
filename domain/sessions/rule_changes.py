"""A rule of the timetable becomes another one from a day on: other weekdays, another time, teacher, or number of seats.

The rule ends before that day, and a new one goes on, in one transaction. Sessions from then on that nobody is or was in are
made anew; the others stay as they are, and are named: each is a promise to somebody. A day on which one stays, was called
off or was left out has no second one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from domain.clock import Clock
from domain.errors import InvalidInputError, NotFoundError
from domain.ids import TimetableRuleId
from domain.organization.fields import RULES, Field
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.calendar import local_day
from domain.sessions.generating import holidays_at, sessions_of_rule
from domain.sessions.input import NAME_LENGTH, clean_label
from domain.sessions.planning import deletion_writes
from domain.sessions.ports import RuleFacts, SessionFacts
from domain.sessions.record import required
from domain.sessions.rules import added_writes, rule_within_reach, said_of_rule, weekly
from domain.sessions.timetable import FARTHEST
from domain.writes.base import Write
from domain.writes.timetable import AddException, EndRule
from domain.writes.waitlist import MoveStandingToRule

_A_DAY = timedelta(days=1)
_REASON = "timetable rule changed"


@dataclass(frozen=True, slots=True)
class RuleChanges:
    """What is to be different about a rule; None stays as it is. ``weekdays`` count from 0, Monday."""

    weekdays: frozenset[int] | None = None
    at: time | None = None
    teacher: str | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """Let a rule be another one from a day on.

    The new rule's id was made when the screen was drawn: pressed twice, there is one. Standing bookings go along where days
    and time stay; a class at another time is another promise. Raises NotFoundError (no such rule, or it ends before),
    InvalidInputError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self,
        *,
        actor: Actor,
        rule_id: TimetableRuleId,
        new_rule_id: TimetableRuleId,
        changes: RuleChanges,
        starts_on: date,
    ) -> tuple[SessionFacts, ...]:
        """Return the sessions from that day on that stay as they were."""
        require(actor, Operation.MANAGE_TIMETABLE)
        changes = _checked(changes)

        async def decide(work: UnitOfWork) -> date:
            rule = await rule_within_reach(work, actor=actor, rule_id=rule_id)
            done = await work.sessions.find_rule(center_id=actor.center_id, rule_id=new_rule_id, staff_id=None)
            if done is not None:
                return done.starts_on
            now = self.clock.now()
            first = max(starts_on, rule.starts_on)
            _check_day(rule, starts_on, today=local_day(now, rule.zone))
            becomes = _becomes(rule, changes, new_rule_id=new_rule_id, starts_on=first)
            work.add(*await _writes(work, rule, becomes, actor=actor, now=now))
            await work.commit()
            return first

        since = await decide_and_commit(self.new_unit_of_work, decide)
        async with self.new_unit_of_work() as work:
            return tuple(
                await work.sessions.list_of_rule(
                    center_id=actor.center_id, rule_id=rule_id, after=self.clock.now(), since=since
                )
            )


def _checked(changes: RuleChanges) -> RuleChanges:
    """Return the changes, fit to be kept. Raises InvalidInputError, also where nothing would be different."""
    if changes == RuleChanges():
        raise InvalidInputError(field="rule", reason="empty")
    if changes.weekdays is not None and not changes.weekdays:
        raise InvalidInputError(field="weekdays", reason="empty")
    if changes.capacity is not None:
        fits = RULES[Field.CAPACITY]
        if not fits.least <= changes.capacity <= fits.most:
            raise InvalidInputError(field=Field.CAPACITY, reason="too_large", limit=fits.most)
    if changes.teacher is None:
        return changes
    return replace(changes, teacher=clean_label(changes.teacher, field="teacher", longest=NAME_LENGTH))


def _check_day(rule: RuleFacts, starts_on: date, *, today: date) -> None:
    if starts_on < today:
        raise InvalidInputError(field="day", reason="past")
    if starts_on > today + FARTHEST:
        raise InvalidInputError(field="time", reason="too_far")
    if rule.archived_at is not None or (rule.ends_on is not None and rule.ends_on < starts_on):
        raise NotFoundError(what="timetable rule")


def _becomes(rule: RuleFacts, changes: RuleChanges, *, new_rule_id: TimetableRuleId, starts_on: date) -> RuleFacts:
    return replace(
        rule,
        id=new_rule_id,
        starts_on=starts_on,
        recurrence=rule.recurrence if changes.weekdays is None else weekly(changes.weekdays),
        local_time=changes.at or rule.local_time,
        teacher=changes.teacher or rule.teacher,
        capacity=changes.capacity or rule.capacity,
        own_teacher=changes.teacher or rule.own_teacher,
        own_capacity=changes.capacity or rule.own_capacity,
    )


async def _writes(work: UnitOfWork, rule: RuleFacts, becomes: RuleFacts, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the end of the one rule, the other one with its sessions, and what makes room for them."""
    center_id, since, today = actor.center_id, becomes.starts_on, local_day(now, rule.zone)
    later = await work.sessions.list_of_rule(center_id=center_id, rule_id=rule.id, after=now, since=since)
    gone = [session for session in later if session.is_deletable]
    taken = set(await work.sessions.list_made(rule_id=rule.id, since=since)) - {each.original_local_date for each in gone}
    left_out = {day for day in await work.sessions.list_exceptions(rule_id=rule.id) if day >= since}
    holidays = await work.sessions.list_holidays(center_id=center_id, since=today)
    skipped = {*taken, *left_out, *holidays_at(holidays, rule.branch_id)}
    made, _ = sessions_of_rule(becomes, skipped=skipped, actor=actor, now=now)
    return [
        *required(center_id, rule.timezone, branch_id=rule.branch_id, class_id=rule.class_id),
        *_ended(rule, becomes, actor=actor, now=now),
        *added_writes(becomes, actor=actor, now=now),
        *(AddException(becomes.id, day, None) for day in sorted(taken | left_out)),
        *made,
        *(write for each in gone for write in deletion_writes(each, actor=actor, now=now, reason=_REASON)),
        *await _standing(work, rule, becomes, actor=actor),
    ]


def _ended(rule: RuleFacts, becomes: RuleFacts, *, actor: Actor, now: datetime) -> Sequence[Write]:
    """End the rule the day before; one that would not have begun by then is put away."""
    is_begun = rule.starts_on < becomes.starts_on
    ends_on = becomes.starts_on - _A_DAY if is_begun else rule.ends_on
    before, after = _differences(rule, becomes)
    return [
        EndRule(rule.id, rule.ends_on, ends_on, None if is_begun else now),
        *said_of_rule(
            rule.id,
            actor=actor,
            now=now,
            before={**before, "ends_on": rule.ends_on},
            after={**after, "ends_on": ends_on, "continued_by_id": becomes.id},
        ),
    ]


def _differences(rule: RuleFacts, becomes: RuleFacts) -> tuple[dict[str, object], dict[str, object]]:
    was, will = _described(rule), _described(becomes)
    names = [name for name in was if was[name] != will[name]]
    return {name: was[name] for name in names}, {name: will[name] for name in names}


def _described(rule: RuleFacts) -> dict[str, object]:
    return {
        "recurrence": rule.recurrence,
        "local_time": f"{rule.local_time:%H:%M}",
        "teacher": rule.teacher,
        "capacity": rule.capacity,
    }


async def _standing(work: UnitOfWork, rule: RuleFacts, becomes: RuleFacts, *, actor: Actor) -> list[Write]:
    if (rule.recurrence, rule.local_time) != (becomes.recurrence, becomes.local_time):
        return []
    found = await work.standing.list_on_rule(center_id=actor.center_id, rule_id=rule.id)
    return [MoveStandingToRule(each, rule.id, becomes.id) for each in found]
