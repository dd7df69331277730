"""What buttons of those who run the center carry beside ids: amounts, codes of links, filters of the audit log."""

from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from domain.organization.audit_views import AuditAbout, AuditFilter, AuditGroup, AuditPeriod

Number = NewType("Number", int)
"""A whole number from 0 on that may be an amount of money."""

NUMBER_BYTES: Final = 6
INVITE_CODE_BYTES: Final = 18
InviteCode = NewType("InviteCode", bytes)
"""What makes an invitation's link secret: 144 bits."""

AUDIT_FILTER_BYTES: Final = 19
_ABOUTS, _GROUPS, _PERIODS = tuple(AuditAbout), (None, *AuditGroup), tuple(AuditPeriod)
_NO_ID: Final = UUID(int=0)  # all zeros stand for None


class SearchOf(StrEnum):
    """Which of the team's lists typed words are looked for in."""

    CLASSES = "CLASSES"
    PACKAGES = "PACKAGES"
    PEOPLE = "PEOPLE"


def pack_number(number: int) -> bytes:
    """Return a number as bytes."""
    return number.to_bytes(NUMBER_BYTES, "big")


def unpack_number(packed: bytes) -> int:
    """Return the number that bytes are."""
    return int.from_bytes(packed, "big")


def pack_audit_filter(chosen: AuditFilter) -> bytes:
    """Return a filter as bytes."""
    places = [_ABOUTS.index(chosen.about), _GROUPS.index(chosen.group), _PERIODS.index(chosen.period)]
    return bytes(places) + (chosen.about_id or _NO_ID).bytes


def unpack_audit_filter(packed: bytes) -> AuditFilter:
    """Return the filter that bytes are. Raises ValueError for what is none."""
    about, group, period = packed[:3]
    if about >= len(_ABOUTS) or group >= len(_GROUPS) or period >= len(_PERIODS):
        raise ValueError("not a filter")
    about_id = UUID(bytes=packed[3:]) if any(packed[3:]) else None
    return AuditFilter(_ABOUTS[about], about_id, _GROUPS[group], _PERIODS[period])
