"""A message to many, as each of its readers reads it: in the center's name, with what it is about above it."""

from markupsafe import Markup, escape

from domain.broadcasts.model import BroadcastAudience
from domain.broadcasts.views import BroadcastNews
from handlers.buttons.broadcasts import SeeAnnounced
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen


def message(tr: Translator, news: BroadcastNews) -> Screen:
    """Return the message; one to a session leads to it, others to where such messages are switched off."""
    label = tr.plain("🗓️ See the class") if news.session_id is not None else tr.plain("🔔 My messages")
    return Screen(body(tr, news), ((Button(label, encode(SeeAnnounced(news.session_id))),),))


def body(tr: Translator, news: BroadcastNews) -> Markup:
    """Return its text. What was typed keeps its own direction, whatever the reader's language."""
    return Markup("{}\n\n{}").format(tr.lines(*_heading(tr, news)), escape(news.text))


def _heading(tr: Translator, news: BroadcastNews) -> tuple[Markup, ...]:
    name = tr.text("📣 <b>{center}</b>", center=news.center_name)
    match news.audience:
        case BroadcastAudience.SESSION if news.starts_at is not None:
            return (
                name,
                tr.text("{title}, {moment}", title=news.class_title, moment=tr.moment(news.starts_at)),
                tr.text("📍 {branch}", branch=news.branch_name),
            )
        case BroadcastAudience.CLASS:
            return (name, tr.text("🎓 {title}", title=news.class_title))
        case BroadcastAudience.BRANCH:
            return (name, tr.text("📍 {branch}", branch=news.branch_name))
        case _:
            return (name,)
