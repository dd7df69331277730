"""What decisions on money from outside need to know, loaded in one or two reads each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from domain.enrollments.model import Reservation
from domain.finance.gateway_model import Gateway, GatewayEffect, RefundStatus
from domain.finance.model import PaymentPurpose, PaymentStatus, WalletState
from domain.ids import (
    AccountId,
    CenterId,
    ClassPackageId,
    EnrollmentId,
    PaymentId,
    PersonId,
    RefundId,
    SessionId,
    StudentPackageId,
)


@dataclass(frozen=True, slots=True)
class StartFacts:
    """What asking somebody for money online rests on. Phone and language are None where they are not known."""

    currency: str
    largest_amount_minor: int
    reservation_minutes: int
    payer_name: str
    payer_phone: str | None
    payer_language: str | None
    seats_held: int


@dataclass(frozen=True, slots=True)
class AppliedEffect:
    """What one transaction at the gateway did to our books."""

    transaction_id: str
    kind: GatewayEffect
    amount_minor: int
    applied_at: datetime


@dataclass(frozen=True, slots=True)
class RefundState:
    """A refund. ``called_at`` is None until the gateway is asked for it."""

    id: RefundId
    payment_id: PaymentId
    amount_minor: int
    status: RefundStatus
    called_at: datetime | None
    inquire_at: datetime | None
    inquiries: int
    transaction_id: str | None


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A payment through a gateway, with what it is for and whose wallet it goes to.

    ``owner_id`` is the payer, or who they were merged into. ``may_act``: nobody has blocked or erased them.
    ``reservation`` is the seat that is still held for it, ``session_id`` the class that the seat is in, held or not.
    """

    payment_id: PaymentId
    payer_id: PersonId
    owner_id: PersonId
    may_act: bool
    purpose: PaymentPurpose
    status: PaymentStatus
    amount_minor: int
    refunded_minor: int
    currency: str
    created_at: datetime
    provider: Gateway
    reference: str
    order_id: str | None
    checkout_url: str | None
    expires_at: datetime
    inquire_at: datetime | None
    inquiries: int
    enrollment_id: EnrollmentId | None
    session_id: SessionId | None
    reservation: Reservation | None
    class_package_id: ClassPackageId | None
    student_package_id: StudentPackageId | None
    shown: Mapping[str, Any] | None
    wallet: WalletState | None
    clearing_account_id: AccountId
    loss_account_id: AccountId
    payable_account_id: AccountId
    has_failed_attempt: bool


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """All that a decision on a gateway's order needs."""

    order: OrderRow
    effects: tuple[AppliedEffect, ...]
    refunds: tuple[RefundState, ...]

    @property
    def received_minor(self) -> int:
        """What came in through all of the order's transactions."""
        return sum(each.amount_minor for each in self.effects if each.kind is GatewayEffect.PAID)

    @property
    def returned_minor(self) -> int:
        """What went back, of whichever of them."""
        return sum(each.amount_minor for each in self.effects if each.kind is not GatewayEffect.PAID)

    @property
    def open_refund(self) -> RefundState | None:
        """The refund that is under way."""
        return next((each for each in self.refunds if each.status is RefundStatus.ASKED), None)

    def has(self, transaction_id: str, *kinds: GatewayEffect) -> bool:
        """Whether a transaction has had one of these effects already."""
        return any(each.transaction_id == transaction_id and each.kind in kinds for each in self.effects)


@dataclass(frozen=True, slots=True)
class GatewayEvent:
    """A report as it is kept. ``is_open`` until it has been processed or given up."""

    id: UUID
    provider: Gateway
    body: str
    attempts: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class DueInquiry:
    """An order that the gateway is to be asked about."""

    payment_id: PaymentId
    provider: Gateway
    order_id: str | None
    created_at: datetime
    expires_at: datetime
    inquire_at: datetime


@dataclass(frozen=True, slots=True)
class RefundablePackage:
    """A student package as a refund sees it. ``payment_id`` is the one that bought it, None where it was brought along."""

    owner_id: PersonId
    credits_left: int
    credits_total: int
    value_left_minor: int
    is_active: bool
    wallet: WalletState | None
    deferred_account_id: AccountId
    payment_id: PaymentId | None
    payment_refunded_minor: int
    payment_amount_minor: int


class GatewayRepository(Protocol):
    """Loads what decisions on money from outside need. Another center's rows do not exist for it."""

    async def find_start_facts(self, *, center_id: CenterId, payer_id: PersonId) -> StartFacts | None:
        """Return what asking the person for money rests on."""
        ...

    async def find_payment(self, *, center_id: CenterId, payment_id: PaymentId) -> OrderFacts | None:
        """Return a payment through a gateway."""
        ...

    async def find_order(self, *, center_id: CenterId, provider: Gateway, order_id: str) -> OrderFacts | None:
        """Return the payment that a gateway knows by this order."""
        ...

    async def find_unpaid_order(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> OrderRow | None:
        """Return the pending payment that is to pay for a seat."""
        ...

    async def find_refund(self, *, center_id: CenterId, refund_id: RefundId) -> RefundState | None:
        """Return a refund."""
        ...

    async def find_event(self, *, center_id: CenterId, event_id: UUID) -> GatewayEvent | None:
        """Return a report that is kept."""
        ...

    async def find_package(self, *, center_id: CenterId, student_package_id: StudentPackageId) -> RefundablePackage | None:
        """Return a student package with what refunding it rests on."""
        ...

    async def list_due_events(self, *, center_id: CenterId, limit: int) -> list[UUID]:
        """Return reports that wait to be processed, the earliest first."""
        ...

    async def list_due_inquiries(self, *, center_id: CenterId, now: datetime, limit: int) -> list[DueInquiry]:
        """Return orders that the gateway is to be asked about."""
        ...

    async def list_expired(self, *, center_id: CenterId, now: datetime, limit: int) -> list[PaymentId]:
        """Return payments that are pending although their time is up."""
        ...

    async def list_due_refunds(self, *, center_id: CenterId, now: datetime, limit: int) -> list[RefundId]:
        """Return refunds that are to be asked for, or asked about."""
        ...
