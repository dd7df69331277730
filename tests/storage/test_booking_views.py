from datetime import timedelta

import pytest

from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.enrollments.views import BookingCursor, BookingLine
from domain.finance.model import PaymentMethod
from storage.queries.bookings import StoredBookingViews
from storage.queries.means import StoredMeansViews
from storage.repositories.people import StoredPeople
from tests.cast import Cast
from tests.factories import Person, World


async def upcoming(
    world: World, reader: Person, *, limit: int = 50, after: BookingCursor | None = None
) -> list[BookingLine]:
    return await StoredBookingViews(world.database).list_upcoming(
        center_id=world.center_id, student_id=reader.id, now=world.clock.now(), limit=limit, after=after
    )


async def book_many(cast: Cast) -> None:
    """Three at one instant, of which two start at the same time; two a minute later; one is cancelled."""
    for hours in (30, 30, 40):
        await cast.world.book(cast.owner, await cast.world.add_session(cast.taught, starts_in=timedelta(hours=hours)))
    cast.world.clock.advance(timedelta(minutes=1))
    await cast.world.book(cast.owner, await cast.world.add_session(cast.taught, starts_in=timedelta(hours=20)))
    gone = await cast.world.book(cast.owner, await cast.world.add_session(cast.taught, starts_in=timedelta(hours=10)))
    await cast.world.cancel(cast.owner, gone.id)


class TestOtherPeoplesBookings:
    async def test_do_not_exist(self, cast: Cast) -> None:
        views = StoredBookingViews(cast.world.database)
        for person in cast.refused:
            assert await upcoming(cast.world, person) == []
            for center_id in (cast.world.center_id, cast.elsewhere.center_id):
                for find in (views.find_card, views.find_cancellation_facts):
                    found = await find(center_id=center_id, student_id=person.id, enrollment_id=cast.booking.id)
                    assert found is None

    async def test_exist_in_their_own_center_only(self, cast: Cast) -> None:
        views = StoredBookingViews(cast.world.database)
        found = await views.find_card(
            center_id=cast.elsewhere.center_id, student_id=cast.owner.id, enrollment_id=cast.booking.id
        )
        assert found is None
        assert await upcoming(cast.elsewhere, cast.owner) == []


class TestUpcoming:
    @pytest.mark.parametrize("limit", [1, 2, 4])
    async def test_in_pages_neither_repeats_nor_skips(self, cast: Cast, limit: int) -> None:
        await book_many(cast)
        lines = list[BookingLine]()
        while page := await upcoming(
            cast.world,
            cast.owner,
            limit=limit,
            after=BookingCursor(lines[-1].starts_at, lines[-1].enrollment_id) if lines else None,
        ):
            lines += page
        assert lines == await upcoming(cast.world, cast.owner)
        assert [line.starts_at for line in lines] == sorted(line.starts_at for line in lines)
        assert len(lines) == 5

    async def test_keeps_a_session_until_it_has_ended(self, cast: Cast) -> None:
        cast.world.clock.set(cast.session.starts_at + timedelta(minutes=59))
        assert [line.enrollment_id for line in await upcoming(cast.world, cast.owner)] == [cast.booking.id]
        cast.world.clock.advance(timedelta(minutes=1))
        assert await upcoming(cast.world, cast.owner) == []


class TestBookingCard:
    async def test_says_what_was_paid_and_what_came_back(self, cast: Cast) -> None:
        await cast.world.cancel(cast.owner, cast.booking.id)
        card = await StoredBookingViews(cast.world.database).find_card(
            center_id=cast.world.center_id, student_id=cast.owner.id, enrollment_id=cast.booking.id
        )
        assert card is not None
        assert (card.status, card.method, card.made_good) == (
            EnrollmentStatus.CANCELLED,
            PaymentMethod.PACKAGE,
            MadeGood.CREDIT,
        )
        assert (card.price_minor, card.currency, card.package_credits_left) == (8_000, "EGP", 8)
        assert not card.is_live


class TestMeans:
    async def test_are_ones_own(self, cast: Cast) -> None:
        await cast.world.book(cast.member, cast.session)
        views = StoredMeansViews(cast.world.database)
        owners = await views.find_means(center_id=cast.world.center_id, student_id=cast.owner.id)
        assert [(line.class_title, line.credits_left, line.credits_total) for line in owners.credits] == [
            ("Ballet I", 7, 8)
        ]
        assert owners.locks == ()
        members = await views.find_means(center_id=cast.world.center_id, student_id=cast.member.id)
        assert members.credits == ()
        assert [lock.amount_minor for lock in members.locks] == [8_000]
        assert members.wallet is not None
        assert members.wallet.available_minor == 22_000

    async def test_do_not_exist_in_another_center(self, cast: Cast) -> None:
        views = StoredMeansViews(cast.world.database)
        means = await views.find_means(center_id=cast.elsewhere.center_id, student_id=cast.owner.id)
        assert (means.wallet, means.credits, means.locks) == (None, (), ())


class TestPeople:
    async def test_are_strangers_in_another_center(self, cast: Cast) -> None:
        people = StoredPeople(cast.world.database)
        assert cast.owner.telegram_id is not None
        at_home = await people.find_member(center_id=cast.world.center_id, telegram_id=cast.owner.telegram_id)
        assert at_home is not None
        assert at_home.actor == cast.owner.actor
        assert await people.find_member(center_id=cast.elsewhere.center_id, telegram_id=cast.owner.telegram_id) is None

    async def test_that_are_blocked_are_known_as_such(self, cast: Cast) -> None:
        assert cast.blocked.telegram_id is not None
        found = await StoredPeople(cast.world.database).find_member(
            center_id=cast.world.center_id, telegram_id=cast.blocked.telegram_id
        )
        assert found is not None
        assert found.actor == cast.blocked.actor
