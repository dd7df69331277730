"""An evening that can be reckoned by hand: two classes at two branches, each way of paying, somebody missing at each."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.reports.period import ReportPeriod
from domain.reports.reading import Asked, ReadReport
from domain.sessions.calendar import local_day
from domain.sessions.model import AbsenteePolicy
from storage.queries.reports import StoredReportViews
from tests.builders.cash import new_guest, take_seat
from tests.builders.door import finish, mark, open_check_in
from tests.factories import ZONE, Person, Scheduled, World

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class ReckonedEvening:
    """Ballet I (EGP 80, STRICT) at Maadi and Karate (EGP 50, FLEXIBLE, half as no-show fee) at Zamalek, both finished.

    Collected in cash: EGP 400 of top-ups and EGP 100 for a package at Maadi, 80 for a seat there, 50 at Zamalek.
    Earned: Ballet I 33.33 (a third of the package), 160 (Omar came; Nour did not, and pays) and 80 in cash; Karate 25
    (Omar's fee) and 50 in cash.
    """

    world: World
    admin: Person
    staff: Person
    mona: Person
    omar: Person
    nour: Person
    ballet: Scheduled
    karate: Scheduled

    @property
    def day(self) -> date:
        """The evening's local day."""
        return local_day(self.ballet.starts_at, ZONE)

    @property
    def read(self) -> ReadReport:
        """The use case."""
        return ReadReport(StoredReportViews(self.world.database))

    def asked(self, first: date | None = None, last: date | None = None, *, least: int = 1) -> Asked:
        """Return what is asked of the evening's day, or of other days."""
        first = first or self.day
        return Asked(ReportPeriod(first, last or first), ZONE, SATURDAY, least)


async def reckoned_evening(world: World) -> ReckonedEvening:
    """Let the evening pass."""
    ballet = await world.add_class("Ballet I", capacity=4)
    karate = await world.add_class("Karate", price_minor=5_000, capacity=10, policy=AbsenteePolicy.FLEXIBLE, fee_percent=50)
    zamalek = await world.add_branch("Zamalek")
    evening = ReckonedEvening(
        world=world,
        admin=await world.add_admin(),
        staff=await world.add_staff(),
        mona=await world.add_student("Mona Adel"),
        omar=await world.add_student("Omar Khaled", money_minor=20_000),
        nour=await world.add_student("Nour Hassan", money_minor=20_000),
        ballet=await world.add_session(ballet, starts_in=timedelta(hours=4)),
        karate=await world.add_session(karate, starts_in=timedelta(hours=6), branch=zamalek),
    )
    hana, at_zamalek = evening.staff, await world.add_staff("Karim Fouad", branch=zamalek)
    await world.add_package(evening.mona, ballet, credits_total=3, price_minor=10_000)
    monas = await world.book(evening.mona, evening.ballet)
    omars = await world.book(evening.omar, evening.ballet)
    await world.book(evening.nour, evening.ballet)
    await world.book(evening.omar, evening.karate)
    cancelled = await world.book(evening.nour, evening.karate)
    await world.cancel(evening.nour, cancelled.id)
    world.clock.advance(timedelta(hours=3, minutes=30))
    await open_check_in(world, evening.ballet)
    ziads = await take_seat(world, hana, evening.ballet, new_guest())
    for seat in (monas, omars, ziads):
        await mark(world, hana, seat.id)
    await finish(world, evening.ballet, by=hana)
    await open_check_in(world, evening.karate)
    saras = await take_seat(world, at_zamalek, evening.karate, new_guest("Sara Magdy", None))
    await mark(world, at_zamalek, saras.id)
    await finish(world, evening.karate, by=at_zamalek)
    return evening
