"""A change to a rule of the timetable: what it is, what it becomes, from when on, and what that means."""

from collections.abc import Sequence
from datetime import date, time
from uuid import UUID

from markupsafe import Markup

from domain.organization.fields import Field
from domain.sessions.rules import weekdays_of
from domain.sessions.timetable_views import RuleLine
from handlers.admin.field_words import label, value_text
from handlers.admin.suggestions import Surroundings, suggestions
from handlers.buttons import timetable as buttons
from handlers.callback_codec import CallbackData
from handlers.callback_data import encode
from handlers.callback_owner import Number
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.calendar_words import day_name, first_weekday, weekday_name, weekday_names
from handlers.student.home_view import home_row
from handlers.team.rule_draft import FIELDS, RuleDraft, bits_of, days_of
from handlers.team.session_plan_view import clock_time
from handlers.team.timetable_view import rule_lines

_IN_A_ROW = 3
_WEEK = 7


def menu(tr: Translator, rule: RuleLine, draft: RuleDraft, *, today: date, notice: Markup | None = None) -> Screen:
    """Return what is chosen so far, and what else can be."""
    starts_on = draft.starts_on or max(today, rule.starts_on)
    changes = _chosen(tr, rule, draft)
    fields = [Button(f"✏️ {label(tr, each)}", encode(buttons.AskRuleField(each))) for each in FIELDS]
    start = Button(tr.plain("🗓️ From {day} on", day=day_name(tr, starts_on)), encode(buttons.AskRuleStart()))
    confirm = Button(
        tr.plain("✅ Change it"), encode(buttons.ConfirmRuleChange(rule.rule_id, draft.change_id)), Style.PRIMARY
    )
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            *rule_lines(tr, rule),
            "",
            tr.text("<b>From {day} on:</b>", day=day_name(tr, starts_on))
            if changes
            else tr.text("What is to be different?"),
            *changes,
            "",
            tr.text("Classes from that day on that nobody is in are made anew. The others stay, and are named."),
            tr.text("Who asked for every class is booked on only where days and time stay."),
        ),
        (
            *(tuple(fields[at : at + 2]) for at in range(0, len(fields), 2)),
            (start,),
            *(((confirm,),) if changes else ()),
            (Button(tr.plain("◀️ Back"), encode(buttons.OpenRule(rule.rule_id))), *home_row(tr)),
        ),
    )


def ask_days(tr: Translator, rule: RuleLine, draft: RuleDraft, *, notice: Markup | None = None) -> Screen:
    """Ask on which weekdays: each tap adds one or takes it away."""
    bits = draft.weekdays if draft.weekdays is not None else bits_of(weekdays_of(rule.recurrence))
    first = first_weekday(tr.zone)
    cells = [
        Button(
            f"{'✅ ' if bits >> day & 1 else ''}{weekday_name(tr, day)}",
            encode(buttons.PickRuleDays(bits ^ (1 << day))),
            Style.PRIMARY if bits >> day & 1 else None,
        )
        for day in ((first + place) % _WEEK for place in range(_WEEK))
    ]
    rows = tuple(tuple(cells[at : at + 2]) for at in range(0, len(cells), 2))
    go_on = ((Button(tr.plain("Go on ▶️"), encode(buttons.ShowRuleChange()), Style.SUCCESS),),) if bits else ()
    question = tr.text("On which days of the week? Tap each of them, then go on.")
    return _ask(tr, rule, question, (*rows, *go_on), notice=notice)


def ask_time(tr: Translator, rule: RuleLine, *, options: Sequence[time], notice: Markup | None = None) -> Screen:
    """Ask at what time."""
    question = tr.text("At what time? Tap one, or type it, for example: 18:30")
    return _ask(tr, rule, question, _rows([(clock_time(at), buttons.PickRuleTime(at)) for at in options]), notice=notice)


def ask_teacher(
    tr: Translator, rule: RuleLine, *, known: Sequence[tuple[UUID, str]], notice: Markup | None = None
) -> Screen:
    """Ask who teaches."""
    offered = suggestions(tr, Field.TEACHER, Surroundings("", known=tuple(known)))
    cells = [
        (each.label, buttons.PickRuleTeacher(each.source_id))  # type: ignore[arg-type]
        for each in offered
        if each.source_id is not None
    ]
    question = tr.text("Who teaches it? For example: Salma Nabil")
    return _ask(tr, rule, question, _rows(cells), notice=notice)


def ask_seats(tr: Translator, rule: RuleLine, *, notice: Markup | None = None) -> Screen:
    """Ask how many seats there are."""
    offered = suggestions(tr, Field.CAPACITY, Surroundings(""))
    cells = [(each.label, buttons.PickRuleSeats(Number(each.number))) for each in offered]
    question = tr.text("How many seats are there? For example: 12")
    return _ask(tr, rule, question, _rows(cells), notice=notice)


def ask_start(tr: Translator, rule: RuleLine, *, options: Sequence[date], notice: Markup | None = None) -> Screen:
    """Ask from which day on."""
    cells = [(str(day_name(tr, day)), buttons.PickRuleStart(day)) for day in options]
    question = tr.text("From which day on? Tap one, or type it, for example: 25/12")
    return _ask(tr, rule, question, _rows(cells), notice=notice)


def _ask(tr: Translator, rule: RuleLine, question: Markup, rows: Rows, *, notice: Markup | None) -> Screen:
    back = (Button(tr.plain("◀️ Back"), encode(buttons.ShowRuleChange())),)
    return Screen(tr.lines(notice, "" if notice is not None else None, *rule_lines(tr, rule), "", question), (*rows, back))


def _rows(cells: Sequence[tuple[str, CallbackData]]) -> Rows:
    made = [Button(text, encode(data)) for text, data in cells]
    return tuple(tuple(made[at : at + _IN_A_ROW]) for at in range(0, len(made), _IN_A_ROW))


def _chosen(tr: Translator, rule: RuleLine, draft: RuleDraft) -> tuple[Markup, ...]:
    """Return what is to be different, before and after."""
    was_seats, seats = (value_text(tr, Field.CAPACITY, number, currency="") for number in (rule.capacity, draft.capacity))
    lines: tuple[tuple[Field, bool, str, str], ...] = (
        (
            Field.WEEKDAYS,
            draft.weekdays is not None,
            weekday_names(tr, weekdays_of(rule.recurrence)),
            weekday_names(tr, days_of(draft.weekdays or 0)),
        ),
        (
            Field.RULE_TIME,
            draft.at is not None,
            clock_time(rule.local_time),
            clock_time(draft.at or rule.local_time),
        ),
        (Field.TEACHER, draft.teacher is not None, rule.teacher, draft.teacher or ""),
        (Field.CAPACITY, draft.capacity is not None, was_seats, seats),
    )
    return tuple(
        tr.text("• {what}: {before} → {after}", what=label(tr, field), before=before, after=after)
        for field, is_chosen, before, after in lines
        if is_chosen
    )
