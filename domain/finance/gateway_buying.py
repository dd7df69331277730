"""What a payment from outside is for: what happens to that when the money comes, and when it does not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.enrollments.model import Reservation
from domain.enrollments.quote import ConfirmedTerms
from domain.enrollments.reservations import lapse_writes, plan_conversion
from domain.errors import RefusalError
from domain.events import PaymentCompleted, PaymentFailed
from domain.finance.gateway_ports import OrderRow
from domain.finance.gateway_settling import wallet_of
from domain.finance.model import PaymentMethod, PaymentPurpose, PaymentStatus, WalletState
from domain.packages.buying import ShownOffer, plan_purchase
from domain.permissions import Actor, Operation, Role
from domain.ports import UnitOfWork
from domain.waitlist.ending import ending_writes as place_ending_writes
from domain.waitlist.model import Place, WaitlistStatus
from domain.writes.base import Write
from domain.writes.gateway import SetInquiry
from domain.writes.money import EndPayment
from domain.writes.record import audit_row, event_row


def offer_as_json(shown: ShownOffer) -> dict[str, Any]:
    """Return a package's offer as it is kept with the payment."""
    return {"price_minor": shown.price_minor, "session_count": shown.session_count}


def terms_as_json(confirmed: ConfirmedTerms) -> dict[str, Any]:
    """Return a seat's terms as they are kept with the payment."""
    return {
        "price_minor": confirmed.price_minor,
        "method": confirmed.method,
        "fingerprint": confirmed.fingerprint,
    }


def _offer(shown: Mapping[str, Any]) -> ShownOffer:
    return ShownOffer(shown["price_minor"], shown["session_count"])


def _terms(shown: Mapping[str, Any]) -> ConfirmedTerms:
    return ConfirmedTerms(shown["price_minor"], PaymentMethod(shown["method"]), shown["fingerprint"])


async def purchase_writes(work: UnitOfWork, order: OrderRow, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes of what a first payment was for, out of the wallet that the money is in by then.

    Where it cannot be had any more, or not as it was shown, the money stays in the wallet, and a held seat goes.
    """
    done: list[Write] = [event_row(PaymentCompleted(order.payment_id), actor=actor, now=now)]
    if order.inquire_at is not None:
        done.append(SetInquiry(order.payment_id, None))
    wallet = wallet_of(order)
    credited = replace(wallet, balance_minor=wallet.balance_minor + order.amount_minor)
    buyer = Actor(actor.center_id, order.owner_id, Role.STUDENT)
    try:
        bought = await _bought(work, order, credited, buyer=buyer, now=now) if order.may_act else []
    except RefusalError:
        bought = []
    return [*done, *(bought or await _released(work, order, WaitlistStatus.LAPSED, actor=actor, now=now))]


async def _bought(work: UnitOfWork, order: OrderRow, wallet: WalletState, *, buyer: Actor, now: datetime) -> list[Write]:
    """Return the writes of the purchase or booking, none for a top-up. Raises the refusals of both."""
    if order.shown is None:
        return []
    if order.purpose is PaymentPurpose.PACKAGE and order.class_package_id and order.student_package_id:
        facts = await work.packages.find_purchase_facts(
            center_id=buyer.center_id,
            class_package_id=order.class_package_id,
            buyer_id=buyer.person_id,
            student_package_id=order.student_package_id,
        )
        if facts is None:
            return []
        bought = plan_purchase(
            replace(facts, wallet=wallet),
            actor=buyer,
            student_package_id=order.student_package_id,
            shown=_offer(order.shown),
            now=now,
        )
        return list(bought.writes)
    if order.reservation is None:
        return []
    seat = await work.enrollments.find_booking_facts(
        center_id=buyer.center_id,
        session_id=order.reservation.session_id,
        student_id=buyer.person_id,
        enrollment_id=order.reservation.enrollment_id,
    )
    if seat is None:
        return []
    # Paid for with this very money, even where a credit has turned up meanwhile: that is what was confirmed.
    booked = plan_conversion(
        replace(seat, wallet=wallet, credit=None),
        actor=buyer,
        enrollment_id=order.reservation.enrollment_id,
        confirmed=_terms(order.shown),
        now=now,
    )
    place = await _place_of(work, order.reservation, actor=buyer)
    ended = place_ending_writes(place, WaitlistStatus.BOOKED, actor=buyer, now=now) if place is not None else ()
    return [*booked.writes, *ended]


async def _released(
    work: UnitOfWork, order: OrderRow, becomes: WaitlistStatus, *, actor: Actor, now: datetime
) -> list[Write]:
    """Let the seat go that is held for a payment; with it ends the waiting by which it was come by."""
    if order.reservation is None:
        return []
    place = await _place_of(work, order.reservation, actor=actor)
    if place is None:
        return lapse_writes(order.reservation, actor=actor, now=now)
    return place_ending_writes(place, becomes, actor=actor, now=now)


async def _place_of(work: UnitOfWork, reservation: Reservation, *, actor: Actor) -> Place | None:
    """Return the place in a waitlist whose offer the seat is, if it is one."""
    place = await work.waitlist.find_place_by_seat(center_id=actor.center_id, enrollment_id=reservation.enrollment_id)
    return place if place is not None and place.enrollment_id == reservation.enrollment_id else None


async def ending_writes(
    work: UnitOfWork, order: OrderRow, place_becomes: WaitlistStatus, *, actor: Actor, now: datetime
) -> list[Write]:
    """Return the writes that end a pending payment without money: failed where it was tried, else cancelled.

    A seat that is held for it goes in the same transaction, so exactly once, and so does the place in a waitlist whose
    offer it was. The gateway is asked about it on.
    """
    return [
        *await _released(work, order, place_becomes, actor=actor, now=now),
        *unpaid_writes(order, actor=actor, now=now),
    ]


def unpaid_writes(order: OrderRow, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes that end a pending payment itself; what it was for, others see to."""
    becomes = PaymentStatus.FAILED if order.has_failed_attempt else PaymentStatus.CANCELLED
    return [
        EndPayment(order.payment_id, PaymentStatus.PENDING, becomes, 0, now),
        event_row(PaymentFailed(order.payment_id), actor=actor, now=now),
        audit_row(
            Operation.TOP_UP_WALLET,
            actor=actor,
            now=now,
            object_type="payment",
            object_id=order.payment_id,
            before={"status": PaymentStatus.PENDING},
            after={"status": becomes},
        ),
    ]
