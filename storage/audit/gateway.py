"""Checks of money from outside: payments, what gateways reported, the journal and refunds under way agree."""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus, ReservedFor
from domain.finance.gateway_model import GatewayEffect, RefundStatus
from domain.finance.model import AccountKind, PaymentMethod, PaymentStatus
from storage.audit.check import NOTHING, ZERO, Check, Selection, among, or_zero, total
from storage.repositories.enrollments import constant
from storage.tables.gateway import gateway_effects, refunds
from storage.tables.money import accounts, enrollments, entries, payments, postings

_IS_GATEWAY = payments.c.method == constant(PaymentMethod.GATEWAY)
_HAS_COME = among(payments.c.status, PaymentStatus.COMPLETED, PaymentStatus.REFUNDED)


def _sum_of_effects(*, is_paid: bool) -> sa.ColumnElement[Any]:
    is_payment = gateway_effects.c.kind == constant(GatewayEffect.PAID)
    return or_zero(
        sa.select(total(gateway_effects.c.amount_minor))
        .where(gateway_effects.c.payment_id == payments.c.id, is_payment if is_paid else ~is_payment)
        .scalar_subquery()
    )


def _payments_without_money(only: Selection) -> sa.Select[Any]:
    """Find payments that count as made although no transaction brought their money."""
    received = _sum_of_effects(is_paid=True)
    return sa.select(payments.c.id, payments.c.amount_minor, received).where(
        only(payments.c.center_id), _IS_GATEWAY, _HAS_COME, received < payments.c.amount_minor
    )


def _clearing(only: Selection) -> sa.Select[Any]:
    """Compare what came and went by the gateway's transactions with what the journal moved for the payment."""
    moved = (
        sa.select(total(postings.c.amount_minor))
        .select_from(
            entries.join(postings, postings.c.entry_id == entries.c.id).join(
                accounts,
                (accounts.c.id == postings.c.account_id) & (accounts.c.kind == constant(AccountKind.GATEWAY_CLEARING)),
            )
        )
        .where(entries.c.subject_id == payments.c.id)
        .scalar_subquery()
    )
    expected, found = _sum_of_effects(is_paid=True) - _sum_of_effects(is_paid=False), or_zero(moved)
    return sa.select(payments.c.id, expected, found).where(only(payments.c.center_id), _IS_GATEWAY, found != expected)


def _refunded(only: Selection) -> sa.Select[Any]:
    """Find payments whose refunded part is not what went back beyond what had come twice."""
    surplus = _sum_of_effects(is_paid=True) - payments.c.amount_minor
    beyond = _sum_of_effects(is_paid=False) - surplus
    expected = sa.case((beyond < ZERO, ZERO), (beyond > payments.c.amount_minor, payments.c.amount_minor), else_=beyond)
    return sa.select(payments.c.id, expected, payments.c.refunded_minor).where(
        only(payments.c.center_id), _IS_GATEWAY, _HAS_COME, payments.c.refunded_minor != expected
    )


def _refunds_payable(only: Selection) -> sa.Select[Any]:
    """Compare the account with the refunds that are under way."""
    asked = sa.select(total(refunds.c.amount_minor)).where(
        refunds.c.center_id == accounts.c.center_id, refunds.c.status == constant(RefundStatus.ASKED)
    )
    posted = sa.select(total(postings.c.amount_minor)).where(postings.c.account_id == accounts.c.id)
    expected, found = -or_zero(asked.scalar_subquery()), or_zero(posted.scalar_subquery())
    return sa.select(accounts.c.id, expected, found).where(
        only(accounts.c.center_id), accounts.c.kind == constant(AccountKind.REFUNDS_PAYABLE), found != expected
    )


def _seats_held_for_nothing(only: Selection) -> sa.Select[Any]:
    """Find seats that are held for a payment which is over: nothing would ever let them go."""
    pending = (
        sa.select(payments.c.id)
        .where(
            payments.c.enrollment_id == enrollments.c.id,
            _IS_GATEWAY,
            payments.c.status == constant(PaymentStatus.PENDING),
        )
        .exists()
    )
    return sa.select(enrollments.c.id, constant(PaymentStatus.PENDING), NOTHING).where(
        only(enrollments.c.center_id),
        enrollments.c.status == constant(EnrollmentStatus.HELD),
        enrollments.c.reserved_for == constant(ReservedFor.PAYMENT),
        ~pending,
    )


CHECKS = (
    Check("gateway_payment_without_money", "payments", _payments_without_money),
    Check("gateway_clearing", "payments", _clearing),
    Check("gateway_refunded", "payments", _refunded),
    Check("refunds_payable", "accounts", _refunds_payable),
    Check("held_without_payment", "enrollments", _seats_held_for_nothing),
)
