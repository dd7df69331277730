"""Bookings as iCalendar (RFC 5545): one as a file, or all of a person's as the feed that calendar applications read.

Instants are written in UTC, so that no application has to know the center's time zone. The same bookings always give the
same bytes: a feed is compared, and an unchanged one is not sent again.
"""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Calendar, Event

from domain.sessions.calendar_views import CalendarEntry
from handlers.i18n import Translator

_PRODUCT = "-//Rollcall//Classes//EN"
_REFRESHED_EVERY = timedelta(hours=1)
_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))  # chats need direction marks, files do not


def booking_file(tr: Translator, entry: CalendarEntry) -> bytes:
    """Return one booking as a file; opened again after a change, it replaces what was there."""
    calendar = _calendar()
    calendar.add_component(_event(tr, entry))
    return bytes(calendar.to_ical())


def feed(tr: Translator, *, center_name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """Return a person's feed. Cancelled bookings stay in it for a while, or applications would keep them."""
    calendar = _calendar()
    calendar.add("name", center_name)
    calendar.add("x-wr-calname", center_name)  # what the applications of before RFC 7986 read
    calendar.add("refresh-interval", _REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in sorted(entries, key=lambda entry: (entry.starts_at, entry.enrollment_id)):
        calendar.add_component(_event(tr, entry))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    return calendar


def _event(tr: Translator, entry: CalendarEntry) -> Event:
    teacher = tr.plain("Teacher: {teacher}", teacher=entry.teacher)
    event = Event()
    event.add("uid", f"{entry.enrollment_id}@rollcall")
    event.add("dtstamp", entry.cancelled_at or entry.created_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", _summary(tr, entry))
    event.add("location", ", ".join(part for part in (entry.branch_name, entry.branch_address) if part))
    event.add("description", _bare(f"{entry.level}\n{teacher}"))
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("sequence", entry.change_count + int(entry.is_off))
    event.add("transp", "TRANSPARENT" if entry.is_off else "OPAQUE")
    return event


def _summary(tr: Translator, entry: CalendarEntry) -> str:
    return _bare(tr.plain("Cancelled: {title}", title=entry.class_title)) if entry.is_off else entry.class_title


def _bare(text: str) -> str:
    return text.translate(_INVISIBLE)
