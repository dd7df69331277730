"""All payments, for admins: a page of them, what it is narrowed to, and whose they are."""

from typing import Any, Final
from uuid import UUID

from domain.enrollments.searching import clean_words
from domain.errors import InvalidInputError, NotFoundError
from domain.finance.model import PaymentMethod, PaymentStatus
from domain.finance.payments_admin import PaidBranch, PaymentChoice, PaymentPeriod, PaymentSelection
from domain.ids import PersonId
from domain.permissions import Operation, require
from handlers.admin import payments_view
from handlers.buttons.finance import AskPayer, ListPayments, ListSeatPayments, OpenPaymentBranches, OpenPaymentFilter
from handlers.callback_finance import MOST_BRANCHES
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.home import with_member
from handlers.question import Question
from handlers.screens import Reply
from handlers.tap import Taps

PAYER_STEP: Final = "ask.payments.payer"
_PAGE: Final = 8
_MOST_FOUND: Final = 10


async def open_list(context: Context) -> Reply:
    """Show the latest payments: the command."""
    return await list_payments(context, ListPayments(PaymentChoice(), None))


async def list_payments(context: Context, data: ListPayments) -> Reply:
    """Show a page of payments."""
    require(context.actor, Operation.VIEW_PAYMENTS)
    shown, now = await _shown(context, data.choice), context.services.clock.now()
    page = await context.services.all_payments.list_page(
        center_id=context.actor.center_id,
        selection=PaymentSelection(
            data.choice.status,
            data.choice.method,
            data.choice.period.span(now, context.tr.zone),
            data.choice.person_id,
            shown.branch.branch_id if shown.branch is not None else None,
        ),
        limit=_PAGE,
        after=data.after,
    )
    currency = context.member.center.currency
    is_first_page = data.after is None
    return Reply(payments_view.payments(context.tr, page, shown, is_first_page=is_first_page, currency=currency, now=now))


async def list_of_seat(context: Context, data: ListSeatPayments) -> Reply:
    """Show the payments for one enrollment."""
    require(context.actor, Operation.VIEW_PAYMENTS)
    lines = await context.services.all_payments.list_of_seat(
        center_id=context.actor.center_id, enrollment_id=data.enrollment_id, limit=_MOST_FOUND
    )
    now, currency = context.services.clock.now(), context.member.center.currency
    return Reply(payments_view.of_seat(context.tr, lines, enrollment_id=data.enrollment_id, currency=currency, now=now))


async def open_filter(context: Context, data: OpenPaymentFilter) -> Reply:
    """Ask which payments are to be shown."""
    require(context.actor, Operation.VIEW_PAYMENTS)
    shown = await _shown(context, data.choice)
    has_branches = len(await _branches(context)) > 1
    return Reply(payments_view.narrow(context.tr, shown, has_branches=has_branches))


async def open_branches(context: Context, data: OpenPaymentBranches) -> Reply:
    """Ask of which branch."""
    require(context.actor, Operation.VIEW_PAYMENTS)
    return Reply(payments_view.branch_panel(context.tr, data.choice, branches=await _branches(context)))


async def ask_payer(context: Context, data: AskPayer) -> Reply:
    """Ask of whom."""
    require(context.actor, Operation.VIEW_PAYMENTS)
    await context.ask(step=PAYER_STEP, data=_plain(data.choice))
    return Reply(payments_view.ask_payer(context.tr, data.choice))


async def take_payer(context: Context, text: str) -> Reply:
    """Take a name or a phone, and show who is found."""
    kept = context.member.dialog.data
    try:
        words = clean_words(text)
    except InvalidInputError as error:
        return Reply(payments_view.ask_payer(context.tr, _choice(kept), notice=sentence(context.tr, error)))
    member = await context.services.take_answer(
        member=context.member,
        step=PAYER_STEP,
        message_id=context.message_id,
        next_step=PAYER_STEP,
        data={**kept, "words": words},
    )
    return await show_payer(with_member(context, member))


async def show_payer(context: Context) -> Reply:
    """Draw the question, or who was found."""
    require(context.actor, Operation.VIEW_PAYMENTS)
    kept = context.member.dialog.data
    choice, words = _choice(kept), kept.get("words")
    if words is None:
        return Reply(payments_view.ask_payer(context.tr, choice))
    found = await context.services.people.list_people(center_id=context.actor.center_id, words=words, limit=_MOST_FOUND + 1)
    has_more = len(found) > _MOST_FOUND
    return Reply(payments_view.payers(context.tr, choice, found[:_MOST_FOUND], words=words, has_more=has_more))


async def _branches(context: Context) -> list[PaidBranch]:
    found = await context.services.all_payments.list_branches(center_id=context.actor.center_id)
    return found[:MOST_BRANCHES]


async def _shown(context: Context, choice: PaymentChoice) -> payments_view.ShownChoice:
    """Return the choice with the names of what it is narrowed to. Raises NotFoundError for who or what is not there."""
    branch: PaidBranch | None = None
    if choice.branch is not None:
        branches = await _branches(context)
        if choice.branch >= len(branches):
            raise NotFoundError(what="branch")
        branch = branches[choice.branch]
    name: str | None = None
    if choice.person_id is not None:
        person = await context.services.people.find_card(center_id=context.actor.center_id, person_id=choice.person_id)
        if person is None:
            raise NotFoundError(what="person")
        name = person.name
    return payments_view.ShownChoice(choice, name, branch)


def _plain(choice: PaymentChoice) -> dict[str, Any]:
    person_id = choice.person_id
    return {
        "status": choice.status,
        "method": choice.method,
        "period": choice.period,
        "person": person_id.hex if person_id is not None else None,
        "branch": choice.branch,
    }


def _choice(kept: Any) -> PaymentChoice:
    return PaymentChoice(
        PaymentStatus(kept["status"]) if kept["status"] else None,
        PaymentMethod(kept["method"]) if kept["method"] else None,
        PaymentPeriod(kept["period"]),
        PersonId(UUID(hex=kept["person"])) if kept["person"] else None,
        kept["branch"],
    )


TAPS: Taps = {
    ListPayments: list_payments,
    ListSeatPayments: list_of_seat,
    OpenPaymentFilter: open_filter,
    OpenPaymentBranches: open_branches,
    AskPayer: ask_payer,
}
QUESTIONS = {PAYER_STEP: Question(take_payer, show_payer, frozenset({AskPayer}))}
