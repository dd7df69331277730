"""The statements of writes on the timetable."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.sql.dml import Delete, Update

from domain.writes import timetable as writes
from domain.writes.base import Write
from storage.prepared import outside
from storage.tables.catalogue import timetable_exceptions, timetable_rules
from storage.tables.organization import holidays

Statement = Update | Delete


def _rule_as_read() -> Update:
    ends_on = outside("was_ends_on", timetable_rules.c.ends_on.type)
    return timetable_rules.update().where(
        timetable_rules.c.id == outside("rule_id"),
        timetable_rules.c.archived_at.is_(None),
        timetable_rules.c.ends_on.is_not_distinct_from(ends_on),
    )


def _require_rule() -> Statement:
    return _rule_as_read().values(archived_at=sa.null())


def _end_rule() -> Statement:
    return _rule_as_read().values(ends_on=outside("ends_on"), archived_at=outside("archived_at"))


def _remove_holiday() -> Statement:
    return holidays.delete().where(holidays.c.id == outside("holiday_id"))


TIMETABLE_UPDATES: dict[type[Write], Callable[[], Statement]] = {
    writes.RequireRule: _require_rule,
    writes.EndRule: _end_rule,
    writes.RemoveHoliday: _remove_holiday,
}

TIMETABLE_INSERTS: dict[type[Write], sa.Table] = {
    writes.AddException: timetable_exceptions,
    writes.AddHoliday: holidays,
}
