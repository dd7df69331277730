"""What buttons that cost something carry: the terms that were shown, so that others are never taken for them."""

from typing import Final

from domain.enrollments.quote import ConfirmedTerms
from domain.finance.model import PaymentMethod
from domain.packages.buying import ShownOffer
from domain.people.leaving import GivenUp

TERMS_BYTES: Final = 12
OFFER_BYTES: Final = 8
GIVEN_UP_BYTES: Final = 10
_METHODS: Final = (None, PaymentMethod.WALLET, PaymentMethod.PACKAGE, PaymentMethod.CASH, PaymentMethod.GATEWAY)


def pack_terms(terms: ConfirmedTerms) -> bytes:
    """Return the terms of a booking as bytes."""
    method = _METHODS.index(terms.method)
    return terms.price_minor.to_bytes(5, "big") + bytes([method]) + terms.fingerprint.to_bytes(6, "big")


def unpack_terms(packed: bytes) -> ConfirmedTerms:
    """Return the terms that bytes are. Raises ValueError for what is none."""
    if packed[5] >= len(_METHODS):
        raise ValueError("not a payment method")
    return ConfirmedTerms(int.from_bytes(packed[:5], "big"), _METHODS[packed[5]], int.from_bytes(packed[6:], "big"))


def pack_offer(shown: ShownOffer) -> bytes:
    """Return a package's offer as bytes."""
    return shown.price_minor.to_bytes(5, "big") + shown.session_count.to_bytes(3, "big")


def unpack_offer(packed: bytes) -> ShownOffer:
    """Return the offer that bytes are."""
    return ShownOffer(int.from_bytes(packed[:5], "big"), int.from_bytes(packed[5:], "big"))


def pack_given_up(given_up: GivenUp) -> bytes:
    """Return what is given up as bytes."""
    return given_up.money_minor.to_bytes(6, "big") + given_up.credits.to_bytes(4, "big")


def unpack_given_up(packed: bytes) -> GivenUp:
    """Return what bytes say is given up."""
    return GivenUp(int.from_bytes(packed[:6], "big"), int.from_bytes(packed[6:], "big"))
