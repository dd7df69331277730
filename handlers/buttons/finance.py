"""The buttons of the center's money: all payments, anybody's wallet, the journal, counts, and any enrollment."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.finance.payments_admin import PaymentChoice
from domain.finance.wallets_admin import WalletRef
from domain.ids import BranchId, CashCountId, EnrollmentId, EntryId, PaymentId, PersonId
from handlers.callback_codec import CallbackData


@dataclass(frozen=True, slots=True)
class ListPayments(CallbackData):
    """A page of all payments, after one of them (None: the first page)."""

    letter: ClassVar[str] = "&p"
    choice: PaymentChoice
    after: PaymentId | None


@dataclass(frozen=True, slots=True)
class OpenPaymentFilter(CallbackData):
    """Choose which payments are shown."""

    letter: ClassVar[str] = "&f"
    choice: PaymentChoice


@dataclass(frozen=True, slots=True)
class OpenPaymentBranches(CallbackData):
    """Choose of which branch."""

    letter: ClassVar[str] = "&b"
    choice: PaymentChoice


@dataclass(frozen=True, slots=True)
class AskPayer(CallbackData):
    """Be asked of whom."""

    letter: ClassVar[str] = "&a"
    choice: PaymentChoice


@dataclass(frozen=True, slots=True)
class OpenPaymentJournal(CallbackData):
    """A page of a payment's entries in the journal."""

    letter: ClassVar[str] = "&j"
    payment_id: PaymentId
    after: EntryId | None


@dataclass(frozen=True, slots=True)
class OpenPaymentAtGateway(CallbackData):
    """All that the gateway was asked and said about a payment."""

    letter: ClassVar[str] = "&g"
    payment_id: PaymentId


@dataclass(frozen=True, slots=True)
class OpenEntry(CallbackData):
    """One entry of the journal."""

    letter: ClassVar[str] = "&e"
    entry_id: EntryId


@dataclass(frozen=True, slots=True)
class OpenWallets(CallbackData):
    """All wallets together, and the way to each."""

    letter: ClassVar[str] = "&w"


@dataclass(frozen=True, slots=True)
class CompareWallets(CallbackData):
    """Compare all wallets with the journal."""

    letter: ClassVar[str] = "&c"


@dataclass(frozen=True, slots=True)
class AskWalletOwner(CallbackData):
    """Be asked whose wallet."""

    letter: ClassVar[str] = "&o"


@dataclass(frozen=True, slots=True)
class OpenWalletCard(CallbackData):
    """Anybody's wallet, and a page of its statement."""

    letter: ClassVar[str] = "&W"
    ref: WalletRef
    after: EntryId | None


@dataclass(frozen=True, slots=True)
class AskTransfer(CallbackData):
    """Be asked where money of a wallet is to go."""

    letter: ClassVar[str] = "&t"
    source: WalletRef


@dataclass(frozen=True, slots=True)
class PickTarget(CallbackData):
    """It is to go into this wallet."""

    letter: ClassVar[str] = "&T"
    target: WalletRef


@dataclass(frozen=True, slots=True)
class TransferAll(CallbackData):
    """All that is free is to go."""

    letter: ClassVar[str] = "&A"


@dataclass(frozen=True, slots=True)
class ConfirmTransfer(CallbackData):
    """Move the money as the screen says; what it says stands in the dialog row, under this id."""

    letter: ClassVar[str] = "&x"
    transfer_id: UUID


@dataclass(frozen=True, slots=True)
class ListCounts(CallbackData):
    """A page of the counts of a branch's drawer."""

    letter: ClassVar[str] = "&n"
    branch_id: BranchId
    after: CashCountId | None


@dataclass(frozen=True, slots=True)
class OpenCount(CallbackData):
    """One count of a drawer."""

    letter: ClassVar[str] = "&N"
    count_id: CashCountId


@dataclass(frozen=True, slots=True)
class OpenEnrollmentCard(CallbackData):
    """Anybody's enrollment, with all that happened to it."""

    letter: ClassVar[str] = "&E"
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class ListSeatPayments(CallbackData):
    """The payments for an enrollment."""

    letter: ClassVar[str] = "&P"
    enrollment_id: EnrollmentId


@dataclass(frozen=True, slots=True)
class ListPersonBookings(CallbackData):
    """A page of somebody's enrollments."""

    letter: ClassVar[str] = "&B"
    person_id: PersonId
    after: EnrollmentId | None
