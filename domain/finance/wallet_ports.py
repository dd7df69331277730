"""What moving money between wallets needs to know."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.finance.model import WalletState
from domain.finance.wallets_admin import Transfer, WalletRef
from domain.ids import CenterId


@dataclass(frozen=True, slots=True)
class WalletSide:
    """One of the two. ``wallet`` is None where its owner may have it, and nobody has put anything into it yet."""

    ref: WalletRef
    wallet: WalletState | None

    @property
    def available_minor(self) -> int:
        """What can be taken out of it."""
        return self.wallet.available_minor if self.wallet is not None else 0


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """Both wallets, and the center's limit of a typed amount."""

    source: WalletSide
    target: WalletSide
    currency: str
    largest_amount_minor: int


class WalletRepository(Protocol):
    """Loads what decisions on wallets need. Another center's rows do not exist for it."""

    async def find_transfer(self, *, center_id: CenterId, transfer_id: UUID) -> Transfer | None:
        """Return what was moved under this id before."""
        ...

    async def find_transfer_facts(
        self, *, center_id: CenterId, source: WalletRef, target: WalletRef
    ) -> TransferFacts | None:
        """Return both wallets, or None where one of the owners is not there, or can have no such wallet."""
        ...
