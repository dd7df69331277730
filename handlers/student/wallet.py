"""What a student's taps on their wallet do."""

from domain.permissions import Operation, require
from handlers.callback_data import OpenMeans, OpenWallet
from handlers.context import Context
from handlers.screens import Reply
from handlers.student import pay, wallet_view
from handlers.tap import Taps, without_data

_PAGE = 6


async def open_wallet(context: Context, data: OpenWallet) -> Reply:
    """Show the wallet and a page of its statement."""
    require(context.actor, Operation.VIEW_OWN_WALLET)
    center, student_id = context.member.center, context.actor.person_id
    owned = await context.services.means.find_means(center_id=center.id, student_id=student_id)
    lines = await context.services.statement.list_statement(
        center_id=center.id, student_id=student_id, limit=_PAGE + 1, after=data.after
    )
    return Reply(
        wallet_view.wallet(
            context.tr,
            owned,
            lines=lines[:_PAGE],
            has_more=len(lines) > _PAGE,
            is_first_page=data.after is None,
            currency=center.currency,
            now=context.services.clock.now(),
            online=pay.wallet_rows(context),
        )
    )


async def open_first_page(context: Context) -> Reply:
    """Show the wallet as it is now: the command, and buttons of messages from before packages had a screen of their own."""
    return await open_wallet(context, OpenWallet(None))


TAPS: Taps = {OpenWallet: open_wallet, OpenMeans: without_data(open_first_page)}
