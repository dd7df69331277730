"""Loads what decisions on broadcasts rest on: to whom, how far, whether the same went out a moment ago."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.broadcasts.model import BroadcastAudience, Crowd, Progress, Target
from domain.broadcasts.ports import BroadcastRecord, TargetPlace
from domain.ids import BranchId, BroadcastId, CenterId, PersonId
from domain.notifications.model import NotificationStatus
from storage.broadcast_audience import BELONGS, CAN_BE_TOLD, IS_SOMEBODY, has_muted
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, sessions
from storage.tables.messages import broadcasts, notifications
from storage.tables.organization import branches, centers, people
from storage.tables.types import Instant

_center, _subject = outside("center_id", sa.Uuid()), outside("subject_id", sa.Uuid())
_NOBODY = PersonId(UUID(int=0))  # before everybody, by id
IS_A_BROADCASTS: sa.ColumnElement[bool] = sa.literal_column("notifications.priority = 3")  # as the partial index has it


def _record(
    id_: BroadcastId, audience: BroadcastAudience, subject_id: UUID, branch_id: BranchId | None, *rest: Any
) -> BroadcastRecord:
    return BroadcastRecord(id_, Target(audience, subject_id), branch_id, *rest)


_FIND = Query(
    sa.select(
        broadcasts.c.id,
        broadcasts.c.audience,
        broadcasts.c.subject_id,
        sessions.c.branch_id,
        broadcasts.c.author_id,
        broadcasts.c.state,
        broadcasts.c.written_until,
        broadcasts.c.created_at,
        broadcasts.c.ended_at,
        broadcasts.c.screen_person_id,
        broadcasts.c.screen_message_id,
    )
    .select_from(
        broadcasts.outerjoin(
            sessions,
            (sessions.c.id == broadcasts.c.subject_id) & (broadcasts.c.audience == constant(BroadcastAudience.SESSION)),
        )
    )
    .where(broadcasts.c.id == outside("broadcast_id"), broadcasts.c.center_id == _center),
    _record,
)


def _place(branch_id: UUID | None) -> TargetPlace:
    return TargetPlace(BranchId(branch_id) if branch_id is not None else None)


_NO_BRANCH: sa.ColumnElement[Any] = sa.cast(sa.null(), sa.Uuid())
_PLACES: Mapping[BroadcastAudience, Query[TargetPlace]] = MappingProxyType(
    {
        BroadcastAudience.SESSION: Query(
            sa.select(sessions.c.branch_id).where(sessions.c.id == _subject, sessions.c.center_id == _center), _place
        ),
        BroadcastAudience.CLASS: Query(
            sa.select(_NO_BRANCH).select_from(classes).where(classes.c.id == _subject, classes.c.center_id == _center),
            _place,
        ),
        BroadcastAudience.BRANCH: Query(
            sa.select(branches.c.id).where(branches.c.id == _subject, branches.c.center_id == _center), _place
        ),
        BroadcastAudience.CENTER: Query(
            sa.select(_NO_BRANCH).select_from(centers).where(centers.c.id == _subject, centers.c.id == _center), _place
        ),
    }
)


def _count_where(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    counted = sa.case((condition, sa.literal_column("1")), else_=sa.literal_column("0"))
    return sa.func.coalesce(sa.func.sum(counted), sa.literal_column("0"))


def _crowd(reached: int, unreachable: int, muted: int) -> Crowd:
    return Crowd(int(reached), int(unreachable), int(muted))


CROWDS: Mapping[BroadcastAudience, Query[Crowd]] = MappingProxyType(
    {
        audience: Query(
            sa.select(
                _count_where(sa.and_(CAN_BE_TOLD, ~has_muted(audience))),
                _count_where(~CAN_BE_TOLD),
                _count_where(sa.and_(CAN_BE_TOLD, has_muted(audience))),
            )
            .select_from(people)
            .where(IS_SOMEBODY, BELONGS[audience]),
            _crowd,
        )
        for audience in BroadcastAudience
    }
)
READERS: Mapping[BroadcastAudience, Query[PersonId]] = MappingProxyType(
    {
        audience: Query(
            sa.select(people.c.id)
            .where(
                IS_SOMEBODY,
                CAN_BE_TOLD,
                ~has_muted(audience),
                BELONGS[audience],
                people.c.id > outside("after", sa.Uuid()),
            )
            .order_by(people.c.id)
            .limit(outside("limit", sa.Integer())),
            PersonId,
        )
        for audience in BroadcastAudience
    }
)
_WAS_SENT = Query(
    sa.select(broadcasts.c.id)
    .where(
        broadcasts.c.center_id == _center,
        broadcasts.c.created_at > outside("since", Instant()),
        broadcasts.c.audience == outside("audience"),
        broadcasts.c.subject_id == _subject,
        broadcasts.c.text == outside("text"),
    )
    .limit(sa.literal_column("1")),
    BroadcastId,
)
PROGRESS = Query(
    sa.select(notifications.c.status, sa.func.count())
    .where(IS_A_BROADCASTS, notifications.c.subject_id == outside("broadcast_id"))
    .group_by(notifications.c.status),
    lambda status, number: (NotificationStatus(status), int(number)),
)


async def count_progress(database: Database, broadcast_id: BroadcastId) -> Progress:
    """Return what became of a broadcast's messages, as they stand in the queue."""
    found = dict(await database.fetch(PROGRESS, broadcast_id=broadcast_id))
    return Progress(
        sent=found.get(NotificationStatus.SENT, 0),
        unknown=found.get(NotificationStatus.UNKNOWN, 0),
        failed=found.get(NotificationStatus.UNREACHABLE, 0) + found.get(NotificationStatus.FAILED, 0),
        dropped=found.get(NotificationStatus.STALE, 0),
        left=found.get(NotificationStatus.PENDING, 0),
    )


async def count_crowd(database: Database, *, center_id: CenterId, target: Target, since: datetime) -> Crowd:
    """Return how many people a target has."""
    query = CROWDS[target.audience]
    (found,) = await database.fetch(query, center_id=center_id, subject_id=target.subject_id, since=since)
    return found


class StoredBroadcasts:
    """See ``domain.broadcasts.ports.BroadcastRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, *, center_id: CenterId, broadcast_id: BroadcastId) -> BroadcastRecord | None:
        """Return a broadcast."""
        return await fetch_one(self._database, _FIND, center_id=center_id, broadcast_id=broadcast_id)

    async def find_place(self, *, center_id: CenterId, target: Target) -> TargetPlace | None:
        """Return where the session, class, branch or center is."""
        query = _PLACES[target.audience]
        return await fetch_one(self._database, query, center_id=center_id, subject_id=target.subject_id)

    async def count_crowd(self, *, center_id: CenterId, target: Target, since: datetime) -> Crowd:
        """Return how many people a target has."""
        return await count_crowd(self._database, center_id=center_id, target=target, since=since)

    async def list_readers(
        self, *, center_id: CenterId, target: Target, since: datetime, after: PersonId | None, limit: int
    ) -> list[PersonId]:
        """Return whom its messages reach, by id."""
        return await self._database.fetch(
            READERS[target.audience],
            center_id=center_id,
            subject_id=target.subject_id,
            since=since,
            after=after or _NOBODY,
            limit=limit,
        )

    async def was_sent(self, *, center_id: CenterId, target: Target, text: str, since: datetime) -> bool:
        """Whether this very text went to this target since then."""
        found = await self._database.fetch(
            _WAS_SENT,
            center_id=center_id,
            audience=target.audience,
            subject_id=target.subject_id,
            text=text,
            since=since,
        )
        return bool(found)

    async def count_progress(self, *, broadcast_id: BroadcastId) -> Progress:
        """Return what became of its messages so far."""
        return await count_progress(self._database, broadcast_id)
