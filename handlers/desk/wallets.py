"""Cash for and from wallets at the desk: a top-up by anybody, a pay-out to a guest."""

from typing import Final

from markupsafe import Markup

from domain.errors import AmountTooLargeError, InvalidInputError, NotFoundError
from domain.finance.cashbox_views import Drawer
from domain.ids import BranchId, CashTransactionId, PersonId, new_id
from domain.people.desk_views import PersonAtDesk
from domain.permissions import Operation, require
from handlers.buttons.cash import AskPayOut, AskTopUp, ConfirmCash
from handlers.context import Context
from handlers.desk import people, wallets_view
from handlers.desk.drafts import Draft, ask, close, draft_of, id_in, take, typed_amount
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Reply, Screen
from handlers.tap import Taps

TOP_UP: Final = "ask.cash.top_up"
PAY_OUT: Final = "ask.cash.pay_out"
STEPS: Final = frozenset({TOP_UP, PAY_OUT})


async def ask_top_up(context: Context, data: AskTopUp) -> Reply:
    """Ask how much was got."""
    require(context.actor, Operation.LOG_CASH_TOP_UP, branch_id=data.branch_id)
    context = await ask(context, TOP_UP, _new_draft(data.person_id, data.branch_id, None))
    return await show(context)


async def ask_pay_out(context: Context, data: AskPayOut) -> Reply:
    """Ask how much is given, or whether all of it is."""
    require(context.actor, Operation.PAY_OUT_GUEST_WALLET, branch_id=data.branch_id)
    found = await _person(context, data.person_id)
    amount_minor = found.wallet_minor if data.is_all else None
    context = await ask(context, PAY_OUT, _new_draft(data.person_id, data.branch_id, amount_minor or None))
    return await show(context)


async def take_amount(context: Context, text: str) -> Reply:
    """Take the amount; the button of an older one is out of date then."""
    draft, step = draft_of(context, *STEPS), context.member.dialog.step
    drawer = await _drawer(context, draft)
    try:
        amount_minor = typed_amount(context, text, limit_minor=drawer.largest_amount_minor)
    except (InvalidInputError, AmountTooLargeError) as error:
        return Reply(await screen(context, notice=sentence(context.tr, error)))
    changed = {**draft, "amount": amount_minor, "id": new_id().hex}
    return await show(await take(context, step, next_step=step, draft=changed))


async def show(context: Context) -> Reply:
    """Show what is asked, or what is to be confirmed."""
    return Reply(await screen(context))


async def confirm(context: Context, _data: ConfirmCash) -> Reply:
    """Do what the draft says, and show the person with what was done."""
    draft, is_top_up = draft_of(context, *STEPS), context.member.dialog.step == TOP_UP
    use_case = context.services.cash_top_up if is_top_up else context.services.pay_out_guest
    person_id = PersonId(id_in(draft, "person"))
    done = await use_case(
        actor=context.actor,
        branch_id=BranchId(id_in(draft, "branch")),
        person_id=person_id,
        transaction_id=CashTransactionId(id_in(draft, "id")),
        amount_minor=draft["amount"],
    )
    context = await close(context)
    amount = context.tr.money(done.amount_minor, context.member.center.currency)
    notice = (
        context.tr.text("✅ {amount} taken, and in the wallet now.", amount=amount)
        if is_top_up
        else context.tr.text("✅ {amount} paid out.", amount=amount)
    )
    return Reply(await people.person_screen(context, person_id, notice=notice))


async def screen(context: Context, *, notice: Markup | None = None) -> Screen:
    """Draw what is asked, or what is to be confirmed."""
    draft = draft_of(context, *STEPS)
    found, drawer = await _person(context, PersonId(id_in(draft, "person"))), await _drawer(context, draft)
    transaction_id, currency = CashTransactionId(id_in(draft, "id")), context.member.center.currency
    if context.member.dialog.step == TOP_UP:
        return wallets_view.top_up(
            context.tr,
            found,
            branch_name=drawer.branch_name,
            amount_minor=draft["amount"],
            transaction_id=transaction_id,
            currency=currency,
            notice=notice,
        )
    return wallets_view.pay_out(
        context.tr,
        found,
        ask_all=AskPayOut(found.person.person_id, drawer.branch_id, is_all=True),
        branch_name=drawer.branch_name,
        amount_minor=draft["amount"],
        transaction_id=transaction_id,
        currency=currency,
        notice=notice,
    )


async def _person(context: Context, person_id: PersonId) -> PersonAtDesk:
    found = await context.services.desk.find_person(center_id=context.actor.center_id, person_id=person_id)
    if found is None:
        raise NotFoundError(what="person")
    return found


async def _drawer(context: Context, draft: Draft) -> Drawer:
    branch_id = BranchId(id_in(draft, "branch"))
    require(context.actor, Operation.LOG_CASH_TOP_UP, branch_id=branch_id)
    drawer = await context.services.cashboxes.find_drawer(center_id=context.actor.center_id, branch_id=branch_id)
    if drawer is None:
        raise NotFoundError(what="cashbox")
    return drawer


def _new_draft(person_id: PersonId, branch_id: BranchId, amount_minor: int | None) -> Draft:
    return {"person": person_id.hex, "branch": branch_id.hex, "id": new_id().hex, "amount": amount_minor}


QUESTIONS = {
    TOP_UP: Question(take_amount, show, frozenset({AskTopUp, ConfirmCash})),
    PAY_OUT: Question(take_amount, show, frozenset({AskPayOut, ConfirmCash})),
}
TAPS: Taps = {AskTopUp: ask_top_up, AskPayOut: ask_pay_out}
