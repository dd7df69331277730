"""A booking as a file, and the screens of one's calendar feed."""

from markupsafe import Markup

from domain.sessions.calendar_feed import FINGERPRINT_BYTES, fingerprint_of
from domain.sessions.calendar_views import CalendarEntry
from handlers.calendar_files import booking_file
from handlers.callback_data import ListBookings, OpenFeed, SendCalendarFile, encode
from handlers.callback_lists import FeedStep
from handlers.i18n import Translator
from handlers.screens import Button, Document, Screen, Style
from handlers.student.home_view import home_row

_NO_FINGERPRINT = bytes(FINGERPRINT_BYTES)


def calendar_document(tr: Translator, entry: CalendarEntry) -> Document:
    """Return a booking as a message with a file, which a phone's calendar opens."""
    local = entry.starts_at.astimezone(tr.zone)
    return Document(
        file_name=f"class-{local:%Y-%m-%d-%H%M}.ics",
        content=booking_file(tr, entry),
        caption=tr.lines(
            tr.text("📆 <b>{title}</b>, {moment}", title=entry.class_title, moment=tr.moment(entry.starts_at)),
            tr.text("Open the file to put the class into your calendar."),
        ),
    )


def file_button(tr: Translator, booking: SendCalendarFile) -> Button:
    """Return the button that sends a booking as a file."""
    return Button(tr.plain("📆 Add to calendar"), encode(booking))


def feed_button(tr: Translator) -> Button:
    """Return the button that leads to one's calendar feed."""
    return Button(tr.plain("🔗 My calendar feed"), encode(OpenFeed(FeedStep.OPEN, _NO_FINGERPRINT)))


def feed_screen(tr: Translator, *, address: str, secret: str, notice: Markup | None = None) -> Screen:
    """Return the address of one's feed, and what to do with it."""
    return Screen(
        tr.lines(
            notice,
            "" if notice is not None else None,
            tr.text("<b>My calendar feed</b>"),
            tr.text(
                "Add this address to your calendar once, and it follows your bookings by itself: new, moved, cancelled."
            ),
            "",
            tr.text("<code>{address}</code>", address=Markup(address)),  # noqa: S704 -- ours: no markup, no person's text
            "",
            tr.text("• Tap the address to copy it."),
            tr.text("• Google Calendar on a computer: Other calendars, From URL."),
            tr.text("• iPhone: Calendar, Calendars, Add Subscription Calendar."),
            "",
            tr.text("Whoever has the address sees when and where your classes are: keep it to yourself."),
        ),
        (
            (Button(tr.plain("🔄 Renew the address"), encode(OpenFeed(FeedStep.ASK, fingerprint_of(secret)))),),
            (Button(tr.plain("🎟️ My bookings"), encode(ListBookings(None))), *home_row(tr)),
        ),
    )


def ask_renew_screen(tr: Translator, *, fingerprint: bytes) -> Screen:
    """Return the question that renewing asks once."""
    return Screen(
        tr.lines(
            tr.text("Renew the address of your calendar feed?"),
            "",
            tr.text("The old address stops working at once. Calendars that use it need the new one."),
        ),
        (
            (Button(tr.plain("Yes, renew it"), encode(OpenFeed(FeedStep.RENEW, fingerprint)), Style.DANGER),),
            (Button(tr.plain("No, keep it"), encode(OpenFeed(FeedStep.OPEN, _NO_FINGERPRINT))),),
        ),
    )
