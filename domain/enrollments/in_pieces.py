"""Carrying errands out: piece by piece, each piece an event of its own, so that others are not kept waiting.

Each seat is a transaction, as if it had been tapped alone; how far it came is noted after a piece, guarded by how far it
had come. Done twice, or by two processes at once, every seat is done once. Whoever ordered it must still be allowed to.
"""

import logging
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from domain.clock import Clock
from domain.enrollments.attendance import mark_unmarked
from domain.enrollments.decisions import decide_one
from domain.enrollments.door_ports import reach_of
from domain.enrollments.errand_ports import Errand, ErrandKind, ErrandProgress, ErrandViews
from domain.errors import RefusalError
from domain.events import AttendanceMarked, ErrandGoesOn, Event
from domain.ids import CenterId, DecisionId, EnrollmentId, SessionId
from domain.permissions import Actor, Operation, system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import ConflictError, DatabaseAwayError
from domain.writes.errands import AdvanceErrand
from domain.writes.record import event_row

PIECE: Final = 50
_LOGGER = logging.getLogger(__name__)


class ErrandScreens(Protocol):
    """Redraws the message that shows how far an errand has come."""

    async def redraw(self, progress: ErrandProgress) -> None:
        """Redraw it, where it still can be."""
        ...


@dataclass(frozen=True, slots=True)
class GoOnWithErrand:
    """Do the next piece of an errand. A subscriber of ``errand.goes_on``: called again, it goes on where things stand.

    A seat that is refused, or fails, is left as it is, for somebody to look at. Raises DatabaseAwayError, ConflictError
    and BusyError: the piece is done again.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    views: ErrandViews
    screens: ErrandScreens | None
    piece: int = PIECE

    async def __call__(self, center_id: CenterId, errand_id: UUID) -> None:
        """Do it, note it, and show it."""
        async with self.new_unit_of_work() as work:
            errand = await work.errands.find(center_id=center_id, errand_id=errand_id)
            if errand is None or errand.ended_at is not None:
                return
            actor = await work.errands.find_actor(center_id=center_id, person_id=errand.person_id, role=errand.role)
            seats = await _next(work, errand, actor, limit=self.piece) if actor is not None else []
        if actor is not None:
            for seat_id in seats:
                await self._do(errand, seat_id, actor=actor)
        await self._note(center_id, errand, seats)
        progress = await self.views.find_progress(center_id=center_id, errand_id=errand_id)
        if progress is not None and progress.message_id is not None and self.screens is not None:
            await self.screens.redraw(progress)

    async def _do(self, errand: Errand, seat_id: UUID, *, actor: Actor) -> None:
        try:
            if errand.kind is ErrandKind.MARK_EVERYONE:
                reach = reach_of(actor, Operation.MARK_ATTENDANCE)
                await mark_unmarked(self.new_unit_of_work, self.clock, actor, reach, EnrollmentId(seat_id))
            elif errand.outcome is not None:
                reach = reach_of(actor, Operation.DECIDE_ENROLLMENT)
                case = DecisionId(seat_id)
                await decide_one(self.new_unit_of_work, self.clock, actor, reach, case, errand.outcome)
        except (DatabaseAwayError, ConflictError):
            raise
        except RefusalError as refusal:
            _LOGGER.info("errand %s leaves %s as it is (%s)", errand.id, seat_id, refusal.code)
        except Exception:
            _LOGGER.exception("errand %s could do nothing for %s", errand.id, seat_id)

    async def _note(self, center_id: CenterId, errand: Errand, seats: list[UUID]) -> None:
        is_over, after_id = len(seats) < self.piece, seats[-1] if seats else errand.after_id

        async def decide(work: UnitOfWork) -> None:
            found = await work.errands.find(center_id=center_id, errand_id=errand.id)
            if found is None or found.ended_at is not None or found.after_id != errand.after_id:
                return  # somebody else has taken it further
            now = self.clock.now()
            work.add(AdvanceErrand(errand.id, errand.after_id, after_id, now if is_over else None))
            follows: Event | None = None if is_over else ErrandGoesOn(errand.id)
            if is_over and errand.kind is ErrandKind.MARK_EVERYONE:
                follows = AttendanceMarked(SessionId(errand.subject_id))  # rosters say that it is over
            if follows is not None:
                work.add(event_row(follows, actor=system_actor(center_id), now=now))
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


async def _next(work: UnitOfWork, errand: Errand, actor: Actor, *, limit: int) -> list[UUID]:
    """Return the seats or cases of the next piece, by id; none where the doors are closed meanwhile."""
    found: list[UUID] = []
    if errand.kind is ErrandKind.MARK_EVERYONE:
        reach, session_id = reach_of(actor, Operation.MARK_ATTENDANCE), SessionId(errand.subject_id)
        found += await work.door.list_unmarked(reach=reach, session_id=session_id)
    elif errand.until is not None:
        reach = reach_of(actor, Operation.DECIDE_ENROLLMENT)
        found += await work.door.list_open_cases(reach=reach, until=errand.until)
    return sorted(id_ for id_ in found if errand.after_id is None or id_ > errand.after_id)[:limit]
