"""What the screens of those who run the center show of its catalogue, and how far its set-up has come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ids import BranchId, CenterId, ClassId, ClassPackageId
from domain.organization.model import Center
from domain.organization.ports import BranchRecord, CenterRecord, ClassRecord, PackageRecord


@dataclass(frozen=True, slots=True)
class BranchLine:
    """A branch in a list."""

    branch_id: BranchId
    name: str


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class in a list."""

    class_id: ClassId
    title: str
    subject: str
    level: str
    teacher: str
    price_minor: int


@dataclass(frozen=True, slots=True)
class PackageLine:
    """A package in a list."""

    class_package_id: ClassPackageId
    name: str
    class_id: ClassId
    class_title: str
    session_count: int
    price_minor: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class SetUpProgress:
    """How far the set-up has come: what there is of each thing that a center needs."""

    is_center_confirmed: bool
    branches: int
    classes: int
    timetable_rules: int
    sessions: int
    packages: int
    staff: int
    invites: int

    @property
    def is_ready(self) -> bool:
        """Whether students find something to book."""
        return bool(self.branches and self.classes and (self.timetable_rules or self.sessions))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be seen yet but the set-up itself."""
        return not self.is_ready and not self.sessions


class OrganizationViews(Protocol):
    """Reads what the center consists of. Another center's rows do not exist for it."""

    async def find_served(self, *, center_id: CenterId) -> Center | None:
        """Return the center as everybody needs to know it, as it is now."""
        ...

    async def find_center(self, *, center_id: CenterId, now: datetime) -> CenterRecord | None:
        """Return the center with its settings."""
        ...

    async def find_branch(self, *, center_id: CenterId, branch_id: BranchId, now: datetime) -> BranchRecord | None:
        """Return a branch, archived or not."""
        ...

    async def find_class(self, *, center_id: CenterId, class_id: ClassId, now: datetime) -> ClassRecord | None:
        """Return a class, archived or not."""
        ...

    async def find_package(self, *, center_id: CenterId, class_package_id: ClassPackageId) -> PackageRecord | None:
        """Return a package, archived or not."""
        ...

    async def list_branches(self, *, center_id: CenterId) -> list[BranchLine]:
        """Return the branches by name. They are few."""
        ...

    async def list_classes(self, *, center_id: CenterId, words: str | None = None) -> list[ClassLine]:
        """Return the classes by title; those in whose title, subject, level or teacher the words are found.

        A catalogue is what people have typed in: all of it is read.
        """
        ...

    async def list_packages(
        self, *, center_id: CenterId, class_id: ClassId | None = None, words: str | None = None
    ) -> list[PackageLine]:
        """Return the packages by class and price, on sale or not; of one class, those in whose name the words are."""
        ...

    async def find_progress(self, *, center_id: CenterId, now: datetime) -> SetUpProgress:
        """Return how far the set-up has come."""
        ...
