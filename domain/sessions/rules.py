"""The timetable's rules: "Mondays and Wednesdays at six, from … until …", and days that one leaves out.

A rule is added with its first sessions. One that ends takes those of its sessions along that nobody is in; the others
stay, and are named, so that each can be cancelled as what it is: a promise to somebody.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import uuid5

from domain.clock import Clock
from domain.errors import InvalidInputError, NotFoundError, SessionInUseError
from domain.events import TimetableChanged
from domain.ids import BranchId, ClassId, SessionId, TimetableRuleId
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.calendar import local_day
from domain.sessions.generating import holidays_at, sessions_of_rule
from domain.sessions.planning import deletion_writes
from domain.sessions.ports import RuleFacts, SessionFacts, staff_of
from domain.sessions.record import required
from domain.sessions.timetable import FARTHEST
from domain.writes.base import Write
from domain.writes.catalogue import AddTimetableRule
from domain.writes.record import audit_row, event_row
from domain.writes.timetable import AddException, EndRule

_BY_DAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def weekly(weekdays: Collection[int]) -> str:
    """Return the recurrence (RFC 5545) of a class on these weekdays (0: Monday) of every week."""
    return "FREQ=WEEKLY;BYDAY=" + ",".join(_BY_DAY[weekday] for weekday in sorted(weekdays))


def weekdays_of(recurrence: str) -> tuple[int, ...]:
    """Return the weekdays (0: Monday) that a recurrence names."""
    parts = dict(part.split("=", 1) for part in recurrence.split(";") if "=" in part)
    return tuple(sorted(_BY_DAY.index(day) for day in parts.get("BYDAY", "").split(",") if day in _BY_DAY))


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule as it was chosen. ``weekdays`` count from 0, Monday; without an end it goes on."""

    rule_id: TimetableRuleId
    class_id: ClassId
    branch_id: BranchId
    weekdays: frozenset[int]
    at: time
    starts_on: date
    ends_on: date | None = None


def new_rule_id(
    mark: bytes, class_id: ClassId, branch_id: BranchId, weekdays: Collection[int], at: time
) -> TimetableRuleId:
    """Return the id of the rule that a confirm button makes: the same at each press, as no other button's."""
    return TimetableRuleId(uuid5(class_id, f"{mark.hex()}|{branch_id.hex}|{weekly(weekdays)}|{at}"))


@dataclass(frozen=True, slots=True)
class AddRule:
    """Add a rule, and the sessions that it makes within the horizon.

    The rule's id was made when the confirm screen was drawn: pressed twice, there is one. Raises NotFoundError,
    InvalidInputError (no weekday, days that are past, too far away or the wrong way round) and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, rule: NewRule) -> int:
        """Return how many sessions were made."""
        operation = Operation.MANAGE_TIMETABLE
        require(actor, operation, branch_id=rule.branch_id)

        async def decide(work: UnitOfWork) -> int:
            if await work.sessions.find_rule(center_id=actor.center_id, rule_id=rule.rule_id, staff_id=None) is not None:
                return 0
            facts = await self._facts(work, rule, actor=actor)
            now = self.clock.now()
            today = local_day(now, facts.zone)
            _check(rule, today=today)
            holidays = await work.sessions.list_holidays(center_id=actor.center_id, since=today)
            skipped = holidays_at(holidays, rule.branch_id)
            writes, count = sessions_of_rule(facts, skipped=skipped, actor=actor, now=now)
            ground = required(actor.center_id, facts.timezone, branch_id=facts.branch_id, class_id=facts.class_id)
            work.add(*ground, *added_writes(facts, actor=actor, now=now), *writes)
            await work.commit()
            return count

        return await decide_and_commit(self.new_unit_of_work, decide)

    async def _facts(self, work: UnitOfWork, rule: NewRule, *, actor: Actor) -> RuleFacts:
        found = await work.sessions.find_class(
            center_id=actor.center_id,
            class_id=rule.class_id,
            branch_id=rule.branch_id,
            session_id=None,
            staff_id=staff_of(actor),
        )
        if found is None:
            raise NotFoundError(what="class")
        return RuleFacts(
            id=rule.rule_id,
            class_id=rule.class_id,
            branch_id=rule.branch_id,
            recurrence=weekly(rule.weekdays),
            local_time=rule.at,
            starts_on=rule.starts_on,
            ends_on=rule.ends_on,
            archived_at=None,
            teacher=found.teacher,
            capacity=found.capacity,
            duration_minutes=found.duration_minutes,
            timezone=found.timezone,
            horizon_days=found.horizon_days,
        )


def _check(rule: NewRule, *, today: date) -> None:
    if not rule.weekdays:
        raise InvalidInputError(field="weekdays", reason="empty")
    if rule.starts_on < today or (rule.ends_on is not None and rule.ends_on < rule.starts_on):
        raise InvalidInputError(field="day", reason="past")
    if rule.starts_on > today + FARTHEST:
        raise InvalidInputError(field="time", reason="too_far")


def added_writes(facts: RuleFacts, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes of a new rule."""
    after = {
        "class_id": facts.class_id,
        "branch_id": facts.branch_id,
        "recurrence": facts.recurrence,
        "local_time": f"{facts.local_time:%H:%M}",
        "starts_on": facts.starts_on,
        "ends_on": facts.ends_on,
    }
    return [
        AddTimetableRule(
            id=facts.id,
            center_id=actor.center_id,
            class_id=facts.class_id,
            branch_id=facts.branch_id,
            recurrence=facts.recurrence,
            local_time=facts.local_time,
            starts_on=facts.starts_on,
            ends_on=facts.ends_on,
            created_at=now,
            teacher=facts.own_teacher,
            capacity=facts.own_capacity,
        ),
        *said_of_rule(facts.id, actor=actor, now=now, after=after),
    ]


def said_of_rule(
    rule_id: TimetableRuleId,
    *,
    actor: Actor,
    now: datetime,
    after: dict[str, object],
    before: dict[str, object] | None = None,
) -> list[Write]:
    """Return what is written down of a change to a rule."""
    return [
        event_row(TimetableChanged(rule_id), actor=actor, now=now),
        audit_row(
            Operation.MANAGE_TIMETABLE,
            actor=actor,
            now=now,
            object_type="timetable_rule",
            object_id=rule_id,
            before=before,
            after=after,
        ),
    ]


@dataclass(frozen=True, slots=True)
class EndTimetableRule:
    """End a rule after a day (None: at once), delete its later sessions that nobody is in, and name the others.

    The end is committed first, so that nothing is made meanwhile; pressed again, it goes on with what is left. Raises
    NotFoundError, InvalidInputError (a day that is past, or before the rule begins) and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, rule_id: TimetableRuleId, last_day: date | None) -> tuple[SessionFacts, ...]:
        """Return the later sessions that stay, because somebody is or was in them."""
        require(actor, Operation.MANAGE_TIMETABLE)

        async def decide(work: UnitOfWork) -> date:
            rule = await rule_within_reach(work, actor=actor, rule_id=rule_id)
            now = self.clock.now()
            today = local_day(now, rule.zone)
            if last_day is not None and last_day < max(today, rule.starts_on):
                raise InvalidInputError(field="day", reason="past")
            if rule.archived_at is not None or (last_day is not None and rule.ends_on == last_day):
                return rule.starts_on if last_day is None else last_day
            ends_on = rule.ends_on if last_day is None else last_day
            work.add(
                *said_of_rule(
                    rule_id,
                    actor=actor,
                    now=now,
                    before={"ends_on": rule.ends_on},
                    after={"ends_on": ends_on, "archived": last_day is None},
                ),
                EndRule(rule_id, rule.ends_on, ends_on, now if last_day is None else None),
            )
            await work.commit()
            return rule.starts_on if last_day is None else last_day

        ended = await decide_and_commit(self.new_unit_of_work, decide)
        return await self._clear(rule_id, actor=actor, ended=ended, at_once=last_day is None)

    async def _clear(
        self, rule_id: TimetableRuleId, *, actor: Actor, ended: date, at_once: bool
    ) -> tuple[SessionFacts, ...]:
        async with self.new_unit_of_work() as work:
            later = await work.sessions.list_of_rule(
                center_id=actor.center_id, rule_id=rule_id, after=self.clock.now(), since=ended
            )
        beyond = [each for each in later if at_once or (each.original_local_date or ended) > ended]
        return await delete_unused(self.new_unit_of_work, self.clock, beyond, actor=actor, reason="timetable rule ended")


async def rule_within_reach(work: UnitOfWork, *, actor: Actor, rule_id: TimetableRuleId) -> RuleFacts:
    """Return a rule that the actor may manage. Raises NotFoundError where there is none."""
    rule = await work.sessions.find_rule(center_id=actor.center_id, rule_id=rule_id, staff_id=staff_of(actor))
    if rule is None:
        raise NotFoundError(what="timetable rule")
    require(actor, Operation.MANAGE_TIMETABLE, branch_id=rule.branch_id)
    return rule


async def delete_unused(
    new_unit_of_work: UnitOfWorkFactory,
    clock: Clock,
    sessions: Collection[SessionFacts],
    *,
    actor: Actor,
    reason: str,
) -> tuple[SessionFacts, ...]:
    """Delete the sessions that nobody is or was in, one transaction each, and return the others."""

    async def one(session_id: SessionId) -> SessionFacts | None:
        async def decide(work: UnitOfWork) -> SessionFacts | None:
            facts = await work.sessions.find_session(center_id=actor.center_id, session_id=session_id, staff_id=None)
            if facts is None or not facts.is_deletable:
                return facts
            work.add(*deletion_writes(facts, actor=actor, now=clock.now(), reason=reason))
            await work.commit()
            return None

        return await decide_and_commit(new_unit_of_work, decide)

    left = [await one(each.id) for each in sessions]
    return tuple(each for each in left if each is not None)


@dataclass(frozen=True, slots=True)
class LeaveDayOut:
    """Let a rule leave a day out: its session of that day is deleted, or was never made.

    Left out already, nothing changes. Raises NotFoundError, SessionInUseError (somebody is or was in it: it can only be
    cancelled), InvalidInputError (the day is past) and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, rule_id: TimetableRuleId, day: date) -> None:
        """Leave it out."""
        require(actor, Operation.MANAGE_TIMETABLE)

        async def decide(work: UnitOfWork) -> None:
            rule = await rule_within_reach(work, actor=actor, rule_id=rule_id)
            now = self.clock.now()
            if day < local_day(now, rule.zone):
                raise InvalidInputError(field="day", reason="past")
            if day in await work.sessions.list_exceptions(rule_id=rule_id):
                return
            made = await work.sessions.list_of_rule(center_id=actor.center_id, rule_id=rule_id, after=now, since=day)
            for session in made:
                if session.original_local_date != day:
                    continue
                if not session.is_deletable:
                    raise SessionInUseError(session_id=session.id)
                work.add(*deletion_writes(session, actor=actor, now=now, reason="left out of the timetable"))
            work.add(
                AddException(rule_id, day, None),
                *said_of_rule(rule_id, actor=actor, now=now, after={"left_out": day}),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)
