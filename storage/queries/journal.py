"""The journal for admins: entries with their postings, by what they happened to."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from domain.finance.journal_views import JournalEntry, Leg
from domain.ids import CenterId, EntryId, PaymentId
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.tables.door import cash_transactions
from storage.tables.gateway import gateway_orders
from storage.tables.money import accounts, cashboxes, enrollments, entries, payments, postings, wallets
from storage.tables.organization import branches, people

_center = outside("center_id", sa.Uuid())
_after, _limit = outside("after_id", sa.Uuid()), outside("limit", sa.Integer())
_subjects = tuple(outside(name, sa.Uuid()) for name in ("payment_id", "enrollment_id", "student_package_id", "cash_id"))
_actor, _owner = people.alias("actor"), people.alias("owner")
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_of_package = payments.alias("of_package")
PAYMENT_OF_PACKAGE = (
    sa.select(_of_package.c.id)
    .where(_of_package.c.student_package_id == entries.c.subject_id)
    .order_by(_of_package.c.created_at, _of_package.c.id)
    .limit(_ONE)
    .scalar_subquery()
)
"""The payment with which the package was bought that an entry is about, if it is about one."""


def _rows(found: sa.Subquery) -> Query[Any]:
    return Query(
        sa.select(
            entries.c.id,
            entries.c.occurred_at,
            entries.c.cause,
            _actor.c.name,
            entries.c.reason,
            entries.c.reverses_id,
            enrollments.c.id,
            sa.func.coalesce(payments.c.id, cash_transactions.c.payment_id, PAYMENT_OF_PACKAGE),
            accounts.c.kind,
            postings.c.amount_minor,
            wallets.c.owner_kind,
            wallets.c.owner_id,
            _owner.c.name,
            branches.c.name,
        )
        .select_from(
            found.join(entries, entries.c.id == found.c.id)
            .join(postings, postings.c.entry_id == entries.c.id)
            .join(accounts, accounts.c.id == postings.c.account_id)
            .outerjoin(_actor, _actor.c.id == entries.c.actor_id)
            .outerjoin(enrollments, enrollments.c.id == entries.c.subject_id)
            .outerjoin(payments, payments.c.id == entries.c.subject_id)
            .outerjoin(cash_transactions, cash_transactions.c.entry_id == entries.c.id)
            .outerjoin(wallets, wallets.c.id == postings.c.account_id)
            .outerjoin(_owner, _owner.c.id == wallets.c.owner_id)
            .outerjoin(cashboxes, cashboxes.c.id == postings.c.account_id)
            .outerjoin(branches, branches.c.id == cashboxes.c.branch_id)
        )
        .order_by(entries.c.id.desc(), postings.c.line),
        lambda *values: (values[:8], Leg(*values[8:])),
    )


OF_SUBJECTS = _rows(
    sa.select(entries.c.id)
    .where(
        sa.or_(*(entries.c.subject_id == subject for subject in _subjects)),
        entries.c.center_id == _center,
        sa.or_(_after.is_(None), entries.c.id < _after),
    )
    .order_by(entries.c.id.desc())
    .limit(_limit)
    .subquery("found")
)
ONE_ENTRY = _rows(
    sa.select(entries.c.id)
    .where(entries.c.id == outside("entry_id", sa.Uuid()), entries.c.center_id == _center)
    .subquery("found")
)
SUBJECTS = Query(
    sa.select(
        payments.c.enrollment_id,
        sa.func.coalesce(payments.c.student_package_id, gateway_orders.c.student_package_id),
        sa.select(cash_transactions.c.id)
        .where(cash_transactions.c.payment_id == payments.c.id)
        .order_by(cash_transactions.c.occurred_at, cash_transactions.c.id)
        .limit(_ONE)
        .scalar_subquery(),
    )
    .select_from(payments.outerjoin(gateway_orders, gateway_orders.c.payment_id == payments.c.id))
    .where(payments.c.id == outside("payment_id", sa.Uuid()), payments.c.center_id == _center),
    lambda *ids: ids,
)


def _entries(rows: Iterable[tuple[tuple[Any, ...], Leg]]) -> list[JournalEntry]:
    found = []
    for head, lines in groupby(rows, key=lambda row: row[0]):
        values = (*head, tuple(leg for _, leg in lines))
        found.append(JournalEntry(*values))
    return found


class StoredJournalViews:
    """See ``domain.finance.journal_views.JournalViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_of_payment(
        self, *, center_id: CenterId, payment_id: PaymentId, limit: int, after: EntryId | None = None
    ) -> list[JournalEntry]:
        """Return the entries of a payment, the latest first."""
        subjects = await fetch_one(self._database, SUBJECTS, center_id=center_id, payment_id=payment_id)
        if subjects is None:
            return []
        enrollment_id, student_package_id, cash_id = (each or payment_id for each in subjects)
        return _entries(
            await self._database.fetch(
                OF_SUBJECTS,
                center_id=center_id,
                payment_id=payment_id,
                enrollment_id=enrollment_id,
                student_package_id=student_package_id,
                cash_id=cash_id,
                after_id=after,
                limit=limit,
            )
        )

    async def find_entry(self, *, center_id: CenterId, entry_id: EntryId) -> JournalEntry | None:
        """Return one entry."""
        found = _entries(await self._database.fetch(ONE_ENTRY, center_id=center_id, entry_id=entry_id))
        return found[0] if found else None
