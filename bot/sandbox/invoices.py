"""Invoices in the chats, and the questions before each payment, which the bot must answer within ten seconds."""

import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import query_too_old
from bot.sandbox.wakeup import Wakeup

KEPT_INVOICES = 10_000
KEPT_QUESTIONS = 10_000
PATIENCE_SECONDS = 10.0


@dataclass(slots=True)
class Invoice:
    """What a bot asks for in one message; the payload is the bot's secret, not the person's."""

    payload: str
    currency: str
    total_amount: int
    is_paid: bool = False


@dataclass(frozen=True, slots=True)
class PreCheckoutAnswer:
    """What the bot said before the money would move."""

    ok: bool
    error_message: str = ""


@dataclass(slots=True)
class PreCheckoutQuery:
    """The question whether somebody may pay now; its age is counted in machine time."""

    id: str
    invoice: Invoice
    born_seconds: float
    answer: PreCheckoutAnswer | None = None
    answered: Wakeup = field(default_factory=Wakeup)


class Invoices:
    """The latest invoices by the id of their message, and the latest questions by theirs."""

    def __init__(self, *, provider_token: str, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self.provider_token = provider_token
        self.patience_seconds = patience_seconds
        self._by_message: OrderedDict[int, Invoice] = OrderedDict()
        self._questions: OrderedDict[str, PreCheckoutQuery] = OrderedDict()
        self._count = 0

    def add(self, message_id: int, invoice: Invoice) -> None:
        """Remember what a message asks for."""
        self._by_message[message_id] = invoice
        if len(self._by_message) > KEPT_INVOICES:
            self._by_message.popitem(last=False)

    def find(self, message_id: int) -> Invoice | None:
        """Return what a message asks for, if it is an invoice that is still kept."""
        return self._by_message.get(message_id)

    def ask(self, person_id: int, invoice: Invoice) -> PreCheckoutQuery:
        """Begin a question."""
        self._count += 1
        query = PreCheckoutQuery(str((person_id << 32) + self._count), invoice, time.monotonic())
        self._questions[query.id] = query
        if len(self._questions) > KEPT_QUESTIONS:
            self._questions.popitem(last=False)
        return query

    def answer(self, query_id: str, answer: PreCheckoutAnswer) -> None:
        """Give a question its one answer, or raise ApiError where it has one, waited too long, or never was."""
        query = self._questions.get(query_id)
        if query is None or query.answer is not None:
            raise query_too_old()
        if time.monotonic() - query.born_seconds > self.patience_seconds:
            raise query_too_old()
        query.answer = answer
        query.answered.notify()

    async def wait_for_answer(self, query: PreCheckoutQuery) -> PreCheckoutAnswer | None:
        """Return what the bot said, or None where it let the time pass."""
        await query.answered.until(lambda: query.answer is not None, seconds=self.patience_seconds)
        return query.answer

    def successful_payment(self, invoice: Invoice, person_id: int) -> dict[str, Any]:
        """Take the money: return the Bot API's SuccessfulPayment, whose two ids nobody else has."""
        invoice.is_paid = True
        return {
            "currency": invoice.currency,
            "total_amount": invoice.total_amount,
            "invoice_payload": invoice.payload,
            "telegram_payment_charge_id": f"{person_id}_{secrets.token_hex(12)}",
            "provider_payment_charge_id": f"sandbox_{secrets.token_hex(12)}",
        }
