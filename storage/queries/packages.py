"""The shop and a student's packages for screens."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.model import MadeGood
from domain.finance.model import WalletOwner, WalletState
from domain.ids import CenterId, ClassId, ClassPackageId, EnrollmentId, PersonId, StudentPackageId
from domain.packages.model import StudentPackageStatus
from domain.packages.views import CreditUse, Offer, OwnedPackage, PurchaseCursor, ShopLine, UseCursor
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.queries.outcomes import outcome_of
from storage.repositories.enrollments import constant
from storage.repositories.packages import IS_ON_SALE
from storage.tables.catalogue import class_packages, classes, sessions, student_packages
from storage.tables.money import enrollments, wallets
from storage.tables.types import Instant

_limit = outside("limit", sa.Integer())
_before = sa.tuple_(outside("before_at", Instant()), outside("before_id", sa.Uuid()))
_class_package = outside("class_package_id", sa.Uuid())
_class, _after = outside("class_id", sa.Uuid()), outside("after_id", sa.Uuid())
_reader = outside("reader_id", sa.Uuid())

_OWNED = (
    sa.select(
        student_packages.c.id,
        class_packages.c.name,
        classes.c.id,
        classes.c.title,
        student_packages.c.credits_left,
        student_packages.c.credits_total,
        student_packages.c.price_minor,
        student_packages.c.status,
        student_packages.c.purchased_at,
    )
    .select_from(
        student_packages.join(class_packages, class_packages.c.id == student_packages.c.class_package_id).join(
            classes, classes.c.id == student_packages.c.class_id
        )
    )
    .where(student_packages.c.student_id == outside("student_id"), student_packages.c.center_id == outside("center_id"))
)
OWNED = Query(
    _OWNED.where(sa.tuple_(student_packages.c.purchased_at, student_packages.c.id) < _before)
    .order_by(student_packages.c.purchased_at.desc(), student_packages.c.id.desc())
    .limit(_limit),
    OwnedPackage,
)
ONE_OWNED = Query(_OWNED.where(student_packages.c.id == outside("student_package_id")), OwnedPackage)

USES = Query(
    sa.select(
        enrollments.c.id,
        classes.c.title,
        sessions.c.starts_at,
        enrollments.c.created_at,
        outcome_of(enrollments.c, ends_at=sessions.c.ends_at, now=outside("now", Instant())),
        enrollments.c.made_good,
    )
    .select_from(
        enrollments.join(sessions, sessions.c.id == enrollments.c.session_id).join(
            classes, classes.c.id == sessions.c.class_id
        )
    )
    .where(
        enrollments.c.student_package_id == outside("student_package_id"),
        enrollments.c.student_id == outside("student_id"),
        enrollments.c.center_id == outside("center_id"),
        sa.tuple_(enrollments.c.created_at, enrollments.c.id) < _before,
    )
    .order_by(enrollments.c.created_at.desc(), enrollments.c.id.desc())
    .limit(_limit),
    lambda id_, title, starts_at, booked_at, outcome, made_good: CreditUse(
        id_, title, starts_at, booked_at, outcome, made_good is MadeGood.CREDIT
    ),
)

_SHOP_COLUMNS = (
    class_packages.c.id,
    class_packages.c.name,
    classes.c.id,
    classes.c.title,
    class_packages.c.session_count,
    class_packages.c.price_minor,
    classes.c.price_minor,
)
_IN_SHOP = class_packages.join(classes, classes.c.id == class_packages.c.class_id)
_place = sa.tuple_(classes.c.title, class_packages.c.price_minor, class_packages.c.id)


def _place_of_last() -> sa.ScalarSelect[Any]:
    """Return the last page's end: its id is what a button has room for, its place is looked up."""
    package, of_class = class_packages.alias("last_package"), classes.alias("last_class")
    return (
        sa.select(of_class.c.title, package.c.price_minor, package.c.id)
        .select_from(package.join(of_class, of_class.c.id == package.c.class_id))
        .where(package.c.id == _after)
        .scalar_subquery()
    )


SHOP = Query(
    sa.select(*_SHOP_COLUMNS)
    .select_from(_IN_SHOP)
    .where(
        class_packages.c.center_id == outside("center_id"),
        IS_ON_SALE,
        sa.or_(_class.is_(None), class_packages.c.class_id == _class),
        sa.or_(_after.is_(None), _place > _place_of_last()),
    )
    .order_by(classes.c.title, class_packages.c.price_minor, class_packages.c.id)
    .limit(_limit),
    ShopLine,
)

_CREDITS_LEFT = (
    sa.select(sa.cast(sa.func.coalesce(sa.func.sum(student_packages.c.credits_left), sa.literal_column("0")), sa.Integer()))
    .where(
        student_packages.c.student_id == _reader,
        student_packages.c.class_id == class_packages.c.class_id,
        student_packages.c.status == constant(StudentPackageStatus.ACTIVE),
    )
    .scalar_subquery()
)
OFFER = Query(
    sa.select(*_SHOP_COLUMNS, wallets.c.id, wallets.c.balance_minor, wallets.c.locked_minor, _CREDITS_LEFT)
    .select_from(
        _IN_SHOP.outerjoin(
            wallets,
            (wallets.c.owner_id == _reader)
            & (wallets.c.owner_kind == constant(WalletOwner.STUDENT))
            & (wallets.c.center_id == class_packages.c.center_id),
        )
    )
    .where(class_packages.c.id == _class_package, class_packages.c.center_id == outside("center_id"), IS_ON_SALE),
    lambda *values: Offer(ShopLine(*values[:7]), WalletState(*values[7:10]) if values[7] is not None else None, values[10]),
)

_AFTER_ALL = (datetime(9999, 12, 31, tzinfo=UTC), UUID(int=2**128 - 1))


class StoredPackageViews:
    """See ``domain.packages.views.PackageViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_owned(
        self, *, center_id: CenterId, student_id: PersonId, limit: int, after: PurchaseCursor | None = None
    ) -> list[OwnedPackage]:
        """Return the packages that the student has bought, the latest first."""
        at, id_ = (after.purchased_at, after.student_package_id) if after is not None else _AFTER_ALL
        return await self._database.fetch(
            OWNED, center_id=center_id, student_id=student_id, before_at=at, before_id=id_, limit=limit
        )

    async def find_owned(
        self, *, center_id: CenterId, student_id: PersonId, student_package_id: StudentPackageId
    ) -> OwnedPackage | None:
        """Return one package of the student's."""
        return await fetch_one(
            self._database, ONE_OWNED, center_id=center_id, student_id=student_id, student_package_id=student_package_id
        )

    async def list_uses(
        self,
        *,
        center_id: CenterId,
        student_id: PersonId,
        student_package_id: StudentPackageId,
        now: datetime,
        limit: int,
        after: UseCursor | None = None,
    ) -> list[CreditUse]:
        """Return what the credits of a package were taken for, the latest booking first."""
        at, id_ = (after.booked_at, after.enrollment_id) if after is not None else _AFTER_ALL
        return await self._database.fetch(
            USES,
            center_id=center_id,
            student_id=student_id,
            student_package_id=student_package_id,
            now=now,
            before_at=at,
            before_id=EnrollmentId(id_),
            limit=limit,
        )

    async def list_shop(
        self, *, center_id: CenterId, class_id: ClassId | None, limit: int, after: ClassPackageId | None = None
    ) -> list[ShopLine]:
        """Return what can be bought, by class and price."""
        return await self._database.fetch(SHOP, center_id=center_id, class_id=class_id, after_id=after, limit=limit)

    async def find_offer(
        self, *, center_id: CenterId, reader_id: PersonId, class_package_id: ClassPackageId
    ) -> Offer | None:
        """Return a package that can be bought now, with what the reader has."""
        return await fetch_one(
            self._database, OFFER, center_id=center_id, reader_id=reader_id, class_package_id=class_package_id
        )
