"""Broadcasts for screens: to whom one would go, how one is doing, those of the past, and what their readers read."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from domain.broadcasts.model import BroadcastAudience, BroadcastState, Crowd, Progress, Target, recent_since
from domain.broadcasts.views import (
    BroadcastCard,
    BroadcastCursor,
    BroadcastLine,
    BroadcastNews,
    Preview,
    TargetName,
    Watched,
)
from domain.ids import BroadcastId, CenterId, PersonId, SessionId
from domain.notifications.quiet import QuietHours
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.reach import within_reach
from storage.repositories.broadcasts import count_crowd, count_progress
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, sessions
from storage.tables.messages import broadcasts
from storage.tables.organization import branches, centers, people

_center = outside("center_id", sa.Uuid())


def _joined(base: sa.FromClause, audience: sa.ColumnElement[Any], subject_id: sa.ColumnElement[Any]) -> sa.FromClause:
    """Join what an audience is about: a session with its class and branch, a class, or a branch."""
    is_session = audience == constant(BroadcastAudience.SESSION)
    return (
        base.outerjoin(sessions, sa.and_(is_session, sessions.c.id == subject_id))
        .outerjoin(
            classes,
            sa.or_(
                classes.c.id == sessions.c.class_id,
                sa.and_(audience == constant(BroadcastAudience.CLASS), classes.c.id == subject_id),
            ),
        )
        .outerjoin(
            branches,
            sa.or_(
                branches.c.id == sessions.c.branch_id,
                sa.and_(audience == constant(BroadcastAudience.BRANCH), branches.c.id == subject_id),
            ),
        )
    )


_OF_TARGET = (centers.c.name, classes.c.title, branches.c.name, sessions.c.branch_id, sessions.c.starts_at)
_given_audience, _given_subject = outside("audience", sa.Text()), outside("subject_id", sa.Uuid())
_IS_THERE = sa.case(
    (_given_audience == constant(BroadcastAudience.SESSION), sessions.c.center_id == centers.c.id),
    (_given_audience == constant(BroadcastAudience.CLASS), classes.c.center_id == centers.c.id),
    (_given_audience == constant(BroadcastAudience.BRANCH), branches.c.center_id == centers.c.id),
    else_=centers.c.id == _given_subject,
)
_IS_WITHIN_REACH = within_reach(sessions.c.branch_id)

NAME = Query(
    sa.select(*_OF_TARGET)
    .select_from(_joined(centers, _given_audience, _given_subject))
    .where(centers.c.id == _center, _IS_THERE, _IS_WITHIN_REACH),
    lambda *columns: columns,
)
_QUIET = Query(
    sa.select(centers.c.quiet_from_minutes, centers.c.quiet_until_minutes, centers.c.timezone).where(
        centers.c.id == _center
    ),
    lambda since, until, zone: QuietHours(since, until, ZoneInfo(zone)),
)

_watching = people.alias("watching")
_WITH_CENTER = broadcasts.join(centers, centers.c.id == broadcasts.c.center_id)
_BROADCASTS = _joined(_WITH_CENTER, broadcasts.c.audience, broadcasts.c.subject_id)
CARD = Query(
    sa.select(
        broadcasts.c.id,
        broadcasts.c.audience,
        broadcasts.c.subject_id,
        *_OF_TARGET,
        people.c.name,
        broadcasts.c.text,
        broadcasts.c.state,
        broadcasts.c.reached,
        broadcasts.c.unreachable,
        broadcasts.c.muted,
        broadcasts.c.created_at,
        broadcasts.c.ended_at,
        broadcasts.c.sent,
        broadcasts.c.unknown,
        broadcasts.c.failed,
        broadcasts.c.dropped,
        _watching.c.id,
        _watching.c.telegram_id,
        _watching.c.language,
        broadcasts.c.screen_message_id,
    )
    .select_from(
        _BROADCASTS.join(people, people.c.id == broadcasts.c.author_id).outerjoin(
            _watching, _watching.c.id == broadcasts.c.screen_person_id
        )
    )
    .where(broadcasts.c.id == outside("broadcast_id"), broadcasts.c.center_id == _center, _IS_WITHIN_REACH),
    lambda *columns: columns,
)
_LINE = sa.select(
    broadcasts.c.id,
    broadcasts.c.audience,
    classes.c.title,
    branches.c.name,
    broadcasts.c.state,
    broadcasts.c.ended_at.is_not(None),
    broadcasts.c.created_at,
).select_from(_BROADCASTS)
_PAGE = (
    _LINE.where(broadcasts.c.center_id == _center, _IS_WITHIN_REACH)
    .order_by(broadcasts.c.created_at.desc(), broadcasts.c.id.desc())
    .limit(outside("limit", sa.Integer()))
)
FIRST_PAGE = Query(_PAGE, BroadcastLine)
PAGE_AFTER = Query(
    _PAGE.where(
        sa.tuple_(broadcasts.c.created_at, broadcasts.c.id)
        < sa.tuple_(outside("after_at", broadcasts.c.created_at.type), outside("after_id", sa.Uuid()))
    ),
    BroadcastLine,
)


def _news(audience: BroadcastAudience, session_id: UUID | None, *rest: Any) -> BroadcastNews:
    center_name, class_title, branch_name, starts_at, text, state = rest
    return BroadcastNews(
        audience=audience,
        session_id=SessionId(session_id) if session_id is not None else None,
        center_name=center_name,
        class_title=class_title,
        branch_name=branch_name,
        starts_at=starts_at,
        text=text,
        is_stopped=state is BroadcastState.STOPPED,
    )


NEWS = Query(
    sa.select(
        broadcasts.c.audience,
        sessions.c.id,
        centers.c.name,
        classes.c.title,
        branches.c.name,
        sessions.c.starts_at,
        broadcasts.c.text,
        broadcasts.c.state,
    )
    .select_from(_BROADCASTS)
    .where(broadcasts.c.id == outside("broadcast_id"), broadcasts.c.center_id == _center),
    _news,
)


class StoredBroadcastViews:
    """See ``domain.broadcasts.views.BroadcastViews``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_name(self, *, center_id: CenterId, staff_id: PersonId | None, target: Target) -> TargetName | None:
        """Return what a target is called."""
        found = await fetch_one(
            self._database,
            NAME,
            center_id=center_id,
            staff_id=staff_id,
            audience=target.audience,
            subject_id=target.subject_id,
        )
        return None if found is None else TargetName(target, *found)

    async def preview(self, *, center_id: CenterId, name: TargetName, now: datetime) -> Preview:
        """Return to whom a broadcast to it would go now."""
        since = recent_since(now)
        crowd = await count_crowd(self._database, center_id=center_id, target=name.target, since=since)
        quiet = await fetch_one(self._database, _QUIET, center_id=center_id)
        return Preview(name, crowd, is_quiet=quiet is not None and quiet.are_at(now))

    async def find_card(
        self, *, center_id: CenterId, staff_id: PersonId | None, broadcast_id: BroadcastId
    ) -> BroadcastCard | None:
        """Return a broadcast with its outcome so far."""
        found = await fetch_one(self._database, CARD, center_id=center_id, staff_id=staff_id, broadcast_id=broadcast_id)
        if found is None:
            return None
        card = _card(found)
        if card.ended_at is not None:
            return card
        return replace(card, progress=await count_progress(self._database, broadcast_id))

    async def list_past(
        self, *, center_id: CenterId, staff_id: PersonId | None, after: BroadcastCursor | None, limit: int
    ) -> list[BroadcastLine]:
        """Return a page of broadcasts, the newest first."""
        who = {"center_id": center_id, "staff_id": staff_id, "limit": limit}
        if after is None:
            return await self._database.fetch(FIRST_PAGE, **who)
        return await self._database.fetch(PAGE_AFTER, **who, after_at=after.created_at, after_id=after.broadcast_id)

    async def find_news(self, *, center_id: CenterId, broadcast_id: UUID) -> BroadcastNews | None:
        """Return what its readers read."""
        return await fetch_one(self._database, NEWS, center_id=center_id, broadcast_id=broadcast_id)


def _card(found: tuple[Any, ...]) -> BroadcastCard:
    id_, audience, subject_id, *target = found[:8]
    author_name, text, state, reached, unreachable, muted, created_at, ended_at = found[8:16]
    sent, unknown, failed, dropped, watcher_id, telegram_id, language, message_id = found[16:]
    is_watched = telegram_id is not None and message_id is not None
    return BroadcastCard(
        broadcast_id=id_,
        name=TargetName(Target(audience, subject_id), *target),
        author_name=author_name,
        text=text,
        state=state,
        crowd=Crowd(reached, unreachable, muted),
        progress=Progress(sent, unknown, failed, dropped),
        created_at=created_at,
        ended_at=ended_at,
        watched=Watched(watcher_id, telegram_id, language, message_id) if is_watched else None,
    )
