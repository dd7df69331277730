"""Planning a session by taps: of which class, where, on which day, at what time, and all of it once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from markupsafe import Markup

from domain.sessions.calendar_views import BranchChoice, ClassChoice
from domain.sessions.model import SessionStatus, SessionTimes
from domain.sessions.team_views import TeamSessionCard
from handlers.buttons import sessions as buttons
from handlers.callback_codec import CallbackData
from handlers.callback_data import OpenSession, encode
from handlers.i18n import Translator, isolate
from handlers.screens import Button, Screen, Style
from handlers.student.calendar_words import day_name
from handlers.student.home_view import home_row

DAYS_SHOWN = 14
_COMMON_HOURS = (8, 9, 10, 11, 12, 16, 17, 18, 19, 20, 21)


@dataclass(frozen=True, slots=True)
class NewPlan:
    """An extra session as far as it is chosen. The names are for reading."""

    class_title: str
    branch_name: str | None = None
    day: date | None = None
    times: SessionTimes | None = None


def choose_class(tr: Translator, *, classes: Sequence[ClassChoice], page: int, has_more: bool) -> Screen:
    """Ask of which class an extra session is to be."""
    turning = []
    if page > 0:
        turning.append(Button(tr.plain("⏮️ First page"), encode(buttons.NewSession(0))))
    if has_more:
        turning.append(Button(tr.plain("More ▶️"), encode(buttons.NewSession(page + 1))))
    question = tr.text("Which class?") if classes else tr.text("There are no classes yet.")
    return Screen(
        tr.lines(tr.text("<b>Extra class</b>"), question),
        (
            *(
                (Button(tr.plain("{title}", title=each.name), encode(buttons.NewSessionBranch(each.id))),)
                for each in classes
            ),
            *((tuple(turning),) if turning else ()),
            home_row(tr),
        ),
    )


def choose_branch(tr: Translator, *, heading: Markup, options: Sequence[tuple[BranchChoice, CallbackData]]) -> Screen:
    """Ask at which branch a session is to be."""
    return Screen(
        tr.lines(heading, tr.text("At which branch?")),
        (
            *((Button(tr.plain("📍 {branch}", branch=each.name), encode(data)),) for each, data in options),
            home_row(tr),
        ),
    )


def new_heading(tr: Translator, plan: NewPlan) -> Markup:
    """Return what is chosen of an extra session so far."""
    return tr.lines(
        tr.text("<b>Extra class</b>"),
        tr.text("🎓 {title}", title=plan.class_title),
        tr.text("📍 {branch}", branch=plan.branch_name) if plan.branch_name is not None else None,
        tr.text("🗓️ {day}", day=day_name(tr, plan.day)) if plan.day is not None and plan.times is None else None,
        _when(tr, plan.times) if plan.times is not None else None,
    )


def move_heading(tr: Translator, card: TeamSessionCard) -> Markup:
    """Return what is to be moved."""
    moment = tr.moment(card.starts_at)
    if card.status is SessionStatus.CANCELED:
        return tr.lines(
            tr.text("🗓️ Reschedule <b>{title}</b>, which was on {moment}", title=card.class_title, moment=moment)
        )
    return tr.lines(tr.text("🗓️ Move <b>{title}</b>, {moment}", title=card.class_title, moment=moment))


def choose_day(
    tr: Translator,
    *,
    heading: Markup,
    today: date,
    options: Sequence[tuple[date, CallbackData]],
    notice: Markup | None = None,
) -> Screen:
    """Ask on which day; another one is typed."""
    cells = [Button(_short_day(tr, day, today=today), encode(data)) for day, data in options]
    return Screen(
        tr.lines(notice, heading, "", tr.text("On which day? Tap one, or type it, for example: 25/12")),
        (*(tuple(cells[start : start + 3]) for start in range(0, len(cells), 3)), home_row(tr)),
    )


def choose_time(
    tr: Translator, *, heading: Markup, options: Sequence[tuple[time, CallbackData]], notice: Markup | None = None
) -> Screen:
    """Ask at what time; another one is typed."""
    cells = [Button(clock_time(at), encode(data)) for at, data in options]
    return Screen(
        tr.lines(notice, heading, "", tr.text("At what time? Tap one, or type it, for example: 18:30")),
        (*(tuple(cells[start : start + 4]) for start in range(0, len(cells), 4)), home_row(tr)),
    )


def confirm_new(tr: Translator, plan: NewPlan, *, data: CallbackData, teacher: str, capacity: int) -> Screen:
    """Show all of an extra session once more."""
    return Screen(
        tr.lines(
            new_heading(tr, plan),
            tr.text("👤 {teacher}", teacher=teacher),
            tr.ntext("🪑 {n} seat", "🪑 {n} seats", capacity),
        ),
        ((Button(tr.plain("Add this class"), encode(data), Style.SUCCESS),), home_row(tr)),
    )


def confirm_move(tr: Translator, card: TeamSessionCard, times: SessionTimes, *, data: CallbackData) -> Screen:
    """Say what moving or rescheduling a session does, and ask."""
    is_rescheduling = card.status is SessionStatus.CANCELED
    if is_rescheduling:
        consequence = tr.ntext(
            "{n} person who was in it is invited to book again. Nobody is booked by itself.",
            "{n} people who were in it are invited to book again. Nobody is booked by itself.",
            card.seats_at_end or 0,
        )
    else:
        consequence = tr.ntext(
            "{n} person is told, and may cancel free of charge until it begins.",
            "{n} people are told, and may cancel free of charge until it begins.",
            card.seats_taken,
        )
    is_anybody_in_it = (card.seats_at_end or 0) > 0 if is_rescheduling else card.seats_taken > 0
    label = tr.plain("Yes, reschedule it") if is_rescheduling else tr.plain("Yes, move it")
    return Screen(
        tr.lines(move_heading(tr, card), _when(tr, times), "", consequence if is_anybody_in_it else None),
        (
            (Button(label, encode(data), Style.SUCCESS),),
            (Button(tr.plain("No, leave it"), encode(OpenSession(card.session_id))),),
        ),
    )


def times_with(usual: time | None = None) -> tuple[time, ...]:
    """Return the times to choose from: those of most classes, and the one that is usual for this one."""
    return tuple(sorted({*([usual] if usual is not None else []), *(time(hour) for hour in _COMMON_HOURS)}))


def days_from(today: date) -> tuple[date, ...]:
    """Return the days to choose from."""
    return tuple(today + timedelta(days=number) for number in range(DAYS_SHOWN + 1))


def clock_time(at: time) -> str:
    """Return a time of day, e.g. "18:00"."""
    return isolate(f"{at:%H:%M}")


def _short_day(tr: Translator, day: date, *, today: date) -> str:
    if day == today:
        return tr.plain("Today")
    return tr.plain("Tomorrow") if day == today + timedelta(days=1) else str(day_name(tr, day))


def _when(tr: Translator, times: SessionTimes) -> Markup:
    return tr.text("🗓️ {day}, {times}", day=tr.day(times.starts_at), times=tr.time_range(times.starts_at, times.ends_at))


def to_day(tr: Translator, day: date) -> Markup:
    """Return the day that a session is to be moved to."""
    return tr.text("→ {day}", day=day_name(tr, day))
