from datetime import timedelta

from domain.enrollments.money_trail import MoneyLine, MoneyStep
from domain.finance.model import EntryCause
from domain.ids import EnrollmentId
from domain.sessions.model import SessionStatus
from storage.queries.statement import StoredStatementViews
from tests.cast import Cast
from tests.factories import Person, World

HOUR = timedelta(hours=1)


async def money_of(world: World, student: Person, enrollment_id: EnrollmentId) -> list[MoneyLine]:
    return await StoredStatementViews(world.database).list_money(
        center_id=world.center_id, student_id=student.id, enrollment_id=enrollment_id
    )


class TestStatement:
    async def test_says_when_why_and_what_it_belongs_to(self, world: World) -> None:
        taught, student = await world.add_class(), await world.add_student(money_minor=8_000)
        await world.add_package(student, taught, price_minor=56_000)
        views = StoredStatementViews(world.database)
        bought, topped_up, first = await views.list_statement(center_id=world.center_id, student_id=student.id, limit=9)
        assert (bought.cause, bought.amount_minor, bought.package_name) == (EntryCause.PACKAGE_BOUGHT, -56_000, "Ballet I")
        assert (topped_up.cause, topped_up.amount_minor) == (EntryCause.CASH_TOP_UP, 56_000)
        assert (first.amount_minor, first.branch_name, first.occurred_at) == (8_000, "Maadi", world.clock.now())
        assert not first.is_correction

    async def test_names_the_booking_that_money_was_taken_for(self, world: World) -> None:
        taught, student = await world.add_class(), await world.add_student(money_minor=8_000)
        session = await world.add_session(taught, starts_in=HOUR, status=SessionStatus.CHECKING_IN)
        await world.book(student, session)
        views = StoredStatementViews(world.database)
        taken, _ = await views.list_statement(center_id=world.center_id, student_id=student.id, limit=9)
        assert (taken.cause, taken.amount_minor) == (EntryCause.BOOKING_CAPTURED, -8_000)
        assert (taken.class_title, taken.starts_at) == ("Ballet I", session.starts_at)

    async def test_is_paged_without_a_gap_or_a_repetition(self, world: World) -> None:
        student = await world.add_student()
        for amount_minor in range(1, 8):
            await world.top_up(student, amount_minor)
        views, amounts, after = StoredStatementViews(world.database), [], None
        while page := await views.list_statement(center_id=world.center_id, student_id=student.id, limit=3, after=after):
            amounts += [line.amount_minor for line in page]
            after = page[-1].entry_id
        assert amounts == [7, 6, 5, 4, 3, 2, 1]

    async def test_of_others_is_not_read(self, cast: Cast) -> None:
        views = StoredStatementViews(cast.world.database)
        mine = await views.list_statement(center_id=cast.world.center_id, student_id=cast.owner.id, limit=9)
        for person in cast.refused:
            lines = await views.list_statement(center_id=person.actor.center_id, student_id=person.id, limit=9)
            assert not {line.entry_id for line in lines} & {line.entry_id for line in mine}


class TestMoneyOfABooking:
    async def test_that_was_locked_and_freed(self, cast: Cast) -> None:
        world, booked_at = cast.world, cast.world.clock.now()
        booking = await world.book(cast.member, cast.session)
        world.clock.advance(HOUR)
        await world.cancel(cast.member, booking.id)
        assert await money_of(world, cast.member, booking.id) == [
            MoneyLine(booked_at, MoneyStep.LOCKED, 8_000, None),
            MoneyLine(booked_at + HOUR, MoneyStep.FREED, 8_000, None),
        ]

    async def test_that_took_a_credit_and_gave_it_back(self, cast: Cast) -> None:
        world, booked_at = cast.world, cast.world.clock.now()
        world.clock.advance(HOUR)
        await world.cancel(cast.owner, cast.booking.id)
        assert await money_of(world, cast.owner, cast.booking.id) == [
            MoneyLine(booked_at, MoneyStep.CREDIT_TAKEN, 0, "Ballet I"),
            MoneyLine(booked_at + HOUR, MoneyStep.CREDIT_RETURNED, 0, "Ballet I"),
        ]

    async def test_that_was_taken_at_once_and_came_back(self, cast: Cast) -> None:
        world = cast.world
        taught = await world.add_class("Open mat", window_minutes=0)
        session = await world.add_session(taught, starts_in=HOUR, status=SessionStatus.CHECKING_IN)
        booking = await world.book(cast.member, session)
        await world.cancel(cast.member, booking.id)
        steps = [(line.step, line.amount_minor) for line in await money_of(world, cast.member, booking.id)]
        assert sorted(steps) == [(MoneyStep.RETURNED, 8_000), (MoneyStep.TAKEN, 8_000)]

    async def test_of_others_is_not_read(self, cast: Cast) -> None:
        for person in cast.refused:
            assert await money_of(cast.world, person, cast.booking.id) == []
