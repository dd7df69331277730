"""What the domain asks of the outside: a unit of work over the database, and how often to try again."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Protocol, Self, TypeVar

from domain.broadcasts.ports import BroadcastRepository
from domain.enrollments.door_ports import DoorRepository
from domain.enrollments.errand_ports import ErrandRepository
from domain.enrollments.ports import EnrollmentRepository
from domain.errors import BusyError
from domain.finance.cash_ports import CashRepository
from domain.finance.gateway_ports import GatewayRepository
from domain.finance.wallet_ports import WalletRepository
from domain.notifications.ports import NotificationRepository
from domain.organization.ports import OrganizationRepository
from domain.packages.ports import PackageRepository
from domain.people.merge_ports import MergeRepository
from domain.people.ports import PeopleRepository
from domain.people.team import TeamRepository
from domain.sessions.ports import SessionRepository
from domain.waitlist.ports import WaitlistRepository
from domain.waitlist.standing_ports import StandingRepository
from domain.writes.base import ConflictError, GuardFailedError, UnknownOutcomeError, Write


class UnitOfWork(Protocol):
    """One transaction's worth of decisions: read, collect writes, commit them together or keep nothing.

    Reads see the latest committed state and hold no lock: what the decision rests on is checked again by the guards.
    Leaving without ``commit()`` keeps nothing.
    """

    @property
    def enrollments(self) -> EnrollmentRepository:
        """Loads what decisions on seats need."""
        ...

    @property
    def door(self) -> DoorRepository:
        """Loads what decisions at the door need."""
        ...

    @property
    def gateway(self) -> GatewayRepository:
        """Loads what decisions on money from outside need."""
        ...

    @property
    def packages(self) -> PackageRepository:
        """Loads what decisions on packages need."""
        ...

    @property
    def people(self) -> PeopleRepository:
        """Loads what decisions on people need."""
        ...

    @property
    def organization(self) -> OrganizationRepository:
        """Loads what decisions on the center, its branches and its catalogue need."""
        ...

    @property
    def team(self) -> TeamRepository:
        """Loads what decisions on people's roles need."""
        ...

    @property
    def waitlist(self) -> WaitlistRepository:
        """Loads what decisions on waiting need."""
        ...

    @property
    def standing(self) -> StandingRepository:
        """Loads what decisions on standing bookings need."""
        ...

    @property
    def notifications(self) -> NotificationRepository:
        """Loads who is to be told, and what is due."""
        ...

    @property
    def sessions(self) -> SessionRepository:
        """Loads what decisions on sessions and the timetable need."""
        ...

    @property
    def cash(self) -> CashRepository:
        """Loads what decisions at the desk need."""
        ...

    @property
    def wallets(self) -> WalletRepository:
        """Loads what decisions on wallets need."""
        ...

    @property
    def merging(self) -> MergeRepository:
        """Loads people who are to be one."""
        ...

    @property
    def errands(self) -> ErrandRepository:
        """Loads what is to be done with many seats."""
        ...

    @property
    def broadcasts(self) -> BroadcastRepository:
        """Loads what decisions on messages to many need."""
        ...

    def add(self, *writes: Write) -> None:
        """Collect writes; they are applied in lock order at commit."""
        ...

    async def commit(self) -> None:
        """Apply all collected writes in one transaction.

        Raises GuardFailedError, ConflictError or UnknownOutcomeError.
        """
        ...

    async def __aenter__(self) -> Self:
        """Begin."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Forget what was not committed."""
        ...


UnitOfWorkFactory = Callable[[], UnitOfWork]

_MOST_DECISIONS = 10  # of one use case: each failed guard means that somebody else got on
_MOST_CONFLICTS = 3
_CONFLICT_PAUSE_SECONDS = 0.02

T = TypeVar("T")


async def decide_and_commit(new_unit_of_work: UnitOfWorkFactory, decide: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    """Run ``decide`` in a unit of work until its writes are kept, deciding anew when somebody else was first.

    ``decide`` loads, decides and commits, and must be idempotent by the ids that it was given: after an unknown outcome
    it runs again and finds its own rows. Raises BusyError when the tries are used up, and whatever ``decide`` raises.
    """
    conflicts = 0
    for _ in range(_MOST_DECISIONS):
        try:
            async with new_unit_of_work() as work:
                return await decide(work)
        except GuardFailedError:
            continue
        except (ConflictError, UnknownOutcomeError):
            conflicts += 1
            if conflicts >= _MOST_CONFLICTS:
                raise
            await asyncio.sleep(_CONFLICT_PAUSE_SECONDS * (1 + random.random()))  # noqa: S311 -- jitter, not a secret
    raise BusyError
