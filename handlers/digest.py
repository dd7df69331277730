"""The evening's digest: the day's figures read when the message goes out, with their chart."""

import asyncio
from datetime import date

from domain.finance.day_report import read_day
from domain.notifications.kinds import NotificationKind
from domain.notifications.ports import Outgoing
from handlers import digest_view as view
from handlers.notices import Composers, Notice, NoticeContext

_MOST_ALERTS = 100


async def compose_digest(context: NoticeContext, message: Outgoing) -> Notice:
    """Return the digest of the local day that the message is for."""
    services, center = context.services, context.center
    report = await read_day(
        services.day_reports, date.fromisoformat(message.occurrence), center_id=center.id, zone=context.tr.zone
    )
    cases = await services.notices.count_cases(center_id=center.id, session_id=None, until=context.now)
    alerts = len(await services.notices.list_alerts(center_id=center.id, limit=_MOST_ALERTS))
    # Drawing takes a tenth of a second of CPU: in a thread, so that nobody's tap waits for it.
    png = await asyncio.to_thread(view.chart, context.tr, report, currency=center.currency)
    return view.digest(context.tr, report, center=center, cases=cases, alerts=alerts, png=png)


COMPOSERS: Composers = {NotificationKind.DIGEST.value: compose_digest}
