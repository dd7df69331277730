"""The statements of writes on errands."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.sql.dml import Update

from domain.writes import errands as writes
from domain.writes.base import Write
from storage.prepared import outside
from storage.tables.errands import errands


def _advance() -> Update:
    was = outside("was_after_id", errands.c.after_id.type)
    return (
        errands.update()
        .where(
            errands.c.id == outside("errand_id"),
            errands.c.ended_at.is_(None),
            errands.c.after_id.is_not_distinct_from(was),
        )
        .values(after_id=outside("after_id"), ended_at=outside("ended_at"))
    )


ERRAND_UPDATES: dict[type[Write], Callable[[], Update]] = {writes.AdvanceErrand: _advance}
ERRAND_INSERTS: dict[type[Write], sa.Table] = {writes.AddErrand: errands}
