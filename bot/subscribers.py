"""What happens after each kind of event: the subscribers that the relay calls once the event is committed.

A subscriber is called with the center's id and the subject's, possibly twice, late, and out of order: it is idempotent,
and reads the present state. One that fails is called again; the others of its event are not held up by it.
"""

from collections.abc import Mapping, Sequence

from domain.clock import Clock
from domain.enrollments.door_screens import ForgetRoster, RefreshRosters, RosterScreens
from domain.enrollments.finalisation import FinaliseSession
from domain.enrollments.making_good import MakeSessionGood
from domain.enrollments.settling import SettleSession
from domain.outbox import Subscriber
from domain.ports import UnitOfWorkFactory
from storage.database import Database
from storage.queries.door import StoredDoorViews


def subscribers(
    units: UnitOfWorkFactory, *, database: Database, clock: Clock, rosters: RosterScreens | None = None
) -> Mapping[str, Sequence[Subscriber]]:
    """Return the subscribers of each kind of event, in the order in which they are called."""
    return _by_kind(
        ("session.checked_in", FinaliseSession(units, clock)),
        ("session.finished", SettleSession(units, clock)),
        ("session.canceled", MakeSessionGood(units, clock)),
        ("session.missed", MakeSessionGood(units, clock)),
        *_of_rosters(units, database, rosters),
    )


def _of_rosters(
    units: UnitOfWorkFactory, database: Database, rosters: RosterScreens | None
) -> Sequence[tuple[str, Subscriber]]:
    """Redraw rosters after whatever changes what they show; money has moved before, where it does."""
    if rosters is None:
        return ()
    door = StoredDoorViews(database)
    refresh = RefreshRosters(door, rosters, ForgetRoster(units, door))
    kinds = (
        "attendance.marked",
        "session.checked_in",
        "session.started",
        "session.finished",
        "session.settled",
        "session.canceled",
    )
    return tuple((kind, refresh) for kind in kinds)


def _by_kind(*subscriptions: tuple[str, Subscriber]) -> dict[str, list[Subscriber]]:
    """Collect pairs of an event's kind and who is to be called: a kind may have any number."""
    collected: dict[str, list[Subscriber]] = {}
    for kind, subscriber in subscriptions:
        collected.setdefault(kind, []).append(subscriber)
    return collected
