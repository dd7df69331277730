"""The center's quiet hours: when nobody is to be woken by a message, or made to answer one."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local times as minutes after midnight; they may pass midnight. There are none where both are the same."""

    from_minutes: int
    until_minutes: int
    zone: ZoneInfo

    def includes(self, instant: datetime) -> bool:
        """Whether an instant is within them: the first minute is, the last is not."""
        local = instant.astimezone(self.zone)
        minutes = local.hour * _MINUTES_AN_HOUR + local.minute
        if self.from_minutes <= self.until_minutes:
            return self.from_minutes <= minutes < self.until_minutes
        return minutes >= self.from_minutes or minutes < self.until_minutes

    def end_after(self, instant: datetime) -> datetime:
        """Return the instant itself, or, within quiet hours, when they end."""
        if not self.includes(instant):
            return instant
        local = instant.astimezone(self.zone)
        ends = time(*divmod(self.until_minutes, _MINUTES_AN_HOUR))
        day = local.date() if local.time() < ends else local.date() + timedelta(days=1)
        return datetime.combine(day, ends, self.zone).astimezone(UTC)
