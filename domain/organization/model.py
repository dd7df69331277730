"""The center as everybody who acts in it needs to know it."""

from dataclasses import dataclass

from domain.ids import CenterId


@dataclass(frozen=True, slots=True)
class Center:
    """A business: one currency (ISO 4217), one time zone (IANA), a default language (two letters)."""

    id: CenterId
    name: str
    currency: str
    timezone: str
    default_language: str
