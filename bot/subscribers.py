"""What happens after each kind of event: the subscribers that the relay calls once the event is committed.

A subscriber is called with the center's id and the subject's, possibly twice, late, and out of order: it is idempotent,
and reads the present state. One that fails is called again; the others of its event are not held up by it.
"""

from collections.abc import Mapping, Sequence

from domain.clock import Clock
from domain.outbox import Subscriber
from domain.ports import UnitOfWorkFactory
from storage.database import Database


def subscribers(
    units: UnitOfWorkFactory,  # noqa: ARG001 -- what every subscriber is made of
    *,
    database: Database,  # noqa: ARG001 -- as above
    clock: Clock,  # noqa: ARG001 -- as above
) -> Mapping[str, Sequence[Subscriber]]:
    """Return the subscribers of each kind of event, in the order in which they are called."""
    return _by_kind()


def _by_kind(*subscriptions: tuple[str, Subscriber]) -> dict[str, list[Subscriber]]:
    """Collect pairs of an event's kind and who is to be called: a kind may have any number."""
    collected: dict[str, list[Subscriber]] = {}
    for kind, subscriber in subscriptions:
        collected.setdefault(kind, []).append(subscriber)
    return collected
