"""What alerts about money from outside say."""

from markupsafe import Markup

from domain.finance.alerts import GatewayAlert
from handlers.i18n import Translator


def gateway_alert(tr: Translator, kind: str) -> Markup | None:
    """Return the sentence of an alert about a payment, None for any other."""
    match kind:
        case GatewayAlert.MISMATCH:
            return tr.text("The payment service reported something else than we had asked for. No money was moved.")
        case GatewayAlert.UNREADABLE:
            return tr.text("The payment service reported something that cannot be read. No money was moved.")
        case GatewayAlert.UNKNOWN_ORDER:
            return tr.text("The payment service reported a payment that we had not asked for.")
        case GatewayAlert.PAID_TWICE:
            return tr.text("Somebody paid twice: the second payment is in their wallet.")
        case GatewayAlert.PAID_LATE:
            return tr.text("Somebody paid after the time was up: the money is in their wallet.")
        case GatewayAlert.TAKEN_BACK:
            return tr.text("A payment was taken back at the payment service. Look whether the wallet could give it.")
        case GatewayAlert.REFUND_REFUSED:
            return tr.text("A refund could not be made: the money is in the wallet again.")
        case GatewayAlert.PARKED:
            return tr.text("A report of the payment service could not be processed.")
        case _:
            return None
