"""What admins should look at."""

from collections.abc import Sequence
from datetime import datetime

from domain.notifications.model import AlertKind
from domain.notifications.views import AlertLine
from handlers.buttons.alerts import ListAlerts, OpenAlert, ResolveAlertNow
from handlers.callback_data import OpenHome, encode
from handlers.i18n import Translator
from handlers.notifications_view import alert_name
from handlers.screens import Button, Rows, Screen, Style


def home_row(tr: Translator, *, count: int) -> Rows:
    """Return the row that says how many wait; none where none does."""
    if not count:
        return ()
    label = tr.nplain("⚠️ {n} alert", "⚠️ {n} alerts", count)
    return ((Button(label, encode(ListAlerts()), Style.DANGER),),)


def alert_list(tr: Translator, lines: Sequence[AlertLine], *, now: datetime) -> Screen:
    """Return what waits, the oldest first."""
    home = (Button(tr.plain("🏠 Home"), encode(OpenHome())),)
    if not lines:
        return Screen(tr.lines(tr.text("<b>Alerts</b>"), tr.text("✅ Nothing needs your attention.")), (home,))
    return Screen(
        tr.lines(tr.text("<b>Alerts</b>"), tr.text("The oldest first. Tap one to see to it.")),
        (
            *(
                (
                    Button(
                        tr.label(tr.past_moment(line.created_at, now=now), alert_name(tr, line.kind).striptags()),
                        encode(OpenAlert(line.id)),
                    ),
                )
                for line in lines
            ),
            home,
        ),
    )


def alert_card(tr: Translator, line: AlertLine) -> Screen:
    """Return one alert: what it is about, as the log knows it, and what can be done."""
    again = (
        ((Button(tr.plain("🔁 Try again"), encode(ResolveAlertNow(line.id, True)), Style.PRIMARY),),)
        if line.kind == AlertKind.EVENT_PARKED
        else ()
    )
    return Screen(
        tr.lines(
            tr.text("<b>⚠️ Please look at this</b>"),
            alert_name(tr, line.kind),
            tr.text("🗓️ {moment}", moment=tr.moment(line.created_at)),
            *(tr.text("{name}: {value}", name=name, value=value) for name, value in line.data.items()),
        ),
        (
            *again,
            (Button(tr.plain("✅ Take it off the list"), encode(ResolveAlertNow(line.id, False))),),
            (Button(tr.plain("⚠️ Alerts"), encode(ListAlerts())), Button(tr.plain("🏠 Home"), encode(OpenHome()))),
        ),
    )
