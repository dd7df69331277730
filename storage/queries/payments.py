"""Payments through a gateway for screens."""

import sqlalchemy as sa

from domain.finance.model import PaymentStatus
from domain.finance.payment_views import (
    EffectLine,
    PaymentCard,
    PaymentHistory,
    RefundLine,
    ReportLine,
)
from domain.finance.refunding import most_refundable
from domain.ids import CenterId, EnrollmentId, PaymentId, PersonId
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.repositories.gateway import StoredGateway
from storage.tables.catalogue import class_packages, classes, sessions, student_packages
from storage.tables.gateway import gateway_effects, gateway_events, gateway_orders, refunds
from storage.tables.money import enrollments, payments
from storage.tables.organization import centers, people

_MOST_REPORTS = 20
_IN_CENTER = payments.c.center_id == outside("center_id")
_payer = outside("payer_id", sa.Uuid())

_CARD = (
    sa.select(
        payments.c.id,
        payments.c.payer_id,
        people.c.name,
        people.c.language,
        gateway_orders.c.provider,
        payments.c.purpose,
        payments.c.status,
        payments.c.amount_minor,
        payments.c.refunded_minor,
        centers.c.currency,
        payments.c.created_at,
        payments.c.ended_at,
        gateway_orders.c.expires_at,
        gateway_orders.c.order_id,
        gateway_orders.c.checkout_url,
        payments.c.enrollment_id,
        enrollments.c.status,
        enrollments.c.session_id,
        classes.c.title,
        sessions.c.starts_at,
        class_packages.c.name,
        student_packages.c.id,
        student_packages.c.credits_left,
    )
    .select_from(
        payments.join(gateway_orders, gateway_orders.c.payment_id == payments.c.id)
        .join(centers, centers.c.id == payments.c.center_id)
        .join(people, people.c.id == payments.c.payer_id)
        .outerjoin(enrollments, enrollments.c.id == payments.c.enrollment_id)
        .outerjoin(sessions, sessions.c.id == enrollments.c.session_id)
        .outerjoin(class_packages, class_packages.c.id == gateway_orders.c.class_package_id)
        .outerjoin(classes, classes.c.id == sa.func.coalesce(sessions.c.class_id, class_packages.c.class_id))
        .outerjoin(student_packages, student_packages.c.id == gateway_orders.c.student_package_id)
    )
    .where(_IN_CENTER)
)
_IS_PAYERS = sa.or_(payments.c.payer_id == _payer, people.c.merged_into_id == _payer)

CARD = Query(_CARD.where(payments.c.id == outside("payment_id")), PaymentCard)
OWN_CARD = Query(_CARD.where(payments.c.id == outside("payment_id"), _IS_PAYERS), PaymentCard)
PENDING_OF_SEAT = Query(
    _CARD.where(
        payments.c.enrollment_id == outside("enrollment_id"),
        _IS_PAYERS,
        payments.c.status == constant(PaymentStatus.PENDING),
    ),
    PaymentCard,
)
EFFECTS = Query(
    sa.select(
        gateway_effects.c.applied_at,
        gateway_effects.c.kind,
        gateway_effects.c.amount_minor,
        gateway_effects.c.transaction_id,
    )
    .where(gateway_effects.c.payment_id == outside("payment_id"))
    .order_by(gateway_effects.c.applied_at, gateway_effects.c.id),
    EffectLine,
)
REFUNDS = Query(
    sa.select(
        refunds.c.id,
        refunds.c.amount_minor,
        refunds.c.status,
        refunds.c.reason,
        refunds.c.asked_at,
        refunds.c.called_at,
        refunds.c.ended_at,
        refunds.c.transaction_id,
    )
    .where(refunds.c.payment_id == outside("payment_id"))
    .order_by(refunds.c.asked_at, refunds.c.id),
    RefundLine,
)
REPORTS = Query(
    sa.select(
        gateway_events.c.received_at,
        gateway_events.c.outcome,
        gateway_events.c.transaction_id,
        gateway_events.c.body_hash,
    )
    .select_from(
        gateway_orders.join(
            gateway_events,
            (gateway_events.c.order_id == gateway_orders.c.order_id)
            & (gateway_events.c.provider == gateway_orders.c.provider),
        )
    )
    .where(gateway_orders.c.payment_id == outside("payment_id"))
    .order_by(gateway_events.c.received_at.desc(), gateway_events.c.id.desc())
    .limit(sa.literal_column(str(_MOST_REPORTS))),
    ReportLine,
)


class StoredPaymentViews:
    """See ``domain.finance.payment_views.PaymentViews``."""

    __slots__ = ("_database", "_gateway")

    def __init__(self, database: Database) -> None:
        self._database = database
        self._gateway = StoredGateway(database)

    async def find_own(self, *, center_id: CenterId, payer_id: PersonId, payment_id: PaymentId) -> PaymentCard | None:
        """Return a payment of the reader's own."""
        return await fetch_one(self._database, OWN_CARD, center_id=center_id, payer_id=payer_id, payment_id=payment_id)

    async def find_any(self, *, center_id: CenterId, payment_id: PaymentId) -> PaymentCard | None:
        """Return a payment of anybody's."""
        return await fetch_one(self._database, CARD, center_id=center_id, payment_id=payment_id)

    async def find_pending_of_seat(
        self, *, center_id: CenterId, payer_id: PersonId, enrollment_id: EnrollmentId
    ) -> PaymentCard | None:
        """Return the open payment that a held seat of the reader's waits for."""
        return await fetch_one(
            self._database, PENDING_OF_SEAT, center_id=center_id, payer_id=payer_id, enrollment_id=enrollment_id
        )

    async def find_history(self, *, center_id: CenterId, payment_id: PaymentId) -> PaymentHistory | None:
        """Return all that happened to a payment."""
        facts = await self._gateway.find_payment(center_id=center_id, payment_id=payment_id)
        if facts is None:
            return None
        return PaymentHistory(
            tuple(await self._database.fetch(EFFECTS, payment_id=payment_id)),
            tuple(await self._database.fetch(REFUNDS, payment_id=payment_id)),
            tuple(reversed(await self._database.fetch(REPORTS, payment_id=payment_id))),
            0 if facts.open_refund is not None else most_refundable(facts),
        )
