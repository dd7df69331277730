"""The fixed cast of the tests: one who owns, one who is a member, and those who must be refused."""

from dataclasses import dataclass
from datetime import timedelta

from domain.enrollments.model import Enrollment
from domain.ids import StudentPackageId
from tests.factories import Person, Scheduled, Taught, World


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in most tests, in one center with one class, and somebody of another center on the same database.

    ``owner`` has eight credits of 70.00, EGP 200 and a seat; ``member`` has EGP 300; ``poor`` has nothing. ``blocked`` has
    money but was blocked, ``unjoined`` has not finished first contact, and ``outsider`` is a student of ``elsewhere``.
    """

    world: World
    taught: Taught
    session: Scheduled
    owner: Person
    package_id: StudentPackageId
    booking: Enrollment
    member: Person
    poor: Person
    blocked: Person
    unjoined: Person
    staff: Person
    admin: Person
    elsewhere: World
    outsider: Person

    @property
    def refused(self) -> tuple[Person, ...]:
        """Everybody who may not touch what the owner has, whatever they try."""
        return (self.member, self.poor, self.blocked, self.unjoined, self.staff, self.admin, self.outsider)


async def gather_cast(world: World) -> Cast:
    """Let everybody come, and the owner take a seat in tomorrow's session."""
    taught = await world.add_class()
    session = await world.add_session(taught, starts_in=timedelta(days=1))
    owner = await world.add_student("Mona Adel", money_minor=20_000)
    package_id = await world.add_package(owner, taught)
    elsewhere = await World.open(world.database, clock=world.clock, name="Delta Academy")
    return Cast(
        world=world,
        taught=taught,
        session=session,
        owner=owner,
        package_id=package_id,
        booking=await world.book(owner, session),
        member=await world.add_student("Omar Khaled", money_minor=30_000),
        poor=await world.add_student("Nour Hassan"),
        blocked=await world.block(await world.add_student("Sami Fathy", money_minor=30_000)),
        unjoined=await world.add_guest("Jack Reed"),
        staff=await world.add_staff(),
        admin=await world.add_admin(),
        elsewhere=elsewhere,
        outsider=await elsewhere.add_student("Adam Delta", money_minor=30_000),
    )
