"""What the buttons of drawers carry. What is confirmed stands in the dialog row, under the id that the button names."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.finance.cashbox_views import CashCursor
from domain.ids import BranchId, CashCountId, CashTransactionId, EnrollmentId, PersonId
from handlers.callback_codec import CallbackData


@dataclass(frozen=True, slots=True)
class AskTopUp(CallbackData):
    """Be asked how much goes into a person's wallet."""

    letter: ClassVar[str] = "_a"
    person_id: PersonId
    branch_id: BranchId


@dataclass(frozen=True, slots=True)
class AskPayOut(CallbackData):
    """Be asked how much of a guest's wallet is paid out; ``is_all``: everything that is in it."""

    letter: ClassVar[str] = "_b"
    person_id: PersonId
    branch_id: BranchId
    is_all: bool


@dataclass(frozen=True, slots=True)
class ConfirmSeat(CallbackData):
    """The cash for a seat was taken."""

    letter: ClassVar[str] = "_c"
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class ConfirmCash(CallbackData):
    """A top-up, a pay-out, a way to the bank or a correction was done as the screen says."""

    letter: ClassVar[str] = "_d"
    transaction_id: CashTransactionId


@dataclass(frozen=True, slots=True)
class OpenCashbox(CallbackData):
    """A branch's drawer, with a page of what moved in it today."""

    letter: ClassVar[str] = "_e"
    branch_id: BranchId
    after: CashCursor | None


@dataclass(frozen=True, slots=True)
class ListCashboxes(CallbackData):
    """Every drawer that one may see."""

    letter: ClassVar[str] = "_f"


@dataclass(frozen=True, slots=True)
class OpenMovement(CallbackData):
    """One movement of a drawer."""

    letter: ClassVar[str] = "_h"
    transaction_id: CashTransactionId


@dataclass(frozen=True, slots=True)
class AskCorrection(CallbackData):
    """Be asked what was wrong about a movement."""

    letter: ClassVar[str] = "_i"
    transaction_id: CashTransactionId


@dataclass(frozen=True, slots=True)
class NothingMoved(CallbackData):
    """The right amount of what is corrected is none at all."""

    letter: ClassVar[str] = "_k"


@dataclass(frozen=True, slots=True)
class AskCount(CallbackData):
    """Be asked what is in a drawer: the total, or by notes and coins."""

    letter: ClassVar[str] = "_j"
    branch_id: BranchId
    by_notes: bool


@dataclass(frozen=True, slots=True)
class PickNote(CallbackData):
    """Be asked how many there are of one note or coin, by its place among them."""

    letter: ClassVar[str] = "_l"
    place: int


@dataclass(frozen=True, slots=True)
class FinishNotes(CallbackData):
    """All notes and coins are counted."""

    letter: ClassVar[str] = "_m"


@dataclass(frozen=True, slots=True)
class ConfirmCount(CallbackData):
    """The drawer holds what the screen says."""

    letter: ClassVar[str] = "_n"
    count_id: CashCountId


@dataclass(frozen=True, slots=True)
class AskBank(CallbackData):
    """Be asked how much goes to the bank; ``is_all``: everything that is in the drawer."""

    letter: ClassVar[str] = "_o"
    branch_id: BranchId
    is_all: bool


@dataclass(frozen=True, slots=True)
class OpenDaySummary(CallbackData):
    """A page of a branch's local day: sessions, heads and cash, counted from 0."""

    letter: ClassVar[str] = "_q"
    branch_id: BranchId
    day: date
    page: int
