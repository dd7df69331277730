"""What the database has kept: read directly, so that a refusal can be shown to have kept nothing."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from domain.ids import PersonId, SessionId
from storage.database import Database
from storage.prepared import Query, outside
from storage.tables.catalogue import sessions, student_packages
from storage.tables.money import enrollments, entries, holds, payments, wallets
from storage.tables.operations import audit_log, outbox
from storage.tables.organization import people, role_assignments


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that a booking or a cancellation would change, counted over the whole database."""

    enrollments: int
    holds: int
    payments: int
    entries: int
    audit_rows: int
    events: int
    roles: int
    seats_taken: int
    locked_minor: int
    credits_left: int


def _count(table: sa.Table) -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.count()).select_from(table).scalar_subquery()


def _sum(column: sa.Column[Any]) -> sa.ScalarSelect[Any]:
    return sa.select(
        sa.cast(sa.func.coalesce(sa.func.sum(column), sa.literal_column("0")), sa.BigInteger)
    ).scalar_subquery()


_KEPT = Query(
    sa.select(
        *(_count(table) for table in (enrollments, holds, payments, entries, audit_log, outbox, role_assignments)),
        _sum(sessions.c.seats_taken),
        _sum(wallets.c.locked_minor),
        _sum(student_packages.c.credits_left),
    ),
    Kept,
)
_SEATS = Query(
    sa.select(enrollments.c.student_id, enrollments.c.status, enrollments.c.method).where(
        enrollments.c.session_id == outside("session_id", sa.Uuid())
    ),
    lambda student_id, status, method: (student_id, str(status), str(method) if method is not None else None),
)
_SEATS_TAKEN = Query(
    sa.select(sessions.c.seats_taken).where(sessions.c.id == outside("session_id", sa.Uuid())), lambda taken: taken
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a person."""

    person_id: PersonId
    name: str
    language: str | None
    phone: str | None
    role: str | None
    has_joined: bool
    is_unreachable: bool


_KNOWN = Query(
    sa.select(
        people.c.id,
        people.c.name,
        people.c.language,
        people.c.phone,
        people.c.acting_role,
        people.c.joined_at,
        people.c.unreachable_at,
    ).where(people.c.telegram_id == outside("telegram_id", sa.BigInteger())),
    lambda id_, name, language, phone, role, joined_at, unreachable_at: Known(
        id_, name, language, phone, role and str(role), joined_at is not None, unreachable_at is not None
    ),
)


async def kept(database: Database) -> Kept:
    """Count what is kept now."""
    return (await database.fetch(_KEPT))[0]


async def seats(database: Database, session_id: SessionId) -> list[tuple[PersonId, str, str | None]]:
    """Return who has which seat of a session: the person, its status and how it is paid."""
    return await database.fetch(_SEATS, session_id=session_id)


async def seats_taken(database: Database, session_id: SessionId) -> int:
    """Return the session's own count of its seats."""
    return int((await database.fetch(_SEATS_TAKEN, session_id=session_id))[0])


async def known(database: Database, telegram_id: int) -> Known:
    """Return what is known of the one person with a Telegram id; they must be there exactly once."""
    (found,) = await database.fetch(_KNOWN, telegram_id=telegram_id)
    return found
