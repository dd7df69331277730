"""When a gateway is asked about a payment of which it has not told us: reports get lost."""

from datetime import datetime, timedelta
from typing import Final

_EARLY: Final = (timedelta(minutes=3), timedelta(minutes=10), timedelta(minutes=30))
_THEN: Final = timedelta(hours=1)
_AFTER_EXPIRY: Final = timedelta(hours=24)


def next_inquiry(now: datetime, *, created_at: datetime, expires_at: datetime) -> datetime | None:
    """Return the next time: after 3, 10 and 30 minutes, when it expires, and hourly until a day after; then None."""
    hours = (now - created_at) // _THEN + 1
    times = [*(created_at + after for after in _EARLY), expires_at, created_at + hours * _THEN]
    following = min(time for time in times if time > now)
    return following if following <= expires_at + _AFTER_EXPIRY else None


def next_refund_inquiry(inquiries: int, *, now: datetime) -> datetime | None:
    """Return when to ask about a refund again whose call was not answered, after so many inquiries; None: no more."""
    return now + _EARLY[inquiries] if inquiries < len(_EARLY) else None
