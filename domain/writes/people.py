"""Writes on people, their roles, invitations and dialogs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from domain.folding import fold
from domain.ids import BranchId, CenterId, PersonId
from domain.notifications.model import MutableNotification
from domain.permissions import Role
from domain.writes.base import LockRank, Write


@dataclass(frozen=True, slots=True)
class AddPerson(Write):
    """Add a person, unless the center knows this Telegram id already. A guest has none."""

    rank: ClassVar[LockRank] = LockRank.SETUP
    id: PersonId
    center_id: CenterId
    telegram_id: int | None
    name: str
    language: str | None
    created_at: datetime
    name_folded: str = field(init=False)

    def __post_init__(self) -> None:
        """Fold the name for searches."""
        object.__setattr__(self, "name_folded", fold(self.name))


@dataclass(frozen=True, slots=True)
class AddGuest(Write):
    """Add a person who has not written to the bot: known by a phone that nobody has verified."""

    rank: ClassVar[LockRank] = LockRank.SETUP
    id: PersonId
    center_id: CenterId
    name: str
    phone: str
    language: str | None
    created_at: datetime
    name_folded: str = field(init=False)

    def __post_init__(self) -> None:
        """Fold the name for searches."""
        object.__setattr__(self, "name_folded", fold(self.name))


@dataclass(frozen=True, slots=True)
class RenamePerson(Write):
    """Set a person's name."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId
    name: str
    name_folded: str = field(init=False)

    def __post_init__(self) -> None:
        """Fold the name for searches."""
        object.__setattr__(self, "name_folded", fold(self.name))


@dataclass(frozen=True, slots=True)
class SetLanguage(Write):
    """Set the language in which a person reads everything."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId
    language: str


@dataclass(frozen=True, slots=True)
class SetVerifiedPhone(Write):
    """Set the phone (E.164) that Telegram says is the person's own."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId
    phone: str
    verified_at: datetime


@dataclass(frozen=True, slots=True)
class FinishJoining(Write):
    """End first contact, once."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId
    joined_at: datetime
    acting_role: Role


@dataclass(frozen=True, slots=True)
class SetActingRole(Write):
    """Set the role that a person with several acts in."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId
    acting_role: Role


@dataclass(frozen=True, slots=True)
class SetUnreachable(Write):
    """Note that the person blocked the bot, or (None) that they write again."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId
    unreachable_at: datetime | None


@dataclass(frozen=True, slots=True)
class SetCalendarSecret(Write):
    """Set the secret of a person's calendar feed, if it is still what was read."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId
    was: str | None
    secret: str


@dataclass(frozen=True, slots=True)
class AddRole(Write):
    """Give a role, unless the person has it; STAFF at one branch."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    id: UUID
    center_id: CenterId
    person_id: PersonId
    role: Role
    branch_id: BranchId | None
    granted_by: PersonId | None
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class RevokeRole(Write):
    """Take a role back, if it is in force."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    role_id: UUID
    revoked_at: datetime


@dataclass(frozen=True, slots=True)
class MuteNotification(Write):
    """Send a person no more messages of a kind, unless it is so already."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    person_id: PersonId
    kind: MutableNotification


@dataclass(frozen=True, slots=True)
class UnmuteNotification(Write):
    """Send a person messages of a kind again, if they had switched them off."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    person_id: PersonId
    kind: MutableNotification


@dataclass(frozen=True, slots=True)
class ErasePerson(Write):
    """Take everything from a person's row that says who they are, once. The name says that there is none."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    center_id: CenterId
    person_id: PersonId
    name: str
    erased_at: datetime
    name_folded: str = field(init=False)

    def __post_init__(self) -> None:
        """Fold the name for searches."""
        object.__setattr__(self, "name_folded", fold(self.name))


@dataclass(frozen=True, slots=True)
class AddInvite(Write):
    """Write down an invitation by the SHA-256 of its code."""

    id: UUID
    center_id: CenterId
    role: Role
    branch_id: BranchId | None
    code_hash: str
    created_by: PersonId | None
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class RedeemInvite(Write):
    """Use an invitation up, if nobody has and it has not expired."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    invite_id: UUID
    redeemed_by: PersonId
    redeemed_at: datetime


@dataclass(frozen=True, slots=True)
class AddDialog(Write):
    """Begin a person's dialog row."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    person_id: PersonId
    center_id: CenterId
    step: str
    data: Mapping[str, Any]
    version: int
    consumed_message_id: int | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class MoveDialog(Write):
    """Take a dialog to a step, if it is at the version that was read.

    Remembers the typed message that it consumed, and the message that asks now, where that is known already.
    """

    rank: ClassVar[LockRank] = LockRank.PERSON
    person_id: PersonId
    was_version: int
    step: str
    data: Mapping[str, Any]
    consumed_message_id: int | None
    updated_at: datetime
    question_message_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceQuestion(Write):
    """Remember which message asks what is open now, if anything is."""

    rank: ClassVar[LockRank] = LockRank.PERSON
    person_id: PersonId
    question_message_id: int
