"""What messages about waiting, standing bookings and credits say."""

from typing import Any

import sqlalchemy as sa

from domain.ids import CenterId, PersonId, SessionId, StandingBookingId, StudentPackageId, WaitlistEntryId
from domain.packages.model import StudentPackageStatus
from domain.waitlist.model import WaitlistStatus
from domain.waitlist.news import CreditNews, PlaceNews, StandingNews, TalkedOf
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import classes, sessions, student_packages
from storage.tables.organization import branches
from storage.tables.waitlist import standing_attempts, standing_bookings, waitlist_entries

_person, _center = outside("person_id", sa.Uuid()), outside("center_id", sa.Uuid())
_SESSION = (
    sessions.c.id,
    classes.c.title,
    branches.c.name,
    sessions.c.starts_at,
    sessions.c.status,
    sessions.c.capacity - sessions.c.seats_taken,
)
_WIDTH = len(_SESSION)
_TALKED_OF = sessions.join(classes, classes.c.id == sessions.c.class_id).join(
    branches, branches.c.id == sessions.c.branch_id
)
_PLACES = waitlist_entries.join(_TALKED_OF, sessions.c.id == waitlist_entries.c.session_id)
_IS_OWN_PLACE = (waitlist_entries.c.student_id == _person) & (waitlist_entries.c.center_id == _center)

PLACE = Query(
    sa.select(*_SESSION, waitlist_entries.c.id, waitlist_entries.c.status, waitlist_entries.c.offer_expires_at)
    .select_from(_PLACES)
    .where(_IS_OWN_PLACE, waitlist_entries.c.id == outside("entry_id")),
    lambda *values: PlaceNews(TalkedOf(*values[:_WIDTH]), *values[_WIDTH:]),
)
WAITED_FOR = Query(
    sa.select(*_SESSION)
    .select_from(_PLACES)
    .where(
        _IS_OWN_PLACE,
        sessions.c.id == outside("session_id"),
        waitlist_entries.c.status == constant(WaitlistStatus.WAITING),
    ),
    TalkedOf,
)
STANDING = Query(
    sa.select(*_SESSION, standing_attempts.c.outcome, standing_attempts.c.enrollment_id)
    .select_from(
        standing_attempts.join(standing_bookings, standing_bookings.c.id == standing_attempts.c.standing_booking_id).join(
            _TALKED_OF, sessions.c.id == standing_attempts.c.session_id
        )
    )
    .where(
        standing_bookings.c.student_id == _person,
        standing_bookings.c.center_id == _center,
        standing_attempts.c.standing_booking_id == outside("standing_booking_id"),
        standing_attempts.c.session_id == outside("session_id"),
    ),
    lambda *values: StandingNews(TalkedOf(*values[:_WIDTH]), *values[_WIDTH:]),
)

_all = student_packages.alias("all_of_class")


def _credit_news(class_id: Any, class_title: str, credits_left: int) -> CreditNews:
    return CreditNews(class_id, class_title, int(credits_left))


CREDITS = Query(
    sa.select(
        classes.c.id,
        classes.c.title,
        sa.select(sa.func.coalesce(sa.func.sum(_all.c.credits_left), sa.literal_column("0")))
        .where(
            _all.c.student_id == student_packages.c.student_id,
            _all.c.class_id == student_packages.c.class_id,
            _all.c.status == constant(StudentPackageStatus.ACTIVE),
        )
        .correlate(student_packages)
        .scalar_subquery(),
    )
    .select_from(student_packages.join(classes, classes.c.id == student_packages.c.class_id))
    .where(
        student_packages.c.id == outside("student_package_id"),
        student_packages.c.student_id == _person,
        student_packages.c.center_id == _center,
    ),
    _credit_news,
)


class StoredWaitingNews:
    """See ``domain.waitlist.news.WaitingNewsViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_place(self, *, center_id: CenterId, person_id: PersonId, entry_id: WaitlistEntryId) -> PlaceNews | None:
        """Return what has become of a place."""
        return await fetch_one(self._database, PLACE, center_id=center_id, person_id=person_id, entry_id=entry_id)

    async def find_free_seats(self, *, center_id: CenterId, person_id: PersonId, session_id: SessionId) -> TalkedOf | None:
        """Return a session that the person still waits for."""
        return await fetch_one(self._database, WAITED_FOR, center_id=center_id, person_id=person_id, session_id=session_id)

    async def find_standing(
        self,
        *,
        center_id: CenterId,
        person_id: PersonId,
        session_id: SessionId,
        standing_booking_id: StandingBookingId,
    ) -> StandingNews | None:
        """Return what came of a session for a standing booking."""
        return await fetch_one(
            self._database,
            STANDING,
            center_id=center_id,
            person_id=person_id,
            session_id=session_id,
            standing_booking_id=standing_booking_id,
        )

    async def find_credits(
        self, *, center_id: CenterId, person_id: PersonId, student_package_id: StudentPackageId
    ) -> CreditNews | None:
        """Return what credits are left of the class of a package."""
        return await fetch_one(
            self._database,
            CREDITS,
            center_id=center_id,
            person_id=person_id,
            student_package_id=student_package_id,
        )
