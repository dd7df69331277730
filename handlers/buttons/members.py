"""Buttons of an admin on people, their roles and invitations. Their letters go on where ``admin``'s end."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.ids import BranchId, PersonId
from domain.people.leaving import GivenUp
from domain.permissions import Role
from handlers.callback_codec import CallbackData
from handlers.callback_owner import InviteCode


@dataclass(frozen=True, slots=True)
class ListPeople(CallbackData):
    """A page of the people, after a person (None: the first page); of the words typed last, where ``is_search``."""

    letter: ClassVar[str] = "+l"
    after: PersonId | None
    is_search: bool


@dataclass(frozen=True, slots=True)
class OpenPerson(CallbackData):
    """A person's card."""

    letter: ClassVar[str] = "+L"
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class AskTakeRole(CallbackData):
    """What taking a role away would mean."""

    letter: ClassVar[str] = "+r"
    person_id: PersonId
    role_id: UUID


@dataclass(frozen=True, slots=True)
class ConfirmTakeRole(CallbackData):
    """Take a role away."""

    letter: ClassVar[str] = "+R"
    person_id: PersonId
    role_id: UUID


@dataclass(frozen=True, slots=True)
class AskBlock(CallbackData):
    """What blocking a person would mean."""

    letter: ClassVar[str] = "+y"
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class SetBlock(CallbackData):
    """Block a person, or no more: the button says which."""

    letter: ClassVar[str] = "+o"
    person_id: PersonId
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class AskNewNameOf(CallbackData):
    """Be asked what a person is called."""

    letter: ClassVar[str] = "+N"
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class AskNotesOn(CallbackData):
    """Be asked what is to be noted on a person."""

    letter: ClassVar[str] = "+O"
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class ClearNotesOn(CallbackData):
    """Note nothing on a person any more."""

    letter: ClassVar[str] = "+Q"
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class SendDataOf(CallbackData):
    """All that is kept on a person, as a file."""

    letter: ClassVar[str] = "+F"
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class AskEraseOf(CallbackData):
    """What erasing a person would mean; where something is given up by it, be asked for the reason."""

    letter: ClassVar[str] = "+E"
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class ConfirmEraseOf(CallbackData):
    """Erase a person, and give up for them what the screen showed."""

    letter: ClassVar[str] = "+X"
    person_id: PersonId
    given_up: GivenUp


@dataclass(frozen=True, slots=True)
class ListInvites(CallbackData):
    """The open invitations."""

    letter: ClassVar[str] = "+t"


@dataclass(frozen=True, slots=True)
class AskInvite(CallbackData):
    """Choose for what somebody is invited."""

    letter: ClassVar[str] = "+i"


@dataclass(frozen=True, slots=True)
class MakeInvite(CallbackData):
    """Invite: the link's code is made before, so that a second press shows the same link."""

    letter: ClassVar[str] = "+I"
    code: InviteCode
    role: Role
    branch_id: BranchId | None


@dataclass(frozen=True, slots=True)
class EndInvite(CallbackData):
    """Take an invitation back."""

    letter: ClassVar[str] = "+T"
    invite_id: UUID
