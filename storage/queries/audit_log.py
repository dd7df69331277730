"""The audit log for admins: read along its index, newest first, with the names that ids have now."""

from datetime import UTC, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from domain.ids import CenterId
from domain.organization.audit_views import AuditAbout, AuditFilter, AuditGroup, AuditRow, operations_of
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import class_packages, classes, sessions
from storage.tables.operations import audit_log
from storage.tables.organization import branches, people
from storage.tables.types import Instant

_center = outside("center_id", sa.Uuid())
_about, _limit = outside("about_id", sa.Uuid()), outside("limit", sa.Integer())
_before_at, _before_id, _since = (
    outside("before_at", Instant()),
    outside("before_id", sa.Uuid()),
    outside("since", Instant()),
)
_NEWEST: Final = (datetime(9999, 12, 31, tzinfo=UTC), UUID(int=2**128 - 1))
_OLDEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_actor, _person = people.alias("actor"), people.alias("person")
_session_class = classes.alias("session_class")


def _name() -> sa.ColumnElement[Any]:
    return sa.func.coalesce(_person.c.name, classes.c.title, class_packages.c.name, branches.c.name, _session_class.c.title)


_COLUMNS = (
    audit_log.c.id,
    audit_log.c.center_id,
    audit_log.c.at,
    audit_log.c.actor_id,
    audit_log.c.actor_role,
    audit_log.c.operation,
    audit_log.c.object_type,
    audit_log.c.object_id,
    audit_log.c.before,
    audit_log.c.after,
    audit_log.c.reason,
)
_at_and_id = sa.tuple_(audit_log.c.at, audit_log.c.id)


def _named(page: sa.FromClause) -> sa.Select[Any]:
    """Return rows with the names that their actors and objects have now. The page comes first: it is short."""

    def is_object(table: Any) -> sa.ColumnElement[bool]:
        joined: sa.ColumnElement[bool] = (table.c.id == page.c.object_id) & (table.c.center_id == page.c.center_id)
        return joined

    return sa.select(
        page.c.id,
        page.c.at,
        page.c.actor_id,
        _actor.c.name,
        page.c.actor_role,
        page.c.operation,
        page.c.object_type,
        page.c.object_id,
        _name(),
        page.c.before,
        page.c.after,
        page.c.reason,
    ).select_from(
        page.outerjoin(_actor, (_actor.c.id == page.c.actor_id) & (_actor.c.center_id == page.c.center_id))
        .outerjoin(_person, is_object(_person))
        .outerjoin(classes, is_object(classes))
        .outerjoin(class_packages, is_object(class_packages))
        .outerjoin(branches, is_object(branches))
        .outerjoin(sessions, is_object(sessions))
        .outerjoin(_session_class, _session_class.c.id == sessions.c.class_id)
    )


def _page(*conditions: sa.ColumnElement[bool]) -> sa.Subquery:
    """Return a page, the newest first, read along one index from where the last page ended."""
    return (
        sa.select(*_COLUMNS)
        .where(
            audit_log.c.center_id == _center,
            _at_and_id < sa.tuple_(_before_at, _before_id),
            audit_log.c.at >= _since,
            *conditions,
        )
        .order_by(audit_log.c.at.desc(), audit_log.c.id.desc())
        .limit(_limit)
        .subquery()
    )


def _page_of_group(group: AuditGroup) -> sa.Subquery:
    """Return the same for the operations of a group: each has its own part of the index."""
    parts = [_page(audit_log.c.operation == constant(each)) for each in sorted(operations_of(group))]
    every = sa.union_all(*(sa.select(*part.c) for part in parts)).subquery()
    return sa.select(*every.c).order_by(every.c.at.desc(), every.c.id.desc()).limit(_limit).subquery()


@cache
def rows_query(about: AuditAbout, group: AuditGroup | None) -> Query[AuditRow]:
    """Return the query of a page: a shape of its own for each kind of filter, so that each has its index."""
    if about is AuditAbout.ANYTHING:
        page = _page() if group is None else _page_of_group(group)
    else:
        whose = audit_log.c.actor_id if about is AuditAbout.BY else audit_log.c.object_id
        operations = [] if group is None else [audit_log.c.operation.in_(map(constant, sorted(operations_of(group))))]
        page = _page(whose == _about, *operations)
    return Query(_named(page).order_by(page.c.at.desc(), page.c.id.desc()), AuditRow)


def _as_place(at: datetime, id_: UUID) -> tuple[datetime, UUID]:
    return at, id_


PLACE = Query(
    sa.select(audit_log.c.at, audit_log.c.id).where(
        audit_log.c.id == outside("row_id", sa.Uuid()), audit_log.c.center_id == _center
    ),
    _as_place,
)
ROW = Query(
    _named(
        sa.select(*_COLUMNS)
        .where(audit_log.c.id == outside("row_id", sa.Uuid()), audit_log.c.center_id == _center)
        .subquery()
    ),
    AuditRow,
)

_object = outside("object_id", sa.Uuid())


def _name_in(table: sa.Table, name: sa.Column[Any]) -> sa.ScalarSelect[Any]:
    return sa.select(name).where(table.c.id == _object, table.c.center_id == _center).scalar_subquery()


NAME = Query(
    sa.select(
        sa.func.coalesce(
            _name_in(people, people.c.name),
            _name_in(classes, classes.c.title),
            _name_in(class_packages, class_packages.c.name),
            _name_in(branches, branches.c.name),
        )
    ),
    lambda name: name,
)


class StoredAuditLogViews:
    """See ``domain.organization.audit_views.AuditLogViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_rows(
        self, *, center_id: CenterId, chosen: AuditFilter, now: datetime, limit: int, after: UUID | None = None
    ) -> list[AuditRow]:
        """Return rows, the newest first."""
        place: tuple[datetime, UUID] | None = _NEWEST
        if after is not None:
            place = await fetch_one(self._database, PLACE, center_id=center_id, row_id=after)
        if place is None:
            return []
        about = chosen.about if chosen.about_id is not None else AuditAbout.ANYTHING
        of_whom = {} if about is AuditAbout.ANYTHING else {"about_id": chosen.about_id}
        return await self._database.fetch(
            rows_query(about, chosen.group),
            center_id=center_id,
            before_at=place[0],
            before_id=place[1],
            since=chosen.since(now) or _OLDEST,
            limit=limit,
            **of_whom,
        )

    async def find_row(self, *, center_id: CenterId, row_id: UUID) -> AuditRow | None:
        """Return one row."""
        return await fetch_one(self._database, ROW, center_id=center_id, row_id=row_id)

    async def find_name(self, *, center_id: CenterId, object_id: UUID) -> str | None:
        """Return what an object is called."""
        found: str | None = await fetch_one(self._database, NAME, center_id=center_id, object_id=object_id)
        return found
