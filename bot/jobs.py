"""What the clock looks for, and how often; each job claims what is due by a conditional write."""

import secrets

from bot.waitlist_subscribers import waitlist_jobs
from domain.broadcasts.following import LOOK_SECONDS, BroadcastScreens, FollowBroadcasts
from domain.clock import Clock
from domain.enrollments.making_good import MakeSessionGood
from domain.enrollments.settling import SettleSession
from domain.notifications.digest import MakeDigest
from domain.notifications.ports import SessionStep
from domain.notifications.reminding import RemindOfDecisions, RemindOfSessions
from domain.ports import UnitOfWorkFactory
from domain.sessions.forgotten import FinishForgotten, MarkMissed
from domain.sessions.generating import GenerateSessions
from domain.sessions.model import SessionStatus
from scheduler.leftovers import Leftovers
from scheduler.ticks import Job
from storage.broadcast_queue import StoredBroadcastQueue
from storage.database import Database
from storage.leases import StoredLease
from storage.purge import Purge
from storage.queries.broadcasts import StoredBroadcastViews


def jobs(
    units: UnitOfWorkFactory, *, database: Database, clock: Clock, broadcast_screens: BroadcastScreens | None = None
) -> tuple[Job, ...]:
    """Return the jobs of one center, in the order in which they look."""
    queue, views = StoredBroadcastQueue(database), StoredBroadcastViews(database)
    return (
        *(Job(step.value, 20.0, RemindOfSessions(units, clock, step)) for step in SessionStep),
        Job("missed", 30.0, MarkMissed(units, clock)),
        Job("forgotten", 30.0, FinishForgotten(units, clock)),
        Job("timetable", 3600.0, GenerateSessions(units, clock)),
        Job("decision_reminders", 300.0, RemindOfDecisions(units, clock)),
        *waitlist_jobs(units, clock),
        Job("unsettled_sessions", 300.0, leftovers(units, database=database, clock=clock)),
        Job("broadcasts", LOOK_SECONDS, FollowBroadcasts(units, clock, queue, views, broadcast_screens)),
        Job("digest", 30.0, MakeDigest(units, clock)),
        Job("purge", 3600.0, Purge(database, clock)),
    )


def leftovers(units: UnitOfWorkFactory, *, database: Database, clock: Clock) -> Leftovers:
    """Return what takes up unsettled sessions: the same use cases that their events call."""
    make_good = MakeSessionGood(units, clock)
    return Leftovers(
        units,
        {
            SessionStatus.FINISHED: SettleSession(units, clock),
            SessionStatus.CANCELED: make_good,
            SessionStatus.MISSED: make_good,
        },
        lease=StoredLease(database, name="unsettled_sessions", holder=secrets.token_hex(8), duration_seconds=90.0),
    )
