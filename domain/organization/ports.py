"""What decisions on the center, its branches and its catalogue need to know; screens show the same."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from domain.ids import AccountId, BranchId, CenterId, ClassId, ClassPackageId
from domain.organization.details import BranchDetails, CenterDetails, ClassDetails, PackageDetails
from domain.organization.fields import MoneyLimit


def over_before_of(now: datetime) -> date:
    """Return the day before which a rule of the timetable must have ended to be over, wherever the center is."""
    return now.date() - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CenterRecord:
    """The center with what holds some of its settings fast."""

    details: CenterDetails
    is_posted: bool
    is_priced: bool
    has_sessions_to_come: bool

    @property
    def money(self) -> MoneyLimit:
        """In which currency amounts are typed, and up to how much."""
        return MoneyLimit(self.details.currency, self.details.largest_amount_minor)


@dataclass(frozen=True, slots=True)
class BranchRecord:
    """A branch with all that depends on it."""

    id: BranchId
    details: BranchDetails
    cashbox_id: AccountId
    is_archived: bool
    open_sessions: int
    timetable_rules: int
    staff: int
    invites: int
    cash_minor: int

    @property
    def is_in_use(self) -> bool:
        """Whether it cannot be put away."""
        return bool(self.open_sessions or self.timetable_rules or self.staff or self.invites or self.cash_minor)


@dataclass(frozen=True, slots=True)
class ClassRecord:
    """A class with all that depends on it."""

    id: ClassId
    details: ClassDetails
    is_archived: bool
    open_sessions: int
    timetable_rules: int
    packages: int
    unused_credits: int

    @property
    def is_in_use(self) -> bool:
        """Whether it cannot be put away."""
        return bool(self.open_sessions or self.timetable_rules)


@dataclass(frozen=True, slots=True)
class PackageRecord:
    """A package with what was bought of it."""

    id: ClassPackageId
    class_id: ClassId
    class_title: str
    single_price_minor: int
    details: PackageDetails
    is_archived: bool
    sold: int
    unused_credits: int


class OrganizationRepository(Protocol):
    """Loads the center's own rows. Another center's do not exist for it."""

    async def find_center(self, *, center_id: CenterId, now: datetime) -> CenterRecord | None:
        """Return the center."""
        ...

    async def find_branch(self, *, center_id: CenterId, branch_id: BranchId, now: datetime) -> BranchRecord | None:
        """Return a branch, archived or not."""
        ...

    async def find_branch_named(self, *, center_id: CenterId, name: str) -> BranchId | None:
        """Return whose name this is, archived or not."""
        ...

    async def find_class(self, *, center_id: CenterId, class_id: ClassId, now: datetime) -> ClassRecord | None:
        """Return a class, archived or not."""
        ...

    async def find_package(self, *, center_id: CenterId, class_package_id: ClassPackageId) -> PackageRecord | None:
        """Return a package, archived or not."""
        ...
