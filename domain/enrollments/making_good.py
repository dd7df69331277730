"""Making everybody good who was in a session that the center called off: in full, whatever they paid with, guests too.

The session's status is committed first; then each seat is made good in a transaction of its own, so that five hundred
people neither wait for one another nor lose anything when the process is killed in the middle: the next run goes on with
the seats that are left. Two runs at once are safe, for each seat's guards let only one of them through.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.clock import Clock
from domain.enrollments.cancellation import Cancellation, money_back, what_comes_back
from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.enrollments.ports import CancellationFacts
from domain.events import EnrollmentCancelled, SessionMadeGood
from domain.finance.journal import Movement, entry
from domain.finance.model import EntryCause, PaymentMethod
from domain.ids import CenterId, EnrollmentId, SessionId
from domain.people.joining import new_wallet
from domain.permissions import Actor, Operation, system_actor
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.sessions.model import SessionStatus
from domain.writes.base import DatabaseAwayError, Write
from domain.writes.catalogue import AddWallet
from domain.writes.record import audit_row, event_row
from domain.writes.seats import GiveSeatBack
from domain.writes.sessions import RevokeSeat, SettleMadeGood

CALLED_OFF = frozenset({SessionStatus.CANCELED, SessionStatus.MISSED})


@dataclass(frozen=True, slots=True)
class MakeSessionGood:
    """Give everybody of a cancelled or missed session back what they paid, then mark the session settled.

    Run again it goes on where it was left, and does nothing once all is done. A seat that cannot be made good now does
    not keep the others waiting: what went wrong is raised at the end, together.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, center_id: CenterId, session_id: SessionId) -> None:
        """Make all of it good. Raises ExceptionGroup for the seats that could not be, and DatabaseAwayError."""
        actor = system_actor(center_id)
        async with self.new_unit_of_work() as work:
            session = await work.sessions.find_session(center_id=center_id, session_id=session_id, staff_id=None)
            if session is None or session.status not in CALLED_OFF or session.settled_at is not None:
                return
            seats = await work.sessions.list_seats(center_id=center_id, session_id=session_id)
        failures = []
        for enrollment_id in seats:
            try:
                await self._make_good(enrollment_id, actor=actor)
            except DatabaseAwayError:
                raise
            except Exception as error:  # noqa: BLE001 -- collected: one seat must not keep the others waiting
                failures.append(error)
        if failures:
            raise ExceptionGroup(
                f"{len(failures)} of {len(seats)} seats of session {session_id} are not made good", failures
            )
        await self._settle(session_id, actor=actor)

    async def _make_good(self, enrollment_id: EnrollmentId, *, actor: Actor) -> None:
        async def decide(work: UnitOfWork) -> None:
            facts = await work.enrollments.find_seat(center_id=actor.center_id, enrollment_id=enrollment_id)
            if facts is None or not is_to_be_made_good(facts):
                return
            work.add(*making_good_writes(facts, actor=actor, now=self.clock.now()))
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)

    async def _settle(self, session_id: SessionId, *, actor: Actor) -> None:
        async def decide(work: UnitOfWork) -> None:
            session = await work.sessions.find_session(center_id=actor.center_id, session_id=session_id, staff_id=None)
            if session is None or session.status not in CALLED_OFF or session.settled_at is not None:
                return
            now = self.clock.now()
            work.add(
                event_row(SessionMadeGood(session_id), actor=actor, now=now),
                audit_row(
                    Operation.MANAGE_SESSIONS,
                    actor=actor,
                    now=now,
                    object_type="session",
                    object_id=session_id,
                    after={"made_good": True},
                ),
                SettleMadeGood(session_id, now),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


def is_to_be_made_good(facts: CancellationFacts) -> bool:
    """Whether a seat is still one that the center owes something for."""
    return facts.status is not EnrollmentStatus.CANCELLED and facts.session_status in CALLED_OFF


def making_good_writes(facts: CancellationFacts, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that end one seat, and give back all that was paid for it; a reservation lapses."""
    is_reservation = facts.status is EnrollmentStatus.HELD
    wallet, facts = _with_wallet(facts, actor=actor, now=now)
    cancellation = what_comes_back(facts, with_cash=True)
    return [
        *([] if is_reservation else wallet),
        *([] if is_reservation else _money_writes(facts, cancellation, actor=actor, now=now)),
        RevokeSeat(
            enrollment_id=facts.enrollment_id,
            was=facts.status,
            cancelled_at=now,
            cancelled_by=actor.recorded_id,
            made_good=None if is_reservation else cancellation.made_good,
            made_good_minor=0 if is_reservation else cancellation.amount_minor,
        ),
        event_row(EnrollmentCancelled(facts.enrollment_id), actor=actor, now=now),
        audit_row(
            Operation.CANCEL_SESSION,
            actor=actor,
            now=now,
            object_type="enrollment",
            object_id=facts.enrollment_id,
            before={"status": facts.status, "attended_at": facts.attended_at},
            after={
                "status": EnrollmentStatus.CANCELLED,
                "made_good": None if is_reservation else cancellation.made_good,
                "amount_minor": 0 if is_reservation else cancellation.amount_minor,
            },
        ),
        GiveSeatBack(session_id=facts.session_id),
    ]


def _with_wallet(facts: CancellationFacts, *, actor: Actor, now: datetime) -> tuple[list[Write], CancellationFacts]:
    """Return the writes of a wallet for who has none and is owed money (a guest, perhaps), and the facts with it."""
    is_owed = what_comes_back(facts, with_cash=True).made_good is MadeGood.RETURNED
    if facts.wallet_id is not None or not is_owed:
        return [], facts
    writes = new_wallet(actor.center_id, facts.student_id, now=now)
    wallet_id = next(write.id for write in writes if isinstance(write, AddWallet))
    return writes, replace(facts, wallet_id=wallet_id)


def _money_writes(facts: CancellationFacts, cancellation: Cancellation, *, actor: Actor, now: datetime) -> list[Write]:
    """Return what was paid; a credit that was delivered already becomes deferred revenue again first."""
    is_delivered = facts.method is PaymentMethod.PACKAGE and (
        facts.attended_at is not None or facts.status is EnrollmentStatus.NO_SHOW
    )
    undelivered: list[Write] = []
    if is_delivered and facts.credit_value_minor > 0:
        undelivered = entry(
            Movement(facts.earned_package_account_id, facts.deferred_account_id, facts.credit_value_minor),
            cause=EntryCause.DELIVERY_RETURNED,
            subject_id=facts.enrollment_id,
            center_id=actor.center_id,
            actor_id=actor.recorded_id,
            now=now,
        )
    return [*undelivered, *money_back(facts, cancellation, actor=actor, now=now)]
