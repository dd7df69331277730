"""Claiming a guest's profile, and merging people: nothing vanishes, nothing doubles, everything adds up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import (
    InvalidInputError,
    MergeNotNowError,
    NotFoundError,
    NotPermittedError,
    PhoneTakenError,
)
from domain.people.erasure import EraseMe
from domain.people.leaving import GivenUp
from domain.people.merging import Brought
from domain.permissions import Role
from domain.writes.base import GuardFailedError
from domain.writes.merging import RequireSeatCount
from storage.audit import audit
from storage.unit_of_work import unit_of_work_factory
from tests.builders.cash import ZIADS_PHONE, add_guest, at_the_door, correct, pay_out, take_seat, top_up
from tests.builders.drawer import movements, wallet_minor
from tests.builders.merging import claim, merge
from tests.cast import Cast
from tests.conversations.ledger import seats
from tests.factories import Person, sql_id


async def rich_guest(cast: Cast) -> Person:
    """A guest with money, credits, and a seat paid in cash."""
    guest = await add_guest(cast.world)
    await top_up(cast.world, cast.staff, guest, 8_000)
    await cast.world.add_package(guest, cast.taught, credits_total=5, price_minor=30_000)
    await take_seat(cast.world, cast.staff, await at_the_door(cast.world, cast.taught), guest)
    return guest


class TestClaim:
    async def test_brings_everything_of_the_guest_along(self, cast: Cast) -> None:
        guest, before = await rich_guest(cast), await movements(cast.world)
        kept = await claim(cast.world, cast.poor, ZIADS_PHONE)
        assert kept.brought == Brought(bookings=1, credits=5, money_minor=8_000)
        assert kept.member.phone == ZIADS_PHONE
        assert (await wallet_minor(cast.world, cast.poor), await wallet_minor(cast.world, guest)) == (8_000, 0)
        assert await movements(cast.world) == before
        assert await audit(cast.world.database) == []

    async def test_brings_locked_money_along(self, cast: Cast) -> None:
        world, guest = cast.world, await add_guest(cast.world)
        await top_up(world, cast.staff, guest, 10_000)
        booked = await world.book(_as_student(guest), await world.add_session(cast.taught))
        await claim(world, cast.poor, ZIADS_PHONE)
        assert await audit(world.database) == []
        await world.cancel(cast.poor, booked.id)  # the hold is theirs now
        assert await audit(world.database) == []

    async def test_twice_finds_nothing_left(self, cast: Cast) -> None:
        await rich_guest(cast)
        await claim(cast.world, cast.poor, ZIADS_PHONE)
        assert (await claim(cast.world, cast.poor, ZIADS_PHONE, message_id=6)).brought is None
        assert await audit(cast.world.database) == []

    async def test_of_several_guests_with_one_phone_brings_all(self, cast: Cast) -> None:
        world = cast.world
        for name in ("Ziad Morsi", "Z. Morsi"):
            await top_up(world, cast.staff, await add_guest(world, name), 1_000)
        assert (await claim(world, cast.poor, ZIADS_PHONE)).brought == Brought(0, 0, 2_000)
        assert await audit(world.database) == []

    async def test_of_a_phone_that_another_has_verified_is_refused(self, cast: Cast) -> None:
        await rich_guest(cast)
        await claim(cast.world, cast.poor, ZIADS_PHONE)
        with pytest.raises(PhoneTakenError):
            await claim(cast.world, cast.member, ZIADS_PHONE)
        assert await wallet_minor(cast.world, cast.member) == 30_000

    async def test_leaves_nobody_to_do_business_with(self, cast: Cast) -> None:
        guest = await rich_guest(cast)
        await claim(cast.world, cast.poor, ZIADS_PHONE)
        session = await at_the_door(cast.world, cast.taught)
        for attempt in (
            top_up(cast.world, cast.staff, guest, 100),
            pay_out(cast.world, cast.staff, guest, 100),
            take_seat(cast.world, cast.staff, session, guest),
        ):
            with pytest.raises(NotFoundError):
                await attempt

    async def test_lets_an_older_top_up_be_corrected(self, cast: Cast) -> None:
        world, guest = cast.world, await add_guest(cast.world)
        wrong = await top_up(world, cast.staff, guest, 5_000)
        out = await pay_out(world, cast.staff, guest, 1_000)
        await claim(world, cast.poor, ZIADS_PHONE)
        await correct(world, cast.staff, wrong.id, right_minor=3_000)
        await correct(world, cast.staff, out.id)
        assert await wallet_minor(world, cast.poor) == 3_000
        assert await audit(world.database) == []


class TestErasure:
    async def test_forgets_the_guest_that_somebody_was(self, cast: Cast) -> None:
        world = cast.world
        await add_guest(world, "Secret Name")
        await claim(world, cast.poor, ZIADS_PHONE)
        await EraseMe(unit_of_work_factory(world.database), world.clock)(actor=cast.poor.actor, confirmed=GivenUp(0, 0))
        left = await world.database.execute("UPDATE people SET name = name WHERE name = 'Secret Name'")
        assert left == 0
        assert await audit(world.database) == []


class TestBothInOneSession:
    async def test_keeps_the_older_seat_and_makes_the_other_good(self, cast: Cast) -> None:
        world, guest = cast.world, await add_guest(cast.world)
        session = await at_the_door(world, cast.taught)
        older = await take_seat(world, cast.staff, session, guest)
        world.clock.advance(timedelta(minutes=1))
        await world.book(cast.member, session)  # from the wallet, taken at once
        await claim(world, cast.member, ZIADS_PHONE)
        assert await wallet_minor(world, cast.member) == 30_000
        live = [found for found in await seats(world.database, session.id) if found[1] != "CANCELLED"]
        assert live == [(cast.member.id, "PAID", "CASH")]
        assert older.session_id == session.id
        assert await audit(world.database) == []

    async def test_keeps_the_attended_one(self, cast: Cast) -> None:
        world, guest = cast.world, await add_guest(cast.world)
        session = await at_the_door(world, cast.taught)
        await take_seat(world, cast.staff, session, guest)
        world.clock.advance(timedelta(minutes=1))
        attended = await world.book(cast.member, session)
        await world.database.execute(f"UPDATE enrollments SET attended_at = created_at WHERE id = '{sql_id(attended.id)}'")
        await claim(world, cast.member, ZIADS_PHONE)
        live = [found for found in await seats(world.database, session.id) if found[1] != "CANCELLED"]
        assert live == [(cast.member.id, "PAID", "WALLET")]
        assert await wallet_minor(world, cast.member) == 30_000  # paid 80 for the seat, and 80 in cash came back
        assert await audit(world.database) == []

    async def test_waits_while_a_seat_is_reserved(self, cast: Cast) -> None:
        world, guest = cast.world, await add_guest(cast.world)
        seat = await take_seat(world, cast.staff, await at_the_door(world, cast.taught), guest)
        await world.database.execute(
            "UPDATE enrollments SET status = 'HELD', reserved_for = 'OFFER', held_until = created_at "
            f"WHERE id = '{sql_id(seat.id)}'"
        )
        with pytest.raises(MergeNotNowError):
            await claim(world, cast.poor, ZIADS_PHONE)


class TestMergePeople:
    async def test_keeps_whoever_has_telegram(self, cast: Cast) -> None:
        guest = await rich_guest(cast)
        assert await merge(cast.world, cast.admin, guest, cast.poor) == Brought(1, 5, 8_000)
        assert await wallet_minor(cast.world, cast.poor) == 8_000
        assert await audit(cast.world.database) == []

    async def test_of_two_students_takes_the_second_off_telegram(self, cast: Cast) -> None:
        done = await merge(cast.world, cast.admin, cast.owner, cast.member)
        assert done.money_minor == 30_000
        with pytest.raises(NotFoundError):
            await merge(cast.world, cast.admin, cast.owner, cast.member)
        assert await audit(cast.world.database) == []

    async def test_follows_who_was_merged_before(self, cast: Cast) -> None:
        world, guest = cast.world, await rich_guest(cast)
        out = await pay_out(world, cast.staff, guest, 1_000)
        await merge(world, cast.admin, cast.member, guest)
        await merge(world, cast.admin, cast.owner, cast.member)
        await correct(world, cast.staff, out.id)
        assert await wallet_minor(world, cast.owner) == 20_000 + 30_000 + 8_000
        assert await audit(world.database) == []

    async def test_is_an_admins_alone(self, cast: Cast) -> None:
        for who in (cast.staff, cast.member, cast.blocked):
            with pytest.raises(NotPermittedError):
                await merge(cast.world, who, cast.owner, cast.poor)
        with pytest.raises(NotFoundError):
            await merge(cast.world, cast.admin, cast.owner, cast.outsider)
        with pytest.raises(InvalidInputError):
            await merge(cast.world, cast.admin, cast.owner, cast.owner)

    async def test_is_stopped_by_a_seat_that_came_meanwhile(self, cast: Cast) -> None:
        with pytest.raises(GuardFailedError):
            await cast.world.database.apply([RequireSeatCount(cast.owner.id, 0)])


def _as_student(guest: Person) -> Person:
    """Let a guest book as they would from Telegram: nobody else makes a hold."""

    return replace(guest, actor=replace(guest.actor, role=Role.STUDENT))
