"""A booking's ticket: a picture that staff scans at the door, and that stays in the chat."""

import io

import segno

from domain.enrollments.views import BookingCard
from domain.errors import NotFoundError, OutOfDateError
from domain.permissions import Operation, require
from domain.sessions.model import SessionStatus
from handlers.buttons.door import SendTicket
from handlers.callback_data import encode
from handlers.context import Context
from handlers.i18n import Translator
from handlers.screens import Button, Photo, Reply
from handlers.start_payload import ticket_payload
from handlers.tap import Taps

_MODULE_PIXELS, _QUIET_MODULES = 14, 6  # crisp on any screen; more quiet than the standard's four, for cracked glass
_ADMITTING = frozenset({SessionStatus.SCHEDULED, SessionStatus.CHECKING_IN, SessionStatus.CONDUCTING})


def has_ticket(card: BookingCard) -> bool:
    """Whether a booking still opens a door."""
    return card.is_live and card.attended_at is None and card.session_status in _ADMITTING


def ticket_button(tr: Translator, card: BookingCard) -> Button:
    """Return what sends a booking's ticket."""
    return Button(tr.plain("🎫 Ticket"), encode(SendTicket(card.enrollment_id)))


async def send_ticket(context: Context, data: SendTicket) -> Reply:
    """Send the ticket as a picture; the screen stays as it is."""
    require(context.actor, Operation.CANCEL_ENROLLMENT)
    card = await context.services.bookings.find_card(
        center_id=context.actor.center_id, student_id=context.actor.person_id, enrollment_id=data.enrollment_id
    )
    if card is None:
        raise NotFoundError(what="enrollment")
    if not has_ticket(card) or context.services.bot_username is None:
        raise OutOfDateError
    link = f"https://t.me/{context.services.bot_username}?start={ticket_payload(card.enrollment_id)}"
    return Reply(messages=(ticket(context.tr, card, link=link, name=context.member.name),))


def ticket(tr: Translator, card: BookingCard, *, link: str, name: str) -> Photo:
    """Return a booking's ticket: the code, and in words what it is for."""
    times = tr.time_range(card.starts_at, card.ends_at)
    return Photo(
        _qr_code(link),
        tr.lines(
            tr.text("🎫 <b>{title}</b>", title=card.class_title),
            tr.text("🗓️ {day}, {times}", day=tr.day(card.starts_at), times=times),
            tr.text("📍 {branch}", branch=card.branch_name),
            tr.text("👤 {name}", name=name),
            "",
            tr.text("Show this at the door."),
        ),
    )


def _qr_code(text: str) -> bytes:
    png = io.BytesIO()
    segno.make(text, error="m", micro=False).save(png, kind="png", scale=_MODULE_PIXELS, border=_QUIET_MODULES)
    return png.getvalue()


TAPS: Taps = {SendTicket: send_ticket}
