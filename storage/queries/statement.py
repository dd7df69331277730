"""A wallet's movements, and the money of a single booking, for screens: read from the journal and the holds."""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.model import MadeGood
from domain.enrollments.money_trail import MoneyLine, MoneyStep
from domain.finance.model import HoldStatus, PaymentMethod, PaymentStatus, WalletOwner
from domain.finance.statement import StatementLine
from domain.ids import CenterId, EnrollmentId, EntryId, PersonId
from storage.database import Database
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import class_packages, classes, sessions, student_packages
from storage.tables.money import cashboxes, enrollments, entries, holds, payments, postings, wallets
from storage.tables.organization import branches
from storage.tables.types import EnumText, Instant

_ZERO = sa.literal_column("0", sa.BigInteger())
_student = outside("student_id", sa.Uuid())
_last = outside("after", sa.Uuid())
_OWN_WALLET = (
    (wallets.c.owner_id == _student)
    & (wallets.c.owner_kind == constant(WalletOwner.STUDENT))
    & (wallets.c.center_id == outside("center_id"))
)
_other = postings.alias("other")
_branch_of_cashbox = (
    sa.select(branches.c.name)
    .select_from(
        _other.join(cashboxes, cashboxes.c.id == _other.c.account_id).join(branches, branches.c.id == cashboxes.c.branch_id)
    )
    .where(_other.c.entry_id == entries.c.id)
    .limit(sa.literal_column("1"))
    .scalar_subquery()
)


def movements(*more: Any) -> sa.Select[Any]:
    """Begin a statement: movements of wallets with what they belong to; ``more`` columns follow those of a line."""
    return sa.select(
        entries.c.id,
        entries.c.occurred_at,
        entries.c.cause,
        -postings.c.amount_minor,  # a wallet is a debt of the center's: what it owes more of is a credit
        entries.c.reverses_id,
        entries.c.reason,
        classes.c.title,
        sessions.c.starts_at,
        class_packages.c.name,
        _branch_of_cashbox,
        *more,
    ).select_from(
        wallets.join(postings, postings.c.account_id == wallets.c.id)
        .join(entries, entries.c.id == postings.c.entry_id)
        .outerjoin(enrollments, enrollments.c.id == entries.c.subject_id)
        .outerjoin(sessions, sessions.c.id == enrollments.c.session_id)
        .outerjoin(student_packages, student_packages.c.id == entries.c.subject_id)
        .outerjoin(class_packages, class_packages.c.id == student_packages.c.class_package_id)
        .outerjoin(classes, classes.c.id == sa.func.coalesce(sessions.c.class_id, student_packages.c.class_id))
    )


def statement_line(id_: EntryId, at: Any, cause: Any, amount: int, reverses: EntryId | None, *rest: Any) -> StatementLine:
    """Return a line from the columns that ``movements`` begins with."""
    return StatementLine(id_, at, cause, amount, reverses is not None, *rest)


# Ids of entries are ordered by the time of their making, so the index (account_id, entry_id) is the statement's own order.
STATEMENT = Query(
    movements()
    .where(_OWN_WALLET, sa.or_(_last.is_(None), postings.c.entry_id < _last))
    .order_by(postings.c.entry_id.desc(), postings.c.line.desc())
    .limit(outside("limit", sa.Integer())),
    statement_line,
)

_OWN_SEAT = (
    (enrollments.c.id == outside("enrollment_id", sa.Uuid()))
    & (enrollments.c.student_id == _student)
    & (enrollments.c.center_id == outside("center_id"))
)
_NO_NAME = sa.cast(sa.null(), sa.Text())


def _step(
    order: int,
    at: sa.ColumnElement[Any],
    step: sa.ColumnElement[Any],
    amount: sa.ColumnElement[Any] = _ZERO,
    name: sa.ColumnElement[Any] = _NO_NAME,
) -> sa.Select[Any]:
    """Begin one kind of line; ``order`` is its place among lines of the same instant."""
    return sa.select(
        at.label("at"),
        step.label("step"),
        amount.label("amount"),
        name.label("name"),
        sa.literal_column(str(order)).label("place"),
    )


_of_holds = enrollments.join(holds, holds.c.enrollment_id == enrollments.c.id)
_of_package = enrollments.join(student_packages, student_packages.c.id == enrollments.c.student_package_id).join(
    class_packages, class_packages.c.id == student_packages.c.class_package_id
)
_of_journal = (
    enrollments.join(entries, entries.c.subject_id == enrollments.c.id)
    .join(postings, postings.c.entry_id == entries.c.id)
    .join(wallets, wallets.c.id == postings.c.account_id)
)
_of_payments = enrollments.join(payments, payments.c.enrollment_id == enrollments.c.id)
_FREED_MINOR = holds.c.amount_minor - holds.c.captured_minor
# A refund ends a payment anew, and leaves only its beginning to tell when it was made.
_PAID_AT = sa.case(
    (payments.c.status == constant(PaymentStatus.COMPLETED), payments.c.ended_at), else_=payments.c.created_at
)
_steps = sa.union_all(
    _step(0, enrollments.c.created_at, constant(MoneyStep.CREDIT_TAKEN), name=class_packages.c.name)
    .select_from(_of_package)
    .where(_OWN_SEAT),
    _step(1, holds.c.created_at, constant(MoneyStep.LOCKED), holds.c.amount_minor).select_from(_of_holds).where(_OWN_SEAT),
    _step(
        2,
        entries.c.occurred_at,
        sa.case((postings.c.amount_minor > _ZERO, constant(MoneyStep.TAKEN)), else_=constant(MoneyStep.RETURNED)),
        sa.func.abs(postings.c.amount_minor),
    )
    .select_from(_of_journal)
    .where(_OWN_SEAT, _OWN_WALLET),
    _step(3, payments.c.created_at, constant(MoneyStep.PAID_CASH), payments.c.amount_minor)
    .select_from(_of_payments)
    .where(
        _OWN_SEAT,
        payments.c.method == constant(PaymentMethod.CASH),
        payments.c.status.in_([constant(PaymentStatus.COMPLETED), constant(PaymentStatus.REFUNDED)]),
    ),
    _step(0, _PAID_AT, constant(MoneyStep.PAID_ONLINE), payments.c.amount_minor)
    .select_from(_of_payments)
    .where(
        _OWN_SEAT,
        payments.c.method == constant(PaymentMethod.GATEWAY),
        payments.c.status.in_([constant(PaymentStatus.COMPLETED), constant(PaymentStatus.REFUNDED)]),
    ),
    _step(5, holds.c.resolved_at, constant(MoneyStep.FREED), _FREED_MINOR)
    .select_from(_of_holds)
    .where(_OWN_SEAT, holds.c.status != constant(HoldStatus.OPEN), _FREED_MINOR > _ZERO),
    _step(6, enrollments.c.cancelled_at, constant(MoneyStep.CREDIT_RETURNED), name=class_packages.c.name)
    .select_from(_of_package)
    .where(_OWN_SEAT, enrollments.c.made_good == constant(MadeGood.CREDIT)),
).subquery("steps")

MONEY = Query(
    sa.select(
        sa.type_coerce(_steps.c.at, Instant()),
        sa.type_coerce(_steps.c.step, EnumText(MoneyStep)),
        _steps.c.amount,
        _steps.c.name,
    ).order_by(_steps.c.at, _steps.c.place),
    MoneyLine,
)


class StoredStatementViews:
    """See ``domain.finance.statement.StatementViews`` and ``domain.enrollments.money_trail.MoneyTrailViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_statement(
        self, *, center_id: CenterId, student_id: PersonId, limit: int, after: EntryId | None = None
    ) -> list[StatementLine]:
        """Return the movements of the student's wallet, the latest first."""
        return await self._database.fetch(STATEMENT, center_id=center_id, student_id=student_id, after=after, limit=limit)

    async def list_money(
        self, *, center_id: CenterId, student_id: PersonId, enrollment_id: EnrollmentId
    ) -> list[MoneyLine]:
        """Return what happened to the money of a booking, the oldest first."""
        return await self._database.fetch(MONEY, center_id=center_id, student_id=student_id, enrollment_id=enrollment_id)
