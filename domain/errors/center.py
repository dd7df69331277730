"""Refusals around the center: its settings, branches, classes."""

from dataclasses import dataclass
from typing import ClassVar

from domain.errors.base import RefusalError
from domain.ids import BranchId, ClassId


@dataclass(eq=False)
class NameTakenError(RefusalError):
    """Another branch of the center has this name."""

    code: ClassVar[str] = "name_taken"
    name: str


@dataclass(eq=False)
class SettingFrozenError(RefusalError):
    """A setting of the center cannot be changed any more, or not now. ``reason``: ``posted``, ``priced``, ``to_come``."""

    code: ClassVar[str] = "setting_frozen"
    reason: str


@dataclass(eq=False)
class BranchInUseError(RefusalError):
    """A branch cannot be put away while sessions, people or money depend on it."""

    code: ClassVar[str] = "branch_in_use"
    branch_id: BranchId


@dataclass(eq=False)
class ClassInUseError(RefusalError):
    """A class cannot be put away while it is in the timetable."""

    code: ClassVar[str] = "class_in_use"
    class_id: ClassId
