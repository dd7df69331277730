"""Walk-ins: a seat for cash, the money in the drawer, and everything that must not be possible."""

from datetime import timedelta

import pytest

from domain.errors import (
    AmountTooLargeError,
    InvalidInputError,
    NotFoundError,
    NotPermittedError,
    PhoneKnownError,
    RefusalError,
    SessionFullError,
    VisitorEnrolledError,
    WalkInClosedError,
)
from domain.finance.model import PaymentMethod
from domain.sessions.model import SessionStatus
from storage.audit import audit
from tests.builders.cash import at_the_door, new_guest, set_status, take_seat
from tests.builders.drawer import drawer_minor, movements, people_count
from tests.cast import Cast
from tests.factories import new_enrollment_id


class TestRegisterCashSeat:
    async def test_gives_a_known_student_a_seat_and_puts_the_price_into_the_drawer(self, cast: Cast) -> None:
        world, session = cast.world, await at_the_door(cast.world, cast.taught)
        before = await drawer_minor(world)
        seat = await take_seat(world, cast.staff, session, cast.poor)
        assert (seat.method, seat.amount_minor) == (PaymentMethod.CASH, 8_000)
        assert await drawer_minor(world) == before + 8_000
        assert (await movements(world))[-1] == ("IN", "ENROLLMENT", 8_000)
        assert await audit(world.database) == []

    async def test_writes_a_new_guest_down_in_the_same_transaction(self, cast: Cast) -> None:
        session, guest = await at_the_door(cast.world, cast.taught), new_guest()
        seat = await take_seat(cast.world, cast.staff, session, guest)
        assert seat.student_id == guest.person_id
        assert await audit(cast.world.database) == []

    async def test_keeps_no_guest_where_it_is_refused(self, cast: Cast) -> None:
        world, before = cast.world, await people_count(cast.world)
        session = await at_the_door(world, cast.taught, capacity=1)
        await take_seat(world, cast.staff, session, cast.poor)
        with pytest.raises(SessionFullError):
            await take_seat(world, cast.staff, session, new_guest())
        assert await people_count(world) == before

    async def test_offers_who_has_the_phone_already(self, cast: Cast) -> None:
        session, guest = await at_the_door(cast.world, cast.taught), new_guest()
        await take_seat(cast.world, cast.staff, session, guest)
        with pytest.raises(PhoneKnownError) as caught:
            await take_seat(cast.world, cast.staff, session, new_guest("Z. Morsi"))
        assert caught.value.person_id == guest.person_id

    async def test_takes_another_amount_than_the_price(self, cast: Cast) -> None:
        session = await at_the_door(cast.world, cast.taught)
        await take_seat(cast.world, cast.staff, session, cast.poor, amount_minor=5_000)
        assert (await movements(cast.world))[-1] == ("IN", "ENROLLMENT", 5_000)
        assert await audit(cast.world.database) == []

    @pytest.mark.parametrize("status", [SessionStatus.SCHEDULED, SessionStatus.CHECKING_IN, SessionStatus.CONDUCTING])
    async def test_is_possible_until_the_session_is_finished(self, cast: Cast, status: SessionStatus) -> None:
        session = await cast.world.add_session(cast.taught, starts_in=timedelta(hours=-1), status=status)
        await take_seat(cast.world, cast.staff, session, cast.poor)
        assert await audit(cast.world.database) == []

    @pytest.mark.parametrize("status", [SessionStatus.FINISHED, SessionStatus.CANCELED, SessionStatus.MISSED])
    async def test_is_not_possible_afterwards(self, cast: Cast, status: SessionStatus) -> None:
        session = await at_the_door(cast.world, cast.taught)
        await set_status(cast.world, session, status)
        with pytest.raises(WalkInClosedError):
            await take_seat(cast.world, cast.staff, session, cast.poor)

    async def test_is_not_possible_before_the_day_of_the_session(self, cast: Cast) -> None:
        with pytest.raises(WalkInClosedError):
            await take_seat(cast.world, cast.staff, cast.session, cast.poor)

    async def test_refuses_who_has_a_seat(self, cast: Cast) -> None:
        session = await at_the_door(cast.world, cast.taught)
        await cast.world.book(cast.member, session)
        with pytest.raises(VisitorEnrolledError):
            await take_seat(cast.world, cast.staff, session, cast.member)

    @pytest.mark.parametrize("amount_minor", [0, -1])
    async def test_refuses_nothing_for_a_class_that_costs_something(self, cast: Cast, amount_minor: int) -> None:
        session = await at_the_door(cast.world, cast.taught)
        with pytest.raises(InvalidInputError):
            await take_seat(cast.world, cast.staff, session, cast.poor, amount_minor=amount_minor)

    async def test_refuses_what_nobody_types_by_intention(self, cast: Cast) -> None:
        session = await at_the_door(cast.world, cast.taught)
        with pytest.raises(AmountTooLargeError):
            await take_seat(cast.world, cast.staff, session, cast.poor, amount_minor=10_000_001)

    async def test_of_a_free_class_moves_nothing(self, cast: Cast) -> None:
        world = cast.world
        session, before = await at_the_door(world, await world.add_class("Open day", price_minor=0)), await movements(world)
        seat = await take_seat(world, cast.staff, session, new_guest())
        assert seat.method is None
        assert await movements(world) == before
        assert await audit(world.database) == []

    async def test_pressed_twice_takes_the_cash_once(self, cast: Cast) -> None:
        world, session, id_ = cast.world, await at_the_door(cast.world, cast.taught), new_enrollment_id()
        guest = new_guest()
        first = await take_seat(world, cast.staff, session, guest, enrollment_id=id_)
        before = await movements(world)
        assert await take_seat(world, cast.staff, session, guest, enrollment_id=id_) == first
        assert await movements(world) == before

    async def test_is_for_staff_of_the_branch_alone(self, cast: Cast) -> None:
        session, before = await at_the_door(cast.world, cast.taught), await movements(cast.world)
        elsewhere = await cast.world.add_staff("Dina", branch=await cast.world.add_branch("Zamalek"))
        foreign = await cast.elsewhere.add_staff("Amr")
        for who in (*cast.refused, elsewhere, foreign):
            if who is not cast.staff:
                with pytest.raises((NotFoundError, NotPermittedError)):
                    await take_seat(cast.world, who, session, cast.poor)
        assert await movements(cast.world) == before

    async def test_knows_nobody_of_another_center(self, cast: Cast) -> None:
        session = await at_the_door(cast.world, cast.taught)
        with pytest.raises(RefusalError) as caught:
            await take_seat(cast.world, cast.staff, session, cast.outsider)
        assert isinstance(caught.value, NotFoundError)
