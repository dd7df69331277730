"""The unit of work over a database: reads go straight to it, writes are collected and applied together."""

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from domain.ports import UnitOfWorkFactory
from domain.writes.base import Write
from storage.database import Database
from storage.repositories.broadcasts import StoredBroadcasts
from storage.repositories.cash import StoredCash
from storage.repositories.door import StoredDoor
from storage.repositories.enrollments import StoredEnrollments
from storage.repositories.errands import StoredErrands
from storage.repositories.gateway import StoredGateway
from storage.repositories.merging import StoredMerging
from storage.repositories.notifications import StoredNotifications
from storage.repositories.organization import StoredOrganization
from storage.repositories.packages import StoredPackages
from storage.repositories.people import StoredPeople
from storage.repositories.sessions import StoredSessions
from storage.repositories.standing import StoredStanding
from storage.repositories.team import StoredTeam
from storage.repositories.waitlist import StoredWaitlist
from storage.repositories.wallets import StoredWallets

OnCommit = Callable[[Sequence[Write]], None]


class StoredUnitOfWork:
    """See ``domain.ports.UnitOfWork``. Nothing is sent to the database before ``commit()``."""

    __slots__ = (
        "_database",
        "_on_commit",
        "_writes",
        "broadcasts",
        "cash",
        "door",
        "enrollments",
        "errands",
        "gateway",
        "merging",
        "notifications",
        "organization",
        "packages",
        "people",
        "sessions",
        "standing",
        "team",
        "waitlist",
        "wallets",
    )

    def __init__(self, database: Database, on_commit: OnCommit | None = None) -> None:
        self._database = database
        self._on_commit = on_commit
        self._writes: list[Write] = []
        self.door = StoredDoor(database)
        self.enrollments = StoredEnrollments(database)
        self.gateway = StoredGateway(database)
        self.notifications = StoredNotifications(database)
        self.packages = StoredPackages(database)
        self.people = StoredPeople(database)
        self.organization = StoredOrganization(database)
        self.team = StoredTeam(database)
        self.sessions = StoredSessions(database)
        self.cash = StoredCash(database)
        self.waitlist = StoredWaitlist(database)
        self.standing = StoredStanding(database)
        self.merging = StoredMerging(database)
        self.broadcasts = StoredBroadcasts(database)
        self.errands = StoredErrands(database)
        self.wallets = StoredWallets(database)

    def add(self, *writes: Write) -> None:
        """Collect writes."""
        self._writes.extend(writes)

    async def commit(self) -> None:
        """Apply the collected writes in lock order, in one transaction."""
        if self._writes:
            self._writes.sort(key=lambda write: write.rank)
            await self._database.apply(self._writes)
            if self._on_commit is not None:
                self._on_commit(self._writes)
            self._writes = []

    async def __aenter__(self) -> Self:
        """Begin with nothing collected."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Forget what was not committed."""
        self._writes = []


def unit_of_work_factory(database: Database, on_commit: OnCommit | None = None) -> UnitOfWorkFactory:
    """Return what use cases call to begin a unit of work on the database; ``on_commit`` is told what was just kept."""
    return lambda: StoredUnitOfWork(database, on_commit)
