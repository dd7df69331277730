"""What a seat costs a student, and how it would be paid: shown on the card, and charged by the booking.

Both call the same function, and the confirm button carries what was shown: so the price shown is the price charged, or
the student is asked again.
"""

from dataclasses import dataclass
from hashlib import blake2b

from domain.finance.model import PaymentMethod, WalletState
from domain.packages.model import CreditSource
from domain.sessions.model import BookableSession

_FINGERPRINT_BYTES = 6


@dataclass(frozen=True, slots=True)
class ConfirmedTerms:
    """What the person saw when they confirmed. ``method`` is None for a class free of charge.

    ``fingerprint`` stands for everything else that was shown: times, place, policy, fee and window.
    """

    price_minor: int
    method: PaymentMethod | None
    fingerprint: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A seat's price in minor units, the way it would be paid, and whether the student can.

    ``amount_minor`` is what the method takes: the price, or the worth of the credit.
    """

    method: PaymentMethod | None
    price_minor: int
    amount_minor: int
    is_affordable: bool


def quote_seat(session: BookableSession, *, credit: CreditSource | None, wallet: WalletState | None) -> Quote:
    """Choose how a seat would be paid: a class without a price needs nothing; else a package credit, then the wallet."""
    price_minor = session.terms.price_minor
    if price_minor == 0:
        return Quote(None, 0, 0, is_affordable=True)
    if credit is not None:
        return Quote(PaymentMethod.PACKAGE, price_minor, credit.next_credit_value_minor, is_affordable=True)
    is_affordable = wallet is not None and wallet.available_minor >= price_minor
    return Quote(PaymentMethod.WALLET, price_minor, price_minor, is_affordable=is_affordable)


def terms_shown(session: BookableSession, quote: Quote) -> ConfirmedTerms:
    """Return what a confirm button drawn now must carry."""
    return ConfirmedTerms(quote.price_minor, quote.method, _fingerprint(session))


def _fingerprint(session: BookableSession) -> int:
    """Return 48 bits over the terms that a button has no room to spell out.

    Not a secret: who forges it only deprives themselves of being asked again.
    """
    terms = session.terms
    text = (
        f"{session.id}|{session.starts_at.timestamp()}|{session.ends_at.timestamp()}|{session.branch_id}"
        f"|{terms.currency}|{terms.policy}|{terms.no_show_fee_percent}|{terms.cancellation_window_minutes}"
    )
    return int.from_bytes(blake2b(text.encode(), digest_size=_FINGERPRINT_BYTES).digest(), "big")
