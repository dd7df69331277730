"""What happens when an admin decides a case: the money of a seat is charged or released, once and for all.

Cases are no-shows of MANUAL classes, seats of sessions in which nobody was marked, and charges that could not be collected
when attendance was corrected. Of two admins who decide at once, the first one's outcome stands and both read it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.clock import Clock
from domain.enrollments.cancellation import cancellation_writes, what_comes_back
from domain.enrollments.door_ports import Case, Reach, SeatFacts, reach_of
from domain.enrollments.errand_ports import ErrandKind
from domain.enrollments.errands import AT_ONCE, Ordered, order_errand
from domain.enrollments.marking import Doing, charged_writes
from domain.enrollments.model import DecisionKind, DecisionOutcome
from domain.enrollments.seat_money import Taken, missing_minor, money_writes
from domain.errors import NotFoundError, UncollectableError
from domain.events import DecisionMade
from domain.ids import DecisionId
from domain.permissions import Actor, Operation
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.door import DecideCase
from domain.writes.record import audit_row, event_row


@dataclass(frozen=True, slots=True)
class Decide:
    """Charge or release one case. One that is decided already keeps its outcome, which is returned.

    Raises NotFoundError, UncollectableError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, decision_id: DecisionId, outcome: DecisionOutcome) -> DecisionOutcome:
        """Decide, and return the outcome that stands."""
        reach = reach_of(actor, Operation.DECIDE_ENROLLMENT)
        return await decide_one(self.new_unit_of_work, self.clock, actor, reach, decision_id, outcome)


@dataclass(frozen=True, slots=True)
class Decided:
    """What deciding many cases came to; ``uncollected`` are those whose charge the wallet still cannot pay."""

    number: int
    uncollected: int


@dataclass(frozen=True, slots=True)
class DecideAll:
    """Charge or release every case that was open when the question was asked, one transaction each.

    Stopped halfway, the next tap goes on; more of them than a tap can wait for are an errand. Raises NotPermittedError and
    BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, actor: Actor, outcome: DecisionOutcome, until: datetime, message_id: int | None = None
    ) -> Decided | UUID:
        """Decide, and return how many got this outcome; or the errand's id, where it is under way from now on.

        ``message_id`` is the message of the actor's that is to show how far that has come.
        """
        reach = reach_of(actor, Operation.DECIDE_ENROLLMENT)
        async with self.new_unit_of_work() as work:
            open_cases = await work.door.list_open_cases(reach=reach, until=until)
        if len(open_cases) > AT_ONCE:
            ordered = Ordered(
                ErrandKind.DECIDE_ALL,
                actor.center_id,
                Operation.DECIDE_ENROLLMENT,
                len(open_cases),
                outcome=outcome,
                until=until,
                message_id=message_id,
            )
            return await order_errand(self.new_unit_of_work, ordered, actor=actor, now=self.clock.now())
        number = uncollected = 0
        for decision_id in open_cases:
            try:
                stands = await decide_one(self.new_unit_of_work, self.clock, actor, reach, decision_id, outcome)
            except UncollectableError:
                uncollected += 1
            except NotFoundError:
                continue  # withdrawn meanwhile: attendance was corrected
            else:
                number += stands is outcome
        return Decided(number, uncollected)


async def decide_one(
    new_unit_of_work: UnitOfWorkFactory,
    clock: Clock,
    actor: Actor,
    reach: Reach,
    decision_id: DecisionId,
    outcome: DecisionOutcome,
) -> DecisionOutcome:
    """Charge or release one case, and return the outcome that stands. Raises NotFoundError, UncollectableError."""

    async def decide(work: UnitOfWork) -> DecisionOutcome:
        case = await work.door.find_case(reach=reach, decision_id=decision_id)
        facts = await work.door.find_seat(reach=reach, enrollment_id=case.enrollment_id) if case is not None else None
        if case is None or facts is None:
            raise NotFoundError(what="decision")
        if case.outcome is not None:
            return case.outcome
        doing = Doing(actor, Operation.DECIDE_ENROLLMENT, clock.now())
        if case.kind is DecisionKind.NOBODY_MARKED and outcome is DecisionOutcome.RELEASED:
            money = await _made_good(work, facts, doing)
        else:
            money = money_of_decision(case, facts, outcome, doing)
        work.add(*_closing(case, outcome, doing), *money)
        await work.commit()
        return outcome

    return await decide_and_commit(new_unit_of_work, decide)


async def _made_good(work: UnitOfWork, facts: SeatFacts, doing: Doing) -> list[Write]:
    """Return the writes that give a seat back of which nobody knows whether its holder came: as a cancellation does."""
    seat = await work.enrollments.find_cancellation_facts(
        center_id=doing.actor.center_id, student_id=facts.student_id, enrollment_id=facts.enrollment_id
    )
    if seat is None:
        raise NotFoundError(what="decision")
    return cancellation_writes(seat, what_comes_back(seat), actor=doing.actor, now=doing.now)


def money_of_decision(case: Case, facts: SeatFacts, outcome: DecisionOutcome, doing: Doing) -> list[Write]:
    """Return the writes on money of a decision, but for a release that makes the seat good. Raises UncollectableError."""
    is_charged = outcome is DecisionOutcome.CHARGED
    match case.kind:
        case DecisionKind.NOBODY_MARKED:
            return charged_writes(facts, doing)
        case DecisionKind.NO_SHOW:
            target = Taken(facts.price_minor if is_charged else 0, is_fee=True)
            return money_writes(facts, target, actor=doing.actor, now=doing.now)
        case DecisionKind.UNCOLLECTED:
            return _collect(case, facts, doing) if is_charged else []


def _closing(case: Case, outcome: DecisionOutcome, doing: Doing) -> list[Write]:
    return [
        DecideCase(case.id, outcome, doing.actor.recorded_id, doing.now),
        event_row(DecisionMade(case.enrollment_id), actor=doing.actor, now=doing.now),
        audit_row(
            doing.operation,
            actor=doing.actor,
            now=doing.now,
            object_type="decision",
            object_id=case.id,
            after={"kind": case.kind, "outcome": outcome, "amount_minor": case.amount_minor},
        ),
    ]


def _collect(case: Case, facts: SeatFacts, doing: Doing) -> list[Write]:
    target = Taken(facts.price_minor)
    if missing_minor(facts, target):
        available_minor = facts.wallet.available_minor if facts.wallet is not None else 0
        raise UncollectableError(case.amount_minor, available_minor, case.currency)
    return money_writes(facts, target, actor=doing.actor, now=doing.now)
