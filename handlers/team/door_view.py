"""The door's screens: a session's roster, marking everyone, and searching a head in it."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.enrollments.door_screens import RosterPage
from domain.enrollments.door_views import DoorSession, Head, MoneyAtOnce
from domain.enrollments.marking import Mark
from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import PaymentMethod
from domain.permissions import Actor
from domain.sessions.model import SessionStatus
from domain.sessions.team_views import TeamSessionCard
from handlers.buttons.door import AskEveryone, AskHeadName, ConfirmEveryone, MarkHead, OpenHead, OpenRoster
from handlers.callback_data import OpenSession, encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style

_LAST_PAGE = 255  # what a button has room for


def roster_rows(tr: Translator, card: TeamSessionCard, _actor: Actor, _now: datetime) -> Rows:
    """Return the way to a session's roster, for its card: whoever runs the session stands at its door."""
    return ((Button(tr.plain("📋 Roster"), encode(OpenRoster(card.session_id, 0))),),)


def roster(tr: Translator, page: RosterPage, *, now: datetime, notice: Markup | None = None) -> Screen:
    """Return a page of a session's roster: one tap a head while the door is open, outcomes afterwards."""
    session = page.session
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            *heading(tr, session),
            "",
            *_counts(tr, session),
            _what_to_do(tr, session, now=now),
            _legend(tr) if page.heads else None,
        ),
        (
            *(_head_row(tr, head, session, page.number) for head in page.heads),
            *_turning(tr, page),
            *_door_rows(tr, session),
            (Button(tr.plain("◀️ Class"), encode(OpenSession(session.session_id))),),
        ),
    )


def heading(tr: Translator, session: DoorSession) -> tuple[Markup, ...]:
    """Return what a door's screen begins with: which class, when and where, and how it stands."""
    return (
        tr.text("<b>{title}</b>", title=session.class_title),
        tr.text("🗓️ {day}, {times}", day=tr.day(session.starts_at), times=tr.time_range(session.starts_at, session.ends_at)),
        tr.text("📍 {branch}", branch=session.branch_name),
        status_line(tr, session.status),
    )


def status_line(tr: Translator, status: SessionStatus) -> Markup:
    """Return how a session stands, in a few words."""
    match status:
        case SessionStatus.SCHEDULED:
            return tr.text("⏳ Check-in is not open yet")
        case SessionStatus.CHECKING_IN:
            return tr.text("🟢 Check-in is open")
        case SessionStatus.CONDUCTING:
            return tr.text("▶️ The class is going on")
        case SessionStatus.FINISHED:
            return tr.text("🏁 Finished")
        case SessionStatus.CANCELED:
            return tr.text("❌ Cancelled")
        case SessionStatus.MISSED:
            return tr.text("⚠️ It did not take place")


def ask_everyone(tr: Translator, session: DoorSession, money: MoneyAtOnce) -> Screen:
    """Return the question that marking everyone asks once: how many heads, and what is taken."""
    taken = tr.money(money.amount_minor, session.currency)
    return Screen(
        tr.lines(
            tr.ntext(
                "Mark the {n} head without a mark as attended?",
                "Mark all {n} heads without a mark as attended?",
                session.unmarked,
            ),
            "",
            tr.ntext(
                "💳 {amount} is taken from {n} wallet.",
                "💳 {amount} is taken from {n} wallets.",
                money.wallets,
                amount=taken,
            )
            if money.wallets
            else tr.text("No money is taken."),
            tr.text("Each mark can be undone."),
        ),
        (
            (Button(tr.plain("✅ Yes, everyone attended"), encode(ConfirmEveryone(session.session_id)), Style.SUCCESS),),
            (Button(tr.plain("📋 Roster"), encode(OpenRoster(session.session_id, 0))),),
        ),
    )


def marked(tr: Translator, number: int | None) -> str:
    """Return what pops up when everyone was marked, or is being."""
    if number is None:
        return tr.plain("💫 They are many: it goes on by itself")
    return tr.nplain("{n} head marked ✅", "{n} heads marked ✅", number)


def ask_name(tr: Translator, session: DoorSession, *, notice: Markup | None = None) -> Screen:
    """Return the question for whom to look."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("Whom are you looking for in {title}?", title=session.class_title),
            tr.text("Type a name or a part of it, for example: Mona"),
        ),
        ((Button(tr.plain("📋 Roster"), encode(OpenRoster(session.session_id, 0))),),),
    )


def found_heads(tr: Translator, session: DoorSession, heads: Sequence[Head], *, words: str, has_more: bool) -> Screen:
    """Return the heads that were found; each leads to its card."""
    if heads:
        said = tr.text("Found for “{words}”:", words=words)
    else:
        said = tr.text("Nobody in this class is called “{words}”.", words=words)
    return Screen(
        tr.lines(
            *heading(tr, session),
            "",
            said,
            tr.text("There are more: type more of the name.") if has_more else None,
        ),
        (
            *((Button(_label(tr, head), encode(OpenHead(head.enrollment_id))),) for head in heads),
            (Button(tr.plain("🔍 Look for another"), encode(AskHeadName(session.session_id))),),
            (Button(tr.plain("📋 Roster"), encode(OpenRoster(session.session_id, 0))),),
        ),
    )


def head_mark(head: Head) -> str:
    """Return the sign of a head's mark or outcome."""
    if head.status is EnrollmentStatus.CANCELLED:
        return "✖️"
    if head.attended_at is not None:
        return "✅"
    if head.status is EnrollmentStatus.NO_SHOW:
        return "🚫"
    return "❌" if head.marked_absent_at is not None else "⬜"


def paid_sign(method: PaymentMethod | None) -> str:
    """Return the sign of a way to pay for a seat."""
    match method:
        case PaymentMethod.PACKAGE:
            return "📦"
        case PaymentMethod.WALLET:
            return "👛"
        case PaymentMethod.CASH:
            return "💵"
        case PaymentMethod.GATEWAY:
            return "💳"
        case None:
            return "🎁"


def _legend(tr: Translator) -> Markup:
    return tr.text("📦 credit · 👛 wallet · 💵 cash · 🎁 free")


def _counts(tr: Translator, session: DoorSession) -> tuple[Markup | None, ...]:
    return (
        tr.text("<b>{here} of {heads} here</b>", here=session.attended, heads=session.heads),
        tr.ntext("{n} absent", "{n} absent", session.absent) if session.absent else None,
        tr.text("Seats taken: {taken} of {capacity}", taken=session.seats_taken, capacity=session.capacity),
        tr.ntext("⏳ {n} seat is held for somebody", "⏳ {n} seats are held for somebody", session.held)
        if session.held
        else None,
    )


def _what_to_do(tr: Translator, session: DoorSession, *, now: datetime) -> Markup | None:
    if session.being_marked and session.is_open:
        return tr.text("💫 Everyone is being marked as attended: see the number grow.")
    if session.is_open:
        return tr.text("Tap a name: attended. ✗: absent. ↩️: undo.") if session.heads else None
    if session.is_correctable(now):
        return tr.text("Tap a name to correct it, until {moment}.", moment=tr.moment(session.corrections_close_at))
    return None


def _head_row(tr: Translator, head: Head, session: DoorSession, page: int) -> tuple[Button, ...]:
    if not session.is_open:
        return (Button(_label(tr, head), encode(OpenHead(head.enrollment_id))),)
    number = min(page, _LAST_PAGE)
    is_marked = head.attended_at is not None or head.marked_absent_at is not None
    side = (
        Button("↩️", encode(MarkHead(head.enrollment_id, Mark.NONE, number)))
        if is_marked
        else Button("✗", encode(MarkHead(head.enrollment_id, Mark.ABSENT, number)))
    )
    return (Button(_label(tr, head), encode(MarkHead(head.enrollment_id, Mark.ATTENDED, number))), side)


def _label(tr: Translator, head: Head) -> str:
    case = " ⚖️" if head.open_case is not None else ""
    return tr.label(f"{head_mark(head)} {tr.plain('{name}', name=head.name)}", f"{paid_sign(head.method)}{case}")


def _turning(tr: Translator, page: RosterPage) -> Rows:
    turning = []
    if page.number > 0:
        turning.append(Button(tr.plain("◀️ Back"), encode(OpenRoster(page.session.session_id, page.number - 1))))
    if page.has_more and page.number < _LAST_PAGE:
        turning.append(Button(tr.plain("More ▶️"), encode(OpenRoster(page.session.session_id, page.number + 1))))
    return (tuple(turning),) if turning else ()


def _door_rows(tr: Translator, session: DoorSession) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if session.is_open and session.unmarked and not session.being_marked:
        label = tr.plain("✅ Everyone attended")
        rows.append((Button(label, encode(AskEveryone(session.session_id)), Style.SUCCESS),))
    if session.heads:
        rows.append((Button(tr.plain("🔍 Look for somebody"), encode(AskHeadName(session.session_id))),))
    return tuple(rows)
