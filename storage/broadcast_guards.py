"""The statements of writes on broadcasts."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.sql.dml import Update

from domain.broadcasts.model import BroadcastState
from domain.writes import broadcasts as writes
from domain.writes.base import Write
from storage.prepared import outside
from storage.tables.messages import broadcasts

_IS_THIS = broadcasts.c.id == outside("broadcast_id")
_IS_OURS = broadcasts.c.center_id == outside("center_id")
_IS_UNDER_WAY: sa.ColumnElement[bool] = sa.literal_column(
    f"state IN ('{BroadcastState.WRITING}', '{BroadcastState.SENDING}')"
)


def _advance() -> Update:
    was = outside("was", broadcasts.c.written_until.type)
    return (
        broadcasts.update()
        .where(
            _IS_THIS,
            sa.literal_column(f"state = '{BroadcastState.WRITING}'"),
            broadcasts.c.written_until.is_not_distinct_from(was),
        )
        .values(written_until=outside("becomes", broadcasts.c.written_until.type), state=outside("state"))
    )


def _stop() -> Update:
    return (
        broadcasts.update()
        .where(_IS_THIS, _IS_OURS, _IS_UNDER_WAY)
        .values(
            state=sa.literal_column(f"'{BroadcastState.STOPPED}'"),
            stopped_by=outside("stopped_by"),
            stopped_at=outside("stopped_at"),
        )
    )


def _end() -> Update:
    outcome = {name: outside(name) for name in ("sent", "unknown", "failed", "dropped")}
    return (
        broadcasts.update()
        .where(_IS_THIS, broadcasts.c.state == outside("was"), broadcasts.c.ended_at.is_(None))
        .values(state=outside("becomes"), ended_at=outside("ended_at"), **outcome)
    )


def _follow() -> Update:
    return (
        broadcasts.update()
        .where(_IS_THIS, _IS_OURS, broadcasts.c.ended_at.is_(None))
        .values(screen_person_id=outside("screen_person_id"), screen_message_id=outside("screen_message_id"))
    )


BROADCAST_UPDATES: dict[type[Write], Callable[[], Update]] = {
    writes.AdvanceBroadcast: _advance,
    writes.StopBroadcasting: _stop,
    writes.EndBroadcast: _end,
    writes.FollowOnScreen: _follow,
}
BROADCAST_INSERTS: dict[type[Write], sa.Table] = {writes.AddBroadcast: broadcasts}
