"""What erasing a person rests on, and what it comes to."""

from dataclasses import dataclass
from uuid import UUID

from domain.enrollments.ports import CancellationFacts
from domain.finance.model import WalletState
from domain.ids import AccountId, PersonId, StandingBookingId
from domain.notifications.model import MutableNotification
from domain.packages.model import CreditSource
from domain.waitlist.model import Place


@dataclass(frozen=True, slots=True)
class GivenUp:
    """What a person who is erased leaves behind: shown to them, confirmed by them, and compared then."""

    money_minor: int
    credits: int

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to give up."""
        return self.money_minor == 0 and self.credits == 0


@dataclass(frozen=True, slots=True)
class ErasureFacts:
    """All that erasing a person rests on. ``seats`` are their live bookings of classes that have not begun.

    ``has_unsettled`` tells of a class that is going on, or whose money is not decided yet: it may still come back.
    ``places`` are where they wait for a seat, and what is held for them there.
    ``merged_ids`` are the rows of who was merged into this person: they are forgotten with them, and so is what they were
    typing (``merged_dialogs``, with their versions). ``report_ids`` are the gateway's reports of their payments, which name
    who paid.
    """

    person_id: PersonId
    dialog_version: int | None
    currency: str
    wallet: WalletState | None
    packages: tuple[CreditSource, ...]
    seats: tuple[CancellationFacts, ...]
    has_unsettled: bool
    role_ids: tuple[UUID, ...]
    muted: tuple[MutableNotification, ...]
    deferred_account_id: AccountId
    waived_account_id: AccountId
    places: tuple[Place, ...] = ()
    standing_booking_ids: tuple[StandingBookingId, ...] = ()
    merged_ids: tuple[PersonId, ...] = ()
    merged_dialogs: tuple[tuple[PersonId, int], ...] = ()
    report_ids: tuple[UUID, ...] = ()
    staff_wallet: WalletState | None = None

    @property
    def wallets(self) -> tuple[WalletState, ...]:
        """Every wallet of theirs: as a student, and as one of the team."""
        return tuple(each for each in (self.wallet, self.staff_wallet) if each is not None)


@dataclass(frozen=True, slots=True)
class Farewell:
    """What erasing a person would come to, as the screen before it says."""

    given_up: GivenUp
    booking_count: int
    has_unsettled: bool
    currency: str
