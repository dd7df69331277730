"""All payments for admins: found along one index, whatever they are narrowed to, and only then looked at more closely.

By status or method alone, each combination of both is a range of its own in the index (center, method, status, time), and
the newest of all ranges are merged. Which branch a payment belongs to is no column of its own (a session can be moved),
so a page of a branch is looked for among a bounded number of payments.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from itertools import product
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.finance.gateway_model import Gateway
from domain.finance.model import PaymentMethod, PaymentStatus
from domain.finance.payments_admin import (
    LOOKED_THROUGH,
    OrderDetails,
    PaidBranch,
    PaymentDetails,
    PaymentLine,
    PaymentPage,
    PaymentSelection,
)
from domain.ids import CenterId, EnrollmentId, PaymentId
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import class_packages, classes, sessions, student_packages
from storage.tables.door import cash_transactions
from storage.tables.gateway import gateway_orders
from storage.tables.money import cashboxes, enrollments, payments
from storage.tables.organization import branches, people
from storage.tables.types import EnumText

_center = outside("center_id", sa.Uuid())
_person, _branch = outside("person_id", sa.Uuid()), outside("branch_id", sa.Uuid())
_limit, _look = outside("limit", sa.Integer()), outside("look", sa.Integer())
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_instant = payments.c.created_at.type
_IS_IN_TIME = sa.and_(
    payments.c.created_at >= outside("since", _instant),
    sa.tuple_(payments.c.created_at, payments.c.id)
    < sa.tuple_(outside("after_at", _instant), outside("after_id", sa.Uuid())),
)
_status, _method = outside("status", EnumText(PaymentStatus)), outside("method", EnumText(PaymentMethod))


def _newest(*conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(payments.c.id, payments.c.created_at)
        .where(*conditions, _IS_IN_TIME)
        .order_by(payments.c.created_at.desc(), payments.c.id.desc())
        .limit(_look)
    )


def _newest_of_ranges(statuses: Iterable[PaymentStatus], methods: Iterable[PaymentMethod]) -> sa.Select[Any]:
    ranges = [
        _newest(
            payments.c.center_id == _center,
            payments.c.method == constant(method),
            payments.c.status == constant(status),
        ).subquery(f"of_{method.value.lower()}_{status.value.lower()}")
        for method, status in product(methods, statuses)
    ]
    together = sa.union_all(*(sa.select(each.c.id, each.c.created_at) for each in ranges)).subquery("ranges")
    return (
        sa.select(together.c.id, together.c.created_at)
        .order_by(together.c.created_at.desc(), together.c.id.desc())
        .limit(_look)
    )


def _recent(status: PaymentStatus | None, method: PaymentMethod | None, *, is_of_person: bool) -> sa.Subquery:
    """Return the payments that are looked at: those of one person by their own index, others by the center's."""
    if is_of_person:
        return _newest(
            payments.c.payer_id == _person,
            payments.c.center_id == _center,
            sa.or_(_status.is_(None), payments.c.status == _status),
            sa.or_(_method.is_(None), payments.c.method == _method),
        ).subquery("recent")
    if status is None and method is None:
        return _newest(payments.c.center_id == _center).subquery("recent")
    statuses = [status] if status is not None else list(PaymentStatus)
    methods = [method] if method is not None else list(PaymentMethod)
    return _newest_of_ranges(statuses, methods).subquery("recent")


def _of_cash(column: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """Return a column of the drawer that a payment's cash went into."""
    return (
        sa.select(column)
        .select_from(
            cash_transactions.join(cashboxes, cashboxes.c.id == cash_transactions.c.cashbox_id)
            .join(branches, branches.c.id == cashboxes.c.branch_id)
            .outerjoin(_taker, _taker.c.id == cash_transactions.c.actor_id)
        )
        .where(cash_transactions.c.payment_id == payments.c.id, cash_transactions.c.reverses_id.is_(None))
        .order_by(cash_transactions.c.occurred_at, cash_transactions.c.id)
        .limit(_ONE)
        .scalar_subquery()
    )


_taker = people.alias("taker")
_package_id = sa.func.coalesce(payments.c.student_package_id, gateway_orders.c.student_package_id)


def _joined(found: sa.FromClause) -> sa.FromClause:
    """Join what is shown to payments that were found: these come first, so that planners begin with them."""
    return (
        found.join(people, people.c.id == payments.c.payer_id)
        .outerjoin(gateway_orders, gateway_orders.c.payment_id == payments.c.id)
        .outerjoin(enrollments, enrollments.c.id == payments.c.enrollment_id)
        .outerjoin(sessions, sessions.c.id == enrollments.c.session_id)
        .outerjoin(classes, classes.c.id == sessions.c.class_id)
        .outerjoin(student_packages, student_packages.c.id == _package_id)
        .outerjoin(
            class_packages,
            class_packages.c.id == sa.func.coalesce(student_packages.c.class_package_id, gateway_orders.c.class_package_id),
        )
    )


_LINE = (
    payments.c.id,
    people.c.name,
    payments.c.method,
    payments.c.status,
    payments.c.amount_minor,
    payments.c.refunded_minor,
    payments.c.created_at,
    sa.func.coalesce(classes.c.title, class_packages.c.name),
)


@cache
def lines_of(status: PaymentStatus | None, method: PaymentMethod | None, *, is_of_person: bool) -> Query[PaymentLine]:
    """Return the query of a page of payments with this status and method, of anybody or of one person."""
    recent = _recent(status, method, is_of_person=is_of_person)
    at_branch = sa.func.coalesce(sessions.c.branch_id, _of_cash(cashboxes.c.branch_id))
    return Query(
        sa.select(*_LINE)
        .select_from(_joined(recent.join(payments, payments.c.id == recent.c.id)))
        .where(sa.or_(_branch.is_(None), at_branch == _branch))
        .order_by(recent.c.created_at.desc(), recent.c.id.desc())
        .limit(_limit),
        PaymentLine,
    )


@cache
def _looked_at(status: PaymentStatus | None, method: PaymentMethod | None, *, is_of_person: bool) -> Query[Any]:
    """Return the query of the last payment that was looked at, and how many were."""
    recent = _recent(status, method, is_of_person=is_of_person)
    return Query(
        sa.select(recent.c.id, sa.func.count().over()).order_by(recent.c.created_at, recent.c.id).limit(_ONE),
        lambda id_, number: (id_, number),
    )


PLACE = Query(
    sa.select(payments.c.created_at, payments.c.id).where(
        payments.c.id == outside("payment_id", sa.Uuid()), payments.c.center_id == _center
    ),
    lambda at, id_: (at, id_),
)
OF_SEAT = Query(
    sa.select(*_LINE)
    .select_from(_joined(payments))
    .where(payments.c.center_id == _center, payments.c.enrollment_id == outside("enrollment_id", sa.Uuid()))
    .order_by(payments.c.created_at.desc(), payments.c.id.desc())
    .limit(_limit),
    PaymentLine,
)
BRANCHES = Query(
    sa.select(branches.c.id, branches.c.name)
    .where(branches.c.center_id == _center)
    .order_by(branches.c.created_at, branches.c.id),
    PaidBranch,
)


def _details(*values: Any) -> PaymentDetails:
    own, order = values[:-7], values[-7:]
    payment_id, payer_id, name, erased_at, *rest = own
    shown = (payment_id, payer_id, name, erased_at is None, *rest, _order(*order) if order[0] is not None else None)
    return PaymentDetails(*shown)


def _order(provider: Gateway, *rest: Any) -> OrderDetails:
    return OrderDetails(provider, *rest)


DETAILS = Query(
    sa.select(
        payments.c.id,
        payments.c.payer_id,
        people.c.name,
        people.c.erased_at,
        payments.c.method,
        payments.c.purpose,
        payments.c.status,
        payments.c.amount_minor,
        payments.c.refunded_minor,
        payments.c.created_at,
        payments.c.ended_at,
        payments.c.enrollment_id,
        enrollments.c.session_id,
        classes.c.title,
        sessions.c.starts_at,
        class_packages.c.name,
        student_packages.c.id,
        student_packages.c.status,
        student_packages.c.credits_left,
        sa.func.coalesce(
            sa.select(branches.c.name).where(branches.c.id == sessions.c.branch_id).scalar_subquery(),
            _of_cash(branches.c.name),
        ),
        _of_cash(_taker.c.name),
        gateway_orders.c.provider,
        gateway_orders.c.reference,
        gateway_orders.c.order_id,
        gateway_orders.c.created_at,
        gateway_orders.c.expires_at,
        gateway_orders.c.inquiries,
        gateway_orders.c.inquire_at,
    )
    .select_from(_joined(payments))
    .where(payments.c.id == outside("payment_id", sa.Uuid()), payments.c.center_id == _center),
    _details,
)
_BEFORE_EVERY_ID = UUID(int=0)


class StoredPaymentAdminViews:
    """See ``domain.finance.payments_admin.PaymentAdminViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_page(
        self, *, center_id: CenterId, selection: PaymentSelection, limit: int, after: PaymentId | None = None
    ) -> PaymentPage:
        """Return a page of payments, the latest first."""
        place = await self._place(center_id, after)
        key = {"is_of_person": selection.person_id is not None}
        status, method = (None, None) if selection.person_id is not None else (selection.status, selection.method)
        is_bounded = selection.branch_id is not None
        where: dict[str, Any] = {
            "center_id": center_id,
            "since": selection.span.since,
            "after_at": min(place[0], selection.span.until) if place is not None else selection.span.until,
            "after_id": place[1] if place is not None and place[0] < selection.span.until else _BEFORE_EVERY_ID,
            "look": LOOKED_THROUGH if is_bounded else limit + 1,
        }
        if selection.person_id is not None:
            where |= {"person_id": selection.person_id, "status": selection.status, "method": selection.method}
        found = await self._database.fetch(
            lines_of(status, method, **key), **where, branch_id=selection.branch_id, limit=limit + 1
        )
        if len(found) > limit:
            return PaymentPage(tuple(found[:limit]), found[limit - 1].payment_id)
        if is_bounded:
            last = await fetch_one(self._database, _looked_at(status, method, **key), **where)
            if last is not None and last[1] >= LOOKED_THROUGH:
                return PaymentPage(tuple(found), PaymentId(last[0]), is_cut=True)
        return PaymentPage(tuple(found), None)

    async def _place(self, center_id: CenterId, after: PaymentId | None) -> tuple[datetime, UUID] | None:
        if after is None:
            return None
        return await fetch_one(self._database, PLACE, center_id=center_id, payment_id=after)

    async def find_details(self, *, center_id: CenterId, payment_id: PaymentId) -> PaymentDetails | None:
        """Return one payment."""
        return await fetch_one(self._database, DETAILS, center_id=center_id, payment_id=payment_id)

    async def list_of_seat(self, *, center_id: CenterId, enrollment_id: EnrollmentId, limit: int) -> list[PaymentLine]:
        """Return the payments for one enrollment, the latest first."""
        return await self._database.fetch(OF_SEAT, center_id=center_id, enrollment_id=enrollment_id, limit=limit)

    async def list_branches(self, *, center_id: CenterId) -> list[PaidBranch]:
        """Return every branch, the oldest first."""
        return await self._database.fetch(BRANCHES, center_id=center_id)
