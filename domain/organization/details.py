"""What can be edited about the center, a branch, a class, a package: as it is read, and as it is written back whole.

Field names are the columns' names, and the attributes of ``domain.organization.fields``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from domain.organization.fields import Field, Value
from domain.sessions.model import AbsenteePolicy


@dataclass(frozen=True, slots=True)
class CenterDetails:
    """The center's settings. Times of day are minutes after local midnight; a reminder at 0 is none."""

    name: str
    currency: str
    timezone: str
    default_language: str
    check_in_opens_minutes: int
    reservation_minutes: int
    offer_minutes: int
    horizon_days: int
    largest_amount_minor: int
    quiet_from_minutes: int
    quiet_until_minutes: int
    digest_at_minutes: int
    early_reminder_minutes: int
    late_reminder_minutes: int


@dataclass(frozen=True, slots=True)
class BranchDetails:
    """A place of the center's."""

    name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class ClassDetails:
    """What is taught, and its terms."""

    title: str
    subject: str
    level: str
    teacher: str
    price_minor: int
    capacity: int
    duration_minutes: int
    absentee_policy: AbsenteePolicy
    no_show_fee_percent: int
    cancellation_window_minutes: int


@dataclass(frozen=True, slots=True)
class PackageDetails:
    """A product: its name, how many sessions it is, what it costs, whether it is sold."""

    name: str
    session_count: int
    price_minor: int
    is_active: bool


Details = TypeVar("Details", CenterDetails, BranchDetails, ClassDetails, PackageDetails)


def revised(details: Details, field: Field, value: Value) -> Details:
    """Return the details with one of them changed, and whatever must change with it."""
    changes: dict[str, Any] = {field.attribute: value}
    if field is Field.ADDRESS:
        changes = {"address": value or None}
    elif field is Field.POLICY:
        policy = AbsenteePolicy(str(value))
        changes = {"absentee_policy": policy}
        if policy is not AbsenteePolicy.FLEXIBLE:
            changes["no_show_fee_percent"] = 0
    return replace(details, **changes)


def differences(was: Details, becomes: Details) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return what differs, before and after: for the audit log."""
    names = [field.name for field in fields(was) if getattr(was, field.name) != getattr(becomes, field.name)]
    return {name: getattr(was, name) for name in names}, {name: getattr(becomes, name) for name in names}
