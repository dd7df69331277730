"""Insert cases of drawers: movements and counts."""

from dataclasses import replace

from domain.finance.model import CashDirection, CashKind, EntryCause
from domain.ids import AccountId, CashCountId, CashTransactionId, EntryId, new_id
from domain.writes import cash, money
from domain.writes.base import Write
from tests.cast import Cast

Cases = list[tuple[list[Write], dict[str, Write]]]


def cash_insert_cases(cast: Cast) -> Cases:
    """Return rows, and rows that are there already under one of their unique keys."""
    center, now, drawer = cast.world.center_id, cast.world.clock.now(), cast.world.branch.cashbox_id
    first, second = EntryId(new_id()), EntryId(new_id())
    moved = cash.AddCashTransaction(
        id=CashTransactionId(new_id()),
        center_id=center,
        cashbox_id=drawer,
        direction=CashDirection.IN,
        kind=CashKind.TOP_UP,
        amount_minor=5,
        person_id=cast.member.id,
        enrollment_id=None,
        payment_id=None,
        reverses_id=None,
        entry_id=first,
        reason=None,
        actor_id=cast.staff.id,
        occurred_at=now,
    )
    corrected = replace(
        moved,
        id=CashTransactionId(new_id()),
        direction=CashDirection.OUT,
        kind=CashKind.CORRECTION,
        reverses_id=moved.id,
        entry_id=second,
        reason="typed wrong",
    )
    counted = cash.AddCashCount(CashCountId(new_id()), center, drawer, 100, 90, {"50": 2}, cast.staff.id, now)
    return [
        (
            [*_entry(cast, first, 5), moved],
            {"id": moved, "entry": replace(moved, id=CashTransactionId(new_id()))},
        ),
        (
            [*_entry(cast, second, -5), corrected],
            {
                "id": corrected,
                "what it corrects": replace(corrected, id=CashTransactionId(new_id()), entry_id=EntryId(new_id())),
            },
        ),
        ([counted], {"id": counted}),
    ]


def _entry(cast: Cast, entry_id: EntryId, amount_minor: int) -> list[Write]:
    center, now = cast.world.center_id, cast.world.clock.now()
    wallet, drawer = AccountId(cast.member.owner.wallet_id), cast.world.branch.cashbox_id
    return [
        money.AddPosting(entry_id, 1, center, drawer, amount_minor),
        money.AddPosting(entry_id, 2, center, wallet, -amount_minor),
        money.AddEntry(entry_id, center, EntryCause.CASH_TOP_UP, new_id(), None, None, None, now),
    ]
