from datetime import timedelta

import pytest

from domain.finance.model import PaymentMethod
from domain.sessions.model import SessionStatus
from domain.sessions.views import SessionCursor, SessionLine
from storage.queries.sessions import StoredSessionViews
from tests.cast import Cast
from tests.factories import Person, World


async def listed(world: World, reader: Person, *, limit: int = 50, after: SessionCursor | None = None) -> list[SessionLine]:
    return await StoredSessionViews(world.database).list_upcoming(
        center_id=world.center_id, reader_id=reader.id, now=world.clock.now(), limit=limit, after=after
    )


class TestListOfSessions:
    async def test_shows_full_ones_and_ones_own_seat(self, cast: Cast) -> None:
        full = await cast.world.add_session(cast.taught, capacity=1, starts_in=timedelta(hours=5))
        booking = await cast.world.book(cast.member, full)
        first, second = await listed(cast.world, cast.member)
        assert (first.session_id, first.seats_left, first.my_enrollment_id) == (full.id, 0, booking.id)
        assert (second.session_id, second.seats_left, second.my_enrollment_id) == (cast.session.id, 11, None)

    async def test_leaves_out_what_cannot_be_booked_any_more(self, cast: Cast) -> None:
        for status in set(SessionStatus) - {SessionStatus.SCHEDULED, SessionStatus.CHECKING_IN}:
            await cast.world.add_session(cast.taught, status=status)
        for starts_in in (timedelta(0), timedelta(minutes=-1)):
            await cast.world.add_session(cast.taught, starts_in=starts_in)
        soon = await cast.world.add_session(
            cast.taught, starts_in=timedelta(microseconds=1), status=SessionStatus.CHECKING_IN
        )
        assert [line.session_id for line in await listed(cast.world, cast.member)] == [soon.id, cast.session.id]

    async def test_of_another_center_is_another(self, cast: Cast) -> None:
        theirs = await cast.elsewhere.add_session(await cast.elsewhere.add_class())
        assert [line.session_id for line in await listed(cast.world, cast.member)] == [cast.session.id]
        assert [line.session_id for line in await listed(cast.elsewhere, cast.outsider)] == [theirs.id]

    @pytest.mark.parametrize("limit", [1, 2, 3, 10])
    async def test_in_pages_neither_repeats_nor_skips(self, cast: Cast, limit: int) -> None:
        for hours in (1, 1, 1, 2, 3, 3):
            await cast.world.add_session(cast.taught, starts_in=timedelta(hours=hours))
        everything, pages = await listed(cast.world, cast.member), list[SessionLine]()
        while page := await listed(
            cast.world,
            cast.member,
            limit=limit,
            after=SessionCursor(pages[-1].starts_at, pages[-1].session_id) if pages else None,
        ):
            pages += page
        assert pages == everything
        assert [line.starts_at for line in pages] == sorted(line.starts_at for line in pages)
        assert len({line.session_id for line in pages}) == 7

    async def test_of_ones_own_classes_are_those_bought_or_booked(self, cast: Cast) -> None:
        world, yoga = cast.world, await cast.world.add_class("Hatha Yoga")
        booked = await world.add_session(yoga)
        await world.book(cast.member, booked)
        later = await world.add_session(yoga, starts_in=timedelta(days=3))
        views = StoredSessionViews(world.database)
        lines = await views.list_upcoming(
            center_id=world.center_id,
            reader_id=cast.member.id,
            now=world.clock.now(),
            limit=9,
            only_classes_of_reader=True,
        )
        assert [line.session_id for line in lines] == [booked.id, later.id]


class TestSessionCard:
    async def test_shows_what_the_booking_will_do(self, cast: Cast) -> None:
        world = cast.world
        session = await world.add_session(cast.taught, starts_in=timedelta(days=1, minutes=30))
        views = StoredSessionViews(world.database)
        card = await views.find_card(center_id=world.center_id, reader_id=cast.owner.id, session_id=session.id)
        assert card is not None
        assert card.quote.method is PaymentMethod.PACKAGE
        assert (card.credits_left, card.quote.amount_minor, card.overlapping_title) == (7, 7_000, "Ballet I")
        assert card.wallet is not None
        assert (card.wallet.available_minor, card.my_enrollment_id) == (20_000, None)

    async def test_names_no_overlap_where_one_class_ends_as_the_other_begins(self, cast: Cast) -> None:
        session = await cast.world.add_session(cast.taught, starts_in=timedelta(days=1, hours=1))
        views = StoredSessionViews(cast.world.database)
        card = await views.find_card(center_id=cast.world.center_id, reader_id=cast.owner.id, session_id=session.id)
        assert card is not None
        assert card.overlapping_title is None

    async def test_shows_nothing_of_anybody_elses(self, cast: Cast) -> None:
        views = StoredSessionViews(cast.world.database)
        card = await views.find_card(center_id=cast.world.center_id, reader_id=cast.poor.id, session_id=cast.session.id)
        assert card is not None
        assert (card.my_enrollment_id, card.credit, card.credits_left, card.overlapping_title) == (None, None, 0, None)
        assert not card.quote.is_affordable

    async def test_of_another_center_does_not_exist(self, cast: Cast) -> None:
        views = StoredSessionViews(cast.world.database)
        center_id, reader_id = cast.elsewhere.center_id, cast.outsider.id
        assert await views.find_card(center_id=center_id, reader_id=reader_id, session_id=cast.session.id) is None
