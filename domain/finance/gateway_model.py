"""Payment gateways: which there are, and the states of what is asked of them."""

from enum import StrEnum


class Gateway(StrEnum):
    """Who collects money from outside for the center."""

    PAYMOB = "PAYMOB"
    TELEGRAM = "TELEGRAM"


class GatewayEffect(StrEnum):
    """What a transaction at the gateway does to our books; each once for each transaction."""

    PAID = "PAID"
    REFUNDED = "REFUNDED"
    VOIDED = "VOIDED"


class RefundStatus(StrEnum):
    """A refund is asked of the gateway once; what it answers ends it."""

    ASKED = "ASKED"
    CONFIRMED = "CONFIRMED"
    REFUSED = "REFUSED"
