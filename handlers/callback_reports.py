"""What buttons of reports carry: which report, of which days, and how it is narrowed."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.reports.figures import Report
from domain.reports.period import EARLIEST_DAY, ReportPeriod

CHOSEN_BYTES: Final = 7
_REPORTS: Final = (None, *Report)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A report (None: the list of them) of a period.

    ``least`` is how often somebody has to have come to be missed, ``page`` the place in a list of people.
    """

    report: Report | None
    period: ReportPeriod
    least: int = 2
    page: int = 0


def pack_chosen(chosen: Chosen) -> bytes:
    """Return a choice as bytes."""
    days = b"".join(_pack_day(day) for day in (chosen.period.first, chosen.period.last))
    return bytes([_REPORTS.index(chosen.report), chosen.least, chosen.page]) + days


def unpack_chosen(packed: bytes) -> Chosen:
    """Return the choice that bytes are. Raises ValueError for what is none."""
    report, least, page = packed[:3]
    if report >= len(_REPORTS):
        raise ValueError("not a report")
    return Chosen(_REPORTS[report], ReportPeriod(_unpack_day(packed[3:5]), _unpack_day(packed[5:7])), least, page)


def _pack_day(day: date) -> bytes:
    return (day - EARLIEST_DAY).days.to_bytes(2, "big")


def _unpack_day(packed: bytes) -> date:
    return EARLIEST_DAY + timedelta(days=int.from_bytes(packed, "big"))
