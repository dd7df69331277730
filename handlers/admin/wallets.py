"""Wallets for admins: all of them together, and anybody's with its statement."""

from typing import Final

from markupsafe import Markup

from domain.enrollments.searching import clean_words
from domain.errors import InvalidInputError, NotFoundError
from domain.finance.model import WalletOwner
from domain.finance.wallets_admin import WalletCard, WalletRef
from domain.ids import EntryId
from domain.permissions import Operation, require
from handlers.admin import wallets_view
from handlers.buttons.finance import AskWalletOwner, CompareWallets, OpenWalletCard, OpenWallets
from handlers.context import Context
from handlers.error_texts import sentence
from handlers.home import with_member
from handlers.question import Question
from handlers.screens import Reply, Screen
from handlers.tap import Taps

OWNER_STEP: Final = "ask.wallet.owner"
_PAGE: Final = 8
_MOST_FOUND: Final = 10


async def open_wallets(context: Context) -> Reply:
    """Show the sums of all wallets: the command."""
    require(context.actor, Operation.VIEW_WALLET_TOTALS)
    totals = await context.services.wallets.find_totals(center_id=context.actor.center_id)
    return Reply(wallets_view.totals(context.tr, totals, center=_center(context), currency=_currency(context)))


async def tap_wallets(context: Context, _data: OpenWallets) -> Reply:
    """Show the sums of all wallets."""
    return await open_wallets(context)


async def compare(context: Context, _data: CompareWallets) -> Reply:
    """Show the sums of all wallets beside those of the journal."""
    require(context.actor, Operation.VIEW_WALLET_TOTALS)
    views, center_id = context.services.wallets, context.actor.center_id
    totals, journal = await views.find_totals(center_id=center_id), await views.find_journal_totals(center_id=center_id)
    screen = wallets_view.totals(context.tr, totals, center=_center(context), currency=_currency(context), journal=journal)
    return Reply(screen)


async def ask_owner(context: Context, _data: AskWalletOwner) -> Reply:
    """Ask whose wallet."""
    require(context.actor, Operation.VIEW_ANY_WALLET)
    await context.ask(step=OWNER_STEP)
    return Reply(wallets_view.ask_owner(context.tr))


async def take_owner(context: Context, text: str) -> Reply:
    """Take a name or a phone, and show who is found."""
    try:
        words = clean_words(text)
    except InvalidInputError as error:
        return Reply(wallets_view.ask_owner(context.tr, notice=sentence(context.tr, error)))
    member = await context.services.take_answer(
        member=context.member,
        step=OWNER_STEP,
        message_id=context.message_id,
        next_step=OWNER_STEP,
        data={"words": words},
    )
    return await show_owner(with_member(context, member))


async def show_owner(context: Context) -> Reply:
    """Draw the question, or who was found."""
    require(context.actor, Operation.VIEW_ANY_WALLET)
    words = context.member.dialog.data.get("words")
    if words is None:
        return Reply(wallets_view.ask_owner(context.tr))
    found = await context.services.people.list_people(center_id=context.actor.center_id, words=words, limit=_MOST_FOUND + 1)
    has_more = len(found) > _MOST_FOUND
    return Reply(wallets_view.owners(context.tr, found[:_MOST_FOUND], words=words, has_more=has_more))


async def open_card(context: Context, data: OpenWalletCard) -> Reply:
    """Show a wallet and a page of its statement."""
    return Reply(await card_screen(context, data.ref, data.after))


async def card_screen(
    context: Context, ref: WalletRef, after: EntryId | None = None, *, notice: Markup | None = None
) -> Screen:
    """Draw a wallet as it is now."""
    card = await find_card(context, ref)
    lines = await context.services.wallets.list_statement(
        center_id=context.actor.center_id, ref=ref, limit=_PAGE + 1, after=after
    )
    return wallets_view.card(
        context.tr,
        card,
        lines[:_PAGE],
        has_more=len(lines) > _PAGE,
        is_first_page=after is None,
        currency=_currency(context),
        now=context.services.clock.now(),
        notice=notice,
    )


async def find_card(context: Context, ref: WalletRef) -> WalletCard:
    """Return a wallet. Raises NotFoundError for an owner who is not there, or cannot have one of this kind."""
    require(context.actor, Operation.VIEW_ANY_WALLET)
    card = await context.services.wallets.find_card(center_id=context.actor.center_id, ref=ref)
    if card is None:
        raise NotFoundError(what="wallet")
    return card


def _center(context: Context) -> WalletRef:
    return WalletRef(WalletOwner.CENTER, context.actor.center_id)


def _currency(context: Context) -> str:
    return context.member.center.currency


TAPS: Taps = {
    OpenWallets: tap_wallets,
    CompareWallets: compare,
    AskWalletOwner: ask_owner,
    OpenWalletCard: open_card,
}
QUESTIONS = {OWNER_STEP: Question(take_owner, show_owner, frozenset({AskWalletOwner}))}
