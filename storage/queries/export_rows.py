"""Rows for exports, page by page from an index: a file of any length takes the memory of a page."""

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from domain.finance.model import WalletOwner
from domain.ids import CenterId
from domain.reports.exporting import ExportKind, RowCursor, RowPage
from domain.sessions.calendar import Span
from storage.database import Database
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import class_packages, classes, sessions, student_packages
from storage.tables.money import accounts, cashboxes, enrollments, entries, payments, postings, wallets
from storage.tables.organization import branches, people
from storage.tables.types import Instant

Row = tuple[Any, ...]
_KEY_COLUMNS: Final = 2
_center, _limit = outside("center_id", sa.Uuid()), outside("limit", sa.Integer())
_BEFORE_ANY: Final = RowCursor(datetime(1, 1, 1, tzinfo=UTC), UUID(int=0))


def _row(*values: Any) -> Row:
    return values


def _in_time(at: sa.ColumnElement[Any], id_: sa.ColumnElement[Any]) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        at >= outside("since", Instant()),
        at < outside("until", Instant()),
        sa.tuple_(at, id_) > sa.tuple_(outside("after_at", Instant()), outside("after_id", sa.Uuid())),
    )


_IS_THEIRS = (wallets.c.owner_id == people.c.id) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT))
PEOPLE = Query(
    sa.select(
        people.c.created_at,
        people.c.id,
        people.c.name,
        people.c.phone,
        people.c.created_at,
        people.c.joined_at,
        wallets.c.balance_minor,
        wallets.c.locked_minor,
        people.c.id,
    )
    .select_from(people.outerjoin(wallets, _IS_THEIRS))
    .where(
        people.c.center_id == _center,
        people.c.erased_at.is_(None),
        people.c.merged_into_id.is_(None),
        *_in_time(people.c.created_at, people.c.id),
    )
    .order_by(people.c.created_at, people.c.id)
    .limit(_limit),
    _row,
)
ENROLLMENTS = Query(
    sa.select(
        enrollments.c.created_at,
        enrollments.c.id,
        enrollments.c.created_at,
        people.c.name,
        classes.c.title,
        branches.c.name,
        sessions.c.teacher,
        sessions.c.starts_at,
        enrollments.c.status,
        enrollments.c.method,
        enrollments.c.price_minor,
        enrollments.c.credit_value_minor,
        enrollments.c.attended_at,
        enrollments.c.cancelled_at,
        enrollments.c.made_good,
        enrollments.c.id,
    )
    .select_from(
        enrollments.join(people, people.c.id == enrollments.c.student_id)
        .join(sessions, sessions.c.id == enrollments.c.session_id)
        .join(classes, classes.c.id == sessions.c.class_id)
        .join(branches, branches.c.id == sessions.c.branch_id)
    )
    .where(enrollments.c.center_id == _center, *_in_time(enrollments.c.created_at, enrollments.c.id))
    .order_by(enrollments.c.created_at, enrollments.c.id)
    .limit(_limit),
    _row,
)
PAYMENTS = Query(
    sa.select(
        payments.c.created_at,
        payments.c.id,
        payments.c.created_at,
        people.c.name,
        payments.c.method,
        payments.c.purpose,
        sa.func.coalesce(class_packages.c.name, classes.c.title),
        payments.c.amount_minor,
        payments.c.refunded_minor,
        payments.c.status,
        payments.c.ended_at,
        payments.c.id,
    )
    .select_from(
        payments.join(people, people.c.id == payments.c.payer_id)
        .outerjoin(enrollments, enrollments.c.id == payments.c.enrollment_id)
        .outerjoin(sessions, sessions.c.id == enrollments.c.session_id)
        .outerjoin(classes, classes.c.id == sessions.c.class_id)
        .outerjoin(student_packages, student_packages.c.id == payments.c.student_package_id)
        .outerjoin(class_packages, class_packages.c.id == student_packages.c.class_package_id)
    )
    .where(payments.c.center_id == _center, *_in_time(payments.c.created_at, payments.c.id))
    .order_by(payments.c.created_at, payments.c.id)
    .limit(_limit),
    _row,
)

_page = (
    sa.select(entries)
    .where(entries.c.center_id == _center, *_in_time(entries.c.occurred_at, entries.c.id))
    .order_by(entries.c.occurred_at, entries.c.id)
    .limit(_limit)
    .subquery("page")
)
_owner, _actor = people.alias("owner"), people.alias("actor")
_ZERO: sa.ColumnElement[Any] = sa.literal_column("0")
_debit = sa.case((postings.c.amount_minor > _ZERO, postings.c.amount_minor))
_credit = sa.case((postings.c.amount_minor < _ZERO, -postings.c.amount_minor))
JOURNAL = Query(
    sa.select(
        _page.c.occurred_at,
        _page.c.id,
        _page.c.occurred_at,
        _page.c.cause,
        accounts.c.kind,
        sa.func.coalesce(_owner.c.name, branches.c.name),
        _debit,
        _credit,
        _actor.c.name,
        _page.c.reason,
        _page.c.subject_id,
        _page.c.id,
        _page.c.reverses_id,
    )
    .select_from(
        _page.join(postings, postings.c.entry_id == _page.c.id)
        .join(accounts, accounts.c.id == postings.c.account_id)
        .outerjoin(wallets, wallets.c.id == accounts.c.id)
        .outerjoin(_owner, _owner.c.id == wallets.c.owner_id)
        .outerjoin(cashboxes, cashboxes.c.id == accounts.c.id)
        .outerjoin(branches, branches.c.id == cashboxes.c.branch_id)
        .outerjoin(_actor, _actor.c.id == _page.c.actor_id)
    )
    .order_by(_page.c.occurred_at, _page.c.id, postings.c.line),
    _row,
)
_QUERIES: Final = {
    ExportKind.PEOPLE: PEOPLE,
    ExportKind.ENROLLMENTS: ENROLLMENTS,
    ExportKind.PAYMENTS: PAYMENTS,
    ExportKind.JOURNAL: JOURNAL,
}


class StoredExportRows:
    """See ``domain.reports.exporting.ExportRows``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read_page(
        self, kind: ExportKind, *, center_id: CenterId, span: Span, after: RowCursor | None, limit: int
    ) -> RowPage:
        """Return a page, the oldest first; of the journal, so many entries with all their postings."""
        start = after or _BEFORE_ANY
        rows = await self._database.fetch(
            _QUERIES[kind],
            center_id=center_id,
            since=_BEFORE_ANY.at if kind is ExportKind.PEOPLE else span.since,
            until=span.until,
            after_at=start.at,
            after_id=start.id,
            limit=limit,
        )
        is_last = len({row[1] for row in rows}) < limit
        cursor = None if is_last else RowCursor(rows[-1][0], rows[-1][1])
        return RowPage([row[_KEY_COLUMNS:] for row in rows], cursor)
