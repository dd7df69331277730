"""What the sandbox's Paymob remembers: orders, every attempt to pay them, and what was given back."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sandbox.clock import MovableClock
from bot.sandbox.paymob.account import PaymentMethod
from bot.sandbox.paymob.requests import IntentionRequest

KEPT_ORDERS = 20_000
SETTLED_AFTER = timedelta(hours=24)
"""From then on a payment can only be refunded, not voided."""
_FIRST_ORDER_ID = 217_503_754
_FIRST_TRANSACTION_ID = 192_036_465


@dataclass(slots=True, eq=False)
class Transaction:
    """One attempt to pay an order, or (with a parent) money given back."""

    id: int
    order: "Order"
    amount_cents: int
    currency: str
    integration_id: int
    owner: int
    method: PaymentMethod
    created_at: datetime
    updated_at: datetime
    success: bool = False
    pending: bool = False
    error_occured: bool = False
    message: str = ""
    parent: "Transaction | None" = None
    is_refund: bool = False
    is_void: bool = False
    is_voided: bool = False
    is_refunded: bool = False
    refunded_amount_cents: int = 0

    @property
    def is_payment(self) -> bool:
        """Say whether this brought money in."""
        return self.success and not self.pending and self.parent is None


@dataclass(slots=True, eq=False)
class Order:
    """A checkout: the intention, the order that Paymob makes of it, and the attempts on it."""

    id: int
    intention_id: str
    client_secret: str
    request: IntentionRequest
    created_at: datetime
    expires_at: datetime | None
    transactions: list[Transaction] = field(default_factory=list)

    @property
    def paid_cents(self) -> int:
        """Return what was paid and not voided, refunds not considered."""
        return sum(attempt.amount_cents for attempt in self.transactions if attempt.is_payment and not attempt.is_voided)

    def state(self, now: datetime) -> str:
        """Return `paid`, `pending`, `expired` or `open`, as the checkout page shows it."""
        if self.paid_cents:
            return "paid"
        if any(attempt.pending for attempt in self.transactions):
            return "pending"
        return "expired" if self.is_expired(now) else "open"

    def is_expired(self, now: datetime) -> bool:
        """Say whether the checkout's time is up."""
        return self.expires_at is not None and now >= self.expires_at


class Ledger:
    """The latest orders and their transactions; times are the business clock's."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._orders: OrderedDict[int, Order] = OrderedDict()
        self._by_key: dict[str, Order] = {}
        self._transactions: dict[int, Transaction] = {}
        self._next_order_id = _FIRST_ORDER_ID
        self._next_transaction_id = _FIRST_TRANSACTION_ID

    @property
    def orders(self) -> list[Order]:
        """Return the kept orders, oldest first."""
        return list(self._orders.values())

    def now(self) -> datetime:
        """Return the business clock's present."""
        return self._clock.now()

    def find_order(self, key: str) -> Order | None:
        """Return an order by its id, its intention's id, its client secret or the merchant's reference."""
        found = self._by_key.get(key)
        return found if found is not None or not key.isdecimal() else self._orders.get(int(key))

    def find_transaction(self, transaction_id: int) -> Transaction | None:
        """Return a transaction of a kept order."""
        return self._transactions.get(transaction_id)

    def open_order(self, request: IntentionRequest) -> Order:
        """Begin a checkout."""
        now = self._clock.now()
        expires_at = now + timedelta(seconds=request.expiration) if request.expiration is not None else None
        intention_id, secret = f"pi_test_{secrets.token_hex(16)}", f"egy_csk_test_{secrets.token_hex(16)}"
        order = Order(self._next_order_id, intention_id, secret, request, now, expires_at)
        self._next_order_id += 1
        self._orders[order.id] = order
        self._by_key |= dict.fromkeys(_keys(order), order)
        if len(self._orders) > KEPT_ORDERS:
            self._forget(self._orders.popitem(last=False)[1])
        return order

    def add_attempt(
        self, order: Order, *, amount_cents: int, currency: str, integration_id: int, owner: int, method: PaymentMethod
    ) -> Transaction:
        """Add an attempt that has no outcome yet."""
        now = self._clock.now()
        attempt = Transaction(
            self._next_transaction_id, order, amount_cents, currency, integration_id, owner, method, now, now
        )
        return self._keep(attempt)

    def add_child(self, parent: Transaction, amount_cents: int) -> Transaction:
        """Add a transaction that gives money of an earlier one back."""
        now = self._clock.now()
        child = Transaction(
            self._next_transaction_id,
            parent.order,
            amount_cents,
            parent.currency,
            parent.integration_id,
            parent.owner,
            parent.method,
            now,
            now,
            success=True,
            message="Approved",
            parent=parent,
        )
        parent.updated_at = now
        return self._keep(child)

    def _keep(self, transaction: Transaction) -> Transaction:
        self._next_transaction_id += 1
        transaction.order.transactions.append(transaction)
        self._transactions[transaction.id] = transaction
        return transaction

    def _forget(self, order: Order) -> None:
        for key in _keys(order):
            self._by_key.pop(key, None)
        for transaction in order.transactions:
            self._transactions.pop(transaction.id, None)


def _keys(order: Order) -> tuple[str, ...]:
    return order.intention_id, order.client_secret, order.request.special_reference
