"""The sentences for refusals of money: wallets, packages, online payments, refunds."""

from markupsafe import Markup

from domain.errors import (
    InsufficientFundsError,
    NotRefundableError,
    OfferChangedError,
    OnlinePaymentsOffError,
    PackageNotOnSaleError,
    PaymentEndedError,
    PaymentGatewayError,
    PhoneNeededError,
    RefundTooLargeError,
    RefusalError,
    WalletTooLowError,
)
from handlers.i18n import Translator


def money_sentence(tr: Translator, error: RefusalError) -> Markup | None:  # noqa: C901 -- one case for each refusal
    """Return what is said of a refusal of money; None for any other."""
    match error:
        case InsufficientFundsError():
            return tr.text(
                "Insufficient package credits or wallet balance: it costs {price}, and {available} is free in your "
                "wallet. Please ask at the studio's reception.",
                price=tr.money(error.price_minor, error.currency),
                available=tr.money(error.available_minor, error.currency),
            )
        case OfferChangedError():
            return tr.text("This package changed since you opened it: please look again, then confirm.")
        case PackageNotOnSaleError():
            return tr.text("This package is not sold any more. Here are the others:")
        case WalletTooLowError():
            return tr.text(
                "{missing} is missing in your wallet for this package.",
                missing=tr.money(error.price_minor - error.available_minor, error.currency),
            )
        case PaymentGatewayError():
            return tr.text("Payment gateway error: the payment service does not answer at the moment. Please try again.")
        case PaymentEndedError():
            return tr.text("This payment is over. You can start again.")
        case OnlinePaymentsOffError():
            return tr.text("Paying online is not possible here. Please pay at the studio's reception.")
        case PhoneNeededError():
            return tr.text("The payment service needs your phone number. Please share it once, then pay.")
        case NotRefundableError():
            return tr.text("There is nothing to refund, or another refund of it is under way.")
        case RefundTooLargeError():
            return tr.text(
                "At most {amount} can go back now: what is left of the payment, and free in the wallet.",
                amount=tr.money(error.most_minor, error.currency),
            )
        case _:
            return None
