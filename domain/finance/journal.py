"""Journal entries: every movement of money as postings that sum to zero, written with what caused it.

Debits are positive and credits negative. A wallet's account is a debt of the center's, so its balance is what was
credited: ``wallets.balance_minor = -sum(postings)``. A cashbox is the other way round.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.finance.model import EntryCause
from domain.ids import AccountId, CenterId, EntryId, PersonId, WalletId, new_id
from domain.writes.base import Write
from domain.writes.money import AddEntry, AddPosting


@dataclass(frozen=True, slots=True)
class Movement:
    """Money on its way from one account to another: ``amount_minor`` above zero, from ``credit`` to ``debit``."""

    debit: AccountId
    credit: AccountId
    amount_minor: int


def wallet_account(wallet_id: WalletId) -> AccountId:
    """Return the account of a wallet: it has the wallet's own id."""
    return AccountId(wallet_id)


def entry(
    movement: Movement,
    *,
    cause: EntryCause,
    subject_id: UUID,
    center_id: CenterId,
    actor_id: PersonId | None,
    now: datetime,
    reason: str | None = None,
    reverses_id: EntryId | None = None,
) -> list[Write]:
    """Return the writes of one balanced entry: its postings, then the entry that closes them.

    ``reverses_id`` is the entry that a correction takes back: each is taken back at most once.
    """
    entry_id = EntryId(new_id())
    return [
        AddPosting(entry_id, 1, center_id, movement.debit, movement.amount_minor),
        AddPosting(entry_id, 2, center_id, movement.credit, -movement.amount_minor),
        AddEntry(
            id=entry_id,
            center_id=center_id,
            cause=cause,
            subject_id=subject_id,
            actor_id=actor_id,
            reverses_id=reverses_id,
            reason=reason,
            occurred_at=now,
        ),
    ]
