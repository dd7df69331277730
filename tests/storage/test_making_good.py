import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.enrollments.override import OverrideCancellation
from domain.errors import InvalidInputError, NotCancellableError, NotPermittedError
from domain.ids import EnrollmentId
from domain.packages.model import StudentPackageStatus
from domain.sessions.forgotten import MarkMissed
from domain.sessions.model import AbsenteePolicy, SessionStatus
from domain.writes.base import Write
from storage.audit import audit
from storage.prepared import Query
from storage.tables.catalogue import student_packages
from storage.tables.money import enrollments, entries, wallets
from storage.unit_of_work import unit_of_work_factory
from tests.builders.sessions import (
    cancel_session,
    charge_no_show_fee,
    deliver_credit,
    finish,
    hold_seat,
    make_good,
    open_check_in,
    pay_cash_seat,
    session_of,
    start,
)
from tests.cast import Cast
from tests.conversations.ledger import kept, seats_taken
from tests.factories import Person, World, sql_id
from tests.storage.conftest import opened
from tests.storage.test_unit_of_work import ListeningDatabase


def _rows(*columns: Any) -> Query[tuple[Any, ...]]:
    return Query(sa.select(*columns), lambda *values: values)


async def outcome_of(world: World, enrollment_id: EnrollmentId) -> tuple[str, str | None, int]:
    rows = await world.database.fetch(
        _rows(enrollments.c.id, enrollments.c.status, enrollments.c.made_good, enrollments.c.made_good_minor)
    )
    (found,) = [row[1:] for row in rows if row[0] == enrollment_id]
    return found


async def money_of(world: World, person: Person) -> int:
    rows = await world.database.fetch(_rows(wallets.c.owner_id, wallets.c.balance_minor - wallets.c.locked_minor))
    return sum(amount for owner, amount in rows if owner == person.id)


async def credits_of(cast: Cast) -> int:
    rows = await cast.world.database.fetch(_rows(student_packages.c.id, student_packages.c.credits_left))
    return int(dict(rows)[cast.package_id])


async def causes_of(world: World, enrollment_id: EnrollmentId) -> list[str]:
    rows = await world.database.fetch(_rows(entries.c.id, entries.c.subject_id, entries.c.cause))
    return [cause for _, subject, cause in sorted(rows) if subject == enrollment_id]


async def call_off(cast: Cast) -> None:
    """Cancel the cast's session and make everybody good."""
    await cancel_session(cast.world, cast.staff, cast.session)
    await make_good(cast.world, cast.session)
    session = await session_of(cast.world, cast.session)
    assert (session.seats_taken, session.settled_at) == (0, cast.world.clock.now())
    assert await audit(cast.world.database) == []


class TestMakingGood:
    async def test_frees_what_is_locked_and_returns_credits(self, cast: Cast) -> None:
        locked = await cast.world.book(cast.member, cast.session)
        await call_off(cast)
        assert await outcome_of(cast.world, locked.id) == (EnrollmentStatus.CANCELLED, MadeGood.UNLOCKED, 8_000)
        assert await outcome_of(cast.world, cast.booking.id) == (EnrollmentStatus.CANCELLED, MadeGood.CREDIT, 0)
        assert (await money_of(cast.world, cast.member), await credits_of(cast)) == (30_000, 8)

    async def test_returns_what_was_taken(self, cast: Cast) -> None:
        await open_check_in(cast.world, cast.staff, cast.session)
        taken = await cast.world.book(cast.member, cast.session)  # of a STRICT class, at the open door
        await cast.world.database.execute(
            f"UPDATE enrollments SET attended_at = created_at WHERE id = '{sql_id(taken.id)}'"
        )
        await call_off(cast)
        assert await outcome_of(cast.world, taken.id) == (EnrollmentStatus.CANCELLED, MadeGood.RETURNED, 8_000)
        assert await money_of(cast.world, cast.member) == 30_000

    @pytest.mark.parametrize("became", ["attended", "absent"])
    async def test_returns_a_credit_that_was_delivered(self, cast: Cast, became: str) -> None:
        await start(cast.world, cast.staff, cast.session)
        await deliver_credit(cast.world, cast.booking.id, as_no_show=became == "absent")
        await call_off(cast)
        assert await credits_of(cast) == 8
        assert await causes_of(cast.world, cast.booking.id) == ["CREDIT_DELIVERED", "DELIVERY_RETURNED"]

    async def test_pays_the_worth_of_a_credit_whose_package_was_refunded(self, cast: Cast) -> None:
        await start(cast.world, cast.staff, cast.session)
        await deliver_credit(cast.world, cast.booking.id)
        before = await money_of(cast.world, cast.owner)
        await cast.world.database.execute(
            f"UPDATE student_packages SET status = '{StudentPackageStatus.REFUNDED}', refunded_at = purchased_at, "
            f"credits_left = 0, value_left_minor = 0 WHERE id = '{sql_id(cast.package_id)}'"
        )
        await cancel_session(cast.world, cast.staff, cast.session)
        await make_good(cast.world, cast.session)
        assert await money_of(cast.world, cast.owner) == before + 7_000
        causes = await causes_of(cast.world, cast.booking.id)
        assert causes == ["CREDIT_DELIVERED", "DELIVERY_RETURNED", "CREDIT_PAID_BACK"]

    async def test_returns_the_fee_of_who_did_not_come(self, cast: Cast) -> None:
        world = cast.world
        flexible = await world.add_class("Yoga", policy=AbsenteePolicy.FLEXIBLE, fee_percent=50)
        session = await world.add_session(flexible)
        absent = await world.book(cast.member, session)
        await start(world, cast.staff, session)
        await charge_no_show_fee(world, absent.id, fee_minor=4_000)
        await cancel_session(world, cast.staff, session)
        await make_good(world, session)
        assert await outcome_of(world, absent.id) == (EnrollmentStatus.CANCELLED, MadeGood.RETURNED, 4_000)
        assert await money_of(world, cast.member) == 30_000
        assert await audit(world.database) == []

    async def test_puts_cash_into_the_wallet_which_a_guest_is_given(self, cast: Cast) -> None:
        guest = await cast.world.add_guest()
        paid = await pay_cash_seat(cast.world, guest, cast.session, staff=cast.staff)
        await call_off(cast)
        assert await outcome_of(cast.world, paid) == (EnrollmentStatus.CANCELLED, MadeGood.RETURNED, 8_000)
        assert await money_of(cast.world, guest) == 8_000
        assert await causes_of(cast.world, paid) == ["CASH_TAKEN", "CASH_RETURNED"]

    async def test_lets_reservations_lapse(self, cast: Cast) -> None:
        held = await hold_seat(cast.world, cast.member, cast.session)
        await call_off(cast)
        assert await outcome_of(cast.world, held) == (EnrollmentStatus.CANCELLED, None, 0)

    async def test_of_what_was_missed_is_the_same(self, cast: Cast) -> None:
        cast.world.clock.set(cast.session.starts_at + timedelta(hours=2))
        await MarkMissed(unit_of_work_factory(cast.world.database), cast.world.clock)(cast.world.center_id)
        await make_good(cast.world, cast.session)
        assert await credits_of(cast) == 8
        assert (await session_of(cast.world, cast.session)).status is SessionStatus.MISSED

    async def test_leaves_every_other_session_alone_and_is_done_once(self, cast: Cast) -> None:
        await make_good(cast.world, cast.session)
        assert await seats_taken(cast.world.database, cast.session.id) == 1
        await call_off(cast)
        before = await kept(cast.world.database)
        await make_good(cast.world, cast.session)
        assert await kept(cast.world.database) == before


class _Killed(ListeningDatabase):
    """A process that is killed after so many transactions."""

    left = 0

    async def apply(self, writes: Sequence[Write]) -> None:
        if self.left == 0:
            raise asyncio.CancelledError
        self.left -= 1
        await super().apply(writes)


class TestFiveHundredPeople:
    async def test_are_made_good_by_two_at_once_after_a_third_was_killed_in_the_middle(
        self, cast: Cast, database_url: str
    ) -> None:
        world = cast.world
        session = await world.add_session(cast.taught, capacity=500)
        students = await world.add_students(500, money_minor=8_000)
        for student in students:
            await world.book(student, session)
        await cancel_session(world, cast.staff, session)
        killed = _Killed(cast)
        killed.left = 200
        with pytest.raises(asyncio.CancelledError):
            await make_good(world, session, database=killed)
        assert await seats_taken(world.database, session.id) == 300
        async with opened(database_url) as other:
            await asyncio.gather(make_good(world, session), make_good(world, session, database=other))
        money = Counter([await money_of(world, student) for student in students[::50]])
        assert money == {8_000: 10}
        assert (await session_of(world, session)).settled_at is not None
        assert await audit(world.database) == []


class TestOverride:
    async def cancel(
        self, cast: Cast, enrollment_id: EnrollmentId, *, who: Person | None = None, cash: bool = False
    ) -> Any:
        override = OverrideCancellation(unit_of_work_factory(cast.world.database), cast.world.clock)
        actor = (who or cast.admin).actor
        return await override(actor=actor, enrollment_id=enrollment_id, reason="A broken leg", returns_cash=cash)

    async def test_ignores_the_window_until_the_session_is_finished(self, cast: Cast) -> None:
        await start(cast.world, cast.staff, cast.session)
        outcome = await self.cancel(cast, cast.booking.id)
        assert outcome.made_good is MadeGood.CREDIT
        assert await self.cancel(cast, cast.booking.id) == outcome
        assert await audit(cast.world.database) == []

    @pytest.mark.parametrize("comes_back", [0, 8_000])
    async def test_returns_cash_if_the_admin_says_so(self, cast: Cast, comes_back: int) -> None:
        paid = await pay_cash_seat(cast.world, cast.poor, cast.session, staff=cast.staff)
        assert (await self.cancel(cast, paid, cash=comes_back > 0)).amount_minor == comes_back
        assert await money_of(cast.world, cast.poor) == comes_back
        assert await audit(cast.world.database) == []

    async def test_is_an_admins_alone(self, cast: Cast) -> None:
        for who in (cast.staff, cast.owner):
            with pytest.raises(NotPermittedError):
                await self.cancel(cast, cast.booking.id, who=who)

    async def test_is_too_late_for_who_attended_and_when_it_is_over(self, cast: Cast) -> None:
        other = await cast.world.add_session(cast.taught, starts_in=timedelta(days=2))
        attended = await cast.world.book(cast.owner, other)
        await deliver_credit(cast.world, attended.id)
        await finish(cast.world, cast.staff, cast.session)
        for enrollment_id in (attended.id, cast.booking.id):
            with pytest.raises(NotCancellableError):
                await self.cancel(cast, enrollment_id)

    async def test_wants_a_reason(self, cast: Cast) -> None:
        override = OverrideCancellation(unit_of_work_factory(cast.world.database), cast.world.clock)
        with pytest.raises(InvalidInputError):
            await override(actor=cast.admin.actor, enrollment_id=cast.booking.id, reason=" ", returns_cash=False)
