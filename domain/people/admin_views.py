"""What an admin's screens show of people: lists, cards, and open invitations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import WalletState
from domain.ids import CenterId, PersonId
from domain.permissions import Role
from domain.sessions.model import SessionStatus


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list."""

    person_id: PersonId
    name: str
    phone: str | None
    is_blocked: bool
    is_guest: bool


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role in force, with the branch of staff by name."""

    role_id: UUID
    role: Role
    branch_name: str | None


@dataclass(frozen=True, slots=True)
class PackageOwned:
    """A package with credits left."""

    name: str
    class_title: str
    credits_left: int
    credits_total: int


@dataclass(frozen=True, slots=True)
class RecentBooking:
    """One of the latest bookings."""

    class_title: str
    starts_at: datetime
    status: EnrollmentStatus
    session_status: SessionStatus
    attended_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """All that an admin sees of a person at a glance."""

    person_id: PersonId
    name: str
    phone: str | None
    is_phone_verified: bool
    is_guest: bool
    joined_at: datetime | None
    is_blocked: bool
    is_unreachable: bool
    notes: str | None
    wallet: WalletState | None
    roles: tuple[RoleLine, ...] = ()
    packages: tuple[PackageOwned, ...] = ()
    bookings: tuple[RecentBooking, ...] = ()


@dataclass(frozen=True, slots=True)
class InviteLine:
    """An invitation that can still be used."""

    invite_id: UUID
    role: Role
    branch_name: str | None
    expires_at: datetime


class PeopleAdminViews(Protocol):
    """Reads people for an admin. Erased and merged people, and another center's, do not exist for it."""

    async def list_people(
        self, *, center_id: CenterId, words: str | None, limit: int, after: PersonId | None = None
    ) -> list[PersonLine]:
        """Return people by name; those in whose name all the words are, or in whose phone the digits are."""
        ...

    async def find_card(self, *, center_id: CenterId, person_id: PersonId) -> PersonCard | None:
        """Return a person's card."""
        ...

    async def find_telegram_id(self, *, center_id: CenterId, person_id: PersonId) -> int | None:
        """Return where a person writes from, or None for a guest and for nobody."""
        ...

    async def list_invites(self, *, center_id: CenterId, now: datetime) -> list[InviteLine]:
        """Return the invitations that can still be used, the latest first. They are few."""
        ...
