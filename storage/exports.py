"""The queue of exports: claimed by one conditional UPDATE, one at a time."""

from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from domain.clock import Clock
from domain.ids import CenterId
from domain.permissions import Role
from domain.reports.exporting import DueExport, ExportStatus
from domain.reports.period import ReportPeriod
from storage.database import Database
from storage.database_time import database_later, database_now
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.organization import people, role_assignments
from storage.tables.reports import exports
from storage.tables.types import Instant

_LONGEST_ERROR: Final = 500
_WAITS = exports.c.status == constant(ExportStatus.WAITING)
_seconds = outside("seconds", sa.Double())

_NEXT = (
    sa.select(exports.c.id)
    .where(
        _WAITS,
        exports.c.center_id == outside("center_id"),
        sa.or_(exports.c.claimed_until.is_(None), exports.c.claimed_until <= database_now()),
    )
    .order_by(exports.c.created_at, exports.c.id)
    .limit(sa.literal_column("1"))
    .with_for_update(skip_locked=True)
    .cte("next")
)
_CLAIM = Query(
    exports.update()
    .where(exports.c.id.in_(sa.select(_NEXT.c.id)))
    .values(claimed_until=database_later(_seconds), attempts=exports.c.attempts + sa.literal_column("1"))
    .returning(exports.c.id),
    lambda id_: id_,
)
_MAY_HAVE_IT = sa.and_(
    people.c.blocked_at.is_(None),
    people.c.unreachable_at.is_(None),
    people.c.erased_at.is_(None),
    sa.exists().where(
        role_assignments.c.person_id == people.c.id,
        role_assignments.c.role == constant(Role.ADMIN),
        role_assignments.c.revoked_at.is_(None),
    ),
)
_CLAIMED = Query(
    sa.select(
        exports.c.id,
        exports.c.center_id,
        exports.c.person_id,
        people.c.telegram_id,
        people.c.language,
        exports.c.kind,
        exports.c.file_format,
        exports.c.first_day,
        exports.c.last_day,
        exports.c.message_id,
        exports.c.attempts,
        sa.case((_MAY_HAVE_IT, sa.literal_column("1")), else_=sa.literal_column("0")),
    )
    .select_from(exports.join(people, people.c.id == exports.c.person_id))
    .where(exports.c.id == outside("id", sa.Uuid())),
    lambda *columns: _due(*columns),  # noqa: PLW0108 -- defined below
)
_KNOWN = Query(
    sa.select(exports.c.id).where(exports.c.id == outside("id"), exports.c.center_id == outside("center_id")),
    lambda id_: id_,
)


def _waiting(**values: Any) -> Query[UUID]:
    """Return a statement that changes an order which waits."""
    return Query(
        exports.update().where(exports.c.id == outside("id"), _WAITS).values(**values).returning(exports.c.id),
        lambda id_: id_,
    )


_HOLD = _waiting(claimed_until=database_later(_seconds), message_id=outside("message_id", sa.BigInteger()))
_PUT_OFF = _waiting(claimed_until=database_later(_seconds), last_error=outside("error", sa.Text()))
_END = _waiting(
    status=outside("status"),
    ended_at=outside("ended_at", Instant()),
    row_count=outside("row_count", sa.BigInteger()),
    last_error=outside("error", sa.Text()),
)


def _due(*columns: Any) -> DueExport:
    *known, first_day, last_day, message_id, attempts, is_allowed = columns
    id_, center_id, person_id, telegram_id, language, kind, file_format = known
    return DueExport(
        id=id_,
        center_id=center_id,
        person_id=person_id,
        telegram_id=telegram_id,
        language=language,
        kind=kind,
        file_format=file_format,
        period=ReportPeriod(first_day, last_day),
        message_id=message_id,
        attempts=attempts,
        is_allowed=bool(is_allowed) and telegram_id is not None,
    )


class StoredExportQueue:
    """See ``domain.reports.exporting.ExportQueue``."""

    def __init__(self, database: Database, *, center_id: CenterId, clock: Clock) -> None:
        self._database = database
        self._center_id = center_id
        self._clock = clock

    async def claim(self, *, lease_seconds: float) -> DueExport | None:
        """Take the oldest order that waits."""
        claimed = await self._database.claim(_CLAIM, center_id=self._center_id, seconds=lease_seconds)
        found = await self._database.fetch(_CLAIMED, id=claimed[0]) if claimed else []
        return found[0] if found else None

    async def hold(self, export_id: UUID, *, lease_seconds: float, message_id: int | None) -> None:
        """Keep it a while longer."""
        await self._database.claim(_HOLD, id=export_id, seconds=lease_seconds, message_id=message_id)

    async def put_off(self, export_id: UUID, *, seconds: float, error: str) -> None:
        """Let it come again after a while."""
        await self._database.claim(_PUT_OFF, id=export_id, seconds=seconds, error=error[:_LONGEST_ERROR])

    async def end(self, export_id: UUID, status: ExportStatus, *, row_count: int, error: str | None = None) -> None:
        """Note that nothing is left to be done for it."""
        text = error[:_LONGEST_ERROR] if error is not None else None
        await self._database.claim(
            _END, id=export_id, status=status, ended_at=self._clock.now(), row_count=row_count, error=text
        )


class StoredExportOrders:
    """See ``domain.reports.exporting.ExportOrders``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def is_known(self, *, center_id: CenterId, export_id: UUID) -> bool:
        """Whether it was ordered."""
        return bool(await self._database.fetch(_KNOWN, id=export_id, center_id=center_id))
