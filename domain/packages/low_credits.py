"""A hint to whoever has one credit left of a class: once for each package, where the next one is sold."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.ids import CenterId, EnrollmentId
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.waitlist.model import WaitingMessage
from domain.waitlist.telling import message


@dataclass(frozen=True, slots=True)
class HintLowCredits:
    """Tell a student that one credit is left of a class, unless they were told for this package, or don't want to hear.

    A subscriber of ``enrollment.booked``. Raises BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, center_id: CenterId, enrollment_id: EnrollmentId) -> None:
        """Look at what is left after a booking."""

        async def decide(work: UnitOfWork) -> None:
            last = await work.packages.find_last_credit(center_id=center_id, enrollment_id=enrollment_id)
            if last is not None:
                now = self.clock.now()
                work.add(
                    message(
                        WaitingMessage.CREDITS_LOW,
                        center_id=center_id,
                        person_id=last.student_id,
                        subject_id=last.student_package_id,
                        now=now,
                        send_after=last.quiet.end_after(now),
                    )
                )
                await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)
