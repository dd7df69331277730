"""Loads what decisions on money from outside need."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus, Reservation, ReservedFor
from domain.finance.gateway_model import Gateway, RefundStatus
from domain.finance.gateway_ports import (
    AppliedEffect,
    DueInquiry,
    GatewayEvent,
    OrderFacts,
    OrderRow,
    RefundablePackage,
    RefundState,
    StartFacts,
)
from domain.finance.model import AccountKind, PaymentMethod, PaymentPurpose, PaymentStatus, WalletOwner, WalletState
from domain.ids import CenterId, EnrollmentId, PaymentId, PersonId, RefundId, StudentPackageId
from domain.packages.model import StudentPackageStatus
from storage.database import Database, fetch_one
from storage.database_time import database_now
from storage.prepared import Query, outside
from storage.repositories.enrollments import center_account, constant
from storage.tables.catalogue import student_packages
from storage.tables.gateway import gateway_effects, gateway_events, gateway_orders, refunds
from storage.tables.money import enrollments, payments, wallets
from storage.tables.organization import centers, people
from storage.tables.types import Instant

_limit = outside("limit", sa.Integer())
_now = outside("now", Instant())
_IN_CENTER = payments.c.center_id == outside("center_id")
_held = enrollments.alias("held")

START_FACTS = Query(
    sa.select(
        centers.c.currency,
        centers.c.largest_amount_minor,
        centers.c.reservation_minutes,
        people.c.name,
        people.c.phone,
        people.c.language,
        sa.select(sa.func.count())
        .select_from(_held)
        .where(
            _held.c.student_id == people.c.id,
            _held.c.status == constant(EnrollmentStatus.HELD),
            _held.c.reserved_for == constant(ReservedFor.PAYMENT),
        )
        .scalar_subquery(),
    )
    .select_from(people.join(centers, centers.c.id == people.c.center_id))
    .where(people.c.id == outside("payer_id"), people.c.center_id == outside("center_id")),
    StartFacts,
)

_owner_id = sa.func.coalesce(people.c.merged_into_id, people.c.id)
_owner = people.alias("owner")
_failed_attempts = (
    sa.select(gateway_events.c.id)
    .where(
        gateway_events.c.order_id == gateway_orders.c.order_id,
        gateway_events.c.provider == gateway_orders.c.provider,
        gateway_events.c.outcome == sa.literal_column("'ATTEMPT_FAILED'"),
    )
    .exists()
)
_ORDER = (
    sa.select(
        payments.c.id,
        payments.c.payer_id,
        _owner.c.id,
        sa.case(
            (_owner.c.blocked_at.is_(None) & _owner.c.erased_at.is_(None), sa.literal_column("1")),
            else_=sa.literal_column("0"),
        ),
        payments.c.purpose,
        payments.c.status,
        payments.c.amount_minor,
        payments.c.refunded_minor,
        centers.c.currency,
        payments.c.created_at,
        gateway_orders.c.provider,
        gateway_orders.c.reference,
        gateway_orders.c.order_id,
        gateway_orders.c.checkout_url,
        gateway_orders.c.expires_at,
        gateway_orders.c.inquire_at,
        gateway_orders.c.inquiries,
        payments.c.enrollment_id,
        enrollments.c.session_id,
        enrollments.c.student_id,
        enrollments.c.status,
        enrollments.c.held_until,
        enrollments.c.reserved_for,
        gateway_orders.c.class_package_id,
        gateway_orders.c.student_package_id,
        gateway_orders.c.shown,
        wallets.c.id,
        wallets.c.balance_minor,
        wallets.c.locked_minor,
        center_account(payments.c.center_id, AccountKind.GATEWAY_CLEARING),
        center_account(payments.c.center_id, AccountKind.GATEWAY_LOSS),
        center_account(payments.c.center_id, AccountKind.REFUNDS_PAYABLE),
        sa.case((_failed_attempts, sa.literal_column("1")), else_=sa.literal_column("0")),
    )
    .select_from(
        payments.join(gateway_orders, gateway_orders.c.payment_id == payments.c.id)
        .join(centers, centers.c.id == payments.c.center_id)
        .join(people, people.c.id == payments.c.payer_id)
        .join(_owner, _owner.c.id == _owner_id)
        .outerjoin(enrollments, enrollments.c.id == payments.c.enrollment_id)
        .outerjoin(wallets, (wallets.c.owner_id == _owner.c.id) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT)))
    )
    .where(_IN_CENTER)
)


def _order(*values: Any) -> OrderRow:
    payment_id, payer_id, owner_id, may_act = values[:4]
    enrollment_id, session_id, student_id, seat_status, held_until, reserved_for = values[17:23]
    reservation = None
    if seat_status is EnrollmentStatus.HELD:
        reservation = Reservation(enrollment_id, session_id, student_id, held_until, reserved_for)
    wallet = values[26:29]
    fields = (
        payment_id,
        payer_id,
        owner_id,
        bool(may_act),
        *values[4:17],
        enrollment_id,
        session_id,
        reservation,
        *values[23:26],
        WalletState(*wallet) if wallet[0] is not None else None,
        *values[29:32],
        bool(values[32]),
    )
    row: Any = OrderRow
    found: OrderRow = row(*fields)
    return found


ORDER_OF_PAYMENT = Query(_ORDER.where(payments.c.id == outside("payment_id")), _order)
ORDER_OF_GATEWAY = Query(
    _ORDER.where(
        gateway_orders.c.provider == outside("provider"), gateway_orders.c.order_id == outside("order_id", sa.Text())
    ),
    _order,
)
ORDER_OF_SEAT = Query(
    _ORDER.where(
        payments.c.enrollment_id == outside("enrollment_id"), payments.c.status == constant(PaymentStatus.PENDING)
    ),
    _order,
)
EFFECTS = Query(
    sa.select(
        gateway_effects.c.transaction_id,
        gateway_effects.c.kind,
        gateway_effects.c.amount_minor,
        gateway_effects.c.applied_at,
    )
    .where(gateway_effects.c.payment_id == outside("payment_id"))
    .order_by(gateway_effects.c.applied_at, gateway_effects.c.id),
    AppliedEffect,
)
_REFUNDS = sa.select(
    refunds.c.id,
    refunds.c.payment_id,
    refunds.c.amount_minor,
    refunds.c.status,
    refunds.c.called_at,
    refunds.c.inquire_at,
    refunds.c.inquiries,
    refunds.c.transaction_id,
)
REFUNDS = Query(
    _REFUNDS.where(refunds.c.payment_id == outside("payment_id")).order_by(refunds.c.asked_at, refunds.c.id), RefundState
)
REFUND = Query(
    _REFUNDS.where(refunds.c.id == outside("refund_id"), refunds.c.center_id == outside("center_id")), RefundState
)
EVENT = Query(
    sa.select(
        gateway_events.c.id,
        gateway_events.c.provider,
        gateway_events.c.body,
        gateway_events.c.attempts,
        gateway_events.c.processed_at,
        gateway_events.c.parked_at,
    ).where(gateway_events.c.id == outside("event_id"), gateway_events.c.center_id == outside("center_id")),
    lambda id_, provider, body, attempts, processed_at, parked_at: GatewayEvent(
        id_, provider, body, attempts, processed_at is None and parked_at is None
    ),
)
DUE_EVENTS = Query(
    sa.select(gateway_events.c.id)
    .where(
        gateway_events.c.center_id == outside("center_id"),
        gateway_events.c.processed_at.is_(None),
        gateway_events.c.parked_at.is_(None),
        sa.or_(gateway_events.c.due_at.is_(None), gateway_events.c.due_at <= database_now()),
    )
    .order_by(gateway_events.c.id)
    .limit(_limit),
    lambda id_: id_,
)
DUE_INQUIRIES = Query(
    sa.select(
        gateway_orders.c.payment_id,
        gateway_orders.c.provider,
        gateway_orders.c.order_id,
        gateway_orders.c.created_at,
        gateway_orders.c.expires_at,
        gateway_orders.c.inquire_at,
    )
    .where(gateway_orders.c.center_id == outside("center_id"), gateway_orders.c.inquire_at <= _now)
    .order_by(gateway_orders.c.inquire_at)
    .limit(_limit),
    DueInquiry,
)
# An expired order is inquired about for a day; until then, its row is in the small index of those.
EXPIRED = Query(
    sa.select(payments.c.id)
    .select_from(payments.join(gateway_orders, gateway_orders.c.payment_id == payments.c.id))
    .where(
        gateway_orders.c.center_id == outside("center_id"),
        gateway_orders.c.inquire_at.is_not(None),
        gateway_orders.c.expires_at <= _now,
        payments.c.status == constant(PaymentStatus.PENDING),
    )
    .order_by(gateway_orders.c.expires_at)
    .limit(_limit),
    lambda id_: id_,
)
DUE_REFUNDS = Query(
    sa.select(refunds.c.id)
    .where(
        refunds.c.center_id == outside("center_id"),
        refunds.c.status == constant(RefundStatus.ASKED),
        refunds.c.inquire_at <= _now,
    )
    .order_by(refunds.c.inquire_at)
    .limit(_limit),
    lambda id_: id_,
)


def _package(*values: Any) -> RefundablePackage:
    owner_id, credits_left, credits_total, value_left, status = values[:5]
    wallet, deferred, (payment_id, refunded, amount) = values[5:8], values[8], values[9:]
    return RefundablePackage(
        owner_id,
        credits_left,
        credits_total,
        value_left,
        status is StudentPackageStatus.ACTIVE,
        WalletState(*wallet) if wallet[0] is not None else None,
        deferred,
        payment_id,
        refunded or 0,
        amount or 0,
    )


_paid = payments.alias("paid")
PACKAGE = Query(
    sa.select(
        student_packages.c.student_id,
        student_packages.c.credits_left,
        student_packages.c.credits_total,
        student_packages.c.value_left_minor,
        student_packages.c.status,
        wallets.c.id,
        wallets.c.balance_minor,
        wallets.c.locked_minor,
        center_account(student_packages.c.center_id, AccountKind.DEFERRED_REVENUE),
        _paid.c.id,
        _paid.c.refunded_minor,
        _paid.c.amount_minor,
    )
    .select_from(
        student_packages.outerjoin(
            wallets,
            (wallets.c.owner_id == student_packages.c.student_id) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT)),
        ).outerjoin(
            _paid,
            (_paid.c.student_package_id == student_packages.c.id)
            & (_paid.c.purpose == constant(PaymentPurpose.PACKAGE))
            & (_paid.c.method != constant(PaymentMethod.GATEWAY))
            & (_paid.c.status == constant(PaymentStatus.COMPLETED)),
        )
    )
    .where(student_packages.c.id == outside("student_package_id"), student_packages.c.center_id == outside("center_id")),
    _package,
)


class StoredGateway:
    """See ``domain.finance.gateway_ports.GatewayRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_start_facts(self, *, center_id: CenterId, payer_id: PersonId) -> StartFacts | None:
        """Return what asking the person for money rests on."""
        return await fetch_one(self._database, START_FACTS, center_id=center_id, payer_id=payer_id)

    async def find_payment(self, *, center_id: CenterId, payment_id: PaymentId) -> OrderFacts | None:
        """Return a payment through a gateway."""
        order = await fetch_one(self._database, ORDER_OF_PAYMENT, center_id=center_id, payment_id=payment_id)
        return await self._facts(order)

    async def find_order(self, *, center_id: CenterId, provider: Gateway, order_id: str) -> OrderFacts | None:
        """Return the payment that a gateway knows by this order."""
        order = await fetch_one(self._database, ORDER_OF_GATEWAY, center_id=center_id, provider=provider, order_id=order_id)
        return await self._facts(order)

    async def find_unpaid_order(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> OrderRow | None:
        """Return the pending payment that is to pay for a seat."""
        return await fetch_one(self._database, ORDER_OF_SEAT, center_id=center_id, enrollment_id=enrollment_id)

    async def _facts(self, order: OrderRow | None) -> OrderFacts | None:
        """Add what the order's transactions did, read after it: the rows that keep them apart are checked at commit."""
        if order is None:
            return None
        effects = await self._database.fetch(EFFECTS, payment_id=order.payment_id)
        asked = await self._database.fetch(REFUNDS, payment_id=order.payment_id)
        return OrderFacts(order, tuple(effects), tuple(asked))

    async def find_refund(self, *, center_id: CenterId, refund_id: RefundId) -> RefundState | None:
        """Return a refund."""
        return await fetch_one(self._database, REFUND, center_id=center_id, refund_id=refund_id)

    async def find_event(self, *, center_id: CenterId, event_id: UUID) -> GatewayEvent | None:
        """Return a report that is kept."""
        return await fetch_one(self._database, EVENT, center_id=center_id, event_id=event_id)

    async def find_package(self, *, center_id: CenterId, student_package_id: StudentPackageId) -> RefundablePackage | None:
        """Return a student package with what refunding it rests on."""
        return await fetch_one(self._database, PACKAGE, center_id=center_id, student_package_id=student_package_id)

    async def list_due_events(self, *, center_id: CenterId, limit: int) -> list[UUID]:
        """Return reports that wait to be processed, the earliest first."""
        return await self._database.fetch(DUE_EVENTS, center_id=center_id, limit=limit)

    async def list_due_inquiries(self, *, center_id: CenterId, now: datetime, limit: int) -> list[DueInquiry]:
        """Return orders that the gateway is to be asked about."""
        return await self._database.fetch(DUE_INQUIRIES, center_id=center_id, now=now, limit=limit)

    async def list_expired(self, *, center_id: CenterId, now: datetime, limit: int) -> list[PaymentId]:
        """Return payments that are pending although their time is up."""
        return await self._database.fetch(EXPIRED, center_id=center_id, now=now, limit=limit)

    async def list_due_refunds(self, *, center_id: CenterId, now: datetime, limit: int) -> list[RefundId]:
        """Return refunds that are to be asked for, or asked about."""
        return await self._database.fetch(DUE_REFUNDS, center_id=center_id, now=now, limit=limit)
