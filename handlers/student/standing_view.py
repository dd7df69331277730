"""Standing bookings: the question, what came of it, and the list of one's own."""

from collections.abc import Sequence
from datetime import datetime

from babel.lists import format_list
from markupsafe import Markup

from domain.ids import SessionId, StandingBookingId
from domain.waitlist.standing import BOOKED, PRICE_ABOVE, TOO_LATE, ShownPrice, weekdays_of
from domain.waitlist.standing_ports import StandingLine, StandingOutcome, StandingQuestion, StandingRule
from handlers.buttons.waitlist import AskStanding, ConfirmStanding, ListStanding, StopStanding
from handlers.callback_data import ListBookings, OpenSession, encode
from handlers.i18n import LANGUAGES, Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.calendar_words import weekday_name
from handlers.student.home_view import home_row


def rule_name(tr: Translator, rule: StandingRule) -> str:
    """Return when a rule's sessions are, e.g. "Every Tuesday 18:00"."""
    time = tr.time(datetime.combine(rule.starts_on, rule.local_time, tr.zone))
    weekdays = weekdays_of(rule.recurrence, starts_on=rule.starts_on)
    if not weekdays:
        return tr.plain("Every class at {time}", time=time)
    days = format_list([weekday_name(tr, day) for day in weekdays], locale=LANGUAGES[tr.language])
    return tr.plain("Every {days} {time}", days=days, time=time)


def asking_button(tr: Translator, question: StandingQuestion) -> Button:
    """Return the button of a session's card that leads to the question, or to what was asked for already."""
    name = rule_name(tr, question.rule)
    data = AskStanding(question.session_id) if question.standing_booking_id is None else ListStanding()
    return Button(f"🔁 {name}" if question.standing_booking_id is None else f"🔁✅ {name}", encode(data))


def question(
    tr: Translator,
    asked: StandingQuestion,
    *,
    standing_booking_id: StandingBookingId,
    currency: str,
    notice: Markup | None = None,
) -> Screen:
    """Return the question: exactly what is consented to by the tap."""
    price = tr.money(asked.price_minor, currency)
    confirm = ConfirmStanding(standing_booking_id, asked.session_id, ShownPrice(asked.price_minor))
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("🔁 <b>{when}</b>", when=rule_name(tr, asked.rule)),
            _what(tr, asked.rule),
            "",
            tr.ntext(
                "The {n} class that is planned is booked for you now, and every new one as soon as it is planned.",
                "The {n} classes that are planned are booked for you now, and every new one as soon as it is planned.",
                asked.ahead,
            ),
            _price(tr, asked, price=price),
            tr.text("You are told of each one. You can cancel each as usual, and stop this at any time."),
        ),
        (
            (Button(tr.plain("Yes, book them all"), encode(confirm), Style.SUCCESS),),
            (Button(tr.plain("No"), encode(OpenSession(asked.session_id))),),
        ),
    )


def outcomes(tr: Translator, line: StandingLine | None, came_of_it: Sequence[StandingOutcome]) -> Screen:
    """Return what came of the sessions that were planned already."""
    heading = tr.text("🔁 <b>{when}</b>", when=rule_name(tr, line.rule)) if line is not None else None
    return Screen(
        tr.lines(
            heading,
            _what(tr, line.rule) if line is not None else None,
            "",
            *(_outcome(tr, each) for each in came_of_it),
            tr.text("Every new class is booked as soon as it is planned, and you are told."),
        ),
        (
            *((_outcome_button(tr, each),) for each in came_of_it if each.outcome != BOOKED),
            (Button(tr.plain("🔁 My standing bookings"), encode(ListStanding())),),
            (Button(tr.plain("🎟️ My bookings"), encode(ListBookings(None))), *home_row(tr)),
        ),
    )


def standing_bookings(tr: Translator, lines: Sequence[StandingLine], *, currency: str) -> Screen:
    """Return the list of one's standing bookings, each with its way to stop it."""
    heading = tr.text("<b>My standing bookings</b>")
    if not lines:
        text = tr.lines(heading, tr.text("You have none. Open a class that takes place every week to ask for all of them."))
    else:
        text = tr.lines(
            heading,
            tr.text("New classes of these are booked for you. Stopping changes nothing that is booked already."),
            *(each for line in lines for each in _line(tr, line, currency=currency)),
        )
    rows: Rows = tuple(
        (
            Button(
                tr.plain("Stop: {title}, {when}", title=line.rule.class_title, when=rule_name(tr, line.rule)),
                encode(StopStanding(line.standing_booking_id)),
                Style.DANGER,
            ),
        )
        for line in lines
    )
    return Screen(text, (*rows, (Button(tr.plain("🎟️ My bookings"), encode(ListBookings(None))), *home_row(tr))))


def why_not(tr: Translator, outcome: str) -> Markup:
    """Say why a session was not booked for somebody who asked for all of them."""
    match outcome:
        case "session_full":
            return tr.text("it is full; you can wait for a seat")
        case "insufficient_funds":
            return tr.text("no credit, and not enough in your wallet")
        case outcome if outcome == PRICE_ABOVE:
            return tr.text("it costs more than you agreed to")
        case outcome if outcome == TOO_LATE:
            return tr.text("it could not be cancelled any more")
        case _:
            return tr.text("it cannot be booked")


def _price(tr: Translator, asked: StandingQuestion, *, price: str) -> Markup:
    if asked.price_minor == 0:
        return tr.text("🎁 Free of charge.")
    return tr.text(
        "💳 Each takes one of your credits, or else {price} is locked in your wallet; never more than {price}.", price=price
    )


def _what(tr: Translator, rule: StandingRule) -> Markup:
    return tr.text("{title} · 📍 {branch}", title=rule.class_title, branch=rule.branch_name)


def _line(tr: Translator, line: StandingLine, *, currency: str) -> tuple[Markup | str, ...]:
    return (
        "",
        tr.text("🔁 <b>{when}</b>", when=rule_name(tr, line.rule)),
        _what(tr, line.rule),
        tr.text("At most {price} each", price=tr.money(line.most_minor, currency)),
    )


def _outcome(tr: Translator, each: StandingOutcome) -> Markup:
    moment = tr.moment(each.starts_at)
    if each.outcome == BOOKED:
        return tr.text("✅ {moment}: booked", moment=moment)
    return tr.text("❌ {moment}: {why}", moment=moment, why=why_not(tr, each.outcome))


def _outcome_button(tr: Translator, each: StandingOutcome) -> Button:
    return open_session_button(tr, each.session_id, each.starts_at)


def open_session_button(tr: Translator, session_id: SessionId, starts_at: datetime) -> Button:
    """Return the button to a class that could not be booked."""
    return Button(tr.plain("Open {moment}", moment=tr.moment(starts_at)), encode(OpenSession(session_id)))
