"""Loads what decisions on packages need."""

from typing import Any

import sqlalchemy as sa

from domain.finance.model import AccountKind, WalletOwner, WalletState
from domain.ids import CenterId, ClassPackageId, EnrollmentId, PersonId, StudentPackageId
from domain.packages.ports import LastCredit, Purchase, PurchaseFacts
from domain.packages.purchase import PackageForSale
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import center_account, constant
from storage.repositories.last_credit import LAST_CREDIT
from storage.tables.catalogue import class_packages, classes, student_packages
from storage.tables.money import wallets
from storage.tables.organization import centers

IS_ON_SALE = (
    sa.literal_column("class_packages.is_active") & class_packages.c.archived_at.is_(None) & classes.c.archived_at.is_(None)
)
"""Whether a package can be bought, in a select that joins its class."""

_PURCHASE = (
    sa.select(
        class_packages.c.id,
        class_packages.c.class_id,
        class_packages.c.session_count,
        class_packages.c.price_minor,
        sa.case((IS_ON_SALE, sa.literal_column("1")), else_=sa.literal_column("0")),
        centers.c.currency,
        student_packages.c.id,
        student_packages.c.student_id,
        student_packages.c.class_package_id,
        wallets.c.id,
        wallets.c.balance_minor,
        wallets.c.locked_minor,
        center_account(class_packages.c.center_id, AccountKind.DEFERRED_REVENUE),
    )
    .select_from(
        class_packages.join(classes, classes.c.id == class_packages.c.class_id)
        .join(centers, centers.c.id == class_packages.c.center_id)
        .outerjoin(student_packages, student_packages.c.id == outside("student_package_id"))
        .outerjoin(
            wallets,
            (wallets.c.owner_id == outside("buyer_id"))
            & (wallets.c.owner_kind == constant(WalletOwner.STUDENT))
            & (wallets.c.center_id == class_packages.c.center_id),
        )
    )
    .where(class_packages.c.id == outside("class_package_id"), class_packages.c.center_id == outside("center_id"))
)


def _facts(*values: Any) -> PurchaseFacts:
    package, (is_on_sale, currency), same = values[:4], values[4:6], values[6:9]
    wallet, (deferred_account_id,) = values[9:12], values[12:]
    return PurchaseFacts(
        package=PackageForSale(*package),
        is_on_sale=bool(is_on_sale),
        currency=currency,
        same_id=Purchase(*same) if same[0] is not None else None,
        wallet=WalletState(*wallet) if wallet[0] is not None else None,
        deferred_account_id=deferred_account_id,
    )


PURCHASE_FACTS = Query(_PURCHASE, _facts)


class StoredPackages:
    """See ``domain.packages.ports.PackageRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_purchase_facts(
        self,
        *,
        center_id: CenterId,
        class_package_id: ClassPackageId,
        buyer_id: PersonId,
        student_package_id: StudentPackageId,
    ) -> PurchaseFacts | None:
        """Return what a purchase rests on, or None where there is no such package."""
        return await fetch_one(
            self._database,
            PURCHASE_FACTS,
            center_id=center_id,
            class_package_id=class_package_id,
            buyer_id=buyer_id,
            student_package_id=student_package_id,
        )

    async def find_last_credit(self, *, center_id: CenterId, enrollment_id: EnrollmentId) -> LastCredit | None:
        """Return the only credit left after a booking paid with one, where the student is to hear of it."""
        return await fetch_one(self._database, LAST_CREDIT, center_id=center_id, enrollment_id=enrollment_id)
