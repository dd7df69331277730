"""Which movements of a drawer are money received from people, and which only move what is the center's already."""

from typing import Any

import sqlalchemy as sa

from domain.finance.model import EntryCause
from storage.repositories.enrollments import constant
from storage.tables.money import entries

REVERSED = entries.alias("reversed")
"""The entry that a correction takes back, where there is one."""

_MOVES_WITHIN = [constant(cause) for cause in (EntryCause.CASH_COUNTED, EntryCause.CASH_BANKED)]


def with_reversed(source: sa.FromClause) -> sa.FromClause:
    """Join what ``is_collecting`` asks for to entries."""
    return source.outerjoin(REVERSED, REVERSED.c.id == entries.c.reverses_id)


def is_collecting() -> sa.ColumnElement[bool]:
    """Match entries that took money from people into a drawer, or paid it back: not counts, nor ways to the bank."""
    cause: sa.ColumnElement[Any] = sa.func.coalesce(REVERSED.c.cause, entries.c.cause)
    return cause.not_in(_MOVES_WITHIN)
