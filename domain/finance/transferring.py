"""Money moved from one wallet to another, by an admin, for a reason: student, staff or the center's own.

The transfer's id is made before the write and travels in the button; it is the subject of the entry, of which there can be
only one. A wallet that nobody ever put anything into is opened by the first transfer to it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.clock import Clock
from domain.errors import AmountTooLargeError, DeskWalletTooLowError, InvalidInputError, NotFoundError
from domain.events import WalletTransferred
from domain.finance.journal import Movement, entry, wallet_account
from domain.finance.model import AccountKind, EntryCause
from domain.finance.refunding import clean_reason
from domain.finance.wallet_ports import TransferFacts, WalletSide
from domain.finance.wallets_admin import Transfer, WalletRef
from domain.ids import AccountId, WalletId, new_id
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.catalogue import AddAccount, AddWallet
from domain.writes.merging import RequirePerson
from domain.writes.money import CreditWallet, DebitWallet
from domain.writes.record import audit_row, event_row


@dataclass(frozen=True, slots=True)
class TransferMoney:
    """Move money between two wallets. Pressed twice, the first outcome is returned.

    Raises NotFoundError (an owner that is not there, or has no such wallet), InvalidInputError (no amount, no reason, the
    same wallet twice), AmountTooLargeError, DeskWalletTooLowError (what is locked counts as not there) and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self,
        *,
        actor: Actor,
        transfer_id: UUID,
        source: WalletRef,
        target: WalletRef,
        amount_minor: int,
        reason: str,
    ) -> Transfer:
        """Move it, and return what was done."""
        require(actor, Operation.TRANSFER_BETWEEN_WALLETS)
        why = clean_reason(reason)
        if source == target:
            raise InvalidInputError(field="wallet", reason="same")

        async def decide(work: UnitOfWork) -> Transfer:
            same = await work.wallets.find_transfer(center_id=actor.center_id, transfer_id=transfer_id)
            if same is not None:
                if (same.source, same.target) != (source, target):
                    raise NotFoundError(what="transfer")
                return same
            facts = await work.wallets.find_transfer_facts(center_id=actor.center_id, source=source, target=target)
            if facts is None:
                raise NotFoundError(what="wallet")
            check_transferable(facts, amount_minor=amount_minor)
            done = Transfer(transfer_id, source, target, amount_minor)
            work.add(*transfer_writes(done, facts, reason=why, actor=actor, now=self.clock.now()))
            await work.commit()
            return done

        return await decide_and_commit(self.new_unit_of_work, decide)


def check_transferable(facts: TransferFacts, *, amount_minor: int) -> None:
    """Raise what is against moving this much now."""
    if amount_minor <= 0:
        raise InvalidInputError(field="amount", reason="not_positive")
    if amount_minor > facts.largest_amount_minor:
        raise AmountTooLargeError(limit_minor=facts.largest_amount_minor, currency=facts.currency)
    available_minor = facts.source.available_minor
    if amount_minor > available_minor:
        raise DeskWalletTooLowError(available_minor=available_minor, currency=facts.currency)


def transfer_writes(done: Transfer, facts: TransferFacts, *, reason: str, actor: Actor, now: datetime) -> list[Write]:
    """Return the writes of a transfer: source wallet to target wallet.

    Two people and two wallets are locked in the order of their ids: transfers to and fro do not wait for each other.
    """
    if facts.source.wallet is None:
        raise NotFoundError(what="wallet")
    source_id = facts.source.wallet.id
    target_id = facts.target.wallet.id if facts.target.wallet is not None else WalletId(new_id())
    people = {ref.person_id for ref in (done.source, done.target) if ref.person_id is not None}
    moved: list[tuple[WalletId, Write]] = [
        (source_id, DebitWallet(source_id, done.amount_minor)),
        (target_id, CreditWallet(target_id, done.amount_minor)),
    ]
    return [
        *(RequirePerson(actor.center_id, person_id) for person_id in sorted(people)),
        *_opening(facts.target, target_id, actor=actor, now=now),
        *(write for _, write in sorted(moved, key=lambda each: each[0])),
        *entry(
            Movement(wallet_account(source_id), wallet_account(target_id), done.amount_minor),
            cause=EntryCause.WALLET_TRANSFER,
            subject_id=done.id,
            center_id=actor.center_id,
            actor_id=actor.recorded_id,
            now=now,
            reason=reason,
        ),
        event_row(WalletTransferred(done.id), actor=actor, now=now),
        audit_row(
            Operation.TRANSFER_BETWEEN_WALLETS,
            actor=actor,
            now=now,
            object_type="transfer",
            object_id=done.id,
            after={
                "amount_minor": done.amount_minor,
                "source_kind": done.source.kind,
                "source_owner_id": done.source.owner_id.hex,
                "target_kind": done.target.kind,
                "target_owner_id": done.target.owner_id.hex,
            },
            reason=reason,
        ),
    ]


def _opening(side: WalletSide, wallet_id: WalletId, *, actor: Actor, now: datetime) -> list[Write]:
    if side.wallet is not None:
        return []
    return [
        AddAccount(AccountId(wallet_id), actor.center_id, AccountKind.WALLET, now),
        AddWallet(wallet_id, actor.center_id, side.ref.kind, side.ref.owner_id, 0, 0),
    ]
