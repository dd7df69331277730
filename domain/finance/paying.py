"""What happens when somebody pays online: we ask the gateway for a page to pay on, and what they pay for waits for it.

First the payment is written down, with a reference of ours and, for a seat, the seat held; then the gateway is asked;
then what it answered is written down. Killed in between, or with the gateway away, the payment is there and can be tried
again; nothing is ever paid that is not written down.

The payment's id is made when the screen is drawn and travels in its button, and everything that belongs to the payment
has an id that is made from it: pressed twice, one payment is asked for.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from domain.clock import Clock
from domain.enrollments.quote import ConfirmedTerms
from domain.errors import (
    InvalidInputError,
    NotFoundError,
    OfferChangedError,
    PackageNotOnSaleError,
    PaymentEndedError,
    PaymentGatewayError,
    PhoneNeededError,
)
from domain.finance.gateway import (
    CheckoutRequest,
    GatewayDownError,
    GatewayOutcomeUnknownError,
    GatewayRefusedError,
    Payer,
    PaymentGateway,
)
from domain.finance.gateway_buying import ending_writes, offer_as_json, terms_as_json
from domain.finance.gateway_ports import OrderRow, StartFacts
from domain.finance.inquiry_times import next_inquiry
from domain.finance.model import PaymentMethod, PaymentPurpose, PaymentStatus
from domain.finance.paying_for_seats import hold_seat
from domain.ids import ClassPackageId, EnrollmentId, PaymentId, SessionId, StudentPackageId, new_id
from domain.packages.buying import ShownOffer
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.waitlist.model import WaitlistStatus
from domain.writes.base import GuardFailedError, Write
from domain.writes.gateway import AddGatewayOrder, RenewReference, SetCheckout
from domain.writes.money import AddPayment
from domain.writes.record import audit_row

_LINK_LIFETIME: Final = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class TopUp:
    """Money for the wallet, in minor units."""

    amount_minor: int


@dataclass(frozen=True, slots=True)
class PackageFor:
    """A package, as it was shown."""

    class_package_id: ClassPackageId
    shown: ShownOffer


@dataclass(frozen=True, slots=True)
class SeatFor:
    """A seat in a session, as it was shown: held while it is being paid for."""

    session_id: SessionId
    confirmed: ConfirmedTerms


Wanted = TopUp | PackageFor | SeatFor


def seat_of(payment_id: PaymentId) -> EnrollmentId:
    """Return the id that the seat gets which a payment is for."""
    return EnrollmentId(uuid5(payment_id, "seat"))


def package_of(payment_id: PaymentId) -> StudentPackageId:
    """Return the id that the package gets which a payment is for."""
    return StudentPackageId(uuid5(payment_id, "package"))


@dataclass(frozen=True, slots=True)
class StartPayment:
    """Ask for money online. The same id again leads to the same payment, and asks the gateway again if need be.

    Raises NotFoundError, InvalidInputError, PhoneNeededError, PaymentEndedError, PaymentGatewayError (the payment waits),
    the refusals of ``hold_seat`` and ``_plan_package``, and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    gateway: PaymentGateway

    async def __call__(self, *, actor: Actor, payment_id: PaymentId, wanted: Wanted, title: str) -> OrderRow:
        """Return the payment, which can be paid now. ``title`` is what the gateway's page says that it is for."""
        require(actor, _OPERATIONS[type(wanted)])

        async def decide(work: UnitOfWork) -> OrderRow | None:
            found = await work.gateway.find_payment(center_id=actor.center_id, payment_id=payment_id)
            if found is not None:
                return _own(found.order, actor=actor)
            writes = await self._plan(work, wanted, payment_id=payment_id, actor=actor)
            work.add(*writes)
            await work.commit()
            return None

        await decide_and_commit(self.new_unit_of_work, decide)
        return await ask_gateway(
            self.new_unit_of_work, self.clock, self.gateway, actor=actor, payment_id=payment_id, title=title
        )

    async def _plan(self, work: UnitOfWork, wanted: Wanted, *, payment_id: PaymentId, actor: Actor) -> list[Write]:
        facts = await work.gateway.find_start_facts(center_id=actor.center_id, payer_id=actor.person_id)
        if facts is None:
            raise NotFoundError(what="person")
        if facts.payer_phone is None and self.gateway.needs_phone:
            raise PhoneNeededError
        asked = _Asked(payment_id, facts, actor, self.gateway, self.clock.now())
        match wanted:
            case TopUp(amount_minor):
                check_amount(amount_minor, most_minor=facts.largest_amount_minor)
                return asked.writes(PaymentPurpose.TOP_UP, amount_minor)
            case PackageFor():
                return await _plan_package(work, wanted, asked)
            case SeatFor():
                return await _plan_seat(work, wanted, asked)


_OPERATIONS: Final = {
    TopUp: Operation.TOP_UP_WALLET,
    PackageFor: Operation.BUY_PACKAGE,
    SeatFor: Operation.BOOK_SESSION,
}


def check_amount(amount_minor: int, *, most_minor: int) -> None:
    """Raise InvalidInputError for an amount that nobody means: not above zero, or above the center's limit."""
    if amount_minor <= 0:
        raise InvalidInputError(field="amount", reason="not_positive")
    if amount_minor > most_minor:
        raise InvalidInputError(field="amount", reason="too_large", limit=most_minor)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The payment that is going to be asked for."""

    payment_id: PaymentId
    facts: StartFacts
    actor: Actor
    gateway: PaymentGateway
    now: datetime

    def writes(
        self,
        purpose: PaymentPurpose,
        amount_minor: int,
        *,
        expires_at: datetime | None = None,
        enrollment_id: EnrollmentId | None = None,
        class_package_id: ClassPackageId | None = None,
        shown: dict[str, Any] | None = None,
    ) -> list[Write]:
        """Return the writes of a pending payment and of what the gateway is about to be asked for."""
        center_id, ends = self.actor.center_id, expires_at or self.now + _LINK_LIFETIME
        return [
            AddPayment(
                id=self.payment_id,
                center_id=center_id,
                payer_id=self.actor.person_id,
                method=PaymentMethod.GATEWAY,
                purpose=purpose,
                enrollment_id=enrollment_id,
                student_package_id=None,
                amount_minor=amount_minor,
                status=PaymentStatus.PENDING,
                created_at=self.now,
                ended_at=None,
            ),
            AddGatewayOrder(
                payment_id=self.payment_id,
                center_id=center_id,
                provider=self.gateway.provider,
                reference=self.payment_id.hex,
                class_package_id=class_package_id,
                student_package_id=package_of(self.payment_id) if class_package_id is not None else None,
                shown=shown,
                created_at=self.now,
                expires_at=ends,
                inquire_at=next_inquiry(self.now, created_at=self.now, expires_at=ends),
            ),
            audit_row(
                Operation.TOP_UP_WALLET,
                actor=self.actor,
                now=self.now,
                object_type="payment",
                object_id=self.payment_id,
                after={"status": PaymentStatus.PENDING, "purpose": purpose, "amount_minor": amount_minor},
            ),
        ]


async def _plan_package(work: UnitOfWork, wanted: PackageFor, asked: _Asked) -> list[Write]:
    """Raises NotFoundError, PackageNotOnSaleError, OfferChangedError, InvalidInputError."""
    found = await work.packages.find_purchase_facts(
        center_id=asked.actor.center_id,
        class_package_id=wanted.class_package_id,
        buyer_id=asked.actor.person_id,
        student_package_id=package_of(asked.payment_id),
    )
    if found is None:
        raise NotFoundError(what="package")
    if not found.is_on_sale:
        raise PackageNotOnSaleError(class_package_id=wanted.class_package_id)
    if wanted.shown != ShownOffer(found.package.price_minor, found.package.session_count):
        raise OfferChangedError(class_package_id=wanted.class_package_id)
    check_amount(found.package.price_minor, most_minor=found.package.price_minor)
    return asked.writes(
        PaymentPurpose.PACKAGE,
        found.package.price_minor,
        class_package_id=wanted.class_package_id,
        shown=offer_as_json(wanted.shown),
    )


async def _plan_seat(work: UnitOfWork, wanted: SeatFor, asked: _Asked) -> list[Write]:
    """Hold the seat. Raises what ``hold_seat`` raises."""
    seat = await hold_seat(
        work,
        wanted.session_id,
        wanted.confirmed,
        enrollment_id=seat_of(asked.payment_id),
        starting=asked.facts,
        actor=asked.actor,
        now=asked.now,
    )
    return [
        *seat.writes,
        *asked.writes(
            PaymentPurpose.ENROLLMENT,
            seat.price_minor,
            expires_at=seat.reservation.held_until,
            enrollment_id=seat.reservation.enrollment_id,
            shown=terms_as_json(wanted.confirmed),
        ),
    ]


async def ask_gateway(
    new_unit_of_work: UnitOfWorkFactory,
    clock: Clock,
    gateway: PaymentGateway,
    *,
    actor: Actor,
    payment_id: PaymentId,
    title: str,
) -> OrderRow:
    """Ask the gateway for a page to pay on, unless there is one; outside of any transaction.

    Each call has a reference of its own, saved before: a page that was made but never known is never paid on.
    Raises NotFoundError, PaymentEndedError, PaymentGatewayError, PhoneNeededError.
    """
    async with new_unit_of_work() as work:
        found = await work.gateway.find_payment(center_id=actor.center_id, payment_id=payment_id)
        facts = await work.gateway.find_start_facts(center_id=actor.center_id, payer_id=actor.person_id)
        if found is None or facts is None:
            raise NotFoundError(what="payment")
        order, now = _own(found.order, actor=actor), clock.now()
        lifetime_seconds = int((order.expires_at - now).total_seconds())
        if order.order_id is not None or order.status is not PaymentStatus.PENDING:
            return order
        if lifetime_seconds < 1:
            raise PaymentEndedError(payment_id=payment_id)
        reference = f"{payment_id.hex}-{new_id().hex[-8:]}"
        work.add(RenewReference(payment_id, order.reference, reference))
        try:
            await work.commit()
        except GuardFailedError:
            raise PaymentGatewayError(payment_id=payment_id) from None  # another tap of theirs is asking
    payer = Payer(facts.payer_name, facts.payer_phone or "", facts.payer_language or "en")
    request = CheckoutRequest(payment_id.hex, reference, order.amount_minor, facts.currency, title, payer, lifetime_seconds)
    try:
        checkout = await gateway.create_checkout(request)
    except (GatewayDownError, GatewayRefusedError, GatewayOutcomeUnknownError) as fault:
        raise PaymentGatewayError(payment_id=payment_id) from fault
    async with new_unit_of_work() as work:
        work.add(SetCheckout(payment_id, checkout.order_id, checkout.url))
        with suppress(GuardFailedError):  # asked twice at once: the first answer stands, nobody knows of the other page
            await work.commit()
    async with new_unit_of_work() as work:
        made = await work.gateway.find_payment(center_id=actor.center_id, payment_id=payment_id)
        if made is None:
            raise NotFoundError(what="payment")
        return made.order


@dataclass(frozen=True, slots=True)
class RetryPayment:
    """Ask the gateway again for a payment that waits. Raises what ``ask_gateway`` raises."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    gateway: PaymentGateway

    async def __call__(self, *, actor: Actor, payment_id: PaymentId, title: str) -> OrderRow:
        """Return the payment as it is then; one that has ended is returned as it is, too."""
        require(actor, Operation.TOP_UP_WALLET)
        return await ask_gateway(
            self.new_unit_of_work, self.clock, self.gateway, actor=actor, payment_id=payment_id, title=title
        )


@dataclass(frozen=True, slots=True)
class DropPayment:
    """Let a payment go that is not paid yet, and with it the seat that is held for it.

    What was paid at that very moment comes late, and goes to the wallet. Dropped again, it stays dropped.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, payment_id: PaymentId) -> None:
        """Raises NotFoundError, PaymentEndedError."""
        require(actor, Operation.TOP_UP_WALLET)

        async def decide(work: UnitOfWork) -> None:
            found = await work.gateway.find_payment(center_id=actor.center_id, payment_id=payment_id)
            if found is None:
                raise NotFoundError(what="payment")
            order = _own(found.order, actor=actor)
            if order.status is PaymentStatus.PENDING:
                now = self.clock.now()
                work.add(*await ending_writes(work, order, WaitlistStatus.PASSED, actor=actor, now=now))
                await work.commit()
            elif order.status is not PaymentStatus.CANCELLED:
                raise PaymentEndedError(payment_id=payment_id)

        await decide_and_commit(self.new_unit_of_work, decide)


def _own(order: OrderRow, *, actor: Actor) -> OrderRow:
    if actor.person_id not in {order.payer_id, order.owner_id}:
        raise NotFoundError(what="payment")
    return order


def as_payment_id(text: str) -> PaymentId | None:
    """Return the payment that an address names, or None for anything else."""
    try:
        return PaymentId(UUID(hex=text))
    except ValueError:
        return None
