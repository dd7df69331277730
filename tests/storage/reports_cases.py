"""For orders of exports: the row that goes in, and what its CHECKs refuse."""

from datetime import date

from domain.ids import new_id
from domain.reports.exporting import ExportKind, FileFormat
from domain.writes.base import Write
from domain.writes.reports import AddExport
from tests.cast import Cast

_ORDER = (
    "INSERT INTO exports (id, center_id, person_id, kind, file_format, first_day, last_day, created_at, status, attempts, "
    "ended_at) SELECT id, center_id, id, '{kind}', '{form}', '{first}', '2026-11-30', created_at, '{status}', {attempts}, "
    "{ended} FROM people"
)
_SOUND = {"kind": "PEOPLE", "form": "CSV", "first": "2026-11-01", "status": "WAITING", "attempts": 0, "ended": "NULL"}


def _broken(**changes: object) -> str:
    return _ORDER.format(**{**_SOUND, **changes})


REPORTS_VIOLATIONS = {
    "ck_exports_kind_known": _broken(kind="NONSENSE"),
    "ck_exports_file_format_known": _broken(form="NONSENSE"),
    "ck_exports_status_known": _broken(status="NONSENSE", ended="created_at"),
    "ck_exports_days_in_order": _broken(first="2026-12-01"),
    "ck_exports_attempts_not_negative": _broken(attempts=-1),
    "ck_exports_ended_whole": _broken(status="SENT"),
}


def reports_insert_cases(cast: Cast) -> list[tuple[list[Write], dict[str, Write]]]:
    """Return the order of an export, and the same once more."""
    order = AddExport(
        new_id(),
        cast.world.center_id,
        cast.admin.id,
        ExportKind.JOURNAL,
        FileFormat.CSV,
        date(2026, 11, 1),
        date(2026, 11, 30),
        cast.world.clock.now(),
    )
    return [([order], {"id": order})]
