"""Cash over the counter for a wallet: topped up by anybody, paid out to guests."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.errors import CashboxTooLowError, DeskWalletTooLowError, NotAGuestError, NotFoundError
from domain.events import CashMoved
from domain.finance.cash import CashMovement, CashTransaction, DrawerState, cash_writes, check_amount
from domain.finance.cash_ports import DeskFacts
from domain.finance.journal import wallet_account
from domain.finance.model import CashDirection, CashKind, EntryCause, WalletState
from domain.finance.top_up import WalletOf, cash_top_up
from domain.ids import BranchId, CashTransactionId, PersonId
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.merging import RequirePerson
from domain.writes.money import DebitWallet
from domain.writes.record import audit_row, event_row


@dataclass(frozen=True, slots=True)
class CashTopUp:
    """Put cash into the wallet of a person at the desk.

    The transaction's id is the button's: pressed twice, the first outcome is returned. Raises NotFoundError,
    InvalidInputError, AmountTooLargeError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self,
        *,
        actor: Actor,
        branch_id: BranchId,
        person_id: PersonId,
        transaction_id: CashTransactionId,
        amount_minor: int,
    ) -> CashTransaction:
        """Take the cash, and return the transaction."""
        require(actor, Operation.LOG_CASH_TOP_UP, branch_id=branch_id)

        async def decide(work: UnitOfWork) -> CashTransaction:
            facts, wallet = await _load(work, actor, branch_id, person_id, transaction_id)
            if facts.same_id is not None:
                return first_outcome(facts.same_id, branch_id=branch_id, person_id=person_id, kind=CashKind.TOP_UP)
            check_amount(amount_minor, facts.drawer)
            now, owner = self.clock.now(), WalletOf(person_id, wallet.id)
            done = CashTransaction(transaction_id, branch_id, CashDirection.IN, CashKind.TOP_UP, amount_minor, person_id)
            work.add(
                RequirePerson(actor.center_id, person_id),
                *cash_top_up(
                    owner,
                    cashbox_id=facts.drawer.cashbox_id,
                    amount_minor=amount_minor,
                    actor=actor,
                    now=now,
                    transaction_id=transaction_id,
                ),
                *recorded(done, Operation.LOG_CASH_TOP_UP, actor=actor, now=now),
            )
            await work.commit()
            return done

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class PayOutGuest:
    """Pay a guest's wallet out in cash, in whole or part: whoever has no Telegram cannot spend it in the chat.

    Raises NotFoundError, NotAGuestError, DeskWalletTooLowError, CashboxTooLowError, InvalidInputError,
    AmountTooLargeError and BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self,
        *,
        actor: Actor,
        branch_id: BranchId,
        person_id: PersonId,
        transaction_id: CashTransactionId,
        amount_minor: int,
    ) -> CashTransaction:
        """Give the cash, and return the transaction."""
        require(actor, Operation.PAY_OUT_GUEST_WALLET, branch_id=branch_id)

        async def decide(work: UnitOfWork) -> CashTransaction:
            facts, wallet = await _load(work, actor, branch_id, person_id, transaction_id)
            if facts.same_id is not None:
                return first_outcome(facts.same_id, branch_id=branch_id, person_id=person_id, kind=CashKind.PAY_OUT)
            if not facts.is_guest:
                raise NotAGuestError(person_id=person_id)
            check_amount(amount_minor, facts.drawer)
            check_can_give(wallet, facts.drawer, amount_minor=amount_minor)
            now = self.clock.now()
            done = CashTransaction(transaction_id, branch_id, CashDirection.OUT, CashKind.PAY_OUT, amount_minor, person_id)
            work.add(
                *pay_out_writes(done, wallet, facts.drawer, actor=actor, now=now),
                *recorded(done, Operation.PAY_OUT_GUEST_WALLET, actor=actor, now=now),
            )
            await work.commit()
            return done

        return await decide_and_commit(self.new_unit_of_work, decide)


async def _load(
    work: UnitOfWork, actor: Actor, branch_id: BranchId, person_id: PersonId, transaction_id: CashTransactionId
) -> tuple[DeskFacts, WalletState]:
    facts = await work.cash.find_desk_facts(
        center_id=actor.center_id, branch_id=branch_id, person_id=person_id, transaction_id=transaction_id
    )
    if facts is None or facts.wallet is None:
        raise NotFoundError(what="person")
    return facts, facts.wallet


def first_outcome(
    done: CashTransaction, *, branch_id: BranchId, kind: CashKind, person_id: PersonId | None = None
) -> CashTransaction:
    """Return what was done under this id before. Raises NotFoundError where that was something else."""
    if (done.branch_id, done.kind, done.person_id) != (branch_id, kind, person_id):
        raise NotFoundError(what="cash_transaction")
    return done


def check_can_give(wallet: WalletState, drawer: DrawerState, *, amount_minor: int) -> None:
    """Raise DeskWalletTooLowError or CashboxTooLowError where there is less than is to be paid out."""
    if wallet.available_minor < amount_minor:
        raise DeskWalletTooLowError(available_minor=wallet.available_minor, currency=drawer.currency)
    if drawer.balance_minor < amount_minor:
        raise CashboxTooLowError(branch_id=drawer.branch_id, balance_minor=drawer.balance_minor, currency=drawer.currency)


def pay_out_writes(
    done: CashTransaction, wallet: WalletState, drawer: DrawerState, *, actor: Actor, now: datetime
) -> list[Write]:
    """Return the writes that pay a guest's wallet out: guest wallet to branch cashbox."""
    movement = CashMovement(
        id=done.id,
        cashbox_id=drawer.cashbox_id,
        direction=CashDirection.OUT,
        kind=CashKind.PAY_OUT,
        cause=EntryCause.WALLET_PAID_OUT,
        amount_minor=done.amount_minor,
        other_account_id=wallet_account(wallet.id),
        subject_id=done.id,
        person_id=done.person_id,
    )
    return [DebitWallet(wallet.id, done.amount_minor), *cash_writes(movement, actor=actor, now=now)]


def recorded(done: CashTransaction, operation: Operation, *, actor: Actor, now: datetime) -> list[Write]:
    """Return the event and the audit row of a movement of a drawer."""
    return [
        event_row(CashMoved(done.id), actor=actor, now=now),
        audit_row(
            operation,
            actor=actor,
            now=now,
            object_type="cash_transaction",
            object_id=done.id,
            after={"direction": done.direction, "kind": done.kind, "amount_minor": done.amount_minor},
        ),
    ]
