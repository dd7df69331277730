"""What admins see of all payments, whatever they were made with: the list and what narrows it, and one payment."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from domain.finance.gateway_model import Gateway
from domain.finance.model import PaymentMethod, PaymentPurpose, PaymentStatus
from domain.ids import BranchId, CenterId, EnrollmentId, PaymentId, PersonId, SessionId, StudentPackageId
from domain.packages.model import StudentPackageStatus
from domain.sessions.calendar import Month, Span, local_day, span_of_day, span_of_month

LOOKED_THROUGH: Final = 500
"""How many payments one page of a branch is found in: where a payment was taken is known of each alone."""

_BEGINNING, _END = datetime(2000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
_WEEK: Final = timedelta(days=7)


class PaymentPeriod(StrEnum):
    """When payments were made, by the center's days."""

    EVER = "EVER"
    TODAY = "TODAY"
    WEEK = "WEEK"  # today and the six days before
    MONTH = "MONTH"  # this one
    LAST_MONTH = "LAST_MONTH"

    def span(self, now: datetime, zone: ZoneInfo) -> Span:
        """Return the period's instants."""
        today: date = local_day(now, zone)
        match self:
            case PaymentPeriod.EVER:
                return Span(_BEGINNING, _END)
            case PaymentPeriod.TODAY:
                return span_of_day(today, zone)
            case PaymentPeriod.WEEK:
                return Span(span_of_day(today - _WEEK + timedelta(days=1), zone).since, span_of_day(today, zone).until)
            case PaymentPeriod.MONTH:
                return span_of_month(Month.of(today), zone)
            case PaymentPeriod.LAST_MONTH:
                return span_of_month(Month.of(today).later(-1), zone)


@dataclass(frozen=True, slots=True)
class PaymentChoice:
    """What the list is narrowed to. ``branch`` is a branch's place among all of the center's, the oldest first."""

    status: PaymentStatus | None = None
    method: PaymentMethod | None = None
    period: PaymentPeriod = PaymentPeriod.EVER
    person_id: PersonId | None = None
    branch: int | None = None


@dataclass(frozen=True, slots=True)
class PaymentSelection:
    """The same as the query takes it."""

    status: PaymentStatus | None
    method: PaymentMethod | None
    span: Span
    person_id: PersonId | None
    branch_id: BranchId | None


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment in the list. ``title`` is the class's or the package's; None for a top-up."""

    payment_id: PaymentId
    payer_name: str
    method: PaymentMethod
    status: PaymentStatus
    amount_minor: int
    refunded_minor: int
    created_at: datetime
    title: str | None


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """A page of payments. ``after`` is where the next one begins, None on the last.

    ``is_cut``: the page is not full because only so many were looked through; the next goes on from there.
    """

    lines: tuple[PaymentLine, ...]
    after: PaymentId | None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class OrderDetails:
    """What was asked of a gateway, with everything that a dispute needs."""

    provider: Gateway
    reference: str
    order_id: str | None
    created_at: datetime
    expires_at: datetime
    inquiries: int
    inquire_at: datetime | None


@dataclass(frozen=True, slots=True)
class PaymentDetails:
    """A payment with what it is for. ``taken_by`` took cash, at ``branch_name``; ``order`` is None without a gateway.

    The package is there once it was bought. A session's branch stands for where its seat was paid.
    """

    payment_id: PaymentId
    payer_id: PersonId
    payer_name: str
    payer_is_there: bool
    method: PaymentMethod
    purpose: PaymentPurpose
    status: PaymentStatus
    amount_minor: int
    refunded_minor: int
    created_at: datetime
    ended_at: datetime | None
    enrollment_id: EnrollmentId | None
    session_id: SessionId | None
    class_title: str | None
    starts_at: datetime | None
    package_name: str | None
    student_package_id: StudentPackageId | None
    package_status: StudentPackageStatus | None
    package_credits_left: int | None
    branch_name: str | None
    taken_by: str | None
    order: OrderDetails | None

    @property
    def left_minor(self) -> int:
        """What was not refunded of it."""
        return self.amount_minor - self.refunded_minor


@dataclass(frozen=True, slots=True)
class PaidBranch:
    """A branch that payments can be narrowed to, by its place."""

    branch_id: BranchId
    name: str


class PaymentAdminViews(Protocol):
    """Reads payments for admins. Another center's do not exist for it."""

    async def list_page(
        self, *, center_id: CenterId, selection: PaymentSelection, limit: int, after: PaymentId | None = None
    ) -> PaymentPage:
        """Return a page of payments, the latest first; after one that is gone, the first page."""
        ...

    async def find_details(self, *, center_id: CenterId, payment_id: PaymentId) -> PaymentDetails | None:
        """Return one payment."""
        ...

    async def list_of_seat(self, *, center_id: CenterId, enrollment_id: EnrollmentId, limit: int) -> list[PaymentLine]:
        """Return the payments for one enrollment, the latest first."""
        ...

    async def list_branches(self, *, center_id: CenterId) -> list[PaidBranch]:
        """Return every branch, put away ones included, the oldest first: none ever changes its place."""
        ...
