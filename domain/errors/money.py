"""Refusals of money: wallets, packages, cash, the gateway, refunds."""

from dataclasses import dataclass
from typing import ClassVar

from domain.errors.base import RefusalError
from domain.ids import BranchId, CashTransactionId, ClassId, ClassPackageId, PaymentId


@dataclass(eq=False)
class InsufficientFundsError(RefusalError):
    """Neither a package credit for the class nor enough free money in the wallet."""

    code: ClassVar[str] = "insufficient_funds"
    class_id: ClassId
    price_minor: int
    available_minor: int
    currency: str


@dataclass(eq=False)
class PackageNotOnSaleError(RefusalError):
    """The package is not sold any more; what was bought of it goes on."""

    code: ClassVar[str] = "package_not_on_sale"
    class_package_id: ClassPackageId


@dataclass(eq=False)
class OfferChangedError(RefusalError):
    """Price or sessions of a package differ from what the person confirmed: they are asked again."""

    code: ClassVar[str] = "offer_changed"
    class_package_id: ClassPackageId


@dataclass(eq=False)
class WalletTooLowError(RefusalError):
    """There is not enough free money in the wallet for a package."""

    code: ClassVar[str] = "wallet_too_low"
    class_package_id: ClassPackageId
    price_minor: int
    available_minor: int
    currency: str


@dataclass(eq=False)
class AmountTooLargeError(RefusalError):
    """A typed amount is above the center's limit: nobody means so much."""

    code: ClassVar[str] = "amount_too_large"
    limit_minor: int
    currency: str


@dataclass(eq=False)
class CashboxTooLowError(RefusalError):
    """There is less in the drawer than is to be taken out of it."""

    code: ClassVar[str] = "cashbox_too_low"
    branch_id: BranchId
    balance_minor: int
    currency: str


@dataclass(eq=False)
class CashboxChangedError(RefusalError):
    """Cash went in or out since the count was compared with what is recorded: it is compared again."""

    code: ClassVar[str] = "cashbox_changed"
    branch_id: BranchId


@dataclass(eq=False)
class DeskWalletTooLowError(RefusalError):
    """There is less free money in the person's wallet than is to be paid out, or taken back."""

    code: ClassVar[str] = "desk_wallet_too_low"
    available_minor: int
    currency: str


@dataclass(eq=False)
class CashNotCorrectableError(RefusalError):
    """A movement of the drawer cannot be corrected: it was before, was followed by others, or is of another kind."""

    code: ClassVar[str] = "cash_not_correctable"
    transaction_id: CashTransactionId


@dataclass(eq=False)
class CashDayOverError(RefusalError):
    """Staff correct on the same day; later an admin does."""

    code: ClassVar[str] = "cash_day_over"
    transaction_id: CashTransactionId


@dataclass(eq=False)
class PaymentGatewayError(RefusalError):
    """The gateway could not be asked. The payment waits until its time is up: the same again may do."""

    code: ClassVar[str] = "payment_gateway_error"
    payment_id: PaymentId


@dataclass(eq=False)
class PaymentEndedError(RefusalError):
    """The payment is over, one way or another: it cannot be paid or let go any more."""

    code: ClassVar[str] = "payment_ended"
    payment_id: PaymentId


@dataclass(eq=False)
class OnlinePaymentsOffError(RefusalError):
    """There is no paying online here: the center takes money at its reception."""

    code: ClassVar[str] = "online_payments_off"


@dataclass(eq=False)
class PhoneNeededError(RefusalError):
    """The gateway insists on a phone number, and the person has not given one."""

    code: ClassVar[str] = "phone_needed"


@dataclass(eq=False)
class NotRefundableError(RefusalError):
    """There is nothing of this payment or package to give back, or another refund of it is under way."""

    code: ClassVar[str] = "not_refundable"


@dataclass(eq=False)
class RefundTooLargeError(RefusalError):
    """More than what is left of the payment, or than the wallet can give: ``most_minor`` is what is possible."""

    code: ClassVar[str] = "refund_too_large"
    most_minor: int
    currency: str
