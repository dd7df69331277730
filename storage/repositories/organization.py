"""Loads the center, its branches, classes and packages, each with what depends on it."""

from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain.ids import BranchId, CenterId, ClassId, ClassPackageId
from domain.organization.details import BranchDetails, CenterDetails, ClassDetails, PackageDetails
from domain.organization.ports import BranchRecord, CenterRecord, ClassRecord, PackageRecord, over_before_of
from domain.packages.model import StudentPackageStatus
from storage.database import Database, fetch_one
from storage.owner_guards import IS_OPEN
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import class_packages, classes, sessions, student_packages, timetable_rules
from storage.tables.money import cashboxes, postings
from storage.tables.organization import branches, centers, invites, role_assignments
from storage.tables.types import Instant

_ONE: sa.ColumnElement[int] = sa.literal_column("1")
_ZERO: sa.ColumnElement[int] = sa.literal_column("0")
_now = outside("now", Instant())
_over_before = outside("over_before", timetable_rules.c.ends_on.type)
_IS_IN_FORCE = sa.and_(
    timetable_rules.c.archived_at.is_(None),
    sa.or_(timetable_rules.c.ends_on.is_(None), timetable_rules.c.ends_on >= _over_before),
)


def _columns(table: sa.Table, of: type) -> list[sa.Column[Any]]:
    return [table.c[field.name] for field in fields(of)]


def _count(of: sa.Table, *conditions: sa.ColumnElement[bool], beside: sa.FromClause) -> sa.ScalarSelect[Any]:
    counted = sa.select(sa.func.count()).select_from(of).where(*conditions)
    return counted.correlate(beside).scalar_subquery()


def _exists(of: sa.Table, *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    found = sa.exists(sa.select(_ONE).select_from(of).where(*conditions).correlate(centers))
    return sa.case((found, _ONE), else_=_ZERO)


_CENTER_COLUMNS = _columns(centers, CenterDetails)
CENTER = Query(
    sa.select(
        *_CENTER_COLUMNS,
        _exists(postings, postings.c.center_id == centers.c.id),
        _exists(classes, classes.c.center_id == centers.c.id, classes.c.archived_at.is_(None)),
        _exists(sessions, sessions.c.center_id == centers.c.id, sessions.c.ends_at > _now, IS_OPEN),
    ).where(centers.c.id == outside("center_id")),
    lambda *values: CenterRecord(CenterDetails(*values[:-3]), *map(bool, values[-3:])),
)

BRANCH = Query(
    sa.select(
        branches.c.id,
        *_columns(branches, BranchDetails),
        cashboxes.c.id,
        sa.case((branches.c.archived_at.is_(None), _ZERO), else_=_ONE),
        _count(sessions, sessions.c.branch_id == branches.c.id, IS_OPEN, beside=branches),
        _count(
            timetable_rules,
            timetable_rules.c.branch_id == branches.c.id,
            _IS_IN_FORCE,
            beside=branches,
        ),
        _count(
            role_assignments,
            role_assignments.c.branch_id == branches.c.id,
            role_assignments.c.revoked_at.is_(None),
            beside=branches,
        ),
        _count(
            invites,
            invites.c.branch_id == branches.c.id,
            invites.c.redeemed_at.is_(None),
            invites.c.expires_at > _now,
            beside=branches,
        ),
        cashboxes.c.balance_minor,
    )
    .select_from(branches.join(cashboxes, cashboxes.c.branch_id == branches.c.id))
    .where(branches.c.center_id == outside("center_id"), branches.c.id == outside("branch_id")),
    lambda id_, name, address, cashbox_id, is_archived, *rest: BranchRecord(
        id_, BranchDetails(name, address), cashbox_id, bool(is_archived), *rest
    ),
)

BRANCH_NAMED = Query(
    sa.select(branches.c.id).where(branches.c.center_id == outside("center_id"), branches.c.name == outside("name")),
    BranchId,
)

_IS_ACTIVE = student_packages.c.status == constant(StudentPackageStatus.ACTIVE)


def _unused(*conditions: sa.ColumnElement[bool], beside: sa.FromClause) -> sa.ColumnElement[Any]:
    credits_left = sa.cast(sa.func.coalesce(sa.func.sum(student_packages.c.credits_left), _ZERO), sa.Integer())
    return sa.select(credits_left).where(*conditions, _IS_ACTIVE).correlate(beside).scalar_subquery()


_CLASS_COLUMNS = _columns(classes, ClassDetails)
CLASS = Query(
    sa.select(
        classes.c.id,
        *_CLASS_COLUMNS,
        sa.case((classes.c.archived_at.is_(None), _ZERO), else_=_ONE),
        _count(sessions, sessions.c.class_id == classes.c.id, IS_OPEN, beside=classes),
        _count(
            timetable_rules,
            timetable_rules.c.class_id == classes.c.id,
            _IS_IN_FORCE,
            beside=classes,
        ),
        _count(
            class_packages,
            class_packages.c.class_id == classes.c.id,
            class_packages.c.archived_at.is_(None),
            beside=classes,
        ),
        _unused(student_packages.c.class_id == classes.c.id, beside=classes),
    ).where(classes.c.center_id == outside("center_id"), classes.c.id == outside("class_id")),
    lambda id_, *values: ClassRecord(id_, ClassDetails(*values[:-5]), bool(values[-5]), *values[-4:]),
)


def _package_details(name: str, session_count: int, price_minor: int, is_active: object) -> PackageDetails:
    return PackageDetails(name, session_count, price_minor, bool(is_active))


PACKAGE = Query(
    sa.select(
        class_packages.c.id,
        classes.c.id,
        classes.c.title,
        classes.c.price_minor,
        *_columns(class_packages, PackageDetails),
        sa.case((class_packages.c.archived_at.is_(None), _ZERO), else_=_ONE),
        _count(student_packages, student_packages.c.class_package_id == class_packages.c.id, beside=class_packages),
        _unused(student_packages.c.class_package_id == class_packages.c.id, beside=class_packages),
    )
    .select_from(class_packages.join(classes, classes.c.id == class_packages.c.class_id))
    .where(class_packages.c.center_id == outside("center_id"), class_packages.c.id == outside("class_package_id")),
    lambda id_, class_id, title, single, *values: PackageRecord(
        id_, class_id, title, single, _package_details(*values[:4]), bool(values[4]), *values[5:]
    ),
)


class StoredOrganization:
    """See ``domain.organization.ports.OrganizationRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_center(self, *, center_id: CenterId, now: datetime) -> CenterRecord | None:
        """Return the center."""
        return await fetch_one(self._database, CENTER, center_id=center_id, now=now)

    async def find_branch(self, *, center_id: CenterId, branch_id: BranchId, now: datetime) -> BranchRecord | None:
        """Return a branch, archived or not."""
        over_before = over_before_of(now)
        return await fetch_one(
            self._database, BRANCH, center_id=center_id, branch_id=branch_id, now=now, over_before=over_before
        )

    async def find_branch_named(self, *, center_id: CenterId, name: str) -> BranchId | None:
        """Return whose name this is, archived or not."""
        return await fetch_one(self._database, BRANCH_NAMED, center_id=center_id, name=name)

    async def find_class(self, *, center_id: CenterId, class_id: ClassId, now: datetime) -> ClassRecord | None:
        """Return a class, archived or not."""
        over_before = over_before_of(now)
        return await fetch_one(self._database, CLASS, center_id=center_id, class_id=class_id, over_before=over_before)

    async def find_package(self, *, center_id: CenterId, class_package_id: ClassPackageId) -> PackageRecord | None:
        """Return a package, archived or not."""
        return await fetch_one(self._database, PACKAGE, center_id=center_id, class_package_id=class_package_id)
