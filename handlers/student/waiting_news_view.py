"""What people read who are told of offers, free seats, closed waitlists, standing bookings and their last credit."""

from datetime import datetime

from markupsafe import Markup

from domain.sessions.model import SessionStatus
from domain.waitlist.news import CreditNews, PlaceNews, StandingNews, TalkedOf
from domain.waitlist.standing import BOOKED
from handlers.buttons.waitlist import ListStanding, OpenPlace, PassPlace
from handlers.callback_data import ListSessions, OpenBooking, OpenSession, OpenShop, encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style
from handlers.student.standing_view import why_not


def offer_message(tr: Translator, news: PlaceNews, *, now: datetime) -> Screen:
    """Return the message of an offer: until when, and nothing is booked without the tap that follows."""
    until = news.offer_expires_at or now
    return Screen(
        tr.lines(
            tr.text("🎉 <b>A seat is free for you</b>"),
            *_what_and_when(tr, news.session),
            "",
            tr.text("It is held for you until {time}. Then it goes to the next in line.", time=tr.time(until)),
        ),
        (
            (Button(tr.plain("Take the seat"), encode(OpenPlace(news.entry_id)), Style.SUCCESS),),
            (Button(tr.plain("No, pass it on"), encode(PassPlace(news.entry_id))),),
        ),
    )


def lapsed_message(tr: Translator, news: PlaceNews) -> Screen:
    """Return the message that an offer was not answered in time."""
    return Screen(
        tr.lines(
            tr.text("⌛ The time to take your seat is over: it went to the next in line."),
            *_what_and_when(tr, news.session),
        ),
        ((Button(tr.plain("Open the class"), encode(OpenSession(news.session.session_id))),),),
    )


def closed_message(tr: Translator, news: PlaceNews) -> Screen:
    """Return the message that waiting has ended, because the class was cancelled or moved."""
    if news.session.status in {SessionStatus.CANCELED, SessionStatus.MISSED}:
        return Screen(
            tr.lines(
                tr.text("The class that you were waiting for does not take place."), *_what_and_when(tr, news.session)
            ),
            ((Button(tr.plain("📅 All classes"), encode(ListSessions(None))),),),
        )
    return Screen(
        tr.lines(
            tr.text("The class that you were waiting for was moved, and its waitlist begins anew. It is now:"),
            *_what_and_when(tr, news.session),
        ),
        ((Button(tr.plain("Open the class"), encode(OpenSession(news.session.session_id)), Style.PRIMARY),),),
    )


def free_seats_message(tr: Translator, session: TalkedOf) -> Screen:
    """Return the message to everybody who waits, when it is too late to ask one after the other."""
    return Screen(
        tr.lines(
            tr.ntext("🟢 <b>{n} seat is free</b>", "🟢 <b>{n} seats are free</b>", session.seats_left),
            *_what_and_when(tr, session),
            "",
            tr.text("Whoever books first has it."),
        ),
        ((Button(tr.plain("Open the class"), encode(OpenSession(session.session_id)), Style.PRIMARY),),),
    )


def standing_message(tr: Translator, news: StandingNews) -> Screen:
    """Return the message about a class that was booked, or could not be, for whoever asked for all of them."""
    own = (Button(tr.plain("🔁 My standing bookings"), encode(ListStanding())),)
    if news.outcome == BOOKED and news.enrollment_id is not None:
        opening = Button(tr.plain("🎟️ Open my booking"), encode(OpenBooking(news.enrollment_id)), Style.PRIMARY)
        return Screen(tr.lines(tr.text("🔁 <b>Booked for you</b>"), *_what_and_when(tr, news.session)), ((opening,), own))
    opening = Button(tr.plain("Open the class"), encode(OpenSession(news.session.session_id)), Style.PRIMARY)
    return Screen(
        tr.lines(
            tr.text("🔁 <b>Not booked for you</b>: {why}", why=why_not(tr, news.outcome)),
            *_what_and_when(tr, news.session),
        ),
        ((opening,), own),
    )


def last_credit_message(tr: Translator, news: CreditNews) -> Screen:
    """Return the hint that one credit is left."""
    return Screen(
        tr.lines(tr.text("🎟️ You have one credit left for {title}.", title=news.class_title)),
        ((Button(tr.plain("🎁 Packages for this class"), encode(OpenShop(news.class_id, None)), Style.PRIMARY),),),
    )


def _what_and_when(tr: Translator, session: TalkedOf) -> tuple[Markup, ...]:
    return (
        tr.text("<b>{title}</b>, {moment}", title=session.class_title, moment=tr.moment(session.starts_at)),
        tr.text("📍 {branch}", branch=session.branch_name),
    )
