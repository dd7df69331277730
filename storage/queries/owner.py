"""Branches, classes and packages for the screens of those who run the center, and how far its set-up has come."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain.folding import is_found
from domain.ids import BranchId, CenterId, ClassId, ClassPackageId
from domain.organization.model import Center
from domain.organization.ports import BranchRecord, CenterRecord, ClassRecord, PackageRecord
from domain.organization.views import BranchLine, ClassLine, PackageLine, SetUpProgress
from domain.permissions import Operation, Role
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.repositories.organization import StoredOrganization
from storage.tables.catalogue import class_packages, classes, sessions, timetable_rules
from storage.tables.operations import audit_log
from storage.tables.organization import branches, centers, invites, role_assignments
from storage.tables.types import Instant

_center = outside("center_id", sa.Uuid())
_now = outside("now", Instant())

SERVED = Query(
    sa.select(centers.c.id, centers.c.name, centers.c.currency, centers.c.timezone, centers.c.default_language).where(
        centers.c.id == _center
    ),
    Center,
)

BRANCHES = Query(
    sa.select(branches.c.id, branches.c.name)
    .where(branches.c.center_id == _center, branches.c.archived_at.is_(None))
    .order_by(branches.c.name, branches.c.id),
    BranchLine,
)

CLASSES = Query(
    sa.select(
        classes.c.id,
        classes.c.title,
        classes.c.subject,
        classes.c.level,
        classes.c.teacher,
        classes.c.price_minor,
    )
    .where(classes.c.center_id == _center, classes.c.archived_at.is_(None))
    .order_by(classes.c.title, classes.c.id),
    ClassLine,
)

PACKAGES = Query(
    sa.select(
        class_packages.c.id,
        class_packages.c.name,
        classes.c.id,
        classes.c.title,
        class_packages.c.session_count,
        class_packages.c.price_minor,
        class_packages.c.is_active,
    )
    .select_from(class_packages.join(classes, classes.c.id == class_packages.c.class_id))
    .where(class_packages.c.center_id == _center, class_packages.c.archived_at.is_(None), classes.c.archived_at.is_(None))
    .order_by(classes.c.title, class_packages.c.price_minor, class_packages.c.id),
    PackageLine,
)


def _count(of: sa.Table, *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.count()).select_from(of).where(of.c.center_id == _center, *conditions).scalar_subquery()


_COUNTS: tuple[sa.ScalarSelect[Any], ...] = (
    _count(
        audit_log,
        audit_log.c.object_id == _center,
        audit_log.c.operation == constant(Operation.MANAGE_SETTINGS),
    ),
    _count(branches, branches.c.archived_at.is_(None)),
    _count(classes, classes.c.archived_at.is_(None)),
    _count(timetable_rules, timetable_rules.c.archived_at.is_(None)),
    _count(sessions, sessions.c.ends_at > _now),
    _count(class_packages, class_packages.c.archived_at.is_(None)),
    _count(role_assignments, role_assignments.c.role == constant(Role.STAFF), role_assignments.c.revoked_at.is_(None)),
    _count(invites, invites.c.redeemed_at.is_(None), invites.c.expires_at > _now),
)
PROGRESS = Query(
    sa.select(*_COUNTS),
    lambda confirmed, *counts: SetUpProgress(bool(confirmed), *counts),
)


class StoredOrganizationViews:
    """See ``domain.organization.views.OrganizationViews``."""

    __slots__ = ("_database", "_records")

    def __init__(self, database: Database) -> None:
        self._database = database
        self._records = StoredOrganization(database)

    async def find_served(self, *, center_id: CenterId) -> Center | None:
        """Return the center as everybody needs to know it."""
        return await fetch_one(self._database, SERVED, center_id=center_id)

    async def find_center(self, *, center_id: CenterId, now: datetime) -> CenterRecord | None:
        """Return the center with its settings."""
        return await self._records.find_center(center_id=center_id, now=now)

    async def find_branch(self, *, center_id: CenterId, branch_id: BranchId, now: datetime) -> BranchRecord | None:
        """Return a branch, archived or not."""
        return await self._records.find_branch(center_id=center_id, branch_id=branch_id, now=now)

    async def find_class(self, *, center_id: CenterId, class_id: ClassId, now: datetime) -> ClassRecord | None:
        """Return a class, archived or not."""
        return await self._records.find_class(center_id=center_id, class_id=class_id, now=now)

    async def find_package(self, *, center_id: CenterId, class_package_id: ClassPackageId) -> PackageRecord | None:
        """Return a package, archived or not."""
        return await self._records.find_package(center_id=center_id, class_package_id=class_package_id)

    async def list_branches(self, *, center_id: CenterId) -> list[BranchLine]:
        """Return the branches by name."""
        return await self._database.fetch(BRANCHES, center_id=center_id)

    async def list_classes(self, *, center_id: CenterId, words: str | None = None) -> list[ClassLine]:
        """Return the classes by title, and those alone in which the words are found."""
        lines = await self._database.fetch(CLASSES, center_id=center_id)
        if words is None:
            return lines
        return [
            line for line in lines if is_found(words, within=f"{line.title} {line.subject} {line.level} {line.teacher}")
        ]

    async def list_packages(
        self, *, center_id: CenterId, class_id: ClassId | None = None, words: str | None = None
    ) -> list[PackageLine]:
        """Return the packages by class and price."""
        lines = await self._database.fetch(PACKAGES, center_id=center_id)
        return [
            line
            for line in lines
            if (class_id is None or line.class_id == class_id) and (words is None or is_found(words, within=line.name))
        ]

    async def find_progress(self, *, center_id: CenterId, now: datetime) -> SetUpProgress:
        """Return how far the set-up has come."""
        return (await self._database.fetch(PROGRESS, center_id=center_id, now=now))[0]
