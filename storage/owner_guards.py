"""The conditional statements of those who run the center: revisions of whole rows, archiving, roles and invitations."""

from collections.abc import Callable
from dataclasses import fields

import sqlalchemy as sa
from sqlalchemy.sql.dml import Update

from domain.organization.details import BranchDetails, CenterDetails, ClassDetails, PackageDetails
from domain.writes import owner
from domain.writes.base import Write
from storage.prepared import outside
from storage.tables.catalogue import class_packages, classes, sessions, timetable_rules
from storage.tables.money import accounts, cashboxes, postings
from storage.tables.organization import branches, centers, invites, people, role_assignments

_ONE: sa.ColumnElement[int] = sa.literal_column("1")
IS_OPEN: sa.ColumnElement[bool] = sa.literal_column("sessions.status IN ('SCHEDULED', 'CHECKING_IN', 'CONDUCTING')")


def _exists(*conditions: sa.ColumnElement[bool], of: sa.Table, beside: sa.FromClause) -> sa.ColumnElement[bool]:
    return sa.exists(sa.select(_ONE).select_from(of).where(*conditions).correlate(beside))


def _revision(table: sa.Table, of: type) -> Update:
    """Return the update of all that can be edited, if all of it is as it was read. The caller says which row."""
    names = [field.name for field in fields(of)]
    unchanged = [table.c[name].is_not_distinct_from(outside(f"was.{name}", table.c[name].type)) for name in names]
    return table.update().where(*unchanged).values({name: outside(f"becomes.{name}", table.c[name].type) for name in names})


def _revise_center() -> Update:
    return _revision(centers, CenterDetails).where(
        centers.c.id == outside("center_id"),
        sa.or_(
            centers.c.currency == outside("becomes.currency", centers.c.currency.type),
            ~_exists(postings.c.center_id == centers.c.id, of=postings, beside=centers),
        ),
        sa.or_(
            centers.c.timezone == outside("becomes.timezone", centers.c.timezone.type),
            ~_exists(
                sessions.c.center_id == centers.c.id,
                sessions.c.ends_at > outside("now", sessions.c.ends_at.type),
                IS_OPEN,
                of=sessions,
                beside=centers,
            ),
        ),
    )


def _revise_branch() -> Update:
    other = branches.alias("other")
    has_name = (
        sa.select(_ONE)
        .select_from(other)
        .where(
            other.c.center_id == branches.c.center_id,
            other.c.id != branches.c.id,
            other.c.name == outside("becomes.name", branches.c.name.type),
        )
    )
    return _revision(branches, BranchDetails).where(
        branches.c.id == outside("branch_id"),
        branches.c.center_id == outside("center_id"),
        branches.c.archived_at.is_(None),
        ~sa.exists(has_name.correlate(branches)),
    )


def _revise_class() -> Update:
    return _revision(classes, ClassDetails).where(
        classes.c.id == outside("class_id"),
        classes.c.center_id == outside("center_id"),
        classes.c.archived_at.is_(None),
    )


def _revise_package() -> Update:
    return _revision(class_packages, PackageDetails).where(
        class_packages.c.id == outside("class_package_id"),
        class_packages.c.center_id == outside("center_id"),
        class_packages.c.archived_at.is_(None),
    )


def _require_zone() -> Update:
    zone = outside("timezone", centers.c.timezone.type)
    return centers.update().where(centers.c.id == outside("center_id"), centers.c.timezone == zone).values(timezone=zone)


def _hold_accounts() -> Update:
    """Hold the accounts as nobody can who refers to them: every posting does."""
    held = sa.select(accounts.c.id).where(accounts.c.center_id == outside("center_id")).with_for_update().subquery()
    return (
        centers.update()
        .where(
            centers.c.id == outside("center_id"),
            sa.select(sa.func.count()).select_from(held).scalar_subquery() > sa.literal_column("0"),
        )
        .values(currency=centers.c.currency)
    )


def _require(table: sa.Table, id_: str) -> Update:
    return (
        table.update()
        .where(table.c.id == outside(id_), table.c.center_id == outside("center_id"), table.c.archived_at.is_(None))
        .values(archived_at=sa.null())
    )


def _is_in_force() -> sa.ColumnElement[bool]:
    ends_on = timetable_rules.c.ends_on
    return sa.and_(
        timetable_rules.c.archived_at.is_(None),
        sa.or_(ends_on.is_(None), ends_on >= outside("over_before", ends_on.type)),
    )


def _archive(table: sa.Table, id_: str) -> Update:
    return (
        table.update()
        .where(table.c.id == outside(id_), table.c.center_id == outside("center_id"), table.c.archived_at.is_(None))
        .values(archived_at=outside("archived_at"))
    )


def _archive_branch() -> Update:
    return _archive(branches, "branch_id").where(
        ~_exists(sessions.c.branch_id == branches.c.id, IS_OPEN, of=sessions, beside=branches),
        ~_exists(
            timetable_rules.c.branch_id == branches.c.id,
            _is_in_force(),
            of=timetable_rules,
            beside=branches,
        ),
        ~_exists(
            role_assignments.c.branch_id == branches.c.id,
            role_assignments.c.revoked_at.is_(None),
            of=role_assignments,
            beside=branches,
        ),
        ~_exists(
            invites.c.branch_id == branches.c.id,
            invites.c.redeemed_at.is_(None),
            invites.c.expires_at > outside("archived_at", invites.c.expires_at.type),
            of=invites,
            beside=branches,
        ),
        ~_exists(
            cashboxes.c.branch_id == branches.c.id,
            sa.literal_column("cashboxes.balance_minor <> 0"),
            of=cashboxes,
            beside=branches,
        ),
    )


def _archive_class() -> Update:
    return _archive(classes, "class_id").where(
        ~_exists(sessions.c.class_id == classes.c.id, IS_OPEN, of=sessions, beside=classes),
        ~_exists(
            timetable_rules.c.class_id == classes.c.id,
            _is_in_force(),
            of=timetable_rules,
            beside=classes,
        ),
    )


def _archive_package() -> Update:
    return _archive(class_packages, "class_package_id")


def _require_role() -> Update:
    return (
        role_assignments.update()
        .where(
            role_assignments.c.id == outside("role_id"),
            role_assignments.c.center_id == outside("center_id"),
            role_assignments.c.revoked_at.is_(None),
        )
        .values(revoked_at=sa.null())
    )


def _require_active() -> Update:
    return (
        people.update()
        .where(
            people.c.id == outside("person_id"),
            people.c.center_id == outside("center_id"),
            people.c.blocked_at.is_(None),
            people.c.erased_at.is_(None),
            people.c.merged_into_id.is_(None),
        )
        .values(blocked_at=sa.null())
    )


def _revoke_invite() -> Update:
    return (
        invites.update()
        .where(
            invites.c.id == outside("invite_id"),
            invites.c.center_id == outside("center_id"),
            invites.c.redeemed_at.is_(None),
            invites.c.expires_at > outside("now"),
        )
        .values(expires_at=outside("now"))
    )


def _set_blocked() -> Update:
    blocked_at = outside("blocked_at", people.c.blocked_at.type)
    return (
        people.update()
        .where(
            people.c.id == outside("person_id"),
            people.c.center_id == outside("center_id"),
            people.c.erased_at.is_(None),
            people.c.blocked_at.is_(None) != blocked_at.is_(None),
        )
        .values(blocked_at=blocked_at)
    )


def _set_notes() -> Update:
    return (
        people.update()
        .where(
            people.c.id == outside("person_id"),
            people.c.center_id == outside("center_id"),
            people.c.erased_at.is_(None),
        )
        .values(notes=outside("notes"))
    )


OWNER_UPDATES: dict[type[Write], Callable[[], Update]] = {
    owner.ReviseCenter: _revise_center,
    owner.ReviseBranch: _revise_branch,
    owner.ReviseClass: _revise_class,
    owner.RevisePackage: _revise_package,
    owner.ArchiveBranch: _archive_branch,
    owner.ArchiveClass: _archive_class,
    owner.ArchivePackage: _archive_package,
    owner.RequireZone: _require_zone,
    owner.HoldAccounts: _hold_accounts,
    owner.RequireBranch: lambda: _require(branches, "branch_id"),
    owner.RequireClass: lambda: _require(classes, "class_id"),
    owner.RequireRole: _require_role,
    owner.RequireActive: _require_active,
    owner.RevokeInvite: _revoke_invite,
    owner.SetBlocked: _set_blocked,
    owner.SetNotes: _set_notes,
}
