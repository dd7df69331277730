"""What the clock looks for, and how often; each job claims what is due by a conditional write."""

from domain.clock import Clock
from domain.notifications.digest import MakeDigest
from domain.notifications.ports import SessionStep
from domain.notifications.reminding import RemindOfDecisions, RemindOfSessions
from domain.ports import UnitOfWorkFactory
from scheduler.ticks import Job
from storage.database import Database
from storage.purge import Purge


def jobs(units: UnitOfWorkFactory, *, database: Database, clock: Clock) -> tuple[Job, ...]:
    """Return the jobs of one center, in the order in which they look."""
    return (
        *(Job(step.value, 20.0, RemindOfSessions(units, clock, step)) for step in SessionStep),
        Job("decision_reminders", 300.0, RemindOfDecisions(units, clock)),
        Job("digest", 30.0, MakeDigest(units, clock)),
        Job("purge", 3600.0, Purge(database, clock)),
    )
