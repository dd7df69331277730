"""A student's credits and wallet for screens."""

import sqlalchemy as sa

from domain.finance.model import HoldStatus, WalletOwner, WalletState
from domain.finance.views import CreditLine, LockLine, Means
from domain.ids import CenterId, PersonId
from domain.packages.model import StudentPackageStatus
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, sessions, student_packages
from storage.tables.money import enrollments, holds, wallets

_LOCKS_SHOWN = 20

WALLET = Query(
    sa.select(wallets.c.id, wallets.c.balance_minor, wallets.c.locked_minor).where(
        wallets.c.owner_id == outside("student_id"),
        wallets.c.owner_kind == constant(WalletOwner.STUDENT),
        wallets.c.center_id == outside("center_id"),
    ),
    WalletState,
)

CREDITS = Query(
    sa.select(classes.c.title, sa.func.sum(student_packages.c.credits_left), sa.func.sum(student_packages.c.credits_total))
    .select_from(student_packages.join(classes, classes.c.id == student_packages.c.class_id))
    .where(
        student_packages.c.student_id == outside("student_id"),
        student_packages.c.center_id == outside("center_id"),
        student_packages.c.status == constant(StudentPackageStatus.ACTIVE),
    )
    .group_by(classes.c.id, classes.c.title)
    .order_by(classes.c.title),
    CreditLine,
)

LOCKS = Query(
    sa.select(enrollments.c.id, classes.c.title, sessions.c.starts_at, holds.c.amount_minor)
    .select_from(
        holds.join(enrollments, enrollments.c.id == holds.c.enrollment_id)
        .join(sessions, sessions.c.id == enrollments.c.session_id)
        .join(classes, classes.c.id == sessions.c.class_id)
    )
    .where(holds.c.wallet_id == outside("wallet_id"), holds.c.status == constant(HoldStatus.OPEN))
    .order_by(sessions.c.starts_at)
    .limit(sa.literal_column(str(_LOCKS_SHOWN))),
    LockLine,
)


class StoredMeansViews:
    """See ``domain.finance.views.MeansViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_means(self, *, center_id: CenterId, student_id: PersonId) -> Means:
        """Return what the student can book with."""
        wallet = await fetch_one(self._database, WALLET, center_id=center_id, student_id=student_id)
        credit_lines = await self._database.fetch(CREDITS, center_id=center_id, student_id=student_id)
        locks = await self._database.fetch(LOCKS, wallet_id=wallet.id) if wallet is not None else []
        return Means(wallet, tuple(credit_lines), tuple(locks))
