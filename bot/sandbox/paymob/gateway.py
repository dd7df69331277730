"""The sandbox's Paymob itself: what can be done with orders, by the merchant's API, by payers and by the dashboard."""

import itertools
from dataclasses import dataclass

from bot.sandbox.actions import ImpossibleError
from bot.sandbox.clock import MovableClock
from bot.sandbox.paymob.account import PaymobAccount
from bot.sandbox.paymob.callbacks import Callback, CallbackLog
from bot.sandbox.paymob.delivery import CallbackDelivery
from bot.sandbox.paymob.documents import Documents
from bot.sandbox.paymob.faults import CallbackOf, PaymobFaults
from bot.sandbox.paymob.ledger import SETTLED_AFTER, Ledger, Order, Transaction
from bot.sandbox.paymob.refusals import invalid_field, not_found, refused
from bot.sandbox.paymob.requests import IntentionRequest

_UNKNOWN_INTEGRATION = (
    "Integration ID/Name does not exist in our system . You can find the list of Integration ID's/Names from Merchant "
    "Dashboard under Developers → Payment Integrations Tab"
)
_TOO_MUCH = "Requested Refund Amount is greater than the maximum allowed amount to be refunded for this transaction"


@dataclass(frozen=True, slots=True)
class Choice:
    """How somebody pays; None is what the intention says. Anything else makes the money itself wrong, not only a report."""

    integration_id: int | None = None
    amount_cents: int | None = None
    currency: str | None = None
    owner: int | None = None
    is_late: bool = False


AS_ASKED = Choice()


class Paymob:
    """One merchant's Paymob. Everything happens at once, in memory; only callbacks travel."""

    def __init__(self, account: PaymobAccount, clock: MovableClock, *, retry_seconds: float) -> None:
        self.account = account
        self.faults = PaymobFaults()
        self.ledger = Ledger(clock)
        self.documents = Documents(account, self.ledger)
        self.callbacks = CallbackLog(account)
        self.delivery = CallbackDelivery(self.callbacks, retry_seconds=retry_seconds)
        self._token_ids = itertools.count(1)

    # --- by the merchant's API ---

    def create_intention(self, request: IntentionRequest) -> Order:
        """Make a checkout, or raise PaymobRefusalError."""
        if request.currency != self.account.currency:
            raise invalid_field("currency", f"Your integrations take {self.account.currency} only.")
        if not set(request.payment_methods) <= set(self.account.integration_ids):
            raise not_found(_UNKNOWN_INTEGRATION)
        by_amount = sum(item.amount for item in request.items)
        by_quantity = sum(item.amount * item.quantity for item in request.items)
        if request.items and not by_amount == by_quantity == request.amount:
            raise invalid_field("items", "The sum of the items' amounts must equal the total amount.")
        if self.ledger.find_order(request.special_reference) is not None:
            raise invalid_field("special_reference", "This reference has been used before.")
        return self.ledger.open_order(request)

    def refund(self, transaction_id: int, amount_cents: int) -> Transaction:
        """Give money back, in whole or part, or raise PaymobRefusalError. Asked twice, it is done twice."""
        parent = self._reversible(transaction_id)
        if parent.method == "kiosk":
            raise refused("Refund is not supported for this payment method")
        if parent.is_voided:
            raise refused("This transaction is voided")
        if parent.refunded_amount_cents + amount_cents > parent.amount_cents:
            raise refused(_TOO_MUCH)
        child = self.ledger.add_child(parent, amount_cents)
        child.is_refund = True
        parent.refunded_amount_cents += amount_cents
        parent.is_refunded = parent.refunded_amount_cents == parent.amount_cents
        self._report(child, "refund")
        return child

    def void(self, transaction_id: int) -> Transaction:
        """Take a card payment back before it is settled, or raise PaymobRefusalError."""
        parent = self._reversible(transaction_id)
        if parent.method != "card":
            raise refused("Void is only supported for card transactions")
        if parent.is_voided or parent.refunded_amount_cents:
            raise refused("This transaction is already voided or refunded")
        if self.ledger.now() - parent.created_at >= SETTLED_AFTER:
            raise refused("This transaction is already settled")
        child = self.ledger.add_child(parent, parent.amount_cents)
        child.is_void = True
        parent.is_voided = True
        self._report(child, "void")
        self._report(parent, "void")
        return child

    def _reversible(self, transaction_id: int) -> Transaction:
        parent = self.ledger.find_transaction(transaction_id)
        if parent is None:
            raise not_found()
        if not parent.is_payment:
            raise refused("This transaction cannot be refunded or voided")
        return parent

    # --- by the payer ---

    def pay(self, order: Order, choice: Choice = AS_ASKED) -> list[Transaction]:
        """Pay, as the faults in force let it run; return the attempts that this made, the last one last."""
        self._refuse_expired(order, choice)
        rule = self.faults.of_attempt()
        if rule is None:
            attempt = self._attempt(order, choice)
            self._finish(attempt, is_success=True) if attempt.method != "kiosk" else self._begin(attempt)
            return [attempt]
        if rule.kind == "pending_then_success":
            attempt = self._attempt(order, choice)
            self._begin(attempt)
            if not rule.wait:
                self._finish(attempt, is_success=True)
            return [attempt]
        outcomes = (False, True) if rule.kind == "failed_then_success" else (True, False)
        return [self._finish(self._attempt(order, choice), is_success=outcome) for outcome in outcomes]

    def pay_twice(self, order: Order, choice: Choice = AS_ASKED) -> list[Transaction]:
        """Pay in two windows at once: two attempts succeed."""
        return self.pay(order, choice) + self.pay(order, choice)

    def decline(self, order: Order, choice: Choice = AS_ASKED) -> list[Transaction]:
        """Try to pay, and be declined by the bank; the order can be paid all the same."""
        self._refuse_expired(order, choice)
        return [self._finish(self._attempt(order, choice), is_success=False)]

    def settle(self, order: Order, *, is_success: bool) -> list[Transaction]:
        """Bring every pending attempt on an order to its end."""
        pending = [attempt for attempt in order.transactions if attempt.pending]
        if not pending:
            raise ImpossibleError("nothing is pending on this order")
        return [self._finish(attempt, is_success=is_success) for attempt in pending]

    def expire(self, order: Order) -> None:
        """Let the checkout's time be up now."""
        order.expires_at = self.ledger.now()

    def save_card(self, order: Order) -> Callback:
        """Let the payer save their card, of which a TOKEN callback tells."""
        obj = self.documents.saved_card(order, next(self._token_ids))
        rules = self.faults.of_callback("token")
        url = order.request.notification_url
        callback = self.callbacks.write(order_id=order.id, kind="TOKEN", subject="token", url=url, obj=obj, rules=rules)
        self.delivery.send(callback)
        return callback

    def _attempt(self, order: Order, choice: Choice) -> Transaction:
        request = order.request
        integration_id = choice.integration_id or request.payment_methods[0]
        return self.ledger.add_attempt(
            order,
            amount_cents=request.amount if choice.amount_cents is None else choice.amount_cents,
            currency=choice.currency or request.currency,
            integration_id=integration_id,
            owner=choice.owner or self.account.owner,
            method=self.account.method_of(integration_id),
        )

    def _begin(self, attempt: Transaction) -> None:
        attempt.pending = True
        attempt.message = "Pending"
        self._report(attempt, "payment")

    def _finish(self, attempt: Transaction, *, is_success: bool) -> Transaction:
        attempt.pending = False
        attempt.success = is_success
        attempt.message = "Approved" if is_success else "Do not honour"
        attempt.updated_at = self.ledger.now()
        self._report(attempt, "payment")
        return attempt

    def _refuse_expired(self, order: Order, choice: Choice) -> None:
        if order.is_expired(self.ledger.now()) and not choice.is_late:
            raise ImpossibleError("this checkout has expired")

    def _report(self, transaction: Transaction, subject: CallbackOf) -> None:
        callback = self.callbacks.write(
            order_id=transaction.order.id,
            kind="TRANSACTION",
            subject=subject,
            url=transaction.order.request.notification_url,
            obj=self.documents.transaction(transaction),
            rules=self.faults.of_callback(subject),
        )
        self.delivery.send(callback)
