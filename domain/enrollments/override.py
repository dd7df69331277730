"""An admin gives a seat back at any time before the session is finished, whatever the window says, and says why."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.enrollments.cancellation import Cancellation, cancellation_writes, what_comes_back
from domain.enrollments.model import LIVE, EnrollmentStatus
from domain.enrollments.ports import CancellationFacts
from domain.errors import NotCancellableError, NotFoundError
from domain.ids import EnrollmentId
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.input import clean_reason
from domain.sessions.model import SessionStatus

OPEN_FOR_OVERRIDE = frozenset({SessionStatus.SCHEDULED, SessionStatus.CHECKING_IN, SessionStatus.CONDUCTING})


@dataclass(frozen=True, slots=True)
class OverrideCancellation:
    """Cancel anybody's seat as an admin, and make its holder whole; of cash the admin chooses: nothing, or the wallet.

    Cancelling what is cancelled returns the first outcome. Raises NotFoundError, NotCancellableError (marked attended,
    or the session is over), InvalidInputError (a reason that says nothing) and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, enrollment_id: EnrollmentId, reason: str, returns_cash: bool) -> Cancellation:
        """Cancel, with a reason that is written down."""
        require(actor, Operation.OVERRIDE_CANCELLATION)
        reason = clean_reason(reason)

        async def decide(work: UnitOfWork) -> Cancellation:
            facts = await work.enrollments.find_seat(center_id=actor.center_id, enrollment_id=enrollment_id)
            if facts is None:
                raise NotFoundError(what="enrollment")
            cancellation = what_comes_back(facts, with_cash=returns_cash)
            if facts.status is not EnrollmentStatus.CANCELLED:
                check_overridable(facts)
                work.add(
                    *cancellation_writes(
                        facts,
                        cancellation,
                        actor=actor,
                        now=self.clock.now(),
                        operation=Operation.OVERRIDE_CANCELLATION,
                        reason=reason,
                    )
                )
                await work.commit()
            return cancellation

        return await decide_and_commit(self.new_unit_of_work, decide)


def check_overridable(facts: CancellationFacts) -> None:
    """Raise NotCancellableError where not even an admin may cancel this seat."""
    is_over = facts.status not in LIVE or facts.attended_at is not None or facts.session_status not in OPEN_FOR_OVERRIDE
    if is_over:
        raise NotCancellableError(enrollment_id=facts.enrollment_id)
