"""Refusals around people: who they are, what they may, what becomes of them."""

from dataclasses import dataclass
from typing import ClassVar

from domain.errors.base import RefusalError
from domain.ids import PersonId


@dataclass(eq=False)
class LastAdminError(RefusalError):
    """Somebody has to stay an admin of the center."""

    code: ClassVar[str] = "last_admin"


@dataclass(eq=False)
class NotAGuestError(RefusalError):
    """Cash is paid out to guests alone: whoever has Telegram spends their wallet in the chat."""

    code: ClassVar[str] = "not_a_guest"
    person_id: PersonId


@dataclass(eq=False)
class PhoneKnownError(RefusalError):
    """A new guest's phone is somebody's already: they are offered instead."""

    code: ClassVar[str] = "phone_known"
    person_id: PersonId


@dataclass(eq=False)
class PhoneTakenError(RefusalError):
    """Somebody else has verified this phone as their own."""

    code: ClassVar[str] = "phone_taken"


@dataclass(eq=False)
class MergeNotNowError(RefusalError):
    """One of two people has a seat reserved at this moment: they are merged when that has ended."""

    code: ClassVar[str] = "merge_not_now"
    person_id: PersonId


@dataclass(eq=False)
class UnsettledBookingsError(RefusalError):
    """A class of the person's is going on, or its money is not decided yet: they cannot be erased before it is."""

    code: ClassVar[str] = "unsettled_bookings"


@dataclass(eq=False)
class StillOwnedError(RefusalError):
    """The person owns something else by now than they agreed to give up: they are asked again."""

    code: ClassVar[str] = "still_owned"
    money_minor: int
    credits: int
    currency: str


@dataclass(eq=False)
class InviteNotValidError(RefusalError):
    """The invite link was used, has expired, or never existed."""

    code: ClassVar[str] = "invite_not_valid"


@dataclass(eq=False)
class BroadcastTooLongError(RefusalError):
    """The text of a message to many is longer than what can be sent; lengths are in characters."""

    code: ClassVar[str] = "broadcast_too_long"
    length: int
    limit: int


@dataclass(eq=False)
class NobodyToTellError(RefusalError):
    """A message to many would reach nobody: nobody belongs to them, or nobody of them can be reached."""

    code: ClassVar[str] = "nobody_to_tell"
    unreachable: int
    muted: int


@dataclass(eq=False)
class BroadcastRepeatedError(RefusalError):
    """The very same text went to the same people a moment ago: whether that is meant is asked once more."""

    code: ClassVar[str] = "broadcast_repeated"
