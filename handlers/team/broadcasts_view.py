"""Messages to many, for the team: the question, the preview as it will be read, the progress, those of the past."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup, escape

from domain.broadcasts.model import LONGEST_TEXT, RECENT, BroadcastAudience, BroadcastState, Crowd, Target
from domain.broadcasts.views import BroadcastCard, BroadcastLine, BroadcastNews, Preview, TargetName
from domain.ids import BranchId, BroadcastId, CenterId, ClassId, SessionId
from handlers.buttons.admin import OpenBranch, OpenClass
from handlers.buttons.broadcasts import (
    AskBroadcast,
    ListBroadcasts,
    OpenBroadcast,
    SendBroadcastNow,
    StopBroadcastNow,
    StopFollowing,
)
from handlers.callback_data import OpenSession, encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.broadcast_view import body
from handlers.student.home_view import home_row

_RULE: Final = Markup("┄┄┄┄┄┄┄┄┄┄┄┄")
_RECENT_WEEKS: Final = RECENT.days // 7


def ask_text(tr: Translator, preview: Preview, *, notice: Markup | None = None) -> Screen:
    """Ask for the text, and say to whom it would go."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("📣 <b>An announcement</b>"),
            whom(tr, preview.name),
            *_counts(tr, preview.crowd, is_sent=False),
            "",
            tr.text("✍️ Please type it, as it is to be read. Plain text, in one message."),
            tr.ntext("At most {n} letter.", "At most {n} letters.", LONGEST_TEXT),
        ),
        ((_back(tr, preview.name.target), *home_row(tr)),),
    )


def nobody(tr: Translator, preview: Preview, *, notice: Markup) -> Screen:
    """Say that there is nobody to tell."""
    return Screen(
        tr.lines(notice, "", whom(tr, preview.name), *_counts(tr, preview.crowd, is_sent=False)),
        ((_back(tr, preview.name.target), *home_row(tr)),),
    )


def preview_screen(
    tr: Translator,
    preview: Preview,
    *,
    text: str,
    broadcast_id: BroadcastId,
    is_again: bool = False,
    notice: Markup | None = None,
) -> Screen:
    """Show the message exactly as it will be read, in whose name, and to how many it goes."""
    name, crowd = preview.name, preview.crowd
    above = tr.lines(
        notice,
        "" if notice is not None else None,
        tr.text("👁️ This is how it is read, in the name of <b>{center}</b>:", center=name.center_name),
        _RULE,
    )
    below = tr.lines(
        _RULE,
        whom(tr, name),
        *_counts(tr, crowd, is_sent=False),
        tr.text("🌙 It is quiet time now. It goes out at once all the same.") if preview.is_quiet else None,
        "",
        tr.text("To change it, just type it again."),
    )
    label = (
        tr.nplain("📣 Send it again to {n} person", "📣 Send it again to {n} people", crowd.reached)
        if is_again
        else tr.nplain("📣 Send to {n} person", "📣 Send to {n} people", crowd.reached)
    )
    send = (Button(label, encode(SendBroadcastNow(broadcast_id, is_again)), Style.PRIMARY),) if crowd.reached else ()
    return Screen(
        Markup("{}\n{}\n{}").format(above, body(tr, _as_news(name, text)), below),
        (send, (Button(tr.plain("✖️ Don't send"), encode(_back_to(name.target))),)),
    )


def card_screen(tr: Translator, card: BroadcastCard, *, now: datetime) -> Screen:
    """Show a broadcast: how it is doing, with the button that stops it; or how it ended."""
    text = Markup("{}\n\n{}\n\n{}").format(
        tr.lines(
            whom(tr, card.name),
            tr.text("👤 {author}, {moment}", author=card.author_name, moment=tr.past_moment(card.created_at, now=now)),
        ),
        escape(card.text),
        tr.lines(*_outcome(tr, card)),
    )
    return Screen(text, _card_rows(tr, card))


def past(tr: Translator, lines: Sequence[BroadcastLine], *, everybody: CenterId | None, has_more: bool) -> Screen:
    """List the messages to many, the newest first; ``everybody`` is the center, for who may write to all of it."""
    to_all = (
        ((Button(tr.plain("✍️ To every student"), encode(AskBroadcast(BroadcastAudience.CENTER, everybody))),),)
        if everybody is not None
        else ()
    )
    more = ((Button(tr.plain("More ▶️"), encode(ListBroadcasts(lines[-1].cursor))),),) if has_more else ()
    return Screen(
        tr.lines(
            tr.text("<b>Announcements</b>"),
            tr.text("To write to the people of a class on one day, open it and tap “Write to everybody”."),
            tr.text("The cards of classes and branches have that button, too.") if everybody is not None else None,
            "",
            tr.text("Sent so far:") if lines else tr.text("Nothing was sent so far."),
        ),
        (
            *to_all,
            *((Button(_label(tr, line), encode(OpenBroadcast(line.broadcast_id))),) for line in lines),
            *more,
            home_row(tr),
        ),
    )


def ended_news(tr: Translator, card: BroadcastCard) -> Screen:
    """Tell the author, who went on to other screens, how it ended."""
    return Screen(
        tr.lines(whom(tr, card.name), *_outcome(tr, card)),
        ((Button(tr.plain("📣 Open the announcement"), encode(OpenBroadcast(card.broadcast_id))),),),
    )


def whom(tr: Translator, name: TargetName) -> Markup:
    """Return who the people are."""
    match name.target.audience:
        case BroadcastAudience.SESSION if name.starts_at is not None:
            return tr.text(
                "👥 Everybody with a seat in <b>{title}</b>, {moment}, {branch}",
                title=name.class_title,
                moment=tr.moment(name.starts_at),
                branch=name.branch_name,
            )
        case BroadcastAudience.CLASS:
            return tr.ntext(
                "👥 Everybody of <b>{title}</b>: a seat to come or in the last {n} week, or credits for it",
                "👥 Everybody of <b>{title}</b>: a seat to come or in the last {n} weeks, or credits for it",
                _RECENT_WEEKS,
                title=name.class_title,
            )
        case BroadcastAudience.BRANCH:
            return tr.ntext(
                "👥 Everybody of <b>{branch}</b>: a seat there to come or in the last {n} week",
                "👥 Everybody of <b>{branch}</b>: a seat there to come or in the last {n} weeks",
                _RECENT_WEEKS,
                branch=name.branch_name,
            )
        case _:
            return tr.text("👥 Every student of <b>{center}</b>", center=name.center_name)


def _counts(tr: Translator, crowd: Crowd, *, is_sent: bool) -> tuple[Markup | None, ...]:
    reached = None
    if not is_sent:
        reached = tr.ntext("📨 It goes to {n} person.", "📨 It goes to {n} people.", crowd.reached)
    return (
        reached,
        tr.ntext(
            "📵 {n} person cannot be reached: without Telegram, or has blocked the bot.",
            "📵 {n} people cannot be reached: without Telegram, or have blocked the bot.",
            crowd.unreachable,
        )
        if crowd.unreachable
        else None,
        tr.ntext("🔕 {n} person has switched news off.", "🔕 {n} people have switched news off.", crowd.muted)
        if crowd.muted
        else None,
    )


def _outcome(tr: Translator, card: BroadcastCard) -> tuple[Markup | None, ...]:
    done = card.progress
    not_sent = 0 if card.is_under_way else max(0, card.crowd.reached - done.sent - done.unknown - done.failed - card.left)
    return (
        _state(tr, card),
        tr.ntext("✅ {n} person has got it", "✅ {n} people have got it", done.sent),
        tr.ntext(
            "❔ {n} person may have got it: the connection broke off",
            "❔ {n} people may have got it: the connection broke off",
            done.unknown,
        )
        if done.unknown
        else None,
        tr.ntext("🚫 {n} person could not be told", "🚫 {n} people could not be told", done.failed)
        if done.failed
        else None,
        tr.ntext("⏳ {n} person is still to be told", "⏳ {n} people are still to be told", card.left)
        if card.left
        else None,
        tr.ntext("✋ Not sent to {n} person", "✋ Not sent to {n} people", not_sent) if not_sent else None,
        *_counts(tr, card.crowd, is_sent=True),
    )


def _state(tr: Translator, card: BroadcastCard) -> Markup:
    match card.state:
        case BroadcastState.DONE:
            return tr.text("🏁 <b>Sent</b>")
        case BroadcastState.STOPPED:
            return tr.text("⏹️ <b>Stopped</b>")
        case _:
            told = card.crowd.reached - card.left
            return tr.text("📤 <b>Being sent: {told} of {people}</b>", told=told, people=card.crowd.reached)


def _card_rows(tr: Translator, card: BroadcastCard) -> Rows:
    if card.ended_at is not None:
        return ((Button(tr.plain("📣 Announcements"), encode(ListBroadcasts(None))), *home_row(tr)),)
    home = (Button(tr.plain("🏠 Home"), encode(StopFollowing(card.broadcast_id))),)
    if not card.is_under_way:
        return (home,)
    return ((Button(tr.plain("⏹️ Stop"), encode(StopBroadcastNow(card.broadcast_id)), Style.DANGER),), home)


def _label(tr: Translator, line: BroadcastLine) -> str:
    sign = "⏹️" if line.state is BroadcastState.STOPPED else "✔️" if line.is_ended else "📤"
    about = [
        tr.plain("{title}", title=line.class_title) if line.class_title else None,
        tr.plain("{branch}", branch=line.branch_name) if line.branch_name else None,
    ]
    names = [each for each in about if each is not None] or [tr.plain("every student")]
    return tr.label(f"{sign} {tr.moment(line.created_at)}", *names)


def _as_news(name: TargetName, text: str) -> BroadcastNews:
    return BroadcastNews(
        audience=name.target.audience,
        session_id=None,
        center_name=name.center_name,
        class_title=name.class_title,
        branch_name=name.branch_name,
        starts_at=name.starts_at,
        text=text,
        is_stopped=False,
    )


def _back(tr: Translator, target: Target) -> Button:
    return Button(tr.plain("◀️ Back"), encode(_back_to(target)))


def _back_to(target: Target) -> OpenSession | OpenClass | OpenBranch | ListBroadcasts:
    match target.audience:
        case BroadcastAudience.SESSION:
            return OpenSession(SessionId(target.subject_id))
        case BroadcastAudience.CLASS:
            return OpenClass(ClassId(target.subject_id))
        case BroadcastAudience.BRANCH:
            return OpenBranch(BranchId(target.subject_id))
        case BroadcastAudience.CENTER:
            return ListBroadcasts(None)
