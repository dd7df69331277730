"""Sessions for screens."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus
from domain.finance.model import WalletOwner, WalletState
from domain.ids import CenterId, PersonId, SessionId
from domain.packages.model import CreditSource, StudentPackageStatus
from domain.sessions.views import SessionCard, SessionCursor, SessionLine
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import SESSION_COLUMNS, bookable_session, constant, oldest_usable_package
from storage.tables.catalogue import classes, sessions, student_packages
from storage.tables.money import enrollments, wallets
from storage.tables.organization import branches, centers

_reader = outside("reader_id", sa.Uuid())
_mine = enrollments.alias("mine")
_IS_MINE = (
    (_mine.c.session_id == sessions.c.id)
    & (_mine.c.student_id == _reader)
    & (_mine.c.status != constant(EnrollmentStatus.CANCELLED))
)

_LINES = (
    sa.select(
        sessions.c.id,
        classes.c.title,
        sessions.c.starts_at,
        sessions.c.ends_at,
        branches.c.name,
        sessions.c.capacity - sessions.c.seats_taken,
        _mine.c.id,
        _mine.c.status,
    )
    .select_from(
        sessions.join(classes, classes.c.id == sessions.c.class_id)
        .join(branches, branches.c.id == sessions.c.branch_id)
        .outerjoin(_mine, _IS_MINE)
    )
    .where(
        sessions.c.center_id == outside("center_id"),
        sa.tuple_(sessions.c.starts_at, sessions.c.id)
        > sa.tuple_(outside("after_at", sessions.c.starts_at.type), outside("after_id", sa.Uuid())),
        sa.literal_column("sessions.status IN ('SCHEDULED', 'CHECKING_IN')"),
    )
    .order_by(sessions.c.starts_at, sessions.c.id)
    .limit(outside("limit", sa.Integer()))
)


def _classes_of_reader() -> sa.ColumnElement[bool]:
    """Match the classes that the reader has a package of, or has a seat in, past ones included."""
    owned, seat, held = student_packages.alias("owned"), enrollments.alias("seat"), sessions.alias("held")
    return sa.or_(
        sessions.c.class_id.in_(sa.select(owned.c.class_id).where(owned.c.student_id == _reader)),
        sessions.c.class_id.in_(
            sa.select(held.c.class_id)
            .select_from(seat.join(held, held.c.id == seat.c.session_id))
            .where(seat.c.student_id == _reader)
        ),
    )


UPCOMING = Query(_LINES, SessionLine)
UPCOMING_OF_READER = Query(_LINES.where(_classes_of_reader()), SessionLine)

_credit_sum = student_packages.alias("credit_sum")
_other, _other_session, _other_class = enrollments.alias("other"), sessions.alias("other_s"), classes.alias("other_c")

_CARD = (
    sa.select(
        *SESSION_COLUMNS,
        classes.c.title,
        classes.c.level,
        sessions.c.teacher,
        branches.c.name,
        branches.c.address,
        _mine.c.id,
        student_packages.c.id,
        student_packages.c.credits_left,
        student_packages.c.value_left_minor,
        sa.select(sa.func.coalesce(sa.func.sum(_credit_sum.c.credits_left), sa.literal_column("0")))
        .where(
            _credit_sum.c.student_id == _reader,
            _credit_sum.c.class_id == sessions.c.class_id,
            _credit_sum.c.status == constant(StudentPackageStatus.ACTIVE),
        )
        .scalar_subquery(),
        wallets.c.id,
        wallets.c.balance_minor,
        wallets.c.locked_minor,
        sa.select(_other_class.c.title)
        .select_from(
            _other.join(_other_session, _other_session.c.id == _other.c.session_id).join(
                _other_class, _other_class.c.id == _other_session.c.class_id
            )
        )
        .where(
            _other.c.student_id == _reader,
            sa.literal_column("other.status IN ('LOCKED', 'PAID', 'HELD')"),
            _other.c.session_id != sessions.c.id,
            _other_session.c.starts_at < sessions.c.ends_at,
            _other_session.c.ends_at > sessions.c.starts_at,
        )
        .limit(sa.literal_column("1"))
        .scalar_subquery(),
        _mine.c.status,
    )
    .select_from(
        sessions.join(classes, classes.c.id == sessions.c.class_id)
        .join(branches, branches.c.id == sessions.c.branch_id)
        .join(centers, centers.c.id == sessions.c.center_id)
        .outerjoin(_mine, _IS_MINE)
        .outerjoin(student_packages, student_packages.c.id == oldest_usable_package(_reader, sessions.c.class_id))
        .outerjoin(wallets, (wallets.c.owner_id == _reader) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT)))
    )
    .where(sessions.c.id == outside("session_id"), sessions.c.center_id == outside("center_id"))
)


def _card(*values: Any) -> SessionCard:
    title, level, teacher, branch_name, address, mine = values[13:19]
    credit, credits_left, wallet = values[19:22], values[22], values[23:26]
    overlapping, my_status = values[26:]
    return SessionCard(
        session=bookable_session(*values[:13]),
        class_title=title,
        level=level,
        teacher=teacher,
        branch_name=branch_name,
        branch_address=address,
        my_enrollment_id=mine,
        credit=CreditSource(*credit) if credit[0] is not None else None,
        credits_left=credits_left,
        wallet=WalletState(*wallet) if wallet[0] is not None else None,
        overlapping_title=overlapping,
        my_status=my_status,
    )


CARD = Query(_CARD, _card)
_LAST_ID = SessionId(UUID(int=2**128 - 1))  # a session that starts at this very instant has begun


class StoredSessionViews:
    """See ``domain.sessions.views.SessionViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_upcoming(
        self,
        *,
        center_id: CenterId,
        reader_id: PersonId,
        now: datetime,
        limit: int,
        after: SessionCursor | None = None,
        only_classes_of_reader: bool = False,
    ) -> list[SessionLine]:
        """Return sessions that are open for booking, soonest first."""
        start = after if after is not None and after.starts_at > now else SessionCursor(now, _LAST_ID)
        return await self._database.fetch(
            UPCOMING_OF_READER if only_classes_of_reader else UPCOMING,
            center_id=center_id,
            reader_id=reader_id,
            after_at=start.starts_at,
            after_id=start.session_id,
            limit=limit,
        )

    async def find_card(self, *, center_id: CenterId, reader_id: PersonId, session_id: SessionId) -> SessionCard | None:
        """Return all about one session for a reader."""
        return await fetch_one(self._database, CARD, center_id=center_id, reader_id=reader_id, session_id=session_id)
