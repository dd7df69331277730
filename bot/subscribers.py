"""What happens after each kind of event: the subscribers that the relay calls once the event is committed.

A subscriber is called with the center's id and the subject's, possibly twice, late, and out of order: it is idempotent,
and reads the present state. One that fails is called again; the others of its event are not held up by it.
"""

from collections.abc import Mapping, Sequence

from bot.payment_subscribers import payment_subscriptions
from bot.waitlist_subscribers import waitlist_subscriptions
from domain.broadcasts.writing import WriteBroadcast
from domain.clock import Clock
from domain.enrollments.finalisation import FinaliseSession
from domain.enrollments.in_pieces import ErrandScreens, GoOnWithErrand
from domain.enrollments.making_good import MakeSessionGood
from domain.enrollments.settling import SettleSession
from domain.events import (
    AlertRaised,
    BroadcastSent,
    BroadcastStopped,
    EnrollmentCancelled,
    ErrandGoesOn,
    ReservationLapsed,
    RoleGranted,
    RoleRevoked,
    SessionBooked,
)
from domain.ids import CenterId, EnrollmentId, SessionId
from domain.notifications.kinds import Audience, NotificationKind
from domain.notifications.telling import Tell
from domain.outbox import Subscriber
from domain.ports import UnitOfWorkFactory
from scheduler.rosters import RosterRedraws
from storage.broadcast_queue import StoredBroadcastQueue
from storage.database import Database
from storage.queries.door import StoredDoorViews
from storage.queries.errands import StoredErrandViews


def subscribers(
    units: UnitOfWorkFactory,
    *,
    database: Database,
    clock: Clock,
    rosters: RosterRedraws | None = None,
    errands: ErrandScreens | None = None,
    command_lists: Subscriber | None = None,
) -> Mapping[str, Sequence[Subscriber]]:
    """Return the subscribers of each kind of event, in the order in which they are called."""

    def tell(kind: NotificationKind, audience: Audience) -> Subscriber:
        return Tell(units, clock, kind, audience)

    write_broadcast = WriteBroadcast(units, clock, StoredBroadcastQueue(database))
    return _by_kind(
        # What moves money comes before who is told of it.
        ("session.checked_in", FinaliseSession(units, clock)),
        ("session.finished", SettleSession(units, clock)),
        ("session.canceled", MakeSessionGood(units, clock)),
        ("session.missed", MakeSessionGood(units, clock)),
        (ErrandGoesOn.kind, GoOnWithErrand(units, clock, StoredErrandViews(database), errands)),
        (SessionBooked.kind, tell(NotificationKind.SEAT_BOOKED, Audience.BOOKED_BY_ANOTHER)),
        (EnrollmentCancelled.kind, tell(NotificationKind.SEAT_CANCELLED, Audience.CANCELLED_BY_CENTER)),
        ("enrollment.missed", tell(NotificationKind.SEAT_MISSED, Audience.SEAT_HOLDER)),
        ("decision.made", tell(NotificationKind.SEAT_DECIDED, Audience.SEAT_HOLDER)),
        ("session.canceled", tell(NotificationKind.SESSION_OFF, Audience.CALLED_OFF)),
        ("session.missed", tell(NotificationKind.SESSION_OFF, Audience.CALLED_OFF)),
        ("session.missed", tell(NotificationKind.TEAM_MISSED, Audience.TEAM)),
        ("session.updated", tell(NotificationKind.SESSION_MOVED, Audience.PARTICIPANTS)),
        ("session.rescheduled", tell(NotificationKind.SESSION_BACK, Audience.FORMER)),
        ("session.finished", tell(NotificationKind.TEAM_FINISHED, Audience.CLOCK_FINISHED_STAFF)),
        ("session.settled", tell(NotificationKind.DECISIONS_OPEN, Audience.DECIDERS)),
        ("people.merged", tell(NotificationKind.PEOPLE_MERGED, Audience.THEMSELVES)),
        (AlertRaised.kind, tell(NotificationKind.ALERT, Audience.ADMINS)),
        (BroadcastSent.kind, write_broadcast),
        (BroadcastStopped.kind, write_broadcast),
        *(() if command_lists is None else ((RoleRevoked.kind, command_lists), (RoleGranted.kind, command_lists))),
        *_of_rosters(database, rosters),
        *waitlist_subscriptions(units, clock),
        *payment_subscriptions(units, clock),
    )


def _of_rosters(database: Database, rosters: RosterRedraws | None) -> Sequence[tuple[str, Subscriber]]:
    """Note which rosters have changed, and are looked at; they are drawn again soon."""
    if rosters is None:
        return ()
    door, note = StoredDoorViews(database), rosters.note

    async def note_session(_center_id: CenterId, session_id: SessionId) -> None:
        note(session_id)

    async def note_seat(center_id: CenterId, enrollment_id: EnrollmentId) -> None:
        session_id = await door.find_watched_session(center_id=center_id, enrollment_id=enrollment_id)
        if session_id is not None:
            note(session_id)

    of_sessions = (
        "attendance.marked",
        "session.checked_in",
        "session.started",
        "session.finished",
        "session.settled",
        "session.canceled",
        "session.updated",
    )
    of_seats = (SessionBooked.kind, EnrollmentCancelled.kind, ReservationLapsed.kind)
    return (*((kind, note_session) for kind in of_sessions), *((kind, note_seat) for kind in of_seats))


def _by_kind(*subscriptions: tuple[str, Subscriber]) -> dict[str, list[Subscriber]]:
    """Collect pairs of an event's kind and who is to be called: a kind may have any number."""
    collected: dict[str, list[Subscriber]] = {}
    for kind, subscriber in subscriptions:
        collected.setdefault(kind, []).append(subscriber)
    return collected
