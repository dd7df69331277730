"""A student's places in waitlists for screens."""

from datetime import datetime

import sqlalchemy as sa

from domain.ids import CenterId, PersonId, SessionId, WaitlistEntryId
from domain.waitlist.model import WaitlistStatus
from domain.waitlist.views import PlaceLine, PlaceView
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, sessions
from storage.tables.types import Instant
from storage.tables.waitlist import waitlist_entries

_ahead = waitlist_entries.alias("ahead")
_POSITION = (
    sa.select(sa.func.count())
    .select_from(_ahead)
    .where(
        _ahead.c.session_id == waitlist_entries.c.session_id,
        _ahead.c.status == constant(WaitlistStatus.WAITING),
        sa.tuple_(_ahead.c.joined_at, _ahead.c.id) <= sa.tuple_(waitlist_entries.c.joined_at, waitlist_entries.c.id),
    )
    .correlate(waitlist_entries)
    .scalar_subquery()
)
_IS_OWN = (waitlist_entries.c.student_id == outside("student_id")) & (waitlist_entries.c.center_id == outside("center_id"))
_PLACES = sa.select(
    waitlist_entries.c.id,
    waitlist_entries.c.session_id,
    waitlist_entries.c.status,
    _POSITION,
    waitlist_entries.c.enrollment_id,
    waitlist_entries.c.offer_expires_at,
).where(_IS_OWN)

PLACE = Query(_PLACES.where(waitlist_entries.c.id == outside("entry_id")), PlaceView)
PLACE_IN = Query(
    _PLACES.where(
        waitlist_entries.c.session_id == outside("session_id"),
        sa.literal_column("waitlist_entries.status IN ('WAITING', 'OFFERED')"),
    ),
    PlaceView,
)
PLACES = Query(
    sa.select(sessions.c.id, classes.c.title, sessions.c.starts_at, _POSITION)
    .select_from(
        waitlist_entries.join(sessions, sessions.c.id == waitlist_entries.c.session_id).join(
            classes, classes.c.id == sessions.c.class_id
        )
    )
    .where(
        _IS_OWN,
        waitlist_entries.c.status == constant(WaitlistStatus.WAITING),
        sa.literal_column("sessions.status IN ('SCHEDULED', 'CHECKING_IN')"),
        sessions.c.starts_at > outside("now", Instant()),
    )
    .order_by(sessions.c.starts_at, sessions.c.id)
    .limit(outside("limit", sa.Integer())),
    PlaceLine,
)


class StoredWaitlistViews:
    """See ``domain.waitlist.views.WaitlistViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_place_in(self, *, center_id: CenterId, student_id: PersonId, session_id: SessionId) -> PlaceView | None:
        """Return the student's live place in a session's waitlist."""
        return await fetch_one(self._database, PLACE_IN, center_id=center_id, student_id=student_id, session_id=session_id)

    async def find_place(self, *, center_id: CenterId, student_id: PersonId, entry_id: WaitlistEntryId) -> PlaceView | None:
        """Return a place of the student's, whatever has become of it."""
        return await fetch_one(self._database, PLACE, center_id=center_id, student_id=student_id, entry_id=entry_id)

    async def list_places(self, *, center_id: CenterId, student_id: PersonId, now: datetime, limit: int) -> list[PlaceLine]:
        """Return where the student waits for a seat, the soonest class first."""
        return await self._database.fetch(PLACES, center_id=center_id, student_id=student_id, now=now, limit=limit)
