"""Single sessions are planned by hand: an extra one is added, one is changed, one that nobody is in is deleted."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import uuid5

from domain.clock import Clock
from domain.errors import CapacityTooSmallError, NotFoundError, SessionInUseError, SessionNotEditableError
from domain.events import SessionCreated, SessionDeleted, SessionUpdated
from domain.ids import BranchId, ClassId, SessionId
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.input import NAME_LENGTH, clean_label
from domain.sessions.model import SessionStatus, SessionTimes
from domain.sessions.ports import ClassFacts, SessionFacts, staff_of
from domain.sessions.record import required, session_record
from domain.sessions.running import session_within_reach
from domain.sessions.timetable import future_session_times
from domain.writes.base import Write
from domain.writes.catalogue import AddSession
from domain.writes.sessions import ChangeCapacity, ChangeTeacher, DeleteSession, MoveSession
from domain.writes.timetable import AddException

UNFINISHED = frozenset({SessionStatus.SCHEDULED, SessionStatus.CHECKING_IN, SessionStatus.CONDUCTING})


@dataclass(frozen=True, slots=True)
class CreateExtraSession:
    """Add a session beside the timetable: the class's own length, teacher and seats.

    The session's id was made when the confirm screen was drawn: pressed twice, there is one session. Raises
    NotFoundError, InvalidInputError (the time is past or too far away) and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, actor: Actor, session_id: SessionId, class_id: ClassId, branch_id: BranchId, day: date, at: time
    ) -> None:
        """Add it."""
        require(actor, Operation.CREATE_SESSION, branch_id=branch_id)

        async def decide(work: UnitOfWork) -> None:
            facts = await work.sessions.find_class(
                center_id=actor.center_id,
                class_id=class_id,
                branch_id=branch_id,
                session_id=session_id,
                staff_id=staff_of(actor),
            )
            if facts is None:
                raise NotFoundError(what="class")
            if facts.same_id is not None:
                return
            now = self.clock.now()
            times = future_session_times(day, at, duration_minutes=facts.duration_minutes, zone=facts.zone, now=now)
            work.add(*_new_session(session_id, facts, times, actor=actor, now=now))
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


def extra_session_id(mark: bytes, class_id: ClassId, branch_id: BranchId, day: date, at: time) -> SessionId:
    """Return the id of the session that a confirm button makes: the same at each press, as no other button's.

    ``mark`` is random and made when the button is drawn: there is no room in it for a whole id beside what was chosen.
    """
    return SessionId(uuid5(class_id, f"{mark.hex()}|{branch_id.hex}|{day}|{at}"))


def _new_session(
    session_id: SessionId, facts: ClassFacts, times: SessionTimes, *, actor: Actor, now: datetime
) -> list[Write]:
    return [
        *required(actor.center_id, facts.timezone, branch_id=facts.branch_id, class_id=facts.class_id),
        AddSession(
            id=session_id,
            center_id=actor.center_id,
            branch_id=facts.branch_id,
            class_id=facts.class_id,
            rule_id=None,
            original_local_date=None,
            local_date=times.local_date,
            local_time=times.local_time,
            starts_at=times.starts_at,
            ends_at=times.ends_at,
            teacher=facts.teacher,
            capacity=facts.capacity,
            seats_taken=0,
            status=SessionStatus.SCHEDULED,
            created_at=now,
        ),
        *session_record(
            Operation.CREATE_SESSION,
            SessionCreated,
            session_id,
            actor=actor,
            now=now,
            after={"class_id": facts.class_id, "branch_id": facts.branch_id, "starts_at": times.starts_at},
        ),
    ]


@dataclass(frozen=True, slots=True)
class SessionChanges:
    """What is to be different about a session; None stays as it is. Day and time go together."""

    day: date | None = None
    at: time | None = None
    branch_id: BranchId | None = None
    teacher: str | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class EditSession:
    """Change a session's time, place, teacher or number of seats.

    Time and place change only before check-in is opened; whoever had booked before may then give the seat back free of
    charge until the start. Changed to what it is already, nothing happens. Raises NotFoundError, SessionNotEditableError,
    CapacityTooSmallError, InvalidInputError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, session_id: SessionId, changes: SessionChanges) -> None:
        """Change it."""
        operation = Operation.EDIT_SESSION
        require(actor, operation, branch_id=changes.branch_id)
        if changes.teacher is not None:
            changes = replace(changes, teacher=clean_label(changes.teacher, field="teacher", longest=NAME_LENGTH))

        async def decide(work: UnitOfWork) -> None:
            facts = await session_within_reach(work, actor=actor, operation=operation, session_id=session_id)
            if changes.branch_id not in {None, facts.branch_id} and not await _is_open(work, facts, changes, actor=actor):
                raise NotFoundError(what="branch")
            writes = plan_changes(facts, changes, actor=actor, now=self.clock.now())
            if writes:
                work.add(*writes)
                await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


async def _is_open(work: UnitOfWork, facts: SessionFacts, changes: SessionChanges, *, actor: Actor) -> bool:
    """Whether the branch that the session is to move to is one that the actor can see."""
    found = await work.sessions.find_class(
        center_id=actor.center_id,
        class_id=facts.class_id,
        branch_id=changes.branch_id or facts.branch_id,
        session_id=facts.id,
        staff_id=staff_of(actor),
    )
    return found is not None


def plan_changes(facts: SessionFacts, changes: SessionChanges, *, actor: Actor, now: datetime) -> list[Write]:
    """Decide a change from what was read; no writes where all is so already. Raises the refusals of EditSession."""
    writes: list[Write] = []
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    moved = _moved(facts, changes, now=now)
    if moved is not None:
        writes.append(moved)
        before |= {"starts_at": facts.starts_at, "branch_id": facts.branch_id}
        after |= {"starts_at": moved.starts_at, "branch_id": moved.branch_id}
    if changes.teacher not in {None, facts.teacher}:
        writes.append(ChangeTeacher(facts.id, facts.status, changes.teacher or facts.teacher))
        before["teacher"], after["teacher"] = facts.teacher, changes.teacher
    if changes.capacity not in {None, facts.capacity}:
        capacity = changes.capacity or facts.capacity
        if capacity < facts.seats_taken:
            raise CapacityTooSmallError(session_id=facts.id, seats_taken=facts.seats_taken)
        writes.append(ChangeCapacity(facts.id, facts.status, capacity))
        before["capacity"], after["capacity"] = facts.capacity, capacity
    if not writes:
        return []
    if facts.status not in UNFINISHED or (moved is not None and facts.status is not SessionStatus.SCHEDULED):
        raise SessionNotEditableError(session_id=facts.id, status=facts.status)
    record = session_record(
        Operation.EDIT_SESSION, SessionUpdated, facts.id, actor=actor, now=now, before=before, after=after
    )
    if moved is None:
        return [*record, *writes]
    return [
        *required(actor.center_id, facts.timezone, branch_id=moved.branch_id, class_id=facts.class_id),
        *record,
        *writes,
    ]


def _moved(facts: SessionFacts, changes: SessionChanges, *, now: datetime) -> MoveSession | None:
    day, at = changes.day or facts.local_date, changes.at or facts.local_time
    branch_id = changes.branch_id or facts.branch_id
    is_retimed = (day, at) != (facts.local_date, facts.local_time)
    if not is_retimed and branch_id == facts.branch_id:
        return None
    times = SessionTimes(facts.local_date, facts.local_time, facts.starts_at, facts.ends_at)
    if is_retimed:
        times = future_session_times(day, at, duration_minutes=facts.duration_minutes, zone=facts.zone, now=now)
    return MoveSession(
        session_id=facts.id,
        was_starts_at=facts.starts_at,
        was_branch_id=facts.branch_id,
        branch_id=branch_id,
        local_date=times.local_date,
        local_time=times.local_time,
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        moved_at=now,
    )


@dataclass(frozen=True, slots=True)
class RemoveSession:
    """Delete a session that nobody is, was or waits to be in; one of the timetable is left out of it from then on.

    Deleted before, it is not found. Raises NotFoundError, SessionInUseError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, session_id: SessionId) -> None:
        """Delete it."""
        operation = Operation.DELETE_SESSION
        require(actor, operation)

        async def decide(work: UnitOfWork) -> None:
            facts = await session_within_reach(work, actor=actor, operation=operation, session_id=session_id)
            if not facts.is_deletable:
                raise SessionInUseError(session_id=session_id)
            work.add(*deletion_writes(facts, actor=actor, now=self.clock.now()))
            if facts.rule_id is not None and facts.original_local_date is not None:
                left_out = await work.sessions.list_exceptions(rule_id=facts.rule_id)
                if facts.original_local_date not in left_out:
                    work.add(AddException(facts.rule_id, facts.original_local_date, None))
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


def deletion_writes(facts: SessionFacts, *, actor: Actor, now: datetime, reason: str | None = None) -> list[Write]:
    """Return the writes that remove a session."""
    before = {"class_id": facts.class_id, "branch_id": facts.branch_id, "starts_at": facts.starts_at}
    return [
        *session_record(
            Operation.DELETE_SESSION, SessionDeleted, facts.id, actor=actor, now=now, before=before, reason=reason
        ),
        DeleteSession(facts.id),
    ]
