"""Past bookings: the list with its tabs, and what narrows or sorts it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from domain.enrollments.history import BookedClass, HistoryChoice, HistoryLine, HistoryPage, HistorySort, Outcome
from handlers.callback_data import ListBookings, ListHistory, OpenBooking, OpenHistoryPanel, encode
from handlers.callback_lists import HistoryPanel
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.home_view import home_row

_ICONS = {Outcome.ATTENDED: "✔️", Outcome.OVER: "▫️", Outcome.MISSED: "🚫", Outcome.CANCELLED: "❌"}


def tabs(tr: Translator, *, is_past: bool) -> tuple[Button, ...]:
    """Return the row that changes between what is ahead and what lies behind."""
    return (
        Button(tr.plain("Upcoming"), encode(ListBookings(None)), None if is_past else Style.PRIMARY),
        Button(tr.plain("Past"), encode(ListHistory(HistoryChoice(), None)), Style.PRIMARY if is_past else None),
    )


def history(
    tr: Translator,
    page: HistoryPage,
    *,
    choice: HistoryChoice,
    words: str | None,
    is_first_page: bool,
    now: datetime,
    notice: Markup | None = None,
) -> Screen:
    """Return a page of past bookings, with what is shown of them and in which order."""
    text = tr.lines(
        notice,
        "" if notice is not None else None,
        tr.text("<b>Past bookings</b>"),
        _shown(tr, page, choice=choice, words=words),
        *_explanation(tr, page, choice=choice, is_first_page=is_first_page),
    )
    return Screen(
        text,
        (
            tabs(tr, is_past=True),
            *((_line_button(tr, line, now=now),) for line in page.lines),
            *_turning(tr, page, choice=choice, is_first_page=is_first_page),
            *_narrowing(tr, choice, is_anything_there=bool(page.lines) or not is_first_page),
            home_row(tr),
        ),
    )


def ask_filter(tr: Translator, choice: HistoryChoice, *, class_title: str | None) -> Screen:
    """Return what can be chosen of the history; one tap shows it."""

    def option(label: str, chosen: HistoryChoice) -> Button:
        return Button(label, encode(ListHistory(chosen, None)), Style.PRIMARY if chosen == choice else None)

    outcomes = [
        option(_outcome_name(tr, outcome), replace(choice, outcome=outcome))
        for outcome in (None, Outcome.ATTENDED, Outcome.MISSED, Outcome.CANCELLED)
    ]
    sorts = [option(_sort_name(tr, sort), replace(choice, sort=sort)) for sort in HistorySort]
    title = tr.plain("All classes") if class_title is None else tr.plain("{title}", title=class_title)
    return Screen(
        tr.lines(tr.text("<b>Past bookings</b>"), tr.text("Which ones would you like to see, and in which order?")),
        (
            tuple(outcomes[:2]),
            tuple(outcomes[2:]),
            tuple(sorts[:2]),
            tuple(sorts[2:]),
            (Button(tr.label(tr.plain("🎓 Class"), title), encode(OpenHistoryPanel(HistoryPanel.CLASSES, choice))),),
            (_back(tr, choice),),
        ),
    )


def ask_class(tr: Translator, choice: HistoryChoice, *, classes: Sequence[BookedClass]) -> Screen:
    """Return the classes that the student has booked before."""
    chosen = [replace(choice, class_id=None), *(replace(choice, class_id=each.class_id) for each in classes)]
    labels = [tr.plain("All classes"), *(tr.label(tr.plain("{title}", title=each.title)) for each in classes)]
    return Screen(
        tr.lines(tr.text("<b>Past bookings</b>"), tr.text("Of which class?")),
        (
            *(
                (Button(label, encode(ListHistory(each, None)), Style.PRIMARY if each == choice else None),)
                for label, each in zip(labels, chosen, strict=True)
            ),
            (Button(tr.plain("◀️ Back"), encode(OpenHistoryPanel(HistoryPanel.FILTER, choice))),),
        ),
    )


def ask_words(tr: Translator, choice: HistoryChoice, *, notice: Markup | None = None) -> Screen:
    """Return the question for the words to look for."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("🔎 What are you looking for?"),
            tr.text("Type a class, a subject or a teacher, for example: Salma"),
        ),
        ((Button(tr.plain("Cancel"), encode(ListHistory(choice.without_search(), None))),),),
    )


def search_ended(tr: Translator) -> Markup:
    """Say that the words of an old message's search are not kept any more."""
    return tr.text("That search has ended. Here are all your past bookings:")


def outcome_icon(outcome: Outcome | None) -> str:
    """Return the sign of what became of a booking; of one that is still ahead, too."""
    return _ICONS[outcome] if outcome is not None else "✅"


def _shown(tr: Translator, page: HistoryPage, *, choice: HistoryChoice, words: str | None) -> Markup | None:
    """Say what the list is narrowed to and how it is sorted; None for what goes without saying."""
    parts = [_outcome_name(tr, choice.outcome)] if choice.outcome is not None else []
    if choice.class_id is not None:
        titles = {line.class_title for line in page.lines}
        parts.append(tr.plain("{title}", title=titles.pop()) if titles else tr.plain("one class"))
    if words is not None:
        parts.append(tr.plain("“{words}”", words=words))
    if choice.sort is not HistorySort.CLASS_DATE:
        parts.append(_sort_name(tr, choice.sort))
    return tr.text("⚙️ {shown}", shown=" · ".join(parts)) if parts else None


def _explanation(
    tr: Translator, page: HistoryPage, *, choice: HistoryChoice, is_first_page: bool
) -> tuple[Markup | None, ...]:
    if not page.lines:
        nothing = (
            tr.text("Nothing like that was found.")
            if choice.is_narrowed
            else tr.text("You have no past bookings yet.")
            if is_first_page
            else tr.text("There are no more.")
        )
        return (nothing, _cut(tr) if page.is_cut else None)
    legend = tr.text("✔️ attended · 🚫 missed · ❌ cancelled · ▫️ over")
    return (legend, _cut(tr) if page.is_cut else None)


def _cut(tr: Translator) -> Markup:
    return tr.text("Older ones are found with the order “{order}”.", order=_sort_name(tr, HistorySort.BOOKING_DATE))


def _turning(tr: Translator, page: HistoryPage, *, choice: HistoryChoice, is_first_page: bool) -> Rows:
    turning = []
    if not is_first_page:
        turning.append(Button(tr.plain("⏮️ First page"), encode(ListHistory(choice, None))))
    if page.after is not None:
        turning.append(Button(tr.plain("Older ▶️"), encode(ListHistory(choice, page.after))))
    return (tuple(turning),) if turning else ()


def _narrowing(tr: Translator, choice: HistoryChoice, *, is_anything_there: bool) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if is_anything_there or choice.is_narrowed:
        rows.append(
            (
                Button(tr.plain("🔎 Search"), encode(OpenHistoryPanel(HistoryPanel.WORDS, choice))),
                Button(tr.plain("⚙️ Filter and sort"), encode(OpenHistoryPanel(HistoryPanel.FILTER, choice))),
            )
        )
    if choice.is_narrowed:
        rows.append((Button(tr.plain("✖️ Show all"), encode(ListHistory(HistoryChoice(sort=choice.sort), None))),))
    return tuple(rows)


def _back(tr: Translator, choice: HistoryChoice) -> Button:
    return Button(tr.plain("◀️ Back"), encode(ListHistory(choice, None)))


def _line_button(tr: Translator, line: HistoryLine, *, now: datetime) -> Button:
    day = f"{outcome_icon(line.outcome)} {tr.past_day(line.starts_at, now=now)}"
    return Button(tr.label(day, tr.plain("{title}", title=line.class_title)), encode(OpenBooking(line.enrollment_id)))


def _outcome_name(tr: Translator, outcome: Outcome | None) -> str:
    match outcome:
        case Outcome.ATTENDED:
            return tr.plain("Attended")
        case Outcome.MISSED:
            return tr.plain("Missed")
        case Outcome.CANCELLED:
            return tr.plain("Cancelled")
        case Outcome.OVER:
            return tr.plain("Not marked yet")
        case None:
            return tr.plain("All")


def _sort_name(tr: Translator, sort: HistorySort) -> str:
    match sort:
        case HistorySort.CLASS_DATE:
            return tr.plain("By class date")
        case HistorySort.BOOKING_DATE:
            return tr.plain("By booking date")
        case HistorySort.STATUS:
            return tr.plain("By status")
