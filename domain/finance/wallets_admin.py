"""What admins see of wallets: anybody's, the center's own, and all of them together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.finance.model import EntryCause, WalletOwner, WalletState
from domain.finance.statement import StatementLine
from domain.ids import CenterId, EnrollmentId, EntryId, PaymentId, PersonId, StudentPackageId


@dataclass(frozen=True, slots=True)
class WalletRef:
    """Whose wallet: a person's, as a student or as one of the team, or the center's. There may be none yet."""

    kind: WalletOwner
    owner_id: UUID

    @property
    def person_id(self) -> PersonId | None:
        """Who owns it; None is the center."""
        return None if self.kind is WalletOwner.CENTER else PersonId(self.owner_id)


@dataclass(frozen=True, slots=True)
class OpenHold:
    """Money that is locked for a booking."""

    enrollment_id: EnrollmentId
    class_title: str
    starts_at: datetime
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PackageWorth:
    """What is left of a package: its credits, and the part of its price that they stand for."""

    student_package_id: StudentPackageId
    name: str
    credits_left: int
    credits_total: int
    value_left_minor: int


@dataclass(frozen=True, slots=True)
class WalletCard:
    """A wallet with what is locked in it and beside it. ``wallet`` is None where nothing was ever put into it.

    ``others`` are what else the same person owns, or could: their wallet as a student, their wallet as one of the team.
    """

    ref: WalletRef
    owner_name: str
    wallet: WalletState | None
    holds: tuple[OpenHold, ...]
    packages: tuple[PackageWorth, ...]
    others: tuple[WalletRef, ...]

    @property
    def balance_minor(self) -> int:
        """What is in it."""
        return self.wallet.balance_minor if self.wallet is not None else 0

    @property
    def locked_minor(self) -> int:
        """What of it is locked."""
        return self.wallet.locked_minor if self.wallet is not None else 0

    @property
    def available_minor(self) -> int:
        """What of it is free."""
        return self.wallet.available_minor if self.wallet is not None else 0


@dataclass(frozen=True, slots=True)
class WalletLine:
    """One movement of a wallet, with the seat or the payment that it belongs to, and the other wallet of a transfer."""

    statement: StatementLine
    enrollment_id: EnrollmentId | None
    payment_id: PaymentId | None
    other_name: str | None

    @property
    def entry_id(self) -> EntryId:
        """The movement's entry."""
        return self.statement.entry_id

    @property
    def cause(self) -> EntryCause:
        """Why it moved."""
        return self.statement.cause


@dataclass(frozen=True, slots=True)
class WalletTotals:
    """All wallets together: what is in them, and what of it is locked for bookings."""

    number: int
    balance_minor: int
    locked_minor: int

    @property
    def available_minor(self) -> int:
        """What of it is free."""
        return self.balance_minor - self.locked_minor


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money moved from a wallet to another."""

    id: UUID
    source: WalletRef
    target: WalletRef
    amount_minor: int


@dataclass(frozen=True, slots=True)
class TransferNotice:
    """A transfer as one of its owners is told of it. ``gained`` and ``given`` are the wallets of theirs that took part."""

    amount_minor: int
    reason: str | None
    gained: WalletOwner | None
    given: WalletOwner | None


class WalletAdminViews(Protocol):
    """Reads wallets for admins. Another center's do not exist for it."""

    async def find_card(self, *, center_id: CenterId, ref: WalletRef) -> WalletCard | None:
        """Return a wallet, or None where there is no such owner, or where they cannot have one of this kind."""
        ...

    async def list_statement(
        self, *, center_id: CenterId, ref: WalletRef, limit: int, after: EntryId | None = None
    ) -> list[WalletLine]:
        """Return a wallet's movements, the latest first."""
        ...

    async def find_totals(self, *, center_id: CenterId) -> WalletTotals:
        """Return the sums of all wallets."""
        ...

    async def find_journal_totals(self, *, center_id: CenterId) -> WalletTotals:
        """Return the same recomputed: balances from the journal, locks from the open holds. Slow, where there is much."""
        ...

    async def find_largest_amount(self, *, center_id: CenterId) -> int:
        """Return the center's limit of a typed amount."""
        ...

    async def find_transfer(self, *, center_id: CenterId, transfer_id: UUID) -> Transfer | None:
        """Return a transfer that was made."""
        ...

    async def find_transfer_notice(
        self, *, center_id: CenterId, transfer_id: UUID, person_id: PersonId
    ) -> TransferNotice | None:
        """Return a transfer from or to a wallet of a person's."""
        ...
