"""Holidays: days on which nothing is held, at one branch or at all."""

from dataclasses import dataclass
from datetime import date

from domain.clock import Clock
from domain.errors import HolidayExistsError, InvalidInputError, NotFoundError
from domain.events import HolidayAdded, HolidayRemoved
from domain.ids import BranchId, HolidayId
from domain.organization.model import Center
from domain.permissions import Actor, Operation, Scope, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.calendar import local_day, span_of_day
from domain.sessions.input import NAME_LENGTH, clean_label
from domain.sessions.ports import SessionFacts, staff_of
from domain.sessions.rules import delete_unused
from domain.writes.record import audit_row, event_row
from domain.writes.timetable import AddHoliday, RemoveHoliday


@dataclass(frozen=True, slots=True)
class DeclareHoliday:
    """Make a day a holiday, delete its sessions that nobody is in, and name the others, each to be cancelled.

    A receptionist declares one for a branch of theirs, an admin also for all. The holiday's id was made when the question
    was asked: answered twice, there is one. Raises NotFoundError, HolidayExistsError, InvalidInputError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, actor: Actor, center: Center, holiday_id: HolidayId, branch_id: BranchId | None, day: date, name: str
    ) -> tuple[SessionFacts, ...]:
        """Return the day's sessions that stay, because somebody is or was in them."""
        _require(actor, branch_id)
        name = clean_label(name, field="holiday", longest=NAME_LENGTH)
        if day < local_day(self.clock.now(), center.zone):
            raise InvalidInputError(field="day", reason="past")

        async def decide(work: UnitOfWork) -> None:
            if branch_id is not None and not await work.sessions.has_branch(center_id=actor.center_id, branch_id=branch_id):
                raise NotFoundError(what="branch")
            known = await work.sessions.list_holidays(center_id=actor.center_id, since=day)
            if any(each.id == holiday_id for each in known):
                return
            if any(each.local_date == day and each.branch_id in {None, branch_id} for each in known):
                raise HolidayExistsError
            now = self.clock.now()
            work.add(
                AddHoliday(holiday_id, actor.center_id, branch_id, day, name, now),
                event_row(HolidayAdded(holiday_id), actor=actor, now=now),
                audit_row(
                    Operation.MANAGE_TIMETABLE,
                    actor=actor,
                    now=now,
                    object_type="holiday",
                    object_id=holiday_id,
                    after={"day": day, "branch_id": branch_id},
                ),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)
        async with self.new_unit_of_work() as work:
            sessions = await work.sessions.list_of_day(
                center_id=actor.center_id,
                branch_id=branch_id,
                span=span_of_day(day, center.zone),
                after=self.clock.now(),
            )
        return await delete_unused(self.new_unit_of_work, self.clock, sessions, actor=actor, reason="holiday")


@dataclass(frozen=True, slots=True)
class UndeclareHoliday:
    """Make a holiday an ordinary day again; the timetable's sessions of it are made at the next run.

    Raises NotFoundError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, holiday_id: HolidayId) -> None:
        """Undeclare it."""
        require(actor, Operation.MANAGE_TIMETABLE)

        async def decide(work: UnitOfWork) -> None:
            holiday = await work.sessions.find_holiday(
                center_id=actor.center_id, holiday_id=holiday_id, staff_id=staff_of(actor)
            )
            if holiday is None:
                raise NotFoundError(what="holiday")
            _require(actor, holiday.branch_id)
            now = self.clock.now()
            work.add(
                RemoveHoliday(holiday_id),
                event_row(HolidayRemoved(holiday_id), actor=actor, now=now),
                audit_row(
                    Operation.MANAGE_TIMETABLE,
                    actor=actor,
                    now=now,
                    object_type="holiday",
                    object_id=holiday_id,
                    before={"day": holiday.local_date, "branch_id": holiday.branch_id},
                ),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


def _require(actor: Actor, branch_id: BranchId | None) -> None:
    """Let whoever is bound to branches declare nothing for all of them."""
    scope = require(actor, Operation.MANAGE_TIMETABLE, branch_id=branch_id)
    if branch_id is None and scope is not Scope.CENTER:
        raise NotFoundError(what="branch")
