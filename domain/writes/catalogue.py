"""Writes that set up a business: center, branches, classes, sessions, packages, wallets and accounts.

All are inserts that do nothing where the row is there already.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar
from uuid import UUID

from domain.finance.model import AccountKind, WalletOwner
from domain.ids import AccountId, BranchId, CenterId, ClassId, PersonId, SessionId, StudentPackageId, WalletId
from domain.packages.model import StudentPackageStatus
from domain.sessions.model import AbsenteePolicy, SessionStatus
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class _SetUp(Write):
    rank: ClassVar[LockRank] = LockRank.SETUP


@dataclass(frozen=True, slots=True)
class AddCenter(_SetUp):
    """Add a center with its opening settings."""

    id: CenterId
    bot_id: int | None
    name: str
    currency: str
    timezone: str
    default_language: str
    check_in_opens_minutes: int
    reservation_minutes: int
    horizon_days: int
    largest_amount_minor: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class BindCenter(_SetUp):
    """Let a bot serve a center that none serves yet."""

    center_id: CenterId
    bot_id: int


@dataclass(frozen=True, slots=True)
class AddBranch(_SetUp):
    """Add a branch."""

    id: BranchId
    center_id: CenterId
    name: str
    address: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AddClass(_SetUp):
    """Add a class."""

    id: ClassId
    center_id: CenterId
    title: str
    subject: str
    level: str
    teacher: str
    price_minor: int
    capacity: int
    duration_minutes: int
    absentee_policy: AbsenteePolicy
    cancellation_window_minutes: int
    no_show_fee_percent: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AddTimetableRule(_SetUp):
    """Add a recurrence (RFC 5545) in the center's local time, perhaps with a teacher and seats of its own."""

    id: UUID
    center_id: CenterId
    class_id: ClassId
    branch_id: BranchId
    recurrence: str
    local_time: time
    starts_on: date
    ends_on: date | None
    created_at: datetime
    teacher: str | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class AddSession(_SetUp):
    """Add one occurrence, unless the rule has made it already."""

    id: SessionId
    center_id: CenterId
    branch_id: BranchId
    class_id: ClassId
    rule_id: UUID | None
    original_local_date: date | None
    local_date: date
    local_time: time
    starts_at: datetime
    ends_at: datetime
    teacher: str
    capacity: int
    seats_taken: int
    status: SessionStatus
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AddClassPackage(_SetUp):
    """Add a package to the shop."""

    id: UUID
    center_id: CenterId
    class_id: ClassId
    name: str
    session_count: int
    price_minor: int
    is_active: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AddStudentPackage(Write):
    """Add a package that a student bought, with all its credits."""

    rank: ClassVar[LockRank] = LockRank.PACKAGE
    id: StudentPackageId
    center_id: CenterId
    student_id: PersonId
    class_package_id: UUID
    class_id: ClassId
    credits_total: int
    credits_left: int
    price_minor: int
    value_left_minor: int
    status: StudentPackageStatus
    purchased_at: datetime


@dataclass(frozen=True, slots=True)
class AddAccount(_SetUp):
    """Add an account to the journal."""

    id: AccountId
    center_id: CenterId
    kind: AccountKind
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AddWallet(_SetUp):
    """Add an empty wallet; its account has the same id."""

    id: WalletId
    center_id: CenterId
    owner_kind: WalletOwner
    owner_id: UUID
    balance_minor: int
    locked_minor: int


@dataclass(frozen=True, slots=True)
class AddCashbox(_SetUp):
    """Add the drawer of a branch; its account has the same id."""

    id: AccountId
    center_id: CenterId
    branch_id: BranchId
    balance_minor: int
