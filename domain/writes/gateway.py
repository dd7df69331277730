"""Writes on money from outside: what was asked of a gateway, what it reported, what that did, and what is given back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from domain.finance.gateway_model import Gateway, GatewayEffect, RefundStatus
from domain.finance.model import PaymentStatus
from domain.ids import CenterId, ClassPackageId, PaymentId, PersonId, RefundId, StudentPackageId
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class AddGatewayOrder(Write):
    """Write down what a gateway is about to be asked for, beside its payment."""

    payment_id: PaymentId
    center_id: CenterId
    provider: Gateway
    reference: str
    class_package_id: ClassPackageId | None
    student_package_id: StudentPackageId | None
    shown: Mapping[str, Any] | None
    created_at: datetime
    expires_at: datetime
    inquire_at: datetime | None


@dataclass(frozen=True, slots=True)
class RenewReference(Write):
    """Take a fresh reference before the gateway is asked again, if nobody else has and it has made no order yet."""

    payment_id: PaymentId
    was: str
    reference: str


@dataclass(frozen=True, slots=True)
class SetCheckout(Write):
    """Keep the gateway's own id of an order and where it is paid, once."""

    payment_id: PaymentId
    order_id: str
    checkout_url: str | None


@dataclass(frozen=True, slots=True)
class TakeInquiry(Write):
    """Count an inquiry that is due and set the next, if nobody else has taken it."""

    payment_id: PaymentId
    was: datetime
    inquire_at: datetime | None


@dataclass(frozen=True, slots=True)
class SetInquiry(Write):
    """Set when the gateway is asked about an order; None: not any more."""

    payment_id: PaymentId
    inquire_at: datetime | None


@dataclass(frozen=True, slots=True)
class AddGatewayEvent(Write):
    """Keep a report as it came, unless the very same one was kept before."""

    id: UUID
    center_id: CenterId
    provider: Gateway
    body_hash: str
    body: str
    order_id: str | None
    transaction_id: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ClaimGatewayEvent(Write):
    """Take a due report on oneself for some seconds of the database's time."""

    event_id: UUID
    seconds: float


@dataclass(frozen=True, slots=True)
class EndGatewayEvent(Write):
    """Note what a report came to, once."""

    event_id: UUID
    outcome: str
    processed_at: datetime


@dataclass(frozen=True, slots=True)
class ParkGatewayEvent(Write):
    """Give up on a report that fails again and again, once."""

    event_id: UUID
    outcome: str
    parked_at: datetime


@dataclass(frozen=True, slots=True)
class BlankGatewayEvent(Write):
    """Forget what a report said that was acted upon: it names who paid. Its hash stays: it is never taken twice."""

    event_id: UUID


@dataclass(frozen=True, slots=True)
class AddGatewayEffect(Write):
    """Note what a transaction at the gateway did to our books: each kind once for each transaction, for ever."""

    id: UUID
    center_id: CenterId
    provider: Gateway
    transaction_id: str
    kind: GatewayEffect
    payment_id: PaymentId
    amount_minor: int
    applied_at: datetime


@dataclass(frozen=True, slots=True)
class RefundOfPayment(Write):
    """Count what has gone back of a completed payment, if that is what was read; the whole of it makes it REFUNDED."""

    payment_id: PaymentId
    was_refunded_minor: int
    becomes: PaymentStatus
    refunded_minor: int


@dataclass(frozen=True, slots=True)
class AddRefund(Write):
    """Write down a refund that is to be asked for, unless one of the payment's is open."""

    id: RefundId
    center_id: CenterId
    payment_id: PaymentId
    amount_minor: int
    status: RefundStatus
    reason: str
    asked_by: PersonId
    asked_at: datetime
    inquire_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallRefund(Write):
    """Note, before the gateway is asked for a refund, that it is: this happens once."""

    refund_id: RefundId
    called_at: datetime
    inquire_at: datetime


@dataclass(frozen=True, slots=True)
class RecallRefund(Write):
    """Take that note back, where the gateway could certainly not be reached: it may be asked later."""

    refund_id: RefundId
    was_called_at: datetime
    inquire_at: datetime


@dataclass(frozen=True, slots=True)
class TakeRefundInquiry(Write):
    """Count an inquiry about a refund that is due and set the next, if nobody else has taken it."""

    refund_id: RefundId
    was: datetime
    inquire_at: datetime | None


@dataclass(frozen=True, slots=True)
class EndRefund(Write):
    """End a refund that is open."""

    refund_id: RefundId
    status: RefundStatus
    transaction_id: str | None
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class RefundStudentPackage(Write):
    """End a package whose unused credits are paid back, if it is as it was read."""

    rank: ClassVar[LockRank] = LockRank.PACKAGE
    student_package_id: StudentPackageId
    was_credits_left: int
    was_value_left_minor: int
    refunded_at: datetime
