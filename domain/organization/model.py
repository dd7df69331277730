"""The center as everybody who acts in it needs to know it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from domain.ids import CenterId


@dataclass(frozen=True, slots=True)
class Center:
    """A business: one currency (ISO 4217), one time zone (IANA), a default language (two letters)."""

    id: CenterId
    name: str
    currency: str
    timezone: str
    default_language: str

    @property
    def zone(self) -> ZoneInfo:
        """The center's time zone."""
        return ZoneInfo(self.timezone)
