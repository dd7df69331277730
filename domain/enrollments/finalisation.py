"""What happens to everybody's money when check-in has opened: STRICT seats are captured, all others wait.

It runs from the event, after check-in was committed: whatever goes wrong here never undoes check-in, is tried again, and
what was captured stays captured.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from domain.clock import Clock
from domain.enrollments.attendance import OPEN_FOR_MARKS
from domain.enrollments.door_ports import reach_of_system
from domain.enrollments.marking import Doing, capture_writes
from domain.ids import CenterId, EnrollmentId, SessionId
from domain.permissions import Operation, system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import DatabaseAwayError


@dataclass(frozen=True, slots=True)
class FinaliseSession:
    """Capture every locked STRICT seat of a session, one transaction each; what is captured already stays so.

    Raises an ExceptionGroup of what failed, after everybody else's was done: called again, it does the rest.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, center_id: CenterId, session_id: SessionId) -> None:
        """Finalise the session as it is now."""
        actor = system_actor(center_id)
        reach = reach_of_system(actor)
        async with self.new_unit_of_work() as work:
            locked = await work.door.list_strict_locked(reach=reach, session_id=session_id)

        async def capture(enrollment_id: EnrollmentId) -> None:
            async def decide(work: UnitOfWork) -> None:
                facts = await work.door.find_seat(reach=reach, enrollment_id=enrollment_id)
                if facts is not None and facts.session_status in OPEN_FOR_MARKS:
                    work.add(*capture_writes(facts, Doing(actor, Operation.CHECK_IN_SESSION, self.clock.now())))
                    await work.commit()

            await decide_and_commit(self.new_unit_of_work, decide)

        await for_each_seat(locked, capture)


async def for_each_seat(ids: Sequence[EnrollmentId], do: Callable[[EnrollmentId], Awaitable[None]]) -> None:
    """Do it for each seat, whatever happens to the others. Raises an ExceptionGroup of what failed, at the end."""
    failed: list[Exception] = []
    for enrollment_id in ids:
        try:
            await do(enrollment_id)
        except DatabaseAwayError:
            raise  # nobody's can be done now
        except Exception as error:  # noqa: BLE001 -- one person's trouble must not keep the others waiting
            failed.append(error)
    if failed:
        raise ExceptionGroup("some seats are still to be done", failed)
