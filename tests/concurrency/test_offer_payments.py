"""A seat that is offered, being paid for and ending at the same instant: one of both, and the books say which."""

from datetime import timedelta

import pytest

from domain.errors import AlreadyEnrolledError
from domain.finance.gateway_model import Gateway
from domain.finance.gateway_ports import OrderRow
from domain.finance.gateway_receiving import ProcessGatewayEvents
from domain.finance.gateway_sweeping import ExpirePayments
from domain.finance.paying import SeatFor, StartPayment
from domain.ids import PaymentId, WaitlistEntryId, new_id
from domain.waitlist.closing import LapseOffers
from domain.waitlist.model import WaitlistStatus
from domain.waitlist.waiting import PassOffer
from storage.audit import audit
from tests.builders.gateway import READER, Till
from tests.builders.waitlist import Line
from tests.concurrency.race import Contest, StartingLine, outcomes
from tests.concurrency.rows import count_seats, seats_taken
from tests.factories import FixedClock, Person, Scheduled

MANY = 8


@pytest.fixture
async def session(contest: Contest) -> Scheduled:
    """A class of one seat."""
    return await contest.world.add_session(await contest.world.add_class(), capacity=1)


@pytest.fixture
async def waiter(contest: Contest) -> Person:
    """Who waits for it, without any money."""
    return await contest.world.add_student()


@pytest.fixture
async def entry_id(contest: Contest, session: Scheduled, waiter: Person) -> WaitlistEntryId:
    """Their place, for which the seat is held."""
    world, line = contest.world, Line(contest.world, session)
    holder = await world.add_student(money_minor=8_000)
    booked = await world.book(holder, session)
    entry_id = await line.join(waiter)
    await world.cancel(holder, booked.id)
    await line.offer()
    await Till(world).give_phone(waiter)
    return entry_id


async def wanted(contest: Contest, session: Scheduled, waiter: Person) -> SeatFor:
    return SeatFor(session.id, await Till(contest.world).terms(waiter, session))


async def is_sound(contest: Contest, session: Scheduled) -> None:
    database = contest.world.database
    assert await seats_taken(database, session.id) == await count_seats(database, session.id)
    assert await audit(database) == []


class TestPayingForAnOffer:
    async def test_by_many_buttons_is_one_payment(
        self, contest: Contest, session: Scheduled, waiter: Person, entry_id: WaitlistEntryId
    ) -> None:
        world, till, seat = contest.world, Till(contest.world), await wanted(contest, session, waiter)

        async def pay(number: int, start: StartingLine) -> OrderRow:
            starting = StartPayment(start.units(contest.database_of(number)), world.clock, till.gateway)
            return await starting(actor=waiter.actor, payment_id=PaymentId(new_id()), wanted=seat, title="Nile Studio")

        found = await contest.everybody(MANY, pay)
        assert outcomes(found) == {"OrderRow": 1, AlreadyEnrolledError.__name__: MANY - 1}
        await is_sound(contest, session)

    async def test_while_the_clock_lets_it_lapse_is_one_of_both(
        self, contest: Contest, session: Scheduled, waiter: Person, entry_id: WaitlistEntryId
    ) -> None:
        world, till, seat = contest.world, Till(contest.world), await wanted(contest, session, waiter)
        late = FixedClock(world.clock.now() + timedelta(minutes=15))  # the other machine's

        async def act(number: int, start: StartingLine) -> object:
            units = start.units(contest.database_of(number))
            if number % 2:
                await LapseOffers(units, late)(world.center_id)
                return None
            starting = StartPayment(units, world.clock, till.gateway)
            return await starting(actor=waiter.actor, payment_id=PaymentId(new_id()), wanted=seat, title="Nile Studio")

        await contest.everybody(2, act)
        await is_sound(contest, session)
        await LapseOffers(till.units, late)(world.center_id)
        await ExpirePayments(till.units, late)(center_id=world.center_id)
        late.advance(timedelta(minutes=15))
        await ExpirePayments(till.units, late)(center_id=world.center_id)
        assert await Line(world, session).status(waiter, entry_id) is WaitlistStatus.LAPSED
        assert await seats_taken(world.database, session.id) == 0
        await is_sound(contest, session)

    async def test_while_it_is_passed_on_is_one_of_both(
        self, contest: Contest, session: Scheduled, waiter: Person, entry_id: WaitlistEntryId
    ) -> None:
        world, till, seat = contest.world, Till(contest.world), await wanted(contest, session, waiter)

        async def act(number: int, start: StartingLine) -> object:
            units = start.units(contest.database_of(number))
            if number % 2:
                return await PassOffer(units, world.clock)(actor=waiter.actor, entry_id=entry_id)
            starting = StartPayment(units, world.clock, till.gateway)
            return await starting(actor=waiter.actor, payment_id=PaymentId(new_id()), wanted=seat, title="Nile Studio")

        await contest.everybody(2, act)
        assert await Line(world, session).status(waiter, entry_id) is WaitlistStatus.PASSED
        await is_sound(contest, session)

    async def test_that_is_paid_while_it_lapses_is_booked_or_in_the_wallet(
        self, contest: Contest, session: Scheduled, waiter: Person, entry_id: WaitlistEntryId
    ) -> None:
        world, till = contest.world, Till(contest.world)
        order = await till.pay_and_book(waiter, session)
        late = FixedClock(world.clock.now() + timedelta(minutes=15))
        await till.keeps(till.transaction(order))

        async def act(number: int, start: StartingLine) -> object:
            units = start.units(contest.database_of(number), after=1 if number == 0 else 0)  # it claims the report first
            match number:
                case 0:
                    processing = ProcessGatewayEvents(units, world.clock, {Gateway.PAYMOB: READER})
                    return await processing(center_id=world.center_id)
                case 1:
                    await LapseOffers(units, late)(world.center_id)
                    return None
                case _:
                    return await ExpirePayments(units, late)(center_id=world.center_id)

        await contest.everybody(3, act)
        await till.process()
        is_booked = await Line(world, session).status(waiter, entry_id) is WaitlistStatus.BOOKED
        assert await till.wallet(waiter) == (8_000, 8_000 if is_booked else 0)
        assert await seats_taken(world.database, session.id) == is_booked
        await is_sound(contest, session)
