"""Payments in the chat: Telegram's question before one, and its word that one was made."""

import orjson
from telegram import PreCheckoutQuery, SuccessfulPayment

from domain.finance.gateway import Report
from domain.finance.paying import as_payment_id
from domain.ids import CenterId
from domain.people.model import Member
from handlers.context import Services
from handlers.i18n import Translator
from handlers.screens import PreCheckout, Reply


async def answer_before_payment(
    services: Services, tr: Translator, member: Member | None, query: PreCheckoutQuery
) -> Reply:
    """Let the payment happen where it still fits, or say that it does not."""
    payment_id = as_payment_id(query.invoice_payload)
    is_fine = (
        member is not None
        and payment_id is not None
        and await services.check_before_payment(
            center_id=member.center.id,
            payer_id=member.person_id,
            payment_id=payment_id,
            amount_minor=query.total_amount,
            currency=query.currency,
        )
    )
    refusal = "" if is_fine else tr.plain("This can't be paid any more: its time is up, or it has changed. Start again.")
    return Reply(pre_checkout=PreCheckout(refusal))


async def keep_payment(services: Services, center_id: CenterId, payment: SuccessfulPayment) -> Reply:
    """Keep what was paid; what it did is told when it is done."""
    said = {
        "payload": payment.invoice_payload,
        "currency": payment.currency,
        "total_amount": payment.total_amount,
        "telegram_payment_charge_id": payment.telegram_payment_charge_id,
        "provider_payment_charge_id": payment.provider_payment_charge_id,
    }
    body = orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()
    report = Report(body, payment.invoice_payload, payment.telegram_payment_charge_id)
    await services.receive_chat_payment(center_id=center_id, report=report)
    return Reply()
