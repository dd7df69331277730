"""What screens show of payments through a gateway: to who pays, and to admins."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.enrollments.model import EnrollmentStatus
from domain.finance.gateway_model import Gateway, GatewayEffect, RefundStatus
from domain.finance.model import PaymentPurpose, PaymentStatus
from domain.ids import CenterId, EnrollmentId, PaymentId, PersonId, RefundId, SessionId, StudentPackageId


@dataclass(frozen=True, slots=True)
class PaymentCard:
    """A payment with what it is for. The package's id is None until it is bought; amounts are minor units."""

    payment_id: PaymentId
    payer_id: PersonId
    payer_name: str
    payer_language: str | None
    provider: Gateway
    purpose: PaymentPurpose
    status: PaymentStatus
    amount_minor: int
    refunded_minor: int
    currency: str
    created_at: datetime
    ended_at: datetime | None
    expires_at: datetime
    order_id: str | None
    checkout_url: str | None
    enrollment_id: EnrollmentId | None
    enrollment_status: EnrollmentStatus | None
    session_id: SessionId | None
    class_title: str | None
    starts_at: datetime | None
    package_name: str | None
    student_package_id: StudentPackageId | None
    package_credits_left: int | None

    @property
    def has_seat(self) -> bool:
        """Whether the seat that was paid for was booked (and whatever became of it since)."""
        return self.enrollment_status not in {None, EnrollmentStatus.HELD, EnrollmentStatus.CANCELLED}


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What one transaction at the gateway did."""

    at: datetime
    kind: GatewayEffect
    amount_minor: int
    transaction_id: str


@dataclass(frozen=True, slots=True)
class RefundLine:
    """A refund. ``called_at`` is None while the gateway has not been asked; ``transaction_id`` is the gateway's own."""

    refund_id: RefundId
    amount_minor: int
    status: RefundStatus
    reason: str
    asked_at: datetime
    called_at: datetime | None
    ended_at: datetime | None
    transaction_id: str | None


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report of the gateway's, known by the SHA-256 of its body; ``outcome`` is None while it waits."""

    received_at: datetime
    outcome: str | None
    transaction_id: str | None
    body_hash: str


@dataclass(frozen=True, slots=True)
class PaymentHistory:
    """All that happened to a payment, the earliest first, and what could be refunded now."""

    effects: tuple[EffectLine, ...]
    refunds: tuple[RefundLine, ...]
    reports: tuple[ReportLine, ...]
    refundable_minor: int


class PaymentViews(Protocol):
    """Reads payments through a gateway for screens. Another center's do not exist for it."""

    async def find_own(self, *, center_id: CenterId, payer_id: PersonId, payment_id: PaymentId) -> PaymentCard | None:
        """Return a payment of the reader's own."""
        ...

    async def find_any(self, *, center_id: CenterId, payment_id: PaymentId) -> PaymentCard | None:
        """Return a payment of anybody's."""
        ...

    async def find_pending_of_seat(
        self, *, center_id: CenterId, payer_id: PersonId, enrollment_id: EnrollmentId
    ) -> PaymentCard | None:
        """Return the open payment that a held seat of the reader's waits for."""
        ...

    async def find_history(self, *, center_id: CenterId, payment_id: PaymentId) -> PaymentHistory | None:
        """Return all that happened to a payment."""
        ...
