"""Builds waitlists for tests: full sessions, people in line, and what the clock does."""

from domain.enrollments.model import Enrollment
from domain.ids import CenterId, WaitlistEntryId, new_id
from domain.ports import UnitOfWorkFactory
from domain.waitlist.accepting import AcceptOffer, SettlePlace
from domain.waitlist.closing import CloseWaitlist, LapseOffers
from domain.waitlist.model import Place, WaitlistStatus
from domain.waitlist.offering import OfferFreedSeats
from domain.waitlist.waiting import JoinWaitlist, LeaveWaitlist, PassOffer
from storage.database import Database
from storage.unit_of_work import unit_of_work_factory
from tests.factories import Person, Scheduled, World


class Line:
    """A waitlist of one session, with everything that can be done with it. ``database``: through which connection."""

    def __init__(self, world: World, session: Scheduled, *, database: Database | None = None) -> None:
        self.world, self.session = world, session
        self.database = database or world.database
        self.units: UnitOfWorkFactory = unit_of_work_factory(self.database)

    @property
    def center_id(self) -> CenterId:
        """The center of the session."""
        return self.world.center_id

    async def join(self, student: Person, entry_id: WaitlistEntryId | None = None) -> WaitlistEntryId:
        """Let a student wait."""
        entry_id = entry_id or WaitlistEntryId(new_id())
        await JoinWaitlist(self.units, self.world.clock)(actor=student.actor, session_id=self.session.id, entry_id=entry_id)
        return entry_id

    async def offer(self) -> None:
        """Do what follows from a freed seat."""
        await OfferFreedSeats(self.units, self.world.clock)(self.center_id, self.session.id)

    async def tick(self) -> None:
        """Do what the clock does."""
        await LapseOffers(self.units, self.world.clock)(self.center_id)
        await CloseWaitlist(self.units, self.world.clock).everywhere(self.center_id)
        await OfferFreedSeats(self.units, self.world.clock).everywhere(self.center_id)

    async def settle(self, enrollment: Enrollment) -> None:
        """Do what follows from a booking."""
        await SettlePlace(self.units, self.world.clock)(self.center_id, enrollment.id)

    async def close(self) -> None:
        """Do what follows from a change of the session."""
        await CloseWaitlist(self.units, self.world.clock)(self.center_id, self.session.id)

    async def accept(self, student: Person, entry_id: WaitlistEntryId) -> Enrollment:
        """Accept an offer under the terms that a screen drawn now shows."""
        terms = await self.world.confirmed_terms(student, self.session)
        accept = AcceptOffer(self.units, self.world.clock)
        return await accept(actor=student.actor, entry_id=entry_id, confirmed=terms)

    async def pass_on(self, student: Person, entry_id: WaitlistEntryId) -> Place:
        """Say no to an offer."""
        return await PassOffer(self.units, self.world.clock)(actor=student.actor, entry_id=entry_id)

    async def leave(self, student: Person, entry_id: WaitlistEntryId) -> Place:
        """Wait no more."""
        return await LeaveWaitlist(self.units, self.world.clock)(actor=student.actor, entry_id=entry_id)

    async def place(self, student: Person, entry_id: WaitlistEntryId) -> Place:
        """Look at a place."""
        async with self.units() as work:
            place = await work.waitlist.find_place(center_id=self.center_id, student_id=student.id, entry_id=entry_id)
        assert place is not None
        return place

    async def status(self, student: Person, entry_id: WaitlistEntryId) -> WaitlistStatus:
        """Return what has become of a place."""
        return (await self.place(student, entry_id)).status
