"""Whom a broadcast reaches, and that each of them gets one message: over kills, with two writers, when it is stopped."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from domain.broadcasts.following import FollowBroadcasts
from domain.broadcasts.model import BroadcastAudience, Progress, Target, clean_text, recent_since
from domain.broadcasts.sending import StopBroadcast
from domain.broadcasts.views import BroadcastCard
from domain.enrollments.model import EnrollmentStatus
from domain.errors import BroadcastRepeatedError, BroadcastTooLongError, InvalidInputError, NobodyToTellError
from domain.ids import BroadcastId, WaitlistEntryId, new_id
from domain.notifications.model import MutableNotification, Priority
from domain.writes.people import MuteNotification
from domain.writes.waitlist import AddPlace
from storage.broadcast_queue import StoredBroadcastQueue
from storage.database import Database
from storage.engine import open_database
from storage.notifications import StoredOutgoingQueue
from storage.queries.broadcasts import StoredBroadcastViews
from storage.unit_of_work import StoredUnitOfWork, unit_of_work_factory
from tests.builders.broadcasts import send, session_target, to_everybody, told, writer
from tests.builders.notices import rows_of
from tests.cast import Cast
from tests.factories import Person, Scheduled, sql_id


async def reached(cast: Cast, target: Target) -> set[str]:
    """Return the names of who would be told."""
    since = recent_since(cast.world.clock.now())
    found = await StoredUnitOfWork(cast.world.database).broadcasts.list_readers(
        center_id=cast.world.center_id, target=target, since=since, after=None, limit=100
    )
    names = {each.id: each.name for each in (cast.owner, cast.member, cast.poor, cast.staff, cast.admin)}
    return {names.get(id_, "?") for id_ in found}


async def crowd(cast: Cast, target: Target) -> tuple[int, int, int]:
    since = recent_since(cast.world.clock.now())
    found = await StoredUnitOfWork(cast.world.database).broadcasts.count_crowd(
        center_id=cast.world.center_id, target=target, since=since
    )
    return (found.reached, found.unreachable, found.muted)


async def seat_a_guest(cast: Cast, session: Scheduled) -> Person:
    """Let a guest without Telegram have a seat paid at the door."""
    guest = await cast.world.add_guest()
    await cast.world.database.execute(
        "INSERT INTO enrollments (id, center_id, session_id, student_id, status, method, price_minor, policy, "
        "no_show_fee_percent, free_cancel_until, credit_value_minor, created_at) "
        f"SELECT '{sql_id(new_id())}', center_id, '{sql_id(session.id)}', '{sql_id(guest.id)}', 'PAID', 'CASH', "
        f"price_minor, policy, 0, free_cancel_until, 0, created_at FROM enrollments WHERE id = '{sql_id(cast.booking.id)}'"
    )
    return guest


async def set_status(cast: Cast, status: EnrollmentStatus) -> None:
    await cast.world.database.execute(f"UPDATE enrollments SET status = '{status}' WHERE id = '{sql_id(cast.booking.id)}'")


class TestTheAudience:
    async def test_of_a_session_has_a_seat_in_it(self, cast: Cast) -> None:
        target = session_target(cast.session.id)
        assert await reached(cast, target) == {"Mona Adel"}
        await set_status(cast, EnrollmentStatus.NO_SHOW)
        assert await reached(cast, target) == {"Mona Adel"}

    async def test_of_a_session_counts_guests_as_out_of_reach(self, cast: Cast) -> None:
        await seat_a_guest(cast, cast.session)
        assert await crowd(cast, session_target(cast.session.id)) == (1, 1, 0)

    async def test_of_a_session_has_nobody_who_waits_holds_or_cancelled(self, cast: Cast) -> None:
        world, now = cast.world, cast.world.clock.now()
        await world.cancel(cast.owner, cast.booking.id)
        await world.database.apply(
            [AddPlace(WaitlistEntryId(new_id()), world.center_id, cast.session.id, cast.member.id, now)]
        )
        held = await world.book(cast.poor, await world.add_session(await world.add_class("Free", price_minor=0)))
        await world.database.execute(
            "UPDATE enrollments SET status = 'HELD', held_until = created_at, reserved_for = 'OFFER', "
            f"session_id = '{sql_id(cast.session.id)}' WHERE id = '{sql_id(held.id)}'"
        )
        assert await crowd(cast, session_target(cast.session.id)) == (0, 0, 0)

    async def test_of_a_class_has_seats_credits_or_had_seats_lately(self, cast: Cast) -> None:
        world, target = cast.world, Target(BroadcastAudience.CLASS, cast.taught.id)
        assert await reached(cast, target) == {"Mona Adel"}
        await world.book(cast.member, await world.add_session(cast.taught, starts_in=timedelta(days=2)))
        assert await reached(cast, target) == {"Mona Adel", "Omar Khaled"}
        world.clock.advance(timedelta(days=2, weeks=8))
        assert await reached(cast, target) == {"Mona Adel", "Omar Khaled"}
        world.clock.advance(timedelta(minutes=1))
        assert await reached(cast, target) == {"Mona Adel"}  # has credits left

    async def test_of_a_class_has_nobody_of_another(self, cast: Cast) -> None:
        yoga = await cast.world.add_class("Hatha Yoga")
        assert await reached(cast, Target(BroadcastAudience.CLASS, yoga.id)) == set()

    async def test_of_a_branch_has_seats_there(self, cast: Cast) -> None:
        world, zamalek = cast.world, await cast.world.add_branch("Zamalek")
        there = await world.add_session(cast.taught, starts_in=timedelta(days=3), branch=zamalek)
        await world.book(cast.member, there)
        assert await reached(cast, Target(BroadcastAudience.BRANCH, zamalek.id)) == {"Omar Khaled"}
        assert await reached(cast, Target(BroadcastAudience.BRANCH, world.branch.id)) == {"Mona Adel"}

    async def test_of_the_center_is_every_student(self, cast: Cast) -> None:
        assert await reached(cast, to_everybody(cast.world)) == {"Mona Adel", "Omar Khaled", "Nour Hassan"}
        assert await crowd(cast, to_everybody(cast.world)) == (3, 1, 0)  # one has no Telegram; who is blocked is nobody

    async def test_leaves_out_who_cannot_be_told_or_does_not_want_it(self, cast: Cast) -> None:
        await cast.world.database.apply([MuteNotification(cast.member.id, MutableNotification.BROADCASTS)])
        await cast.world.database.execute(
            f"UPDATE people SET unreachable_at = created_at WHERE id = '{sql_id(cast.poor.id)}'"
        )
        assert await reached(cast, to_everybody(cast.world)) == {"Mona Adel"}
        assert await crowd(cast, to_everybody(cast.world)) == (1, 2, 1)

    async def test_of_another_center_is_nobodys(self, cast: Cast) -> None:
        for target in (to_everybody(cast.elsewhere), session_target(new_id())):
            assert await crowd(cast, target) == (0, 0, 0)


class TestSending:
    async def test_is_refused_where_nobody_is_reached(self, cast: Cast) -> None:
        empty = await cast.world.add_session(cast.taught)
        await seat_a_guest(cast, empty)
        with pytest.raises(NobodyToTellError) as caught:
            await send(cast.world, cast.staff, session_target(empty.id))
        assert caught.value.unreachable == 1

    async def test_the_same_within_a_minute_wants_to_be_meant(self, cast: Cast) -> None:
        target = session_target(cast.session.id)
        await send(cast.world, cast.staff, target)
        with pytest.raises(BroadcastRepeatedError):
            await send(cast.world, cast.admin, target)
        await send(cast.world, cast.admin, target, text="Something else")
        await send(cast.world, cast.admin, target, is_again=True)
        cast.world.clock.advance(timedelta(minutes=1))
        await send(cast.world, cast.admin, target)

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("  a\r\nb  \n\n\n\nc \n", "a\nb\n\nc"), ("cafe\u0301\u202e", "caf\u00e9"), ("x" * 3_000, "x" * 3_000)],
    )
    def test_keeps_lines_and_no_tricks(self, typed: str, kept: str) -> None:
        assert clean_text(typed) == kept

    def test_refuses_what_shows_nothing_or_is_too_long(self) -> None:
        for typed in ("", " \n ", "\u200d\u3164"):
            with pytest.raises(InvalidInputError):
                clean_text(typed)
        with pytest.raises(BroadcastTooLongError) as caught:
            clean_text("x" * 3_001)
        assert (caught.value.length, caught.value.limit) == (3_001, 3_000)


class TestWriting:
    async def test_in_pieces_reaches_everybody_once(self, cast: Cast) -> None:
        students = await cast.world.add_students(11)
        broadcast_id = await send(cast.world, cast.admin, to_everybody(cast.world))
        for _ in range(2):  # an event may come twice
            await writer(cast.world, piece=3)(cast.world.center_id, broadcast_id)
        everybody = [cast.owner, cast.member, cast.poor, *students]
        assert sorted(await told(cast.world)) == sorted(person.id for person in everybody)
        assert {row.status for row in await rows_of(cast.world)} == {"PENDING"}

    async def test_goes_on_where_it_was_killed(self, cast: Cast) -> None:
        await cast.world.add_students(11)
        broadcast_id = await send(cast.world, cast.admin, to_everybody(cast.world))
        for _ in range(2):
            await writer(cast.world, piece=3).write_piece(cast.world.center_id, broadcast_id)
        assert len(await told(cast.world)) == 6
        await writer(cast.world, piece=3)(cast.world.center_id, broadcast_id)
        assert len(await told(cast.world)) == len(set(await told(cast.world))) == 14

    async def test_by_two_processes_reaches_everybody_once(self, cast: Cast, database_url: str) -> None:
        await cast.world.add_students(37)
        broadcast_id = await send(cast.world, cast.admin, to_everybody(cast.world))
        other: Database = open_database(database_url, pool_size=4)
        try:
            writers = [writer(cast.world, piece=4), writer(cast.world.on(other), piece=4)]
            await asyncio.gather(*(each(cast.world.center_id, broadcast_id) for each in writers))
        finally:
            await other.close()
        assert len(await told(cast.world)) == len(set(await told(cast.world))) == 40

    async def test_stops_where_it_was_stopped(self, cast: Cast) -> None:
        await cast.world.add_students(11)
        broadcast_id = await send(cast.world, cast.admin, to_everybody(cast.world))
        await writer(cast.world, piece=3).write_piece(cast.world.center_id, broadcast_id)
        await stop(cast, broadcast_id)
        await writer(cast.world, piece=2)(cast.world.center_id, broadcast_id)
        assert [row.status for row in await rows_of(cast.world)] == ["STALE"] * 3


class TestStopping:
    async def test_drops_all_but_what_is_in_the_air(self, cast: Cast) -> None:
        broadcast_id = await send(cast.world, cast.admin, to_everybody(cast.world))
        await writer(cast.world)(cast.world.center_id, broadcast_id)
        queue = outgoing(cast)
        first, second, _third = await queue.claim(priority=Priority.BROADCAST, limit=8, lease_seconds=60.0)
        assert await queue.begin(first.id, lease_seconds=60.0)
        await stop(cast, broadcast_id)
        await writer(cast.world)(cast.world.center_id, broadcast_id)
        assert not await queue.begin(second.id, lease_seconds=60.0)
        assert sorted(row.status for row in await rows_of(cast.world)) == ["PENDING", "STALE", "STALE"]

    async def test_twice_is_once(self, cast: Cast) -> None:
        broadcast_id = await send(cast.world, cast.admin, to_everybody(cast.world))
        await asyncio.gather(*(stop(cast, broadcast_id) for _ in range(3)))
        assert (await card_of(cast, broadcast_id)).state == "STOPPED"


class Screens:
    """Keeps what it was to draw."""

    def __init__(self, *, is_there: bool = True) -> None:
        self.drawn: list[BroadcastCard] = []
        self._is_there = is_there

    async def redraw(self, card: BroadcastCard) -> bool:
        self.drawn.append(card)
        return self._is_there


class TestFollowing:
    async def test_ends_when_nothing_is_left_and_keeps_the_outcome(self, cast: Cast) -> None:
        broadcast_id = await written(cast)
        queue = outgoing(cast)
        messages = await queue.claim(priority=Priority.BROADCAST, limit=8, lease_seconds=60.0)
        await queue.note_sent(messages[0].id, message_id=1)
        await queue.note_unknown(messages[1].id)
        await follow(cast)
        assert (await card_of(cast, broadcast_id)).ended_at is None
        await queue.note_unreachable(messages[2].id)
        await follow(cast)
        await cast.world.database.execute("DELETE FROM notifications")
        card = await card_of(cast, broadcast_id)
        assert (card.state, card.progress, card.left) == ("DONE", Progress(sent=1, unknown=1, failed=1), 0)

    async def test_draws_the_message_that_shows_it(self, cast: Cast) -> None:
        broadcast_id = await written(cast)
        await show(cast, broadcast_id)
        screens = Screens()
        await follow(cast, screens)
        (card,) = screens.drawn
        assert card.watched is not None
        assert (card.watched.telegram_id, card.watched.message_id, card.left) == (cast.admin.telegram_id, 7, 3)

    async def test_of_two_processes_one_draws(self, cast: Cast) -> None:
        await show(cast, await written(cast))
        screens = Screens()
        await asyncio.gather(*(follow(cast, screens, expires=False) for _ in range(3)))
        assert len(screens.drawn) == 1

    async def test_tells_the_author_where_nobody_looks(self, cast: Cast) -> None:
        await show(cast, await written(cast))
        await follow(cast, Screens(is_there=False))
        await finish(cast)
        for _ in range(2):
            await follow(cast, Screens(is_there=False))
        ended = [row.person_id for row in await rows_of(cast.world) if row.kind == "BROADCAST_ENDED"]
        assert ended == [cast.admin.id]


async def follow(cast: Cast, screens: Screens | None = None, *, expires: bool = True) -> None:
    database = cast.world.database
    if expires:
        await database.execute("UPDATE broadcasts SET followed_until = NULL")
    units = unit_of_work_factory(database)
    job = FollowBroadcasts(units, cast.world.clock, StoredBroadcastQueue(database), StoredBroadcastViews(database), screens)
    await job(cast.world.center_id)


async def written(cast: Cast) -> BroadcastId:
    broadcast_id = await send(cast.world, cast.admin, to_everybody(cast.world))
    await writer(cast.world)(cast.world.center_id, broadcast_id)
    return broadcast_id


async def show(cast: Cast, broadcast_id: BroadcastId) -> None:
    await cast.world.database.execute(
        f"UPDATE broadcasts SET screen_person_id = '{sql_id(cast.admin.id)}', screen_message_id = 7 "
        f"WHERE id = '{sql_id(broadcast_id)}'"
    )


async def finish(cast: Cast) -> None:
    await cast.world.database.execute("UPDATE notifications SET status = 'SENT'")


async def stop(cast: Cast, broadcast_id: BroadcastId) -> None:
    use_case = StopBroadcast(unit_of_work_factory(cast.world.database), cast.world.clock)
    await use_case(actor=cast.admin.actor, broadcast_id=broadcast_id)


async def card_of(cast: Cast, broadcast_id: BroadcastId) -> Any:
    return await StoredBroadcastViews(cast.world.database).find_card(
        center_id=cast.world.center_id, staff_id=None, broadcast_id=broadcast_id
    )


def outgoing(cast: Cast) -> StoredOutgoingQueue:
    return StoredOutgoingQueue(cast.world.database, center_id=cast.world.center_id, clock=cast.world.clock)
