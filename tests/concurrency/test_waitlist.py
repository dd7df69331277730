"""Offers against everybody else: booking, accepting, lapsing, passing on, all at the same instant."""

from datetime import timedelta

import pytest

from domain.enrollments.booking import BookSession
from domain.enrollments.model import Enrollment
from domain.ids import WaitlistEntryId, new_id
from domain.waitlist.accepting import AcceptOffer
from domain.waitlist.closing import LapseOffers
from domain.waitlist.model import WaitlistStatus
from domain.waitlist.offering import OfferFreedSeats
from domain.waitlist.waiting import JoinWaitlist, PassOffer
from storage.audit import audit
from tests.builders.waitlist import Line
from tests.concurrency.race import Contest, StartingLine, outcomes
from tests.concurrency.rows import count_seats, seats_taken
from tests.factories import Person, Scheduled, new_enrollment_id

WAITERS = 8


@pytest.fixture
async def session(contest: Contest) -> Scheduled:
    """A class of one seat."""
    return await contest.world.add_session(await contest.world.add_class(), capacity=1)


@pytest.fixture
async def holder(contest: Contest, session: Scheduled) -> tuple[Person, Enrollment]:
    """Who has it, for now."""
    student = await contest.world.add_student(money_minor=8_000)
    return student, await contest.world.book(student, session)


async def offered(
    contest: Contest, session: Scheduled, holder: tuple[Person, Enrollment]
) -> tuple[Person, WaitlistEntryId]:
    """Let somebody wait, and be offered the seat."""
    line, waiter = Line(contest.world, session), await contest.world.add_student(money_minor=8_000)
    entry_id = await line.join(waiter)
    await contest.world.cancel(holder[0], holder[1].id)
    await line.offer()
    return waiter, entry_id


async def is_sound(contest: Contest, session: Scheduled, *, seats: int) -> None:
    assert await seats_taken(contest.world.database, session.id) == seats
    assert await count_seats(contest.world.database, session.id) == seats
    assert await audit(contest.world.database) == []


class TestOffering:
    async def test_by_many_at_once_offers_one_seat_once(
        self, contest: Contest, session: Scheduled, holder: tuple[Person, Enrollment]
    ) -> None:
        world, line = contest.world, Line(contest.world, session)
        waiters = await world.add_students(WAITERS)
        entries = [await line.join(waiter) for waiter in waiters]
        await world.cancel(holder[0], holder[1].id)

        async def offer(number: int, start: StartingLine) -> None:
            units = start.units(contest.database_of(number))
            await OfferFreedSeats(units, world.clock)(world.center_id, session.id)

        await contest.everybody(WAITERS, offer)
        statuses = [await line.status(*each) for each in zip(waiters, entries, strict=True)]
        assert statuses == [WaitlistStatus.OFFERED] + [WaitlistStatus.WAITING] * (WAITERS - 1)
        await is_sound(contest, session, seats=1)

    async def test_and_booking_share_the_last_seat(
        self, contest: Contest, session: Scheduled, holder: tuple[Person, Enrollment]
    ) -> None:
        world, line = contest.world, Line(contest.world, session)
        await line.join(await world.add_student())
        await world.cancel(holder[0], holder[1].id)
        passers = await world.add_students(WAITERS, money_minor=8_000)
        terms = await contest.terms(passers, [session] * WAITERS)

        async def tap(number: int, start: StartingLine) -> object:
            units = start.units(contest.database_of(number))
            if number == WAITERS:
                await OfferFreedSeats(units, world.clock)(world.center_id, session.id)
                return None
            return await BookSession(units, world.clock)(
                actor=passers[number].actor,
                session_id=session.id,
                enrollment_id=new_enrollment_id(),
                confirmed=terms[number],
            )

        await contest.everybody(WAITERS + 1, tap)
        await is_sound(contest, session, seats=1)


class TestJoining:
    async def test_by_many_buttons_of_one_person_is_one_place(
        self, contest: Contest, session: Scheduled, holder: tuple[Person, Enrollment]
    ) -> None:
        world, waiter = contest.world, await contest.world.add_student()

        async def join(number: int, start: StartingLine) -> None:
            joining = JoinWaitlist(start.units(contest.database_of(number)), world.clock)
            await joining(actor=waiter.actor, session_id=session.id, entry_id=WaitlistEntryId(new_id()))

        assert outcomes(await contest.everybody(WAITERS, join)) == {"NoneType": WAITERS}
        await is_sound(contest, session, seats=1)


class TestAnsweringAnOffer:
    async def test_by_accepting_many_times_is_one_booking(
        self, contest: Contest, session: Scheduled, holder: tuple[Person, Enrollment]
    ) -> None:
        waiter, entry_id = await offered(contest, session, holder)
        world, (terms,) = contest.world, await contest.terms([waiter], [session])

        async def accept(number: int, start: StartingLine) -> Enrollment:
            accepting = AcceptOffer(start.units(contest.database_of(number)), world.clock)
            return await accepting(actor=waiter.actor, entry_id=entry_id, confirmed=terms)

        assert outcomes(await contest.everybody(WAITERS, accept)) == {"Enrollment": WAITERS}
        await is_sound(contest, session, seats=1)

    async def test_by_accepting_and_passing_at_once_is_one_of_both(
        self, contest: Contest, session: Scheduled, holder: tuple[Person, Enrollment]
    ) -> None:
        waiter, entry_id = await offered(contest, session, holder)
        world, (terms,) = contest.world, await contest.terms([waiter], [session])

        async def answer(number: int, start: StartingLine) -> object:
            units = start.units(contest.database_of(number))
            if number % 2:
                return await PassOffer(units, world.clock)(actor=waiter.actor, entry_id=entry_id)
            return await AcceptOffer(units, world.clock)(actor=waiter.actor, entry_id=entry_id, confirmed=terms)

        await contest.everybody(2, answer)
        status = await Line(world, session).status(waiter, entry_id)
        await is_sound(contest, session, seats=1 if status is WaitlistStatus.BOOKED else 0)

    async def test_by_silence_gives_the_seat_back_once(
        self, contest: Contest, session: Scheduled, holder: tuple[Person, Enrollment]
    ) -> None:
        waiter, entry_id = await offered(contest, session, holder)
        world = contest.world
        world.clock.advance(timedelta(minutes=15))

        async def lapse(number: int, start: StartingLine) -> None:
            await LapseOffers(start.units(contest.database_of(number)), world.clock)(world.center_id)

        await contest.everybody(WAITERS, lapse)
        assert await Line(world, session).status(waiter, entry_id) is WaitlistStatus.LAPSED
        await is_sound(contest, session, seats=0)
