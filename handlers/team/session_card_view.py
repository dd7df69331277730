"""A session for who runs it: how it stands, the one big button that takes it on, and what else can be done with it."""

from datetime import datetime

from markupsafe import Markup

from domain.permissions import Actor, Role
from domain.sessions.life import can_be_cancelled, next_status
from domain.sessions.model import CancelReason, SessionStatus
from domain.sessions.team_views import ENDED, Stakes, TeamListChoice, TeamSessionCard
from handlers.buttons.sessions import (
    AskCancelSession,
    AskCapacity,
    AskDeleteSession,
    AskTeacher,
    ConfirmCancelSession,
    ConfirmDeleteSession,
    ListOverrides,
    ListTeamSessions,
    OpenEdit,
    OpenMove,
    OpenMoveBranch,
    PickCancelReason,
    TakeStep,
)
from handlers.callback_data import OpenSession, encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.session_words import reason_text, status_icon, status_name
from handlers.student.home_view import home_row
from handlers.team.session_rows import rows_on_card


def team_card(
    tr: Translator, card: TeamSessionCard, *, actor: Actor, now: datetime, notice: Markup | None = None
) -> Screen:
    """Return a session's card: its state, its seats, and what can be done now."""
    status = tr.plain("{status}", status=status_name(tr, card.status))
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("<b>{title}</b> · {level}", title=card.class_title, level=card.level),
            *where_and_when(tr, card),
            "",
            tr.text("{icon} <b>{status}</b>", icon=status_icon(card.status), status=status),
            *_state(tr, card, now=now),
        ),
        (
            *_big_button(tr, card),
            *rows_on_card(tr, card, actor, now=now),
            *_other_rows(tr, card, actor=actor),
            (Button(tr.plain("📅 All classes"), encode(ListTeamSessions(TeamListChoice(), 0))), *home_row(tr)),
        ),
    )


def where_and_when(tr: Translator, card: TeamSessionCard) -> tuple[Markup, ...]:
    """Return the lines that say when, where and with whom."""
    times = tr.time_range(card.starts_at, card.ends_at)
    return (
        tr.text("🗓️ {day}, {times}", day=tr.day(card.starts_at), times=times),
        tr.text("📍 {branch}", branch=card.branch_name),
        tr.text("👤 {teacher}", teacher=card.teacher),
    )


def _state(tr: Translator, card: TeamSessionCard, *, now: datetime) -> tuple[Markup | None, ...]:
    if card.status in {SessionStatus.CANCELED, SessionStatus.MISSED}:
        return _called_off(tr, card)
    seats = tr.text("Seats taken: {taken} of {capacity}", taken=card.seats_taken, capacity=card.capacity)
    is_early = card.status is SessionStatus.SCHEDULED and now < card.opens_at
    return (
        seats,
        tr.ntext("{n} of them held, not booked yet", "{n} of them held, not booked yet", card.reserved)
        if card.reserved
        else None,
        tr.ntext("{n} on the waitlist", "{n} on the waitlist", card.waiting) if card.waiting else None,
        tr.ntext("✔️ {n} attended", "✔️ {n} attended", card.attended) if card.status is not SessionStatus.SCHEDULED else None,
        tr.text("Check-in can be opened from {moment} on.", moment=tr.moment(card.opens_at)) if is_early else None,
    )


def _called_off(tr: Translator, card: TeamSessionCard) -> tuple[Markup | None, ...]:
    total = card.seats_at_end or 0
    if total == 0:
        progress = tr.text("Nobody was in it.")
    elif card.settled_at is None:
        progress = tr.text("💫 Made good: {done} of {total}", done=card.made_good, total=total)
    else:
        progress = tr.ntext("✅ {n} seat made good", "✅ All {n} seats made good", total)
    return (
        tr.text("Reason: {reason}", reason=reason_text(tr, card.cancel_reason)) if card.cancel_reason else None,
        progress,
    )


def _big_button(tr: Translator, card: TeamSessionCard) -> Rows:
    becomes = next_status(card.status)
    if becomes is not None:
        label, style = {
            SessionStatus.CHECKING_IN: (tr.plain("🚪 Open check-in"), Style.PRIMARY),
            SessionStatus.CONDUCTING: (tr.plain("▶️ Start the class"), Style.SUCCESS),
            SessionStatus.FINISHED: (tr.plain("🏁 Finish the class"), Style.SUCCESS),
        }[becomes]
        return ((Button(label, encode(TakeStep(card.session_id, becomes)), style),),)
    if card.status is SessionStatus.CANCELED and card.settled_at is not None:
        return ((Button(tr.plain("🗓️ Reschedule"), encode(OpenMove(card.session_id)), Style.PRIMARY),),)
    if card.status in {SessionStatus.CANCELED, SessionStatus.MISSED} and card.settled_at is None:
        return ((Button(tr.plain("🔄 Refresh"), encode(OpenSession(card.session_id))),),)
    return ()


def _other_rows(tr: Translator, card: TeamSessionCard, *, actor: Actor) -> Rows:
    if card.status in ENDED:
        return ()
    rows: list[tuple[Button, ...]] = [(Button(tr.plain("✏️ Change"), encode(OpenEdit(card.session_id))),)]
    if actor.role is Role.ADMIN and card.seats_taken > 0:
        rows.append((Button(tr.plain("↩️ Give a seat back"), encode(ListOverrides(card.session_id, 0))),))
    ending = []
    if card.is_deletable:
        ending.append(Button(tr.plain("🗑️ Delete"), encode(AskDeleteSession(card.session_id)), Style.DANGER))
    if can_be_cancelled(card.status):
        ending.append(Button(tr.plain("❌ Cancel the class"), encode(AskCancelSession(card.session_id)), Style.DANGER))
    return (*rows, tuple(ending))


def ask_reason(tr: Translator, card: TeamSessionCard) -> Screen:
    """Ask why a session is to be cancelled."""
    return Screen(
        tr.lines(
            *_headed(tr, card),
            "",
            tr.text("Why is it cancelled? Those who are in it will read this: tap a reason, or type it."),
        ),
        (
            *(
                (Button(reason_text(tr, reason), encode(PickCancelReason(card.session_id, reason))),)
                for reason in CancelReason
                if reason is not CancelReason.OTHER
            ),
            (Button(tr.plain("✍️ Another reason"), encode(PickCancelReason(card.session_id, CancelReason.OTHER))),),
            _back(tr, card),
        ),
    )


def ask_other_reason(tr: Translator, card: TeamSessionCard, *, notice: Markup | None = None) -> Screen:
    """Ask for a reason that is typed."""
    return Screen(
        tr.lines(notice, *_headed(tr, card), "", tr.text("✍️ Please type the reason, as those who are in it will read it.")),
        (_back(tr, card),),
    )


def confirm_cancel(
    tr: Translator, card: TeamSessionCard, stakes: Stakes, *, reason: str, kind: CancelReason, currency: str
) -> Screen:
    """Say what cancelling does, to how many people and with how much, and ask."""
    return Screen(
        tr.lines(
            *_headed(tr, card),
            tr.text("Reason: {reason}", reason=reason_text(tr, reason)),
            "",
            *_consequences(tr, stakes, currency=currency),
        ),
        (
            (
                Button(
                    tr.plain("Yes, cancel the class"),
                    encode(ConfirmCancelSession(card.session_id, kind, card.starts_at)),
                    Style.DANGER,
                ),
            ),
            (Button(tr.plain("No, keep it"), encode(OpenSession(card.session_id))),),
        ),
    )


def _consequences(tr: Translator, stakes: Stakes, *, currency: str) -> tuple[Markup | None, ...]:
    if stakes.people == 0 and stakes.reservations == 0:
        return (tr.text("Nobody is in it."),)
    money, cash = tr.money(stakes.money_minor, currency), tr.money(stakes.cash_minor, currency)
    return (
        tr.ntext(
            "{n} person loses their seat, is told, and gets everything back:",
            "{n} people lose their seats, are told, and get everything back:",
            stakes.people,
        )
        if stakes.people
        else None,
        tr.ntext("🎟️ {n} credit goes back to its package", "🎟️ {n} credits go back to their packages", stakes.credits)
        if stakes.credits
        else None,
        tr.text("💳 {money} becomes free again, or goes back to wallets", money=money) if stakes.money_minor else None,
        tr.text("💵 {cash} of it was paid in cash: it goes to wallets, too", cash=cash) if stakes.cash_minor else None,
        tr.ntext("⏳ {n} held seat lapses", "⏳ {n} held seats lapse", stakes.reservations)
        if stakes.reservations
        else None,
    )


def ask_delete(tr: Translator, card: TeamSessionCard) -> Screen:
    """Ask whether a session that nobody was ever in is to be deleted."""
    of_timetable = tr.text("It will not be made from the timetable again.") if card.rule_id is not None else None
    return Screen(
        tr.lines(*_headed(tr, card), "", tr.text("Nobody is in it. Delete it?"), of_timetable),
        (
            (Button(tr.plain("Yes, delete it"), encode(ConfirmDeleteSession(card.session_id)), Style.DANGER),),
            (Button(tr.plain("No, keep it"), encode(OpenSession(card.session_id))),),
        ),
    )


def edit_menu(tr: Translator, card: TeamSessionCard, *, branch_count: int) -> Screen:
    """Return what can be changed of a session."""
    is_movable = card.status is SessionStatus.SCHEDULED
    rows: list[tuple[Button, ...]] = []
    if is_movable:
        rows.append((Button(tr.plain("🗓️ Day and time"), encode(OpenMove(card.session_id))),))
    if is_movable and branch_count > 1:
        rows.append((Button(tr.plain("📍 Branch"), encode(OpenMoveBranch(card.session_id))),))
    rows += [
        (Button(tr.plain("👤 Teacher"), encode(AskTeacher(card.session_id))),),
        (Button(tr.plain("🪑 Number of seats"), encode(AskCapacity(card.session_id))),),
        _back(tr, card),
    ]
    fixed = None if is_movable else tr.text("Day, time and place are fixed once check-in has been opened.")
    return Screen(tr.lines(*_headed(tr, card), "", tr.text("What would you like to change?"), fixed), tuple(rows))


def ask_capacity(tr: Translator, card: TeamSessionCard, *, notice: Markup | None = None) -> Screen:
    """Ask for another number of seats."""
    return Screen(
        tr.lines(
            notice,
            *_headed(tr, card),
            "",
            tr.text("Seats taken: {taken} of {capacity}", taken=card.seats_taken, capacity=card.capacity),
            tr.text("🪑 How many seats are there to be? Please type a number."),
        ),
        (_back(tr, card),),
    )


def ask_teacher(tr: Translator, card: TeamSessionCard, *, notice: Markup | None = None) -> Screen:
    """Ask who teaches."""
    return Screen(
        tr.lines(
            notice,
            *_headed(tr, card),
            tr.text("👤 {teacher}", teacher=card.teacher),
            "",
            tr.text("Who teaches this class? Please type a name."),
        ),
        (_back(tr, card),),
    )


def _headed(tr: Translator, card: TeamSessionCard) -> tuple[Markup, ...]:
    return (
        tr.text("<b>{title}</b>, {moment}", title=card.class_title, moment=tr.moment(card.starts_at)),
        tr.text("📍 {branch}", branch=card.branch_name),
    )


def _back(tr: Translator, card: TeamSessionCard) -> tuple[Button, ...]:
    return (Button(tr.plain("◀️ Back"), encode(OpenSession(card.session_id))),)
