"""Drawers for staff of the branch, and for admins: what is in them, what moved, the way to the bank."""

from typing import Final

from markupsafe import Markup

from domain.errors import AmountTooLargeError, InvalidInputError, NotFoundError
from domain.finance.cash_correction import CORRECTABLE
from domain.finance.cashbox_views import CashCursor, CashLine, Drawer
from domain.ids import BranchId, CashTransactionId, new_id
from domain.permissions import Operation, Scope, require, scope_of
from domain.sessions.calendar import local_day, span_of_day
from handlers.admin.cashboxes import side_by_side
from handlers.buttons.cash import AskBank, ConfirmCash, ListCashboxes, OpenCashbox, OpenMovement
from handlers.context import Context
from handlers.desk import cashbox_view
from handlers.desk.drafts import ask, close, draft_of, id_in, take, typed_amount
from handlers.error_texts import sentence
from handlers.question import Question
from handlers.screens import Reply, Screen
from handlers.tap import Taps

BANK: Final = "ask.cash.bank"
_PAGE: Final = 8


async def open_cashboxes(context: Context) -> Reply:
    """Show every drawer that one may see; the only one at once."""
    drawers = await visible_drawers(context)
    if len(drawers) == 1:
        return Reply(await drawer_screen(context, drawers[0].branch_id))
    if scope_of(context.actor, Operation.VIEW_CASHBOX) is Scope.CENTER:
        return Reply(await side_by_side(context))
    return Reply(cashbox_view.drawer_list(context.tr, drawers, currency=context.member.center.currency))


async def list_cashboxes(context: Context, _data: ListCashboxes) -> Reply:
    """Show every drawer that one may see."""
    return await open_cashboxes(context)


async def open_cashbox(context: Context, data: OpenCashbox) -> Reply:
    """Show a drawer, and a page of what moved in it today."""
    return Reply(await drawer_screen(context, data.branch_id, data.after))


async def open_movement(context: Context, data: OpenMovement) -> Reply:
    """Show one movement."""
    return Reply(await movement_screen(context, data.transaction_id))


async def ask_bank(context: Context, data: AskBank) -> Reply:
    """Ask how much goes to the bank, or whether all of it does."""
    require(context.actor, Operation.TAKE_CASH_TO_BANK, branch_id=data.branch_id)
    drawer = await find_drawer(context, data.branch_id)
    amount_minor = drawer.balance_minor if data.is_all and drawer.balance_minor else None
    draft = {"branch": data.branch_id.hex, "id": new_id().hex, "amount": amount_minor}
    return await show_bank(await ask(context, BANK, draft))


async def take_bank_amount(context: Context, text: str) -> Reply:
    """Take the amount; the button of an older one is out of date then."""
    draft = draft_of(context, BANK)
    drawer = await find_drawer(context, BranchId(id_in(draft, "branch")))
    try:
        amount_minor = typed_amount(context, text, limit_minor=drawer.balance_minor)
    except (InvalidInputError, AmountTooLargeError) as error:
        return Reply(await _bank_screen(context, notice=sentence(context.tr, error)))
    changed = {**draft, "amount": amount_minor, "id": new_id().hex}
    return await show_bank(await take(context, BANK, next_step=BANK, draft=changed))


async def show_bank(context: Context) -> Reply:
    """Show what is asked, or what is to be confirmed."""
    return Reply(await _bank_screen(context))


async def confirm_bank(context: Context, _data: ConfirmCash) -> Reply:
    """Write down that the cash was taken out, and show the drawer."""
    draft = draft_of(context, BANK)
    branch_id = BranchId(id_in(draft, "branch"))
    done = await context.services.take_to_bank(
        actor=context.actor,
        branch_id=branch_id,
        transaction_id=CashTransactionId(id_in(draft, "id")),
        amount_minor=draft["amount"],
    )
    amount = context.tr.money(done.amount_minor, context.member.center.currency)
    notice = context.tr.text("✅ {amount} taken out, for the bank.", amount=amount)
    return Reply(await drawer_screen(await close(context), branch_id, notice=notice))


async def visible_drawers(context: Context) -> list[Drawer]:
    """Return the drawers of one's own branches, or, for an admin, of all."""
    scope = require(context.actor, Operation.VIEW_CASHBOX)
    drawers = await context.services.cashboxes.list_drawers(center_id=context.actor.center_id)
    if scope is Scope.CENTER:
        return drawers
    return [drawer for drawer in drawers if drawer.branch_id in context.actor.branch_ids]


async def find_drawer(context: Context, branch_id: BranchId) -> Drawer:
    """Return a branch's drawer. Raises NotFoundError for one that is out of reach."""
    require(context.actor, Operation.VIEW_CASHBOX, branch_id=branch_id)
    drawer = await context.services.cashboxes.find_drawer(center_id=context.actor.center_id, branch_id=branch_id)
    if drawer is None:
        raise NotFoundError(what="cashbox")
    return drawer


async def find_movement(context: Context, transaction_id: CashTransactionId) -> CashLine:
    """Return one movement. Raises NotFoundError for one that is out of reach."""
    require(context.actor, Operation.VIEW_CASHBOX)
    line = await context.services.cashboxes.find_movement(center_id=context.actor.center_id, transaction_id=transaction_id)
    if line is None:
        raise NotFoundError(what="cash_transaction")
    require(context.actor, Operation.VIEW_CASHBOX, branch_id=line.branch_id)
    return line


async def drawer_screen(
    context: Context, branch_id: BranchId, after: CashCursor | None = None, *, notice: Markup | None = None
) -> Screen:
    """Draw a drawer as it is now."""
    shown, now = await find_drawer(context, branch_id), context.services.clock.now()
    today = local_day(now, context.tr.zone)
    lines = await context.services.cashboxes.list_movements(
        center_id=context.actor.center_id,
        branch_id=branch_id,
        span=span_of_day(today, context.tr.zone),
        limit=_PAGE + 1,
        after=after,
    )
    return cashbox_view.drawer(
        context.tr,
        shown,
        lines=lines[:_PAGE],
        has_more=len(lines) > _PAGE,
        is_first_page=after is None,
        can_count=scope_of(context.actor, Operation.COUNT_CASHBOX) is not None,
        has_others=len(await visible_drawers(context)) > 1,
        today=today,
        currency=context.member.center.currency,
        now=now,
        notice=notice,
    )


async def movement_screen(context: Context, transaction_id: CashTransactionId, *, notice: Markup | None = None) -> Screen:
    """Draw one movement as it is now."""
    line, now = await find_movement(context, transaction_id), context.services.clock.now()
    is_today = local_day(line.occurred_at, context.tr.zone) == local_day(now, context.tr.zone)
    operation = Operation.CORRECT_CASH_SAME_DAY if is_today else Operation.CORRECT_CASH_LATER
    return cashbox_view.movement(
        context.tr,
        line,
        can_correct=line.kind in CORRECTABLE and not line.is_corrected and scope_of(context.actor, operation) is not None,
        currency=context.member.center.currency,
        now=now,
        notice=notice,
    )


async def _bank_screen(context: Context, *, notice: Markup | None = None) -> Screen:
    draft = draft_of(context, BANK)
    return cashbox_view.to_bank(
        context.tr,
        await find_drawer(context, BranchId(id_in(draft, "branch"))),
        amount_minor=draft["amount"],
        transaction_id=CashTransactionId(id_in(draft, "id")),
        currency=context.member.center.currency,
        notice=notice,
    )


QUESTIONS = {BANK: Question(take_bank_amount, show_bank, frozenset({AskBank, ConfirmCash}))}
TAPS: Taps = {
    ListCashboxes: list_cashboxes,
    OpenCashbox: open_cashbox,
    OpenMovement: open_movement,
    AskBank: ask_bank,
}
