"""The guarded writes of those who run the center: each finds its row, and where it must find none."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from domain.ids import BranchId, CenterId, ClassId, ClassPackageId, new_id
from domain.organization.details import BranchDetails, CenterDetails, ClassDetails, PackageDetails
from domain.permissions import Role
from domain.sessions.model import AbsenteePolicy
from domain.writes import catalogue, owner, people
from domain.writes.base import Write
from storage.repositories.organization import StoredOrganization
from storage.repositories.team import StoredTeam
from tests.cast import Cast

Cases = list[tuple[Write, dict[str, Write]]]


async def owner_guard_cases(cast: Cast, *, revoked_role_id: UUID) -> Cases:
    """Bring about what the guards ask for, and return the cases."""
    return [
        *await _center_cases(cast),
        *await _branch_cases(cast),
        *await _class_cases(cast),
        *await _people_cases(cast, revoked_role_id=revoked_role_id),
    ]


async def _center_cases(cast: Cast) -> Cases:
    world, now = cast.world, cast.world.clock.now()
    record = await StoredOrganization(world.database).find_center(center_id=world.center_id, now=now)
    assert record is not None
    was: CenterDetails = record.details
    passes = owner.ReviseCenter(world.center_id, was, replace(was, name="Other", horizon_days=14), now)
    nowhere = CenterId(new_id())
    zone = owner.RequireZone(world.center_id, was.timezone)
    held = owner.HoldAccounts(world.center_id)
    return [
        (
            passes,
            {
                "edited by another": replace(passes, was=replace(was, horizon_days=7)),
                "posted in the currency": replace(passes, becomes=replace(was, currency="USD")),
                "sessions are to come": replace(passes, becomes=replace(was, timezone="Asia/Dubai")),
                "no such center": replace(passes, center_id=nowhere),
            },
        ),
        (
            zone,
            {"moved": replace(zone, timezone="Asia/Dubai"), "no such center": replace(zone, center_id=nowhere)},
        ),
        (held, {"no such center": replace(held, center_id=nowhere)}),
    ]


async def _branch_cases(cast: Cast) -> Cases:
    world, now, elsewhere = cast.world, cast.world.clock.now(), cast.elsewhere.center_id
    empty, named = await world.add_branch("Empty"), await world.add_branch("Named")
    invited = await world.add_branch("Invited")
    invite = people.AddInvite(
        new_id(), world.center_id, Role.STAFF, invited.id, "owner", None, now, now + timedelta(days=1)
    )
    await world.database.apply([invite])
    was = BranchDetails("Named", "12 Road 9")
    revised = owner.ReviseBranch(world.center_id, named.id, was, BranchDetails("Renamed", None))
    archived = owner.ArchiveBranch(world.center_id, empty.id, now, now.date())
    gone = await world.add_branch("Gone")
    await world.database.apply([owner.ArchiveBranch(world.center_id, gone.id, now, now.date())])
    required = owner.RequireBranch(world.center_id, named.id)
    return [
        (
            required,
            {
                "put away": replace(required, branch_id=gone.id),
                "elsewhere": replace(required, center_id=elsewhere),
            },
        ),
        (
            revised,
            {
                "the name is another's": replace(revised, becomes=BranchDetails("Maadi", None)),
                "edited by another": replace(revised, was=BranchDetails("Named", None)),
                "elsewhere": replace(revised, center_id=elsewhere),
            },
        ),
        (
            archived,
            {
                "in use": replace(archived, branch_id=world.branch.id),
                "somebody is invited": replace(archived, branch_id=invited.id),
                "elsewhere": replace(archived, center_id=elsewhere),
                "no such branch": replace(archived, branch_id=BranchId(new_id())),
            },
        ),
    ]


async def _class_cases(cast: Cast) -> Cases:
    world, now, elsewhere = cast.world, cast.world.clock.now(), cast.elsewhere.center_id
    taught = await world.add_class("Unused")
    was = ClassDetails("Unused", "Dance", "Beginners", "Salma Nabil", 8_000, 12, 60, AbsenteePolicy.STRICT, 0, 120)
    revised = owner.ReviseClass(world.center_id, taught.id, was, replace(was, price_minor=9_000))
    archived = owner.ArchiveClass(world.center_id, taught.id, now, now.date())
    gone = await world.add_class("Gone")
    await world.database.apply([owner.ArchiveClass(world.center_id, gone.id, now, now.date())])
    required = owner.RequireClass(world.center_id, taught.id)
    package_id = ClassPackageId(new_id())
    package = catalogue.AddClassPackage(
        package_id, world.center_id, taught.id, "Four", 4, 100, is_active=True, created_at=now
    )
    await world.database.apply([package])
    details = PackageDetails("Four", 4, 100, is_active=True)
    edited = owner.RevisePackage(world.center_id, package_id, details, replace(details, is_active=False))
    put_away = owner.ArchivePackage(world.center_id, package_id, now)
    return [
        (
            required,
            {
                "put away": replace(required, class_id=gone.id),
                "elsewhere": replace(required, center_id=elsewhere),
            },
        ),
        (
            revised,
            {
                "edited by another": replace(revised, was=replace(was, capacity=11)),
                "elsewhere": replace(revised, center_id=elsewhere),
            },
        ),
        (
            archived,
            {
                "in the calendar": replace(archived, class_id=cast.taught.id),
                "elsewhere": replace(archived, center_id=elsewhere),
                "no such class": replace(archived, class_id=ClassId(new_id())),
            },
        ),
        (
            edited,
            {
                "edited by another": replace(edited, was=replace(details, price_minor=99)),
                "elsewhere": replace(edited, center_id=elsewhere),
            },
        ),
        (put_away, {"elsewhere": replace(put_away, center_id=elsewhere)}),
    ]


async def _people_cases(cast: Cast, *, revoked_role_id: UUID) -> Cases:
    world, now, elsewhere = cast.world, cast.world.clock.now(), cast.elsewhere.center_id
    invites = [
        people.AddInvite(
            new_id(), world.center_id, Role.ADMIN, None, f"owner {number}", None, now, now + timedelta(hours=number)
        )
        for number in range(2)
    ]
    await world.database.apply(invites)
    role = next(
        each
        for each in await StoredTeam(world.database).list_admins(center_id=world.center_id)
        if each.person_id == cast.admin.id
    )
    required = owner.RequireRole(world.center_id, role.role_id)
    active = owner.RequireActive(world.center_id, cast.admin.id)
    revoked = owner.RevokeInvite(world.center_id, invites[1].id, now)
    blocked = owner.SetBlocked(world.center_id, cast.staff.id, now)
    noted = owner.SetNotes(world.center_id, cast.staff.id, "on leave")
    return [
        (
            required,
            {"taken away": replace(required, role_id=revoked_role_id), "elsewhere": replace(required, center_id=elsewhere)},
        ),
        (
            active,
            {"blocked": replace(active, person_id=cast.blocked.id), "elsewhere": replace(active, center_id=elsewhere)},
        ),
        (
            revoked,
            {"expired": replace(revoked, invite_id=invites[0].id), "elsewhere": replace(revoked, center_id=elsewhere)},
        ),
        (
            blocked,
            {
                "blocked before": replace(blocked, person_id=cast.blocked.id),
                "not blocked": replace(blocked, blocked_at=None),
                "elsewhere": replace(blocked, center_id=elsewhere),
            },
        ),
        (noted, {"elsewhere": replace(noted, center_id=elsewhere)}),
    ]
