"""What happens after each kind of event: the subscribers that the relay calls once the event is committed.

A subscriber is called with the center's id and the subject's, possibly twice, late, and out of order: it is idempotent,
and reads the present state. One that fails is called again; the others of its event are not held up by it.
"""

from collections.abc import Mapping, Sequence

from bot.payment_subscribers import payment_subscriptions
from bot.waitlist_subscribers import waitlist_subscriptions
from domain.clock import Clock
from domain.events import AlertRaised, EnrollmentCancelled, SessionBooked
from domain.notifications.kinds import Audience, NotificationKind
from domain.notifications.telling import Tell
from domain.outbox import Subscriber
from domain.ports import UnitOfWorkFactory
from storage.database import Database


def subscribers(
    units: UnitOfWorkFactory,
    *,
    database: Database,  # noqa: ARG001 -- what some subscribers read from
    clock: Clock,
) -> Mapping[str, Sequence[Subscriber]]:
    """Return the subscribers of each kind of event, in the order in which they are called."""

    def tell(kind: NotificationKind, audience: Audience) -> Subscriber:
        return Tell(units, clock, kind, audience)

    return _by_kind(
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
        *waitlist_subscriptions(units, clock),
        *payment_subscriptions(units, clock),
    )


def _by_kind(*subscriptions: tuple[str, Subscriber]) -> dict[str, list[Subscriber]]:
    """Collect pairs of an event's kind and who is to be called: a kind may have any number."""
    collected: dict[str, list[Subscriber]] = {}
    for kind, subscriber in subscriptions:
        collected.setdefault(kind, []).append(subscriber)
    return collected
