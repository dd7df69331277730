"""The drawer itself: counted, and taken to the bank. It never holds less than nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.errors import (
    AmountTooLargeError,
    CashboxChangedError,
    CashboxTooLowError,
    InvalidInputError,
    NotFoundError,
)
from domain.events import CashCounted
from domain.finance.cash import CashMovement, CashTransaction, DrawerState, cash_writes, posted_cash
from domain.finance.cash_ports import DrawerFacts
from domain.finance.cash_wallets import first_outcome, recorded
from domain.finance.model import CashDirection, CashKind, EntryCause
from domain.ids import AccountId, BranchId, CashCountId, CashTransactionId, new_id
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.cash import AddCashCount, SetCountedCash
from domain.writes.record import audit_row, event_row


@dataclass(frozen=True, slots=True)
class CashCount:
    """What was counted in a drawer, and what was recorded at that moment."""

    id: CashCountId
    branch_id: BranchId
    counted_minor: int
    recorded_minor: int

    @property
    def difference_minor(self) -> int:
        """How much more was counted than was recorded; below zero: how much less."""
        return self.counted_minor - self.recorded_minor


@dataclass(frozen=True, slots=True)
class CountCashbox:
    """Compare what is in a drawer with what is recorded, and post the difference to cash over/short.

    ``recorded_minor`` is what the confirm screen compared with: where cash moved since, CashboxChangedError asks to look
    again. Pressed twice, the first count is returned. Raises NotFoundError, InvalidInputError, AmountTooLargeError and
    BusyError.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self,
        *,
        actor: Actor,
        branch_id: BranchId,
        count_id: CashCountId,
        counted_minor: int,
        recorded_minor: int,
        denominations: Mapping[str, int] | None = None,
    ) -> CashCount:
        """Write the count down. ``denominations`` say how many of each, by the worth of one in minor units."""
        require(actor, Operation.COUNT_CASHBOX, branch_id=branch_id)
        count = CashCount(count_id, branch_id, counted_minor, recorded_minor)
        if denominations is not None and total_of(denominations) != counted_minor:
            raise InvalidInputError(field="denominations", reason="other_total")

        async def decide(work: UnitOfWork) -> CashCount:
            facts = await _load(work, actor, branch_id, count_id)
            if facts.same_count is not None:
                return CashCount(count_id, branch_id, *facts.same_count)
            check_counted(counted_minor, facts.drawer)
            if facts.drawer.balance_minor != recorded_minor:
                raise CashboxChangedError(branch_id=branch_id)
            work.add(*_count_writes(count, facts, denominations, actor=actor, now=self.clock.now()))
            await work.commit()
            return count

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class TakeToBank:
    """Take cash out of a drawer to the center's safe. Raises NotFoundError, CashboxTooLowError and as CashTopUp does."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, actor: Actor, branch_id: BranchId, transaction_id: CashTransactionId, amount_minor: int
    ) -> CashTransaction:
        """Take it, and return the transaction."""
        require(actor, Operation.TAKE_CASH_TO_BANK, branch_id=branch_id)

        async def decide(work: UnitOfWork) -> CashTransaction:
            facts = await _load(work, actor, branch_id, transaction_id)
            if facts.same_id is not None:
                return first_outcome(facts.same_id, branch_id=branch_id, kind=CashKind.TO_BANK)
            drawer, now = facts.drawer, self.clock.now()
            if amount_minor <= 0:
                raise InvalidInputError(field="amount", reason="not_positive")
            if drawer.balance_minor < amount_minor:
                raise CashboxTooLowError(branch_id=branch_id, balance_minor=drawer.balance_minor, currency=drawer.currency)
            done = CashTransaction(transaction_id, branch_id, CashDirection.OUT, CashKind.TO_BANK, amount_minor, None)
            work.add(
                *bank_writes(done, drawer.cashbox_id, facts.safe_account_id, actor=actor, now=now),
                *recorded(done, Operation.TAKE_CASH_TO_BANK, actor=actor, now=now),
            )
            await work.commit()
            return done

        return await decide_and_commit(self.new_unit_of_work, decide)


async def _load(
    work: UnitOfWork, actor: Actor, branch_id: BranchId, transaction_id: CashTransactionId | CashCountId
) -> DrawerFacts:
    facts = await work.cash.find_drawer_facts(center_id=actor.center_id, branch_id=branch_id, transaction_id=transaction_id)
    if facts is None:
        raise NotFoundError(what="cashbox")
    return facts


def check_counted(counted_minor: int, drawer: DrawerState) -> None:
    """Raise InvalidInputError or AmountTooLargeError for what cannot be in a drawer, however full it is recorded to be."""
    if counted_minor < 0:
        raise InvalidInputError(field="amount", reason="not_positive")
    limit_minor = drawer.balance_minor + drawer.largest_amount_minor
    if counted_minor > limit_minor:
        raise AmountTooLargeError(limit_minor=limit_minor, currency=drawer.currency)


def total_of(denominations: Mapping[str, int]) -> int:
    """Return what notes and coins come to in minor units."""
    return sum(int(worth_minor) * how_many for worth_minor, how_many in denominations.items())


def bank_writes(
    done: CashTransaction, cashbox_id: AccountId, safe_account_id: AccountId, *, actor: Actor, now: datetime
) -> list[Write]:
    """Return the writes that take cash to the bank: branch cashbox to center safe."""
    movement = CashMovement(
        id=done.id,
        cashbox_id=cashbox_id,
        direction=CashDirection.OUT,
        kind=CashKind.TO_BANK,
        cause=EntryCause.CASH_BANKED,
        amount_minor=done.amount_minor,
        other_account_id=safe_account_id,
        subject_id=done.id,
    )
    return cash_writes(movement, actor=actor, now=now)


def _count_writes(
    count: CashCount, facts: DrawerFacts, denominations: Mapping[str, int] | None, *, actor: Actor, now: datetime
) -> list[Write]:
    drawer = facts.drawer
    return [
        SetCountedCash(drawer.cashbox_id, count.recorded_minor, count.counted_minor),
        AddCashCount(
            id=count.id,
            center_id=actor.center_id,
            cashbox_id=drawer.cashbox_id,
            counted_minor=count.counted_minor,
            recorded_minor=count.recorded_minor,
            denominations=denominations,
            counted_by=actor.person_id,
            counted_at=now,
        ),
        *_difference_writes(count, facts, actor=actor, now=now),
        event_row(CashCounted(count.id), actor=actor, now=now),
        audit_row(
            Operation.COUNT_CASHBOX,
            actor=actor,
            now=now,
            object_type="cash_count",
            object_id=count.id,
            before={"recorded_minor": count.recorded_minor},
            after={"counted_minor": count.counted_minor},
        ),
    ]


def _difference_writes(count: CashCount, facts: DrawerFacts, *, actor: Actor, now: datetime) -> list[Write]:
    if count.difference_minor == 0:
        return []
    movement = CashMovement(
        id=CashTransactionId(new_id()),
        cashbox_id=facts.drawer.cashbox_id,
        direction=CashDirection.IN if count.difference_minor > 0 else CashDirection.OUT,
        kind=CashKind.COUNT,
        cause=EntryCause.CASH_COUNTED,
        amount_minor=abs(count.difference_minor),
        other_account_id=facts.over_short_account_id,
        subject_id=count.id,
    )
    return posted_cash(movement, actor=actor, now=now)
