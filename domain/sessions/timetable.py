"""From a timetable rule to occurrences: local wall-clock times first, instants second.

"Mondays 18:00" means 18:00 on the wall, before and after a change of summer time; so a recurrence is expanded in local
dates (RFC 5545), and each date's wall time becomes an instant by the center's time zone on that day.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from domain.errors import InvalidInputError
from domain.sessions.model import SessionTimes


def occurrences(
    *,
    recurrence: str,
    local_time: time,
    duration_minutes: int,
    zone: ZoneInfo,
    first: date,
    last: date,
    starts_on: date,
    exceptions: Collection[date] = (),
) -> Iterator[SessionTimes]:
    """Yield the rule's occurrences on local dates from ``first`` to ``last``, both included, but for the exceptions.

    ``recurrence`` is the value of an RRULE, e.g. ``FREQ=WEEKLY;BYDAY=MO,WE``, counted from ``starts_on``.
    """
    rule = rrulestr(recurrence, dtstart=datetime.combine(starts_on, time.min))
    for moment in rule.between(datetime.combine(first, time.min), datetime.combine(last, time.min), inc=True):
        if moment.date() not in exceptions:
            yield session_times(moment.date(), local_time, duration_minutes=duration_minutes, zone=zone)


def session_times(local_date: date, local_time: time, *, duration_minutes: int, zone: ZoneInfo) -> SessionTimes:
    """Return when a session of this length takes place that begins at this time on the wall.

    A wall time that a change of summer time skips becomes the instant that an unchanged clock would have shown; one that
    occurs twice is the first. The end is a length of real time after the start.
    """
    starts_at = datetime.combine(local_date, local_time, zone).astimezone(UTC)
    ends_at = starts_at + timedelta(minutes=duration_minutes)
    return SessionTimes(local_date, local_time, starts_at, ends_at)


FARTHEST = timedelta(days=366)
"""Nobody plans a single session farther ahead: whoever types such a day has mistyped it."""


def future_session_times(
    local_date: date, local_time: time, *, duration_minutes: int, zone: ZoneInfo, now: datetime
) -> SessionTimes:
    """Return when a session takes place that is planned now. Raises InvalidInputError (``past``, ``too_far``)."""
    times = session_times(local_date, local_time, duration_minutes=duration_minutes, zone=zone)
    if times.starts_at <= now:
        raise InvalidInputError(field="time", reason="past")
    if times.starts_at > now + FARTHEST:
        raise InvalidInputError(field="time", reason="too_far")
    return times
