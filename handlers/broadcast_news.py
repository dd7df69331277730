"""From a row to a message to many: as it was typed, or nothing where it was stopped meanwhile; and how one ended."""

from domain.ids import BroadcastId
from domain.notifications.kinds import NotificationKind
from domain.notifications.ports import Outgoing
from handlers.notices import Composers, Notice, NoticeContext
from handlers.student import broadcast_view
from handlers.team import broadcasts_view


async def _typed(context: NoticeContext, message: Outgoing) -> Notice | None:
    news = await context.services.broadcasts.find_news(center_id=context.center.id, broadcast_id=message.subject_id)
    return None if news is None or news.is_stopped else broadcast_view.message(context.tr, news)


async def _ended(context: NoticeContext, message: Outgoing) -> Notice | None:
    card = await context.services.broadcasts.find_card(
        center_id=context.center.id, staff_id=None, broadcast_id=BroadcastId(message.subject_id)
    )
    return None if card is None else broadcasts_view.ended_news(context.tr, card)


COMPOSERS: Composers = {
    NotificationKind.BROADCAST_SESSION.value: _typed,
    NotificationKind.BROADCAST_WIDE.value: _typed,
    NotificationKind.BROADCAST_ENDED.value: _ended,
}
