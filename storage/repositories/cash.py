"""Loads what decisions at the desk need."""

from typing import Any

import sqlalchemy as sa

from domain.enrollments.model import Enrollment, EnrollmentStatus
from domain.finance.cash import CashTransaction, DrawerState
from domain.finance.cash_ports import CorrectionFacts, DeskFacts, DrawerFacts, WalkInFacts
from domain.finance.model import AccountKind, PaymentMethod, WalletOwner, WalletState
from domain.ids import BranchId, CashCountId, CashTransactionId, CenterId, EnrollmentId, PersonId, SessionId
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import SESSION_COLUMNS, bookable_session, center_account, constant
from storage.tables.catalogue import classes, sessions
from storage.tables.door import cash_counts, cash_transactions
from storage.tables.money import cashboxes, enrollments, payments, wallets
from storage.tables.organization import branches, centers, people

_person, _center = outside("person_id", sa.Uuid()), outside("center_id", sa.Uuid())
_transaction = outside("transaction_id", sa.Uuid())
_same, _live = enrollments.alias("same"), enrollments.alias("live")

IS_THERE = people.c.erased_at.is_(None) & people.c.merged_into_id.is_(None)
"""Whether a person is still somebody, in a select that has them."""

_DRAWER = (
    cashboxes.c.id,
    cashboxes.c.branch_id,
    cashboxes.c.balance_minor,
    centers.c.currency,
    centers.c.largest_amount_minor,
)
_DRAWER_SIZE = len(_DRAWER)


def _transaction_columns(table: Any, drawer: Any) -> tuple[Any, ...]:
    return (table.c.id, drawer.c.branch_id, table.c.direction, table.c.kind, table.c.amount_minor, table.c.person_id)


def _transaction_of(values: Any) -> CashTransaction | None:
    return CashTransaction(*values) if values[0] is not None else None


def _wallet_of(values: Any) -> WalletState | None:
    return WalletState(*values) if values[0] is not None else None


_WALK_IN = (
    sa.select(
        *SESSION_COLUMNS,
        centers.c.timezone,
        *_DRAWER,
        people.c.id,
        _live.c.id,
        center_account(sessions.c.center_id, AccountKind.EARNED_CASH),
        _same.c.id,
        _same.c.session_id,
        _same.c.student_id,
        _same.c.status,
        _same.c.method,
        _same.c.price_minor,
        _same.c.credit_value_minor,
        _same.c.free_cancel_until,
    )
    .select_from(
        sessions.join(classes, classes.c.id == sessions.c.class_id)
        .join(centers, centers.c.id == sessions.c.center_id)
        .join(cashboxes, cashboxes.c.branch_id == sessions.c.branch_id)
        .outerjoin(people, (people.c.id == _person) & (people.c.center_id == sessions.c.center_id) & IS_THERE)
        .outerjoin(_same, _same.c.id == outside("enrollment_id"))
        .outerjoin(
            _live,
            (_live.c.session_id == sessions.c.id)
            & (_live.c.student_id == _person)
            & (_live.c.status != constant(EnrollmentStatus.CANCELLED)),
        )
    )
    .where(sessions.c.id == outside("session_id"), sessions.c.center_id == _center)
)


def _walk_in_facts(*values: Any) -> WalkInFacts:
    session, timezone, rest = values[:13], values[13], values[14:]
    drawer, (visitor_id, live_id, earned_cash), same = rest[:_DRAWER_SIZE], rest[_DRAWER_SIZE:8], rest[8:]
    return WalkInFacts(
        session=bookable_session(*session),
        timezone=timezone,
        drawer=DrawerState(*drawer),
        visitor_id=visitor_id,
        same_id=_seat(*same) if same[0] is not None else None,
        live_id=live_id,
        earned_cash_account_id=earned_cash,
    )


def _seat(
    id_: Any, session_id: Any, student_id: Any, status: Any, method: Any, price: int, credit_value: int, free_until: Any
) -> Enrollment:
    amount = credit_value if method is PaymentMethod.PACKAGE else price
    return Enrollment(id_, session_id, student_id, status, method, amount, free_until)


_WALLET = (wallets.c.id, wallets.c.balance_minor, wallets.c.locked_minor)
_same_cash = cash_transactions.alias("same_cash")
_same_drawer = cashboxes.alias("same_drawer")
_HERE = branches.join(cashboxes, cashboxes.c.branch_id == branches.c.id).join(centers, centers.c.id == branches.c.center_id)
_WITH_SAME = _HERE.outerjoin(_same_cash, _same_cash.c.id == _transaction).outerjoin(
    _same_drawer, _same_drawer.c.id == _same_cash.c.cashbox_id
)
_IS_BRANCH = (branches.c.id == outside("branch_id", sa.Uuid())) & (branches.c.center_id == _center)

_DESK = (
    sa.select(*_DRAWER, people.c.telegram_id, *_WALLET, *_transaction_columns(_same_cash, _same_drawer))
    .select_from(
        _WITH_SAME.join(people, (people.c.center_id == branches.c.center_id) & (people.c.id == _person)).outerjoin(
            wallets, (wallets.c.owner_id == people.c.id) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT))
        )
    )
    .where(_IS_BRANCH, IS_THERE)
)


def _desk_facts(*values: Any) -> DeskFacts:
    drawer, (telegram_id, *rest) = values[:_DRAWER_SIZE], values[_DRAWER_SIZE:]
    return DeskFacts(DrawerState(*drawer), _wallet_of(rest[:3]), telegram_id is None, _transaction_of(rest[3:]))


_DRAWER_FACTS = (
    sa.select(
        *_DRAWER,
        cash_counts.c.counted_minor,
        cash_counts.c.recorded_minor,
        center_account(branches.c.center_id, AccountKind.CASH_OVER_SHORT),
        center_account(branches.c.center_id, AccountKind.CENTER_SAFE),
        *_transaction_columns(_same_cash, _same_drawer),
    )
    .select_from(
        _WITH_SAME.outerjoin(cash_counts, (cash_counts.c.id == _transaction) & (cash_counts.c.cashbox_id == cashboxes.c.id))
    )
    .where(_IS_BRANCH)
)


def _drawer_facts(*values: Any) -> DrawerFacts:
    drawer, (counted, recorded, over_short, safe, *same) = values[:_DRAWER_SIZE], values[_DRAWER_SIZE:]
    return DrawerFacts(
        drawer=DrawerState(*drawer),
        same_id=_transaction_of(same),
        same_count=None if counted is None else (counted, recorded),
        over_short_account_id=over_short,
        safe_account_id=safe,
    )


_wrong, _reverse = cash_transactions.alias("wrong"), cash_transactions.alias("reverse")
_owner_id = sa.func.coalesce(payments.c.payer_id, people.c.merged_into_id, people.c.id)  # people may have been merged since

_CORRECTION = (
    sa.select(
        *_transaction_columns(_wrong, cashboxes),
        *_DRAWER,
        *_WALLET,
        centers.c.timezone,
        _wrong.c.occurred_at,
        _wrong.c.entry_id,
        _owner_id,
        _wrong.c.enrollment_id,
        _wrong.c.payment_id,
        payments.c.status,
        sa.func.coalesce(payments.c.amount_minor, sa.literal_column("0")),
        _reverse.c.id,
        center_account(_wrong.c.center_id, AccountKind.EARNED_CASH),
        center_account(_wrong.c.center_id, AccountKind.CENTER_SAFE),
    )
    .select_from(
        _wrong.join(cashboxes, cashboxes.c.id == _wrong.c.cashbox_id)
        .join(centers, centers.c.id == _wrong.c.center_id)
        .outerjoin(people, people.c.id == _wrong.c.person_id)
        .outerjoin(payments, payments.c.id == _wrong.c.payment_id)
        .outerjoin(wallets, (wallets.c.owner_id == _owner_id) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT)))
        .outerjoin(_reverse, _reverse.c.reverses_id == _wrong.c.id)
    )
    .where(_wrong.c.id == _transaction, _wrong.c.center_id == _center)
)


def _correction_facts(*values: Any) -> CorrectionFacts:
    transaction, drawer, wallet = values[:6], values[6 : 6 + _DRAWER_SIZE], values[11:14]
    loaded = (CashTransaction(*transaction), DrawerState(*drawer), *values[14:22], _wallet_of(wallet), *values[22:])
    return CorrectionFacts(*loaded)


WALK_IN_FACTS = Query(_WALK_IN, _walk_in_facts)
DESK_FACTS = Query(_DESK, _desk_facts)
DRAWER_FACTS = Query(_DRAWER_FACTS, _drawer_facts)
CORRECTION_FACTS = Query(_CORRECTION, _correction_facts)


class StoredCash:
    """See ``domain.finance.cash_ports.CashRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_walk_in_facts(
        self, *, center_id: CenterId, session_id: SessionId, person_id: PersonId, enrollment_id: EnrollmentId
    ) -> WalkInFacts | None:
        """Return what a walk-in rests on, or None where there is no such session."""
        return await fetch_one(
            self._database,
            WALK_IN_FACTS,
            center_id=center_id,
            session_id=session_id,
            person_id=person_id,
            enrollment_id=enrollment_id,
        )

    async def find_desk_facts(
        self, *, center_id: CenterId, branch_id: BranchId, person_id: PersonId, transaction_id: CashTransactionId
    ) -> DeskFacts | None:
        """Return what cash for or from a wallet rests on, or None where branch or person does not exist."""
        return await fetch_one(
            self._database,
            DESK_FACTS,
            center_id=center_id,
            branch_id=branch_id,
            person_id=person_id,
            transaction_id=transaction_id,
        )

    async def find_drawer_facts(
        self, *, center_id: CenterId, branch_id: BranchId, transaction_id: CashTransactionId | CashCountId
    ) -> DrawerFacts | None:
        """Return what counting or emptying a drawer rests on, or None where there is no such branch."""
        return await fetch_one(
            self._database, DRAWER_FACTS, center_id=center_id, branch_id=branch_id, transaction_id=transaction_id
        )

    async def find_correction_facts(
        self, *, center_id: CenterId, transaction_id: CashTransactionId
    ) -> CorrectionFacts | None:
        """Return what correcting a movement rests on, or None where there is no such movement."""
        return await fetch_one(self._database, CORRECTION_FACTS, center_id=center_id, transaction_id=transaction_id)
