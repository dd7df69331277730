"""Quiet hours: local times of day between which nothing is sent that can wait."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From … until …, in minutes after local midnight; they may pass midnight. There are none where both are the same."""

    from_minutes: int
    until_minutes: int
    zone: ZoneInfo

    def are_at(self, instant: datetime) -> bool:
        """Whether it is quiet then."""
        local = instant.astimezone(self.zone)
        minutes = local.hour * MINUTES_AN_HOUR + local.minute
        if self.from_minutes <= self.until_minutes:
            return self.from_minutes <= minutes < self.until_minutes
        return minutes >= self.from_minutes or minutes < self.until_minutes

    def end_after(self, instant: datetime) -> datetime:
        """Return when it may be sent: the instant itself, or the end of the quiet hours that it falls into."""
        if not self.are_at(instant):
            return instant
        local = instant.astimezone(self.zone)
        ends = at_local(local, self.until_minutes)
        return ends if ends > instant else at_local(local + timedelta(days=1), self.until_minutes)


def at_local(day: datetime, minutes: int) -> datetime:
    """Return the instant so many minutes after midnight of a local day, as a clock on the wall shows them.

    A time that a change of summer time skips becomes the one that an unchanged clock would have shown.
    """
    hour, minute = divmod(minutes, MINUTES_AN_HOUR)
    return datetime.combine(day.date(), time(hour, minute), day.tzinfo).astimezone(UTC)
