"""The last write of a transaction together with its COMMIT, in one message to PostgreSQL.

The session's row is the one that many want at once, and it is locked from its update to the commit. Sent one after
the other, the lock would be held while our process turns to other people's business; sent together, only as long as
the server needs. The simple protocol takes several statements but no parameters, so each connection prepares the
writes by name, and ids and instants (nothing else is allowed in) are written into the EXECUTE; a division by the
number of rows touched stops it before the COMMIT where the guard has failed.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.writes.base import Write
from domain.writes.seats import GiveSeatBack, TakeSeat
from storage.guards import guarded

_BACKEND = "postgresql"
_NAMES: dict[type[Write], str] = {TakeSeat: "rollcall_take_seat", GiveSeatBack: "rollcall_give_seat_back"}


def may_carry_commit(write: Write) -> bool:
    """Whether a write is one that is sent with the COMMIT."""
    return type(write) in _NAMES


def preparations() -> str:
    """Return what a new connection runs, so that it knows the writes by name and plans them once."""
    return "; ".join(
        f"PREPARE {name} AS WITH touched AS ({guarded(kind, _BACKEND).sql} RETURNING 1) SELECT 1 / count(*) FROM touched"
        for kind, name in _NAMES.items()
    )


def with_commit(write: Write) -> str:
    """Return the text that applies the write and commits, or fails with a division by zero and commits nothing."""
    arguments = ", ".join(_literal(value) for value in guarded(type(write), _BACKEND).arguments(write))
    return f"EXECUTE {_NAMES[type(write)]} ({arguments}); COMMIT"


def _literal(value: Any) -> str:
    """Write an id or an instant as SQL. Raises TypeError for everything else: it could be somebody's text."""
    if isinstance(value, UUID):
        return f"'{value}'"
    if isinstance(value, datetime):
        return f"'{value.isoformat()}'"
    raise TypeError(type(value).__name__)
