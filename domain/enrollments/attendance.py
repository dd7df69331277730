"""What happens when staff taps a head at the door: the mark is set, and the money follows the contract of the seat.

A tap says what is to be ("attended"), not what is to change: tapped by two people, or twice, it acts once. After the
session is finished, marks are corrected, until 24 hours after its end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.clock import Clock
from domain.enrollments.door_ports import Reach, SeatFacts, reach_of
from domain.enrollments.errand_ports import ErrandKind
from domain.enrollments.errands import AT_ONCE, Ordered, order_errand
from domain.enrollments.marking import Doing, Mark, attended_writes, mark_of, missed_writes, open_mark_writes
from domain.enrollments.model import EnrollmentStatus
from domain.errors import AttendanceNotOpenError, CorrectionClosedError, NotFoundError, NotMarkableError
from domain.events import AttendanceMarked
from domain.ids import EnrollmentId, SessionId
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.model import SessionStatus
from domain.writes.base import Write
from domain.writes.door import RequireSession
from domain.writes.record import event_row

OPEN_FOR_MARKS = frozenset({SessionStatus.CHECKING_IN, SessionStatus.CONDUCTING})
CORRECTION_WINDOW = timedelta(hours=24)  # after the end of the session
_MARKABLE = frozenset({EnrollmentStatus.LOCKED, EnrollmentStatus.PAID})
_CORRECTABLE = _MARKABLE | {EnrollmentStatus.NO_SHOW}


@dataclass(frozen=True, slots=True)
class MarkAttendance:
    """Mark one head as attended or absent, or take its mark away, from check-in until the session is finished.

    Raises NotFoundError, AttendanceNotOpenError, NotMarkableError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, enrollment_id: EnrollmentId, mark: Mark) -> SessionId:
        """Mark, and return the session that the seat is in."""
        reach, now = reach_of(actor, Operation.MARK_ATTENDANCE), self.clock.now

        def plan(facts: SeatFacts) -> list[Write]:
            check_open_for_marks(facts)
            return open_mark_writes(facts, mark, Doing(actor, Operation.MARK_ATTENDANCE, now()))

        return await _change_seat(self.new_unit_of_work, actor, reach, enrollment_id, plan)


@dataclass(frozen=True, slots=True)
class MarkEveryone:
    """Mark every head that has no mark as attended, one transaction each: stopped halfway, the next tap goes on.

    More of them than a tap can wait for are an errand. Raises NotFoundError, AttendanceNotOpenError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, session_id: SessionId) -> int | None:
        """Mark, and return how many were marked; None where it is under way from now on."""
        reach = reach_of(actor, Operation.MARK_ATTENDANCE)
        async with self.new_unit_of_work() as work:
            session = await work.door.find_session(reach=reach, session_id=session_id)
            if session is None:
                raise NotFoundError(what="session")
            if session.status not in OPEN_FOR_MARKS:
                raise AttendanceNotOpenError(session_id, is_over=session.status is SessionStatus.FINISHED)
            unmarked = await work.door.list_unmarked(reach=reach, session_id=session_id)
        if len(unmarked) > AT_ONCE:
            ordered = Ordered(ErrandKind.MARK_EVERYONE, session_id, Operation.MARK_ATTENDANCE, len(unmarked))
            await order_errand(self.new_unit_of_work, ordered, actor=actor, now=self.clock.now())
            return None
        return sum(
            [
                await mark_unmarked(self.new_unit_of_work, self.clock, actor, reach, enrollment_id)
                for enrollment_id in unmarked
            ]
        )


async def mark_unmarked(
    new_unit_of_work: UnitOfWorkFactory, clock: Clock, actor: Actor, reach: Reach, enrollment_id: EnrollmentId
) -> bool:
    """Mark a head as attended unless it has a mark by now, and return whether it was this that did."""
    is_marked = False

    def plan(facts: SeatFacts) -> list[Write]:
        nonlocal is_marked
        is_marked = mark_of(facts) is Mark.NONE and facts.status in _MARKABLE
        if not is_marked:
            return []  # somebody else was faster, or gave the seat back
        check_open_for_marks(facts)
        return open_mark_writes(facts, Mark.ATTENDED, Doing(actor, Operation.MARK_ATTENDANCE, clock.now()))

    await _change_seat(new_unit_of_work, actor, reach, enrollment_id, plan)
    return is_marked


@dataclass(frozen=True, slots=True)
class CorrectAttendance:
    """Correct whether somebody came to a finished session, until 24 hours after its end. The money follows.

    Raises NotFoundError, AttendanceNotOpenError, NotMarkableError, CorrectionClosedError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, enrollment_id: EnrollmentId, has_attended: bool) -> SessionId:
        """Correct, and return the session that the seat is in; what is so already stays as it is."""
        reach = reach_of(actor, Operation.CORRECT_ATTENDANCE)

        def plan(facts: SeatFacts) -> list[Write]:
            now = self.clock.now()
            check_open_for_corrections(facts, now=now)
            writes = correction_writes(facts, has_attended, Doing(actor, Operation.CORRECT_ATTENDANCE, now))
            if not writes:
                return []
            marked = event_row(AttendanceMarked(facts.session_id), actor=actor, now=now)
            return [*writes, marked, RequireSession(facts.session_id, facts.session_status)]

        return await _change_seat(self.new_unit_of_work, actor, reach, enrollment_id, plan)


def correction_writes(facts: SeatFacts, has_attended: bool, doing: Doing) -> list[Write]:  # noqa: FBT001 -- what is to be
    """Return the writes of a correction; none, where the seat is so already."""
    if has_attended:
        return [] if facts.attended_at is not None else attended_writes(facts, doing)
    is_missed = facts.status is EnrollmentStatus.NO_SHOW
    return [] if is_missed else missed_writes(facts, Mark.ABSENT, doing)


def check_open_for_marks(facts: SeatFacts) -> None:
    """Raise AttendanceNotOpenError or NotMarkableError where a head cannot be marked."""
    if facts.session_status not in OPEN_FOR_MARKS:
        raise AttendanceNotOpenError(facts.session_id, is_over=facts.session_status is SessionStatus.FINISHED)
    if facts.status not in _MARKABLE:
        raise NotMarkableError(facts.session_id)


def check_open_for_corrections(facts: SeatFacts, *, now: datetime) -> None:
    """Raise AttendanceNotOpenError, NotMarkableError or CorrectionClosedError where attendance cannot be corrected."""
    if facts.session_status is not SessionStatus.FINISHED:
        raise AttendanceNotOpenError(facts.session_id, is_over=False)
    if facts.status not in _CORRECTABLE:
        raise NotMarkableError(facts.session_id)
    if now > facts.ends_at + CORRECTION_WINDOW:
        raise CorrectionClosedError(facts.session_id, closed_at=facts.ends_at + CORRECTION_WINDOW)


async def _change_seat(
    new_unit_of_work: UnitOfWorkFactory,
    actor: Actor,
    reach: Reach,
    enrollment_id: EnrollmentId,
    plan: Callable[[SeatFacts], list[Write]],
) -> SessionId:
    """Load a seat, plan and commit, anew where somebody else was first."""

    async def decide(work: UnitOfWork) -> SessionId:
        facts = await work.door.find_seat(reach=reach, enrollment_id=enrollment_id)
        if facts is None:
            raise NotFoundError(what="enrollment")
        require(actor, Operation.MARK_ATTENDANCE, branch_id=facts.branch_id)
        work.add(*plan(facts))
        await work.commit()
        return facts.session_id

    return await decide_and_commit(new_unit_of_work, decide)
