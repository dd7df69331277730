from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar

from domain.enrollments.model import EnrollmentStatus
from domain.ids import EnrollmentId
from domain.sessions.calendar_views import CalendarEntry
from domain.sessions.model import SessionStatus
from handlers.calendar_files import booking_file, feed
from handlers.i18n import Translator

ENGLISH, ARABIC = (Translator(language, ZoneInfo("Africa/Cairo")) for language in ("en", "ar"))
STARTS_AT = datetime(2026, 11, 24, 16, tzinfo=UTC)
ENTRY = CalendarEntry(
    enrollment_id=EnrollmentId(UUID(int=1)),
    status=EnrollmentStatus.PAID,
    session_status=SessionStatus.SCHEDULED,
    class_title="Ballet I; for all, \\ or\nBEGIN:VEVENT",
    level="Beginners",
    teacher="Salma",
    branch_name="Maadi",
    branch_address="12 Road 9",
    starts_at=STARTS_AT,
    ends_at=STARTS_AT + timedelta(hours=1),
    created_at=datetime(2026, 11, 20, 10, tzinfo=UTC),
    cancelled_at=None,
    change_count=2,
)
CANCELLED = replace(ENTRY, status=EnrollmentStatus.CANCELLED, cancelled_at=datetime(2026, 11, 21, tzinfo=UTC))


def calendar_of(content: bytes) -> Any:
    return Calendar.from_ical(content)


def event_of(content: bytes) -> Any:
    (event,) = calendar_of(content).events
    return event


class TestFile:
    def test_says_what_where_and_when_in_utc(self) -> None:
        content = booking_file(ENGLISH, ENTRY)
        assert b"DTSTART:20261124T160000Z\r\nDTEND:20261124T170000Z\r\n" in content
        assert b"TZID" not in content
        event = event_of(content)
        assert event["uid"] == "00000000-0000-0000-0000-000000000001@rollcall"
        assert (event["location"], event["status"], event["sequence"]) == ("Maadi, 12 Road 9", "CONFIRMED", 2)
        assert event["description"] == "Beginners\nTeacher: Salma"

    def test_keeps_a_title_of_any_characters_one_title(self) -> None:
        content = booking_file(ENGLISH, ENTRY)
        assert event_of(content)["summary"] == ENTRY.class_title
        assert content.count(b"\r\nBEGIN:VEVENT") == 1

    def test_of_a_moved_session_is_newer(self) -> None:
        moved = replace(ENTRY, starts_at=STARTS_AT + timedelta(days=1), change_count=3)
        assert event_of(booking_file(ENGLISH, moved))["sequence"] > event_of(booking_file(ENGLISH, ENTRY))["sequence"]

    def test_has_no_direction_marks(self) -> None:
        text = booking_file(ARABIC, CANCELLED).decode()
        assert not set(text) & set("\u200e\u200f\u2066\u2067\u2068\u2069")


class TestFeed:
    def test_tells_of_a_cancellation_as_of_a_newer_version(self) -> None:
        event = event_of(feed(ENGLISH, center_name="Nile", entries=[CANCELLED]))
        assert (event["status"], event["sequence"], event["transp"]) == ("CANCELLED", 3, "TRANSPARENT")
        assert event["summary"].startswith("Cancelled: ")

    def test_tells_of_a_session_that_the_center_called_off(self) -> None:
        for status in (SessionStatus.CANCELED, SessionStatus.MISSED):
            event = event_of(feed(ENGLISH, center_name="Nile", entries=[replace(ENTRY, session_status=status)]))
            assert event["status"] == "CANCELLED"

    def test_is_the_same_for_the_same_bookings_in_any_order(self) -> None:
        later = replace(ENTRY, enrollment_id=EnrollmentId(UUID(int=2)), starts_at=STARTS_AT + timedelta(minutes=30))
        one, other = (feed(ENGLISH, center_name="Nile", entries=each) for each in ([ENTRY, later], [later, ENTRY]))
        assert one == other

    def test_has_the_centers_name_and_may_be_empty(self) -> None:
        calendar = calendar_of(feed(ARABIC, center_name="ستوديو", entries=[]))
        assert (calendar["x-wr-calname"], calendar.events) == ("ستوديو", [])
