"""The conditional statements of writes on money from outside."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.sql.dml import Update

from domain.finance.gateway_model import RefundStatus
from domain.finance.model import PaymentStatus
from domain.packages.model import StudentPackageStatus
from domain.writes import gateway
from domain.writes.base import Write
from storage.database_time import database_later, database_now
from storage.prepared import outside
from storage.tables.catalogue import student_packages
from storage.tables.gateway import gateway_effects, gateway_events, gateway_orders, refunds
from storage.tables.money import payments
from storage.tables.types import Instant

_ONE: sa.ColumnElement[int] = sa.literal_column("1")
_ZERO: sa.ColumnElement[int] = sa.literal_column("0")


def _order() -> Update:
    return gateway_orders.update().where(gateway_orders.c.payment_id == outside("payment_id"))


def _renew_reference() -> Update:
    return (
        _order()
        .where(gateway_orders.c.reference == outside("was"), gateway_orders.c.order_id.is_(None))
        .values(reference=outside("reference"))
    )


def _set_checkout() -> Update:
    return (
        _order()
        .where(gateway_orders.c.order_id.is_(None))
        .values(order_id=outside("order_id"), checkout_url=outside("checkout_url"))
    )


def _take_inquiry() -> Update:
    return (
        _order()
        .where(gateway_orders.c.inquire_at == outside("was"))
        .values(inquire_at=outside("inquire_at"), inquiries=gateway_orders.c.inquiries + _ONE)
    )


def _set_inquiry() -> Update:
    return _order().values(inquire_at=outside("inquire_at"))


def _open_event() -> Update:
    return gateway_events.update().where(
        gateway_events.c.id == outside("event_id"),
        gateway_events.c.processed_at.is_(None),
        gateway_events.c.parked_at.is_(None),
    )


def _claim_event() -> Update:
    return (
        _open_event()
        .where(sa.or_(gateway_events.c.due_at.is_(None), gateway_events.c.due_at <= database_now()))
        .values(
            due_at=database_later(outside("seconds", sa.Double())),
            attempts=gateway_events.c.attempts + _ONE,
        )
    )


def _end_event() -> Update:
    return _open_event().values(outcome=outside("outcome"), processed_at=outside("processed_at"))


def _park_event() -> Update:
    return _open_event().values(outcome=outside("outcome"), parked_at=outside("parked_at"))


def _blank_event() -> Update:
    return (
        gateway_events.update()
        .where(
            gateway_events.c.id == outside("event_id"),
            sa.or_(gateway_events.c.processed_at.is_not(None), gateway_events.c.parked_at.is_not(None)),
        )
        .values(body=sa.literal_column("''"))
    )


def _refund_of_payment() -> Update:
    return (
        payments.update()
        .where(
            payments.c.id == outside("payment_id"),
            sa.literal_column(f"status = '{PaymentStatus.COMPLETED}'"),
            payments.c.refunded_minor == outside("was_refunded_minor"),
        )
        .values(status=outside("becomes"), refunded_minor=outside("refunded_minor"))
    )


def _open_refund() -> Update:
    return refunds.update().where(
        refunds.c.id == outside("refund_id"), sa.literal_column(f"status = '{RefundStatus.ASKED}'")
    )


def _call_refund() -> Update:
    return (
        _open_refund()
        .where(refunds.c.called_at.is_(None))
        .values(called_at=outside("called_at"), inquire_at=outside("inquire_at"))
    )


def _recall_refund() -> Update:
    return (
        _open_refund()
        .where(refunds.c.called_at == outside("was_called_at", Instant()))
        .values(called_at=sa.null(), inquire_at=outside("inquire_at"))
    )


def _take_refund_inquiry() -> Update:
    return (
        _open_refund()
        .where(refunds.c.inquire_at == outside("was"))
        .values(inquire_at=outside("inquire_at"), inquiries=refunds.c.inquiries + _ONE)
    )


def _end_refund() -> Update:
    return _open_refund().values(
        status=outside("status"),
        transaction_id=outside("transaction_id"),
        ended_at=outside("ended_at"),
        inquire_at=sa.null(),
    )


def _refund_student_package() -> Update:
    return (
        student_packages.update()
        .where(
            student_packages.c.id == outside("student_package_id"),
            student_packages.c.credits_left == outside("was_credits_left"),
            student_packages.c.value_left_minor == outside("was_value_left_minor"),
            sa.literal_column(f"status = '{StudentPackageStatus.ACTIVE}'"),
        )
        .values(
            credits_left=_ZERO,
            value_left_minor=_ZERO,
            status=sa.literal_column(f"'{StudentPackageStatus.REFUNDED}'"),
            refunded_at=outside("refunded_at"),
        )
    )


GATEWAY_UPDATES: dict[type[Write], Callable[[], Update]] = {
    gateway.RenewReference: _renew_reference,
    gateway.SetCheckout: _set_checkout,
    gateway.TakeInquiry: _take_inquiry,
    gateway.SetInquiry: _set_inquiry,
    gateway.ClaimGatewayEvent: _claim_event,
    gateway.EndGatewayEvent: _end_event,
    gateway.ParkGatewayEvent: _park_event,
    gateway.BlankGatewayEvent: _blank_event,
    gateway.RefundOfPayment: _refund_of_payment,
    gateway.CallRefund: _call_refund,
    gateway.RecallRefund: _recall_refund,
    gateway.TakeRefundInquiry: _take_refund_inquiry,
    gateway.EndRefund: _end_refund,
    gateway.RefundStudentPackage: _refund_student_package,
}
GATEWAY_INSERTS: dict[type[Write], sa.Table] = {
    gateway.AddGatewayOrder: gateway_orders,
    gateway.AddGatewayEvent: gateway_events,
    gateway.AddGatewayEffect: gateway_effects,
    gateway.AddRefund: refunds,
}
