"""The timetable for screens."""

from datetime import date, datetime

import sqlalchemy as sa

from domain.ids import CenterId, PersonId, TimetableRuleId
from domain.sessions.team_views import TeamSessionLine
from domain.sessions.timetable_views import HolidayLine, RuleLine
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.queries.team_sessions import SESSION_LINES
from storage.reach import within_reach
from storage.tables.catalogue import classes, sessions, timetable_rules
from storage.tables.organization import branches, holidays

_limit, _offset = outside("limit", sa.Integer()), outside("offset", sa.Integer())
_RULES = (
    sa.select(
        timetable_rules.c.id,
        timetable_rules.c.branch_id,
        classes.c.title,
        branches.c.name,
        timetable_rules.c.recurrence,
        timetable_rules.c.local_time,
        timetable_rules.c.starts_on,
        timetable_rules.c.ends_on,
        timetable_rules.c.archived_at,
        sa.func.coalesce(timetable_rules.c.teacher, classes.c.teacher),
        sa.func.coalesce(timetable_rules.c.capacity, classes.c.capacity),
    )
    .select_from(
        timetable_rules.join(classes, classes.c.id == timetable_rules.c.class_id).join(
            branches, branches.c.id == timetable_rules.c.branch_id
        )
    )
    .where(timetable_rules.c.center_id == outside("center_id"), within_reach(timetable_rules.c.branch_id))
)
_ends_on = timetable_rules.c.ends_on

RULES = Query(
    _RULES.where(
        timetable_rules.c.archived_at.is_(None),
        sa.or_(_ends_on.is_(None), _ends_on >= outside("today", _ends_on.type)),
    )
    .order_by(classes.c.title, timetable_rules.c.local_time, timetable_rules.c.id)
    .limit(_limit)
    .offset(_offset),
    RuleLine,
)
RULE = Query(_RULES.where(timetable_rules.c.id == outside("rule_id")), RuleLine)

SESSIONS = Query(
    SESSION_LINES.where(
        sessions.c.rule_id == outside("rule_id"),
        sessions.c.starts_at > outside("now", sessions.c.starts_at.type),
        sa.literal_column("sessions.status = 'SCHEDULED'"),
    )
    .order_by(sessions.c.starts_at, sessions.c.id)
    .limit(_limit),
    TeamSessionLine,
)

HOLIDAYS = Query(
    sa.select(holidays.c.id, holidays.c.branch_id, branches.c.name, holidays.c.local_date, holidays.c.name)
    .select_from(holidays.outerjoin(branches, branches.c.id == holidays.c.branch_id))
    .where(
        holidays.c.center_id == outside("center_id"),
        holidays.c.local_date >= outside("today", holidays.c.local_date.type),
        sa.or_(holidays.c.branch_id.is_(None), within_reach(holidays.c.branch_id)),
    )
    .order_by(holidays.c.local_date, holidays.c.id)
    .limit(_limit),
    HolidayLine,
)


class StoredTimetableViews:
    """See ``domain.sessions.timetable_views.TimetableViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_rules(
        self, *, center_id: CenterId, staff_id: PersonId | None, today: date, limit: int, offset: int = 0
    ) -> list[RuleLine]:
        """Return the rules that have not ended, by class."""
        return await self._database.fetch(
            RULES, center_id=center_id, staff_id=staff_id, today=today, limit=limit, offset=offset
        )

    async def find_rule(
        self, *, center_id: CenterId, staff_id: PersonId | None, rule_id: TimetableRuleId
    ) -> RuleLine | None:
        """Return one rule, ended or not."""
        return await fetch_one(self._database, RULE, center_id=center_id, staff_id=staff_id, rule_id=rule_id)

    async def list_sessions(
        self, *, center_id: CenterId, rule_id: TimetableRuleId, now: datetime, limit: int
    ) -> list[TeamSessionLine]:
        """Return the coming sessions that a rule has made, soonest first."""
        return await self._database.fetch(SESSIONS, center_id=center_id, rule_id=rule_id, now=now, limit=limit)

    async def list_holidays(
        self, *, center_id: CenterId, staff_id: PersonId | None, today: date, limit: int
    ) -> list[HolidayLine]:
        """Return the coming holidays, those that are everywhere included."""
        return await self._database.fetch(HOLIDAYS, center_id=center_id, staff_id=staff_id, today=today, limit=limit)
