"""Wallets for admins: anybody's by its owner, the center's own, and the sums of all of them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.finance.model import AccountKind, EntryCause, HoldStatus, WalletOwner
from domain.finance.wallets_admin import (
    OpenHold,
    PackageWorth,
    Transfer,
    TransferNotice,
    WalletCard,
    WalletLine,
    WalletRef,
    WalletTotals,
)
from domain.ids import CenterId, EntryId, PersonId
from domain.packages.model import StudentPackageStatus
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.queries.journal import PAYMENT_OF_PACKAGE
from storage.queries.statement import movements, statement_line
from storage.repositories.enrollments import constant
from storage.repositories.wallets import LIMITS, find_owner, find_transfer, find_wallet
from storage.tables.catalogue import class_packages, classes, sessions, student_packages
from storage.tables.door import cash_transactions
from storage.tables.money import accounts, enrollments, entries, holds, payments, postings, wallets
from storage.tables.organization import centers, people

_MOST_SHOWN = 20  # locks and packages of one wallet
_center, _person = outside("center_id", sa.Uuid()), outside("person_id", sa.Uuid())
_wallet, _last = outside("wallet_id", sa.Uuid()), outside("after_id", sa.Uuid())
_limit = outside("limit", sa.Integer())
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_ZERO = sa.literal_column("0", sa.BigInteger())


def _sum(column: Any) -> sa.ColumnElement[Any]:
    return sa.cast(sa.func.coalesce(sa.func.sum(column), _ZERO), sa.BigInteger())


HOLDS = Query(
    sa.select(enrollments.c.id, classes.c.title, sessions.c.starts_at, holds.c.amount_minor)
    .select_from(
        holds.join(enrollments, enrollments.c.id == holds.c.enrollment_id)
        .join(sessions, sessions.c.id == enrollments.c.session_id)
        .join(classes, classes.c.id == sessions.c.class_id)
    )
    .where(holds.c.wallet_id == _wallet, holds.c.status == constant(HoldStatus.OPEN))
    .order_by(sessions.c.starts_at, holds.c.id)
    .limit(_limit),
    OpenHold,
)
PACKAGES = Query(
    sa.select(
        student_packages.c.id,
        class_packages.c.name,
        student_packages.c.credits_left,
        student_packages.c.credits_total,
        student_packages.c.value_left_minor,
    )
    .select_from(student_packages.join(class_packages, class_packages.c.id == student_packages.c.class_package_id))
    .where(
        student_packages.c.center_id == _center,
        student_packages.c.student_id == _person,
        student_packages.c.status == constant(StudentPackageStatus.ACTIVE),
    )
    .order_by(student_packages.c.purchased_at, student_packages.c.id)
    .limit(_limit),
    PackageWorth,
)

_other, _other_wallet, _other_owner = postings.alias("opposite"), wallets.alias("other_wallet"), people.alias("other_owner")
_OTHER_NAME = (
    sa.select(sa.func.coalesce(_other_owner.c.name, centers.c.name))
    .select_from(
        _other.join(_other_wallet, _other_wallet.c.id == _other.c.account_id)
        .join(centers, centers.c.id == _other.c.center_id)
        .outerjoin(_other_owner, _other_owner.c.id == _other_wallet.c.owner_id)
    )
    .where(_other.c.entry_id == entries.c.id, _other.c.line != postings.c.line)
    .limit(_ONE)
    .scalar_subquery()
)
_PAYMENT = sa.func.coalesce(
    sa.select(payments.c.id).where(payments.c.id == entries.c.subject_id).scalar_subquery(),
    sa.select(cash_transactions.c.payment_id).where(cash_transactions.c.entry_id == entries.c.id).scalar_subquery(),
    PAYMENT_OF_PACKAGE,
)


def _line(*values: Any) -> WalletLine:
    return WalletLine(statement_line(*values[:-3]), *values[-3:])


STATEMENT = Query(
    movements(enrollments.c.id, _PAYMENT, _OTHER_NAME)
    .where(wallets.c.id == _wallet, sa.or_(_last.is_(None), postings.c.entry_id < _last))
    .order_by(postings.c.entry_id.desc(), postings.c.line.desc())
    .limit(_limit),
    _line,
)

TOTALS = Query(
    sa.select(sa.func.count(), _sum(wallets.c.balance_minor), _sum(wallets.c.locked_minor)).where(
        wallets.c.center_id == _center
    ),
    WalletTotals,
)
_WALLET_ACCOUNTS = (accounts.c.center_id == _center) & (accounts.c.kind == constant(AccountKind.WALLET))
JOURNAL_TOTALS = Query(
    sa.select(
        sa.select(sa.func.count()).select_from(accounts).where(_WALLET_ACCOUNTS).scalar_subquery(),
        -sa.select(_sum(postings.c.amount_minor))
        .select_from(accounts.join(postings, postings.c.account_id == accounts.c.id))
        .where(_WALLET_ACCOUNTS)
        .scalar_subquery(),
        sa.select(_sum(holds.c.amount_minor))
        .where(holds.c.center_id == _center, holds.c.status == constant(HoldStatus.OPEN))
        .scalar_subquery(),
    ),
    WalletTotals,
)
NOTICE = Query(
    sa.select(wallets.c.owner_kind, postings.c.amount_minor, entries.c.reason)
    .select_from(
        entries.join(postings, postings.c.entry_id == entries.c.id).join(wallets, wallets.c.id == postings.c.account_id)
    )
    .where(
        entries.c.center_id == _center,
        entries.c.subject_id == outside("transfer_id", sa.Uuid()),
        entries.c.cause == constant(EntryCause.WALLET_TRANSFER),
        wallets.c.owner_id == _person,
    ),
    lambda *values: values,
)


class StoredWalletAdminViews:
    """See ``domain.finance.wallets_admin.WalletAdminViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_card(self, *, center_id: CenterId, ref: WalletRef) -> WalletCard | None:
        """Return a wallet."""
        owner = await find_owner(self._database, center_id=center_id, ref=ref)
        if owner is None:
            return None
        wallet = await find_wallet(self._database, center_id=center_id, ref=ref)
        shown = {"limit": _MOST_SHOWN}
        is_students = ref.kind is WalletOwner.STUDENT
        return WalletCard(
            ref,
            owner.name,
            wallet,
            holds=tuple(await self._database.fetch(HOLDS, wallet_id=wallet.id, **shown)) if wallet is not None else (),
            packages=tuple(await self._database.fetch(PACKAGES, center_id=center_id, person_id=ref.owner_id, **shown))
            if is_students
            else (),
            others=owner.others,
        )

    async def list_statement(
        self, *, center_id: CenterId, ref: WalletRef, limit: int, after: EntryId | None = None
    ) -> list[WalletLine]:
        """Return a wallet's movements, the latest first."""
        wallet = await find_wallet(self._database, center_id=center_id, ref=ref)
        if wallet is None:
            return []
        return await self._database.fetch(STATEMENT, wallet_id=wallet.id, after_id=after, limit=limit)

    async def find_totals(self, *, center_id: CenterId) -> WalletTotals:
        """Return the sums of all wallets."""
        return await self._totals(TOTALS, center_id)

    async def find_journal_totals(self, *, center_id: CenterId) -> WalletTotals:
        """Return the sums of the journal's wallet accounts, and of the open holds."""
        return await self._totals(JOURNAL_TOTALS, center_id)

    async def _totals(self, query: Query[WalletTotals], center_id: CenterId) -> WalletTotals:
        return await fetch_one(self._database, query, center_id=center_id) or WalletTotals(0, 0, 0)

    async def find_largest_amount(self, *, center_id: CenterId) -> int:
        """Return the center's limit of a typed amount."""
        limits = await fetch_one(self._database, LIMITS, center_id=center_id)
        return limits[1] if limits is not None else 0

    async def find_transfer(self, *, center_id: CenterId, transfer_id: UUID) -> Transfer | None:
        """Return a transfer that was made."""
        return await find_transfer(self._database, center_id=center_id, transfer_id=transfer_id)

    async def find_transfer_notice(
        self, *, center_id: CenterId, transfer_id: UUID, person_id: PersonId
    ) -> TransferNotice | None:
        """Return a transfer from or to a wallet of a person's."""
        found = await self._database.fetch(NOTICE, center_id=center_id, transfer_id=transfer_id, person_id=person_id)
        if not found:
            return None
        _, amount_minor, reason = found[0]
        by_side: dict[bool, WalletOwner] = {amount > 0: kind for kind, amount, _ in found}
        return TransferNotice(abs(amount_minor), reason, gained=by_side.get(False), given=by_side.get(True))
