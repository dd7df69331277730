"""The audit log for admins: read along its index, newest first, with the names that ids have now."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.ids import CenterId
from domain.organization.audit_views import AuditAbout, AuditFilter, AuditRow, operations_of
from storage.database import Database, fetch_one
from storage.listed import TextList, is_listed
from storage.prepared import Query, outside
from storage.tables.catalogue import class_packages, classes, sessions
from storage.tables.operations import audit_log
from storage.tables.organization import branches, people
from storage.tables.types import Instant

_center = outside("center_id", sa.Uuid())
_by, _on = outside("by_id", sa.Uuid()), outside("on_id", sa.Uuid())
_after, _limit = outside("after_id", sa.Uuid()), outside("limit", sa.Integer())
_since = outside("since", Instant())
_operations = outside("operations", TextList())
_actor, _person = people.alias("actor"), people.alias("person")
_session_class = classes.alias("session_class")


def _name() -> sa.ColumnElement[Any]:
    return sa.func.coalesce(_person.c.name, classes.c.title, class_packages.c.name, branches.c.name, _session_class.c.title)


def _of_center(table: Any) -> sa.ColumnElement[bool]:
    joined: sa.ColumnElement[bool] = (table.c.id == audit_log.c.object_id) & (table.c.center_id == audit_log.c.center_id)
    return joined


_ROWS = (
    sa.select(
        audit_log.c.id,
        audit_log.c.at,
        audit_log.c.actor_id,
        _actor.c.name,
        audit_log.c.actor_role,
        audit_log.c.operation,
        audit_log.c.object_type,
        audit_log.c.object_id,
        _name(),
        audit_log.c.before,
        audit_log.c.after,
        audit_log.c.reason,
    )
    .select_from(
        audit_log.outerjoin(_actor, (_actor.c.id == audit_log.c.actor_id) & (_actor.c.center_id == audit_log.c.center_id))
        .outerjoin(_person, _of_center(_person))
        .outerjoin(classes, _of_center(classes))
        .outerjoin(class_packages, _of_center(class_packages))
        .outerjoin(branches, _of_center(branches))
        .outerjoin(sessions, _of_center(sessions))
        .outerjoin(_session_class, _session_class.c.id == sessions.c.class_id)
    )
    .where(audit_log.c.center_id == _center)
)
_last = audit_log.alias("last")
_place_of_last = (
    sa.select(_last.c.at, _last.c.id).where(_last.c.id == _after, _last.c.center_id == _center).scalar_subquery()
)

ROWS = Query(
    _ROWS.where(
        sa.or_(_by.is_(None), audit_log.c.actor_id == _by),
        sa.or_(_on.is_(None), audit_log.c.object_id == _on),
        sa.or_(_since.is_(None), audit_log.c.at >= _since),
        sa.or_(_operations.is_(None), is_listed(audit_log.c.operation, _operations)),
        sa.or_(_after.is_(None), sa.tuple_(audit_log.c.at, audit_log.c.id) < _place_of_last),
    )
    .order_by(audit_log.c.at.desc(), audit_log.c.id.desc())
    .limit(_limit),
    AuditRow,
)
ROW = Query(_ROWS.where(audit_log.c.id == outside("row_id", sa.Uuid())), AuditRow)

_object = outside("object_id", sa.Uuid())


def _named(table: sa.Table, name: sa.Column[Any]) -> sa.ScalarSelect[Any]:
    return sa.select(name).where(table.c.id == _object, table.c.center_id == _center).scalar_subquery()


NAME = Query(
    sa.select(
        sa.func.coalesce(
            _named(people, people.c.name),
            _named(classes, classes.c.title),
            _named(class_packages, class_packages.c.name),
            _named(branches, branches.c.name),
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
        return await self._database.fetch(
            ROWS,
            center_id=center_id,
            by_id=chosen.about_id if chosen.about is AuditAbout.BY else None,
            on_id=chosen.about_id if chosen.about is AuditAbout.ON else None,
            since=chosen.since(now),
            operations=sorted(operations_of(chosen.group)) if chosen.group is not None else None,
            after_id=after,
            limit=limit,
        )

    async def find_row(self, *, center_id: CenterId, row_id: UUID) -> AuditRow | None:
        """Return one row."""
        return await fetch_one(self._database, ROW, center_id=center_id, row_id=row_id)

    async def find_name(self, *, center_id: CenterId, object_id: UUID) -> str | None:
        """Return what an object is called."""
        found: str | None = await fetch_one(self._database, NAME, center_id=center_id, object_id=object_id)
        return found
