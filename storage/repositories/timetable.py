"""The queries on rules of the timetable, the days they leave out, and holidays."""

from datetime import date

import sqlalchemy as sa

from domain.ids import TimetableRuleId
from domain.sessions.ports import HolidayFacts, RuleFacts
from storage.prepared import Query, outside
from storage.reach import within_reach
from storage.tables.catalogue import classes, sessions, timetable_exceptions, timetable_rules
from storage.tables.organization import branches, centers, holidays

_RULES = (
    sa.select(
        timetable_rules.c.id,
        timetable_rules.c.class_id,
        timetable_rules.c.branch_id,
        timetable_rules.c.recurrence,
        timetable_rules.c.local_time,
        timetable_rules.c.starts_on,
        timetable_rules.c.ends_on,
        timetable_rules.c.archived_at,
        sa.func.coalesce(timetable_rules.c.teacher, classes.c.teacher),
        sa.func.coalesce(timetable_rules.c.capacity, classes.c.capacity),
        classes.c.duration_minutes,
        centers.c.timezone,
        centers.c.horizon_days,
        timetable_rules.c.teacher,
        timetable_rules.c.capacity,
    )
    .select_from(
        timetable_rules.join(classes, classes.c.id == timetable_rules.c.class_id)
        .join(branches, branches.c.id == timetable_rules.c.branch_id)
        .join(centers, centers.c.id == timetable_rules.c.center_id)
    )
    .where(timetable_rules.c.center_id == outside("center_id"))
)
_ends_on = timetable_rules.c.ends_on

RULES = Query(
    _RULES.where(
        timetable_rules.c.archived_at.is_(None),
        sa.or_(_ends_on.is_(None), _ends_on >= outside("today", _ends_on.type)),
        classes.c.archived_at.is_(None),
        branches.c.archived_at.is_(None),
    ).order_by(timetable_rules.c.created_at, timetable_rules.c.id),
    RuleFacts,
)

RULE = Query(_RULES.where(timetable_rules.c.id == outside("rule_id"), within_reach(timetable_rules.c.branch_id)), RuleFacts)


def _day(day: date) -> date:
    return day


EXCEPTIONS = Query(
    sa.select(timetable_exceptions.c.local_date).where(timetable_exceptions.c.rule_id == outside("rule_id")), _day
)

MADE = Query(
    sa.select(sessions.c.original_local_date).where(
        sessions.c.rule_id == outside("rule_id"), sessions.c.original_local_date >= outside("since")
    ),
    _day,
)


def _of_rules(days: sa.Table, day: sa.Column[date]) -> sa.Select[tuple[TimetableRuleId, date]]:
    return (
        sa.select(timetable_rules.c.id, day)
        .select_from(timetable_rules.join(days, days.c.rule_id == timetable_rules.c.id))
        .where(
            timetable_rules.c.center_id == outside("center_id"),
            timetable_rules.c.archived_at.is_(None),
            day >= outside("since", day.type),
        )
    )


_MADE_OR_LEFT_OUT = sa.union_all(
    _of_rules(sessions, sessions.c.original_local_date), _of_rules(timetable_exceptions, timetable_exceptions.c.local_date)
).subquery()
TAKEN_DAYS: Query[tuple[TimetableRuleId, date]] = Query(
    sa.select(*_MADE_OR_LEFT_OUT.c), lambda rule_id, day: (rule_id, day)
)

_HOLIDAYS = sa.select(holidays.c.id, holidays.c.branch_id, holidays.c.local_date, holidays.c.name).where(
    holidays.c.center_id == outside("center_id")
)

HOLIDAYS = Query(
    _HOLIDAYS.where(holidays.c.local_date >= outside("since", holidays.c.local_date.type)).order_by(
        holidays.c.local_date, holidays.c.id
    ),
    HolidayFacts,
)

HOLIDAY = Query(_HOLIDAYS.where(holidays.c.id == outside("holiday_id"), within_reach(holidays.c.branch_id)), HolidayFacts)
