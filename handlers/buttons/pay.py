"""The buttons of paying online: what is asked for, the payment itself, and what admins do with payments."""

from dataclasses import dataclass
from typing import ClassVar

from domain.enrollments.quote import ConfirmedTerms
from domain.ids import ClassPackageId, PaymentId, RefundId, SessionId, StudentPackageId
from domain.money import AmountMinor
from domain.packages.buying import ShownOffer
from handlers.callback_codec import CallbackData


@dataclass(frozen=True, slots=True)
class OpenTopUp(CallbackData):
    """Amounts to put into one's wallet."""

    letter: ClassVar[str] = "$t"


@dataclass(frozen=True, slots=True)
class AskTopUpAmount(CallbackData):
    """Be asked for another amount."""

    letter: ClassVar[str] = "$a"


@dataclass(frozen=True, slots=True)
class StartTopUp(CallbackData):
    """Put an amount into one's wallet: the future payment's id."""

    letter: ClassVar[str] = "$u"
    payment_id: PaymentId
    amount: AmountMinor


@dataclass(frozen=True, slots=True)
class PayPackage(CallbackData):
    """Pay for a package online: the future payment's id, and the offer that the screen showed."""

    letter: ClassVar[str] = "$p"
    payment_id: PaymentId
    class_package_id: ClassPackageId
    shown: ShownOffer


@dataclass(frozen=True, slots=True)
class PaySeat(CallbackData):
    """Pay for a seat online, which is held meanwhile: the future payment's id, and the terms that the screen showed."""

    letter: ClassVar[str] = "$s"
    payment_id: PaymentId
    session_id: SessionId
    confirmed: ConfirmedTerms


@dataclass(frozen=True, slots=True)
class OpenPayment(CallbackData):
    """One's payment as it is now."""

    letter: ClassVar[str] = "$o"
    payment_id: PaymentId


@dataclass(frozen=True, slots=True)
class RetryLink(CallbackData):
    """Ask the gateway again for a page to pay on."""

    letter: ClassVar[str] = "$r"
    payment_id: PaymentId


@dataclass(frozen=True, slots=True)
class DropLink(CallbackData):
    """Let a payment go, and the seat that is held for it."""

    letter: ClassVar[str] = "$d"
    payment_id: PaymentId


@dataclass(frozen=True, slots=True)
class OpenPaymentCard(CallbackData):
    """Anybody's payment, with all that happened to it."""

    letter: ClassVar[str] = "$C"
    payment_id: PaymentId


@dataclass(frozen=True, slots=True)
class AskRefund(CallbackData):
    """Be asked how much of a payment is to go back, and why."""

    letter: ClassVar[str] = "$R"
    payment_id: PaymentId


@dataclass(frozen=True, slots=True)
class PickRefund(CallbackData):
    """All that can go back."""

    letter: ClassVar[str] = "$A"
    payment_id: PaymentId
    amount: AmountMinor


@dataclass(frozen=True, slots=True)
class ConfirmRefund(CallbackData):
    """Refund: the refund's id and the amount; why, the open question knows."""

    letter: ClassVar[str] = "$X"
    refund_id: RefundId
    payment_id: PaymentId
    amount: AmountMinor


@dataclass(frozen=True, slots=True)
class SettleByHand(CallbackData):
    """Say how a refund went that was made by hand."""

    letter: ClassVar[str] = "$h"
    refund_id: RefundId
    payment_id: PaymentId
    was_made: bool


@dataclass(frozen=True, slots=True)
class AskPackageRefund(CallbackData):
    """Be asked why a package's unused credits are to be paid back."""

    letter: ClassVar[str] = "$K"
    payment_id: PaymentId
    student_package_id: StudentPackageId


@dataclass(frozen=True, slots=True)
class ConfirmPackageRefund(CallbackData):
    """Pay a package's unused credits back into the wallet; why, the open question knows."""

    letter: ClassVar[str] = "$k"
    payment_id: PaymentId
    student_package_id: StudentPackageId
