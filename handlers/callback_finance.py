"""What buttons of the center's money carry beside ids: what payments are narrowed to, and whose wallet is meant."""

from typing import Final
from uuid import UUID

from domain.finance.model import PaymentMethod, PaymentStatus, WalletOwner
from domain.finance.payments_admin import PaymentChoice, PaymentPeriod
from domain.finance.wallets_admin import WalletRef
from handlers.callback_packing import ID_OR_NONE

PAYMENT_CHOICE_BYTES: Final = 20
WALLET_REF_BYTES: Final = 17
_STATUSES, _METHODS, _PERIODS = (None, *PaymentStatus), (None, *PaymentMethod), tuple(PaymentPeriod)
_OWNERS = tuple(WalletOwner)
MOST_BRANCHES: Final = 255
"""How many branches a button can tell apart; none is 0, so places are counted from 1."""


def pack_payment_choice(choice: PaymentChoice) -> bytes:
    """Return a choice as bytes."""
    places = [
        _STATUSES.index(choice.status),
        _METHODS.index(choice.method),
        _PERIODS.index(choice.period),
        0 if choice.branch is None else choice.branch + 1,
    ]
    return bytes(places) + ID_OR_NONE.pack(choice.person_id)


def unpack_payment_choice(packed: bytes) -> PaymentChoice:
    """Return the choice that bytes are. Raises ValueError for what is none."""
    status, method, period, branch = packed[:4]
    if status >= len(_STATUSES) or method >= len(_METHODS) or period >= len(_PERIODS):
        raise ValueError("not a choice")
    person_id = ID_OR_NONE.unpack(packed[4:])
    return PaymentChoice(_STATUSES[status], _METHODS[method], _PERIODS[period], person_id, branch - 1 if branch else None)


def pack_wallet_ref(ref: WalletRef) -> bytes:
    """Return a wallet as bytes."""
    return bytes([_OWNERS.index(ref.kind)]) + ref.owner_id.bytes


def unpack_wallet_ref(packed: bytes) -> WalletRef:
    """Return the wallet that bytes are. Raises ValueError for what is none."""
    if packed[0] >= len(_OWNERS):
        raise ValueError("not a wallet")
    return WalletRef(_OWNERS[packed[0]], UUID(bytes=packed[1:]))
