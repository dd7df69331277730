"""A place in a waitlist: on a session's card, as an offer, and in the list of one's bookings."""

from datetime import datetime

from markupsafe import Markup

from domain.enrollments.quote import terms_shown
from domain.ids import WaitlistEntryId, new_id
from domain.sessions.views import SessionCard
from domain.waitlist.model import WaitlistStatus
from domain.waitlist.views import PlaceLine, PlaceView
from handlers.buttons.waitlist import ConfirmOffer, JoinLine, LeaveLine, PassPlace
from handlers.callback_data import ListBookings, OpenSession, OpenShop, encode
from handlers.i18n import Translator
from handlers.screens import Button, Rows, Screen, Style
from handlers.student.home_view import home_row
from handlers.student.session_view import confirm_label, description, terms


def offer(
    tr: Translator,
    card: SessionCard,
    place: PlaceView,
    *,
    now: datetime,
    notice: Markup | None = None,
    paying_rows: Rows = (),
) -> Screen:
    """Return the seat that is held for somebody who waited: exactly what taking it does, and until when it is possible.

    ``paying_rows`` are the ways to pay online for who cannot pay otherwise.
    """
    text = tr.lines(
        notice,
        "" if notice is not None else None,
        tr.text("🎉 A seat is free, and held for you until {time}.", time=tr.time(place.offer_expires_at or now)),
        "",
        *description(tr, card),
        "",
        *terms(tr, card, now=now),
    )
    if card.quote.is_affordable:
        confirmed = ConfirmOffer(place.entry_id, terms_shown(card.session, card.quote))
        first = Button(confirm_label(tr, card), encode(confirmed), Style.SUCCESS)
    else:
        shop = OpenShop(card.session.class_id, None)
        first = Button(tr.plain("🎁 Packages for this class"), encode(shop), Style.PRIMARY)
    return Screen(
        text,
        (
            *paying_rows[:1],
            (first,),
            *paying_rows[1:],
            (Button(tr.plain("No, pass it on"), encode(PassPlace(place.entry_id))),),
            (Button(tr.plain("🎟️ My bookings"), encode(ListBookings(None))), *home_row(tr)),
        ),
    )


def waiting_lines(tr: Translator, card: SessionCard, place: PlaceView | None, *, now: datetime) -> tuple[Markup, ...]:
    """Return what a session's card says of waiting: where one stands, or that one can wait."""
    session = card.session
    if not session.is_open(now) or card.my_enrollment_id is not None:
        return ()
    if place is None:
        return (tr.text("You can wait for a seat: if one becomes free, you are asked."),) if session.seats_left == 0 else ()
    how = (
        tr.text("If a seat becomes free, it is offered to you here. Nothing is booked without your tap.")
        if now < session.free_cancel_until
        else tr.text("If a seat becomes free, everybody who waits is told, and the first to book has it.")
    )
    return (tr.text("⏳ You are waiting: number {n} in line.", n=place.position), how)


def waiting_button(tr: Translator, card: SessionCard, place: PlaceView | None, *, now: datetime) -> tuple[Button, ...]:
    """Return the row that joins a full session's waitlist, or leaves it."""
    session = card.session
    if not session.is_open(now) or card.my_enrollment_id is not None:
        return ()
    if place is not None:
        return (Button(tr.plain("Leave the waitlist"), encode(LeaveLine(place.entry_id))),)
    if session.seats_left > 0:
        return ()
    joining = JoinLine(WaitlistEntryId(new_id()), session.id)
    return (Button(tr.plain("⏳ Join the waitlist"), encode(joining), Style.PRIMARY),)


def where_in_line(tr: Translator, position: int) -> str:
    """Return what pops up when somebody has joined."""
    return tr.plain("You are waiting: number {n} in line", n=position)


def what_became(tr: Translator, status: WaitlistStatus) -> Markup | None:
    """Say what became of a place that has ended."""
    match status:
        case WaitlistStatus.LAPSED:
            return tr.text("The time to answer is over: the seat went to the next in line. You can wait again.")
        case WaitlistStatus.PASSED:
            return tr.text("You have passed this seat on.")
        case WaitlistStatus.CLOSED:
            return tr.text("This waitlist is closed: the class was moved or cancelled, or has begun.")
        case _:
            return None


def place_button(tr: Translator, line: PlaceLine, *, now: datetime) -> Button:
    """Return the line of a place in the list of one's bookings."""
    title = tr.plain("{title}", title=line.class_title)
    where = tr.plain("no. {n} in line", n=line.position)
    return Button(tr.label(f"⏳ {tr.soon(line.starts_at, now=now)}", title, where), encode(OpenSession(line.session_id)))
