"""Writes of those who run the center: its settings, branches, classes and packages, and what becomes of people's roles.

A revision writes all that can be edited of a row, if the row still is as it was read.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from domain.ids import BranchId, CenterId, ClassId, ClassPackageId, PersonId
from domain.organization.details import BranchDetails, CenterDetails, ClassDetails, PackageDetails
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class _SetUp(Write):
    rank: ClassVar[LockRank] = LockRank.SETUP


@dataclass(frozen=True, slots=True)
class ReviseCenter(_SetUp):
    """Edit a center; its currency only before anything is posted, its time zone only while no session is to come."""

    center_id: CenterId
    was: CenterDetails
    becomes: CenterDetails
    now: datetime


@dataclass(frozen=True, slots=True)
class ReviseBranch(_SetUp):
    """Edit a branch, unless another one of the center has the name."""

    center_id: CenterId
    branch_id: BranchId
    was: BranchDetails
    becomes: BranchDetails


@dataclass(frozen=True, slots=True)
class ReviseClass(_SetUp):
    """Edit a class that is not archived."""

    center_id: CenterId
    class_id: ClassId
    was: ClassDetails
    becomes: ClassDetails


@dataclass(frozen=True, slots=True)
class RevisePackage(_SetUp):
    """Edit a package that is not archived."""

    center_id: CenterId
    class_package_id: ClassPackageId
    was: PackageDetails
    becomes: PackageDetails


@dataclass(frozen=True, slots=True)
class RequireZone(_SetUp):
    """Change nothing, but hold the center and insist on its time zone: a session's local times are made in it.

    Whoever checks what hangs on a row holds the row first, in a statement before: what others have added to it until
    then is seen, and what they want to add waits.
    """

    center_id: CenterId
    timezone: str


@dataclass(frozen=True, slots=True)
class HoldAccounts(_SetUp):
    """Change nothing, but let nothing be posted to the center's accounts meanwhile: its currency is about to change."""

    center_id: CenterId


@dataclass(frozen=True, slots=True)
class RequireBranch(_SetUp):
    """Change nothing, but hold a branch and insist that it is not put away."""

    center_id: CenterId
    branch_id: BranchId


@dataclass(frozen=True, slots=True)
class RequireClass(_SetUp):
    """Change nothing, but hold a class and insist that it is not put away."""

    center_id: CenterId
    class_id: ClassId


@dataclass(frozen=True, slots=True)
class ArchiveBranch(_SetUp):
    """Put a branch away, if no open session, timetable, role or invitation is of it, and its drawer is empty.

    Rules of the timetable that ended before a day are over.
    """

    center_id: CenterId
    branch_id: BranchId
    archived_at: datetime
    over_before: date


@dataclass(frozen=True, slots=True)
class ArchiveClass(_SetUp):
    """Put a class away, if no open session and no timetable is of it; rules that ended before a day are over."""

    center_id: CenterId
    class_id: ClassId
    archived_at: datetime
    over_before: date


@dataclass(frozen=True, slots=True)
class ArchivePackage(_SetUp):
    """Put a package away, once."""

    center_id: CenterId
    class_package_id: ClassPackageId
    archived_at: datetime


@dataclass(frozen=True, slots=True)
class RequireRole(Write):
    """Change nothing, but hold a role in force and insist that it still is: somebody must stay who has it."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    role_id: UUID


@dataclass(frozen=True, slots=True)
class RequireActive(Write):
    """Change nothing, but hold a person and insist that they can act: neither blocked, nor erased, nor merged."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class RevokeInvite(Write):
    """End an invitation that nobody has used, now."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    invite_id: UUID
    now: datetime


@dataclass(frozen=True, slots=True)
class SetBlocked(Write):
    """Let a person use the chat no more, or (None) again, if it was otherwise."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId
    blocked_at: datetime | None


@dataclass(frozen=True, slots=True)
class SetNotes(Write):
    """Set what the center notes on a person, or (None) nothing."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId
    notes: str | None
