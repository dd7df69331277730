"""One payment for admins: its card, its entries in the journal, and all that passed between us and the gateway."""

from typing import Final

from markupsafe import Markup

from domain.errors import NotFoundError
from domain.finance.payment_views import PaymentHistory
from domain.finance.payments_admin import PaymentDetails
from domain.ids import PaymentId
from domain.permissions import Operation, require
from handlers.admin import journal_view, payment_card_view
from handlers.buttons.finance import OpenEntry, OpenPaymentAtGateway, OpenPaymentJournal
from handlers.buttons.pay import OpenPaymentCard
from handlers.context import Context
from handlers.screens import Reply, Screen
from handlers.tap import Taps

_PAGE: Final = 6


async def open_card(context: Context, data: OpenPaymentCard) -> Reply:
    """Show a payment."""
    return Reply(await card_screen(context, data.payment_id))


async def card_screen(context: Context, payment_id: PaymentId, *, notice: Markup | None = None) -> Screen:
    """Draw a payment as it is now, under a notice where something is to be said first."""
    details, history = await found(context, payment_id)
    return payment_card_view.card(
        context.tr,
        details,
        history,
        currency=context.member.center.currency,
        now=context.services.clock.now(),
        notice=notice,
    )


async def open_journal(context: Context, data: OpenPaymentJournal) -> Reply:
    """Show a page of a payment's entries."""
    details, _ = await found(context, data.payment_id)
    entries = await context.services.journal.list_of_payment(
        center_id=context.actor.center_id, payment_id=data.payment_id, limit=_PAGE + 1, after=data.after
    )
    return Reply(
        payment_card_view.journal(
            context.tr,
            details,
            entries[:_PAGE],
            has_more=len(entries) > _PAGE,
            is_first_page=data.after is None,
            currency=context.member.center.currency,
            now=context.services.clock.now(),
        )
    )


async def open_at_gateway(context: Context, data: OpenPaymentAtGateway) -> Reply:
    """Show all that the gateway was asked and said."""
    details, history = await found(context, data.payment_id)
    if history is None or details.order is None:
        raise NotFoundError(what="payment")
    currency, now = context.member.center.currency, context.services.clock.now()
    return Reply(payment_card_view.at_gateway(context.tr, details, details.order, history, currency=currency, now=now))


async def open_entry(context: Context, data: OpenEntry) -> Reply:
    """Show one entry of the journal."""
    require(context.actor, Operation.VIEW_PAYMENTS)
    entry = await context.services.journal.find_entry(center_id=context.actor.center_id, entry_id=data.entry_id)
    if entry is None:
        raise NotFoundError(what="entry")
    currency, now = context.member.center.currency, context.services.clock.now()
    return Reply(journal_view.entry_card(context.tr, entry, currency=currency, now=now))


async def found(context: Context, payment_id: PaymentId) -> tuple[PaymentDetails, PaymentHistory | None]:
    """Return a payment, and what passed at the gateway, where it went through one. Raises NotFoundError."""
    require(context.actor, Operation.VIEW_PAYMENTS)
    center_id = context.actor.center_id
    details = await context.services.all_payments.find_details(center_id=center_id, payment_id=payment_id)
    if details is None:
        raise NotFoundError(what="payment")
    return details, await context.services.payments.find_history(center_id=center_id, payment_id=payment_id)


TAPS: Taps = {
    OpenPaymentCard: open_card,
    OpenPaymentJournal: open_journal,
    OpenPaymentAtGateway: open_at_gateway,
    OpenEntry: open_entry,
}
