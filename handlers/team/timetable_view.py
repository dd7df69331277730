"""The timetable: its rules, adding one by taps, ending it, and leaving a day out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from markupsafe import Markup

from domain.sessions.rules import weekdays_of
from domain.sessions.team_views import TeamSessionLine
from domain.sessions.timetable_views import RuleLine
from handlers.buttons import timetable as buttons
from handlers.callback_codec import CallbackData
from handlers.callback_data import encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style
from handlers.student.calendar_words import day_name, weekday_name
from handlers.student.home_view import home_row
from handlers.team.session_plan_view import clock_time
from handlers.team.view import session_rows

_WEEK = 7


@dataclass(frozen=True, slots=True)
class RulePlan:
    """A new rule as far as it is chosen. The names are for reading."""

    class_title: str
    branch_name: str | None = None
    weekdays: tuple[int, ...] = ()
    at: time | None = None
    starts_on: date | None = None


def timetable(tr: Translator, *, rules: Sequence[RuleLine], page: int, has_more: bool) -> Screen:
    """Return a page of the rules."""
    turning = []
    if page > 0:
        turning.append(Button(tr.plain("⏮️ First page"), encode(buttons.OpenTimetable(0))))
    if has_more:
        turning.append(Button(tr.plain("More ▶️"), encode(buttons.OpenTimetable(page + 1))))
    explained = (
        tr.text("From these rules the classes of the next weeks are made. Tap one to see it or end it.")
        if rules
        else tr.text("There are no rules yet. Add one, and its classes are made by themselves.")
    )
    return Screen(
        tr.lines(tr.text("<b>🔁 Timetable</b>"), explained),
        (
            *((Button(_label(tr, rule), encode(buttons.OpenRule(rule.rule_id))),) for rule in rules),
            *((tuple(turning),) if turning else ()),
            (
                Button(tr.plain("➕ New rule"), encode(buttons.NewRuleClass(0))),
                Button(tr.plain("🏖️ Holidays"), encode(buttons.OpenHolidays())),
            ),
            home_row(tr),
        ),
    )


def rule_card(
    tr: Translator, rule: RuleLine, *, sessions: Sequence[TeamSessionLine], now: datetime, notice: Markup | None = None
) -> Screen:
    """Return a rule with the next classes that it has made."""
    is_over = rule.archived_at is not None
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            *rule_lines(tr, rule),
            tr.text("🛑 This rule has ended.") if is_over else None,
            "" if sessions else None,
            tr.text("The next classes:") if sessions else None,
        ),
        (
            *session_rows(tr, sessions, now=now),
            *(
                ()
                if is_over
                else (
                    (
                        Button(tr.plain("✏️ Change it"), encode(buttons.OpenRuleChange(rule.rule_id))),
                        Button(tr.plain("⏭️ Leave a day out"), encode(buttons.AskDayOut(rule.rule_id))),
                    ),
                    (Button(tr.plain("🛑 End this rule"), encode(buttons.AskEndRule(rule.rule_id)), Style.DANGER),),
                )
            ),
            (Button(tr.plain("◀️ Timetable"), encode(buttons.OpenTimetable(0))), *home_row(tr)),
        ),
    )


def rule_lines(tr: Translator, rule: RuleLine) -> tuple[Markup | None, ...]:
    """Return the lines that say what a rule makes."""
    days = day_names(tr, weekdays_of(rule.recurrence))
    return (
        tr.text("🔁 <b>{title}</b>", title=rule.class_title),
        tr.text("🗓️ {days}, {time}", days=days, time=clock_time(rule.local_time)),
        tr.text("📍 {branch}", branch=rule.branch_name),
        tr.text("👤 {teacher} · {seats}", teacher=rule.teacher, seats=tr.nplain("{n} seat", "{n} seats", rule.capacity)),
        tr.text("From {day} on", day=day_name(tr, rule.starts_on))
        if rule.ends_on is None
        else tr.text("From {first} to {last}", first=day_name(tr, rule.starts_on), last=day_name(tr, rule.ends_on)),
    )


def choose(tr: Translator, *, heading: Markup, question: Markup, options: Sequence[tuple[str, CallbackData]]) -> Screen:
    """Ask for one of a few things, each a button of its own."""
    return Screen(
        tr.lines(heading, question),
        (*((Button(label, encode(data)),) for label, data in options), _to_timetable(tr)),
    )


def plan_heading(tr: Translator, plan: RulePlan) -> Markup:
    """Return what is chosen of a new rule so far."""
    return tr.lines(
        tr.text("<b>➕ New rule</b>"),
        tr.text("🎓 {title}", title=plan.class_title),
        tr.text("📍 {branch}", branch=plan.branch_name) if plan.branch_name is not None else None,
        tr.text("🗓️ {days}", days=day_names(tr, plan.weekdays)) if plan.weekdays and plan.at is None else None,
        tr.text("🗓️ {days}, {time}", days=day_names(tr, plan.weekdays), time=clock_time(plan.at))
        if plan.at is not None
        else None,
        tr.text("From {day} on", day=day_name(tr, plan.starts_on)) if plan.starts_on is not None else None,
    )


def choose_weekdays(
    tr: Translator, plan: RulePlan, *, options: Sequence[tuple[int, CallbackData]], go_on: CallbackData
) -> Screen:
    """Ask on which weekdays: each tap adds one or takes it away."""
    cells = [
        Button(
            f"{'✅ ' if weekday in plan.weekdays else ''}{weekday_name(tr, weekday)}",
            encode(data),
            Style.PRIMARY if weekday in plan.weekdays else None,
        )
        for weekday, data in options
    ]
    rows = [tuple(cells[start : start + 2]) for start in range(0, len(cells), 2)]
    if plan.weekdays:
        rows.append((Button(tr.plain("Go on ▶️"), encode(go_on), Style.SUCCESS),))
    heading = plan_heading(tr, RulePlan(plan.class_title, plan.branch_name))
    question = tr.text("On which days of the week? Tap each of them, then go on.")
    return Screen(tr.lines(heading, "", question), (*rows, _to_timetable(tr)))


def choose_day(
    tr: Translator,
    *,
    heading: Markup,
    question: Markup,
    options: Sequence[tuple[str, CallbackData]],
    notice: Markup | None = None,
    back: CallbackData | None = None,
) -> Screen:
    """Ask for a day, a time or the like: three in a row; another one is typed."""
    cells = [Button(label, encode(data)) for label, data in options]
    last = (Button(tr.plain("◀️ Back"), encode(back)),) if back is not None else _to_timetable(tr)
    return Screen(
        tr.lines(notice, heading, "", question),
        (*(tuple(cells[start : start + 3]) for start in range(0, len(cells), 3)), last),
    )


def confirm_rule(tr: Translator, plan: RulePlan, *, data: CallbackData) -> Screen:
    """Show all of a new rule once more."""
    return Screen(
        tr.lines(
            plan_heading(tr, plan),
            "",
            tr.text("Its classes of the next weeks are made at once, and go on until you end the rule."),
        ),
        ((Button(tr.plain("Add this rule"), encode(data), Style.SUCCESS),), _to_timetable(tr)),
    )


def kept_sessions(
    tr: Translator, *, said: Markup, sessions: Sequence[TeamSessionLine], now: datetime, back: CallbackData
) -> Screen:
    """Say what was done, and name the classes that stay because somebody is in them, each a tap from being cancelled."""
    return Screen(
        tr.lines(
            said,
            "" if sessions else None,
            tr.ntext(
                "{n} class stays, because somebody is or was in it. Tap it to cancel it:",
                "{n} classes stay, because somebody is or was in them. Tap each to cancel it:",
                len(sessions),
            )
            if sessions
            else None,
        ),
        (*session_rows(tr, sessions, now=now), (Button(tr.plain("◀️ Back"), encode(back)), *home_row(tr))),
    )


def ask_end(tr: Translator, rule: RuleLine, *, options: Sequence[date], notice: Markup | None = None) -> Screen:
    """Ask after which day a rule ends, and say what that does."""
    cells = [
        Button(str(day_name(tr, day)), encode(buttons.ConfirmEndRule(rule.rule_id, day)), Style.DANGER) for day in options
    ]
    return Screen(
        tr.lines(
            notice,
            *rule_lines(tr, rule),
            "",
            tr.text("After which day does it end? Tap one, or type it, for example: 25/12"),
            tr.text("Later classes that nobody is in are deleted. The others stay, and are named."),
        ),
        (
            (Button(tr.plain("🛑 At once"), encode(buttons.ConfirmEndRule(rule.rule_id, None)), Style.DANGER),),
            *(tuple(cells[start : start + 3]) for start in range(0, len(cells), 3)),
            (Button(tr.plain("◀️ Back"), encode(buttons.OpenRule(rule.rule_id))),),
        ),
    )


def day_names(tr: Translator, weekdays: Sequence[int]) -> str:
    """Return weekdays as they are read, one after the other."""
    comma = "، " if tr.is_right_to_left else ", "
    return comma.join(weekday_name(tr, weekday) for weekday in weekdays)


def ends_of_weeks(today: date) -> tuple[date, ...]:
    """Return today and the same weekday of the next weeks: the usual days for a rule to end."""
    return tuple(today + timedelta(days=_WEEK * week) for week in range(6))


def _label(tr: Translator, rule: RuleLine) -> str:
    days = day_names(tr, weekdays_of(rule.recurrence))
    return tr.label(
        tr.plain("{title}", title=rule.class_title),
        f"{days} {clock_time(rule.local_time)}",
        tr.plain("{branch}", branch=rule.branch_name),
    )


def _to_timetable(tr: Translator) -> tuple[Button, ...]:
    return (Button(tr.plain("◀️ Timetable"), encode(buttons.OpenTimetable(0))),)
