"""What admins see of the journal: entries with every account that they touch, and what they belong to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.finance.model import AccountKind, EntryCause, WalletOwner
from domain.finance.wallets_admin import WalletRef
from domain.ids import CenterId, EnrollmentId, EntryId, PaymentId


@dataclass(frozen=True, slots=True)
class Leg:
    """One posting: money on an account, debits above zero. A wallet says whose it is, a cashbox of which branch."""

    kind: AccountKind
    amount_minor: int
    owner_kind: WalletOwner | None
    owner_id: UUID | None
    owner_name: str | None
    branch_name: str | None

    @property
    def wallet(self) -> WalletRef | None:
        """Whose wallet it is, if it is one."""
        if self.owner_kind is None or self.owner_id is None:
            return None
        return WalletRef(self.owner_kind, self.owner_id)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One movement of money. Its seat and payment are those that it belongs to, where it belongs to one.

    ``actor_name`` is None where the clock did it; ``reverses_id`` is the entry that it takes back.
    """

    entry_id: EntryId
    occurred_at: datetime
    cause: EntryCause
    actor_name: str | None
    reason: str | None
    reverses_id: EntryId | None
    enrollment_id: EnrollmentId | None
    payment_id: PaymentId | None
    legs: tuple[Leg, ...]

    @property
    def amount_minor(self) -> int:
        """How much moved."""
        return sum(leg.amount_minor for leg in self.legs if leg.amount_minor > 0)


class JournalViews(Protocol):
    """Reads the journal for admins. Another center's entries do not exist for it."""

    async def list_of_payment(
        self, *, center_id: CenterId, payment_id: PaymentId, limit: int, after: EntryId | None = None
    ) -> list[JournalEntry]:
        """Return the entries of a payment, of the seat or of the package that it is for, the latest first."""
        ...

    async def find_entry(self, *, center_id: CenterId, entry_id: EntryId) -> JournalEntry | None:
        """Return one entry."""
        ...
