"""Erasing a person: what is made good, given up and forgotten, and what stays."""

from datetime import timedelta

import pytest

from domain.errors import NotFoundError, NotPermittedError, StillOwnedError, UnsettledBookingsError
from domain.finance.top_up import cash_top_up
from domain.notifications.model import MutableNotification
from domain.people.erasure import ERASED_NAME, EraseMe
from domain.people.leaving import GivenUp
from domain.people.merging import MergePeople
from domain.people.profile import SetReminder
from domain.permissions import Actor, Role
from domain.writes.base import Write
from storage.audit import audit
from storage.queries.people_data import StoredProfileViews
from storage.repositories.people import MEMBER
from storage.unit_of_work import StoredUnitOfWork, unit_of_work_factory
from tests.builders.gateway import Till
from tests.cast import Cast
from tests.factories import Person, World, sql_id

OWNERS = GivenUp(money_minor=20_000, credits=8)  # seven left, and the one of tomorrow's seat


def erase(world: World) -> EraseMe:
    return EraseMe(unit_of_work_factory(world.database), world.clock)


async def is_known(world: World, person: Person) -> bool:
    found = await world.database.fetch(MEMBER, center_id=world.center_id, telegram_id=person.telegram_id)
    return bool(found)


async def seats_taken(cast: Cast) -> int:
    card = await cast.world.confirmed_terms(cast.poor, cast.session)
    assert card is not None
    facts = StoredUnitOfWork(cast.world.database).enrollments
    found = await facts.find_booking_facts(
        center_id=cast.world.center_id,
        session_id=cast.session.id,
        student_id=cast.poor.id,
        enrollment_id=cast.booking.id,
    )
    assert found is not None
    return found.session.seats_taken


class TestWhatOthersSaidOfThem:
    async def test_of_their_payments_is_blanked_and_taken_no_second_time(self, cast: Cast) -> None:
        till = Till(cast.world)
        said = await till.paid(await till.top_up(cast.poor), billing_data={"first_name": "Nour", "phone_number": "+20100"})
        assert await cast.world.database.execute("UPDATE gateway_events SET attempts = 1 WHERE body LIKE '%Nour%'") == 1
        await erase(cast.world)(actor=cast.poor.actor, confirmed=GivenUp(10_000, 0))
        assert await cast.world.database.execute("DELETE FROM gateway_events WHERE body LIKE '%Nour%'") == 0
        await till.hears(said)
        assert await till.outcomes() == ["PAID"]
        assert await audit(cast.world.database) == []

    async def test_is_forgotten_of_who_was_merged_into_them_too(self, cast: Cast) -> None:
        world = cast.world
        merge = MergePeople(unit_of_work_factory(world.database), world.clock)
        typed = 'UPDATE dialogs SET data = \'{"words": "Nour"}\''
        await world.database.execute(f"{typed} WHERE person_id = '{sql_id(cast.poor.id)}'")
        await merge(actor=cast.admin.actor, stays_id=cast.member.id, goes_id=cast.poor.id)
        await erase(world)(actor=cast.member.actor, confirmed=GivenUp(30_000, 0))
        assert await world.database.execute("UPDATE dialogs SET version = 9 WHERE CAST(data AS TEXT) LIKE '%Nour%'") == 0
        assert await world.database.execute("UPDATE people SET name = name WHERE name = 'Nour Hassan'") == 0


class TestErasing:
    async def test_forgets_the_person_and_gives_up_what_is_left(self, cast: Cast) -> None:
        await erase(cast.world)(actor=cast.owner.actor, confirmed=OWNERS)
        views = StoredProfileViews(cast.world.database)
        record = await views.find_record(center_id=cast.world.center_id, person_id=cast.owner.id)
        profile, wallet = record.sections["profile"][0], record.sections["wallet"][0]
        gone = ("telegram_id", "phone", "language", "acting_role", "phone_verified_at")
        assert [profile["name"], *(profile[field] for field in gone)] == [ERASED_NAME, *[None] * 5]
        assert (wallet["balance_minor"], wallet["locked_minor"]) == (0, 0)
        assert [(package["credits_left"], package["status"]) for package in record.sections["packages"]] == [
            (0, "EXHAUSTED")
        ]
        assert not await is_known(cast.world, cast.owner)
        assert await audit(cast.world.database) == []

    async def test_gives_the_seats_back_and_says_why_in_the_books(self, cast: Cast) -> None:
        before = await seats_taken(cast)
        await erase(cast.world)(actor=cast.owner.actor, confirmed=OWNERS)
        record = await StoredProfileViews(cast.world.database).find_record(
            center_id=cast.world.center_id, person_id=cast.owner.id
        )
        (booking,) = record.sections["bookings"]
        assert (booking["status"], booking["made_good"]) == ("CANCELLED", "CREDIT")
        assert await seats_taken(cast) == before - 1
        waiver = record.sections["wallet_statement"][-1]
        assert (waiver["cause"], waiver["change_minor"]) == ("BALANCE_WAIVED", -20_000)
        assert "erased" in str(waiver["reason"])

    async def test_frees_locked_money_and_returns_captured_money_first(self, cast: Cast) -> None:
        await cast.world.book(cast.member, cast.session)
        strict = await cast.world.add_session(cast.taught, starts_in=timedelta(minutes=30))
        await cast.world.book(cast.member, strict)  # inside the window: a student's own cancellation would be refused
        await erase(cast.world)(actor=cast.member.actor, confirmed=GivenUp(30_000, 0))
        assert await audit(cast.world.database) == []
        assert not await is_known(cast.world, cast.member)

    async def test_of_somebody_who_owns_nothing_needs_no_waiver(self, cast: Cast) -> None:
        await erase(cast.world)(actor=cast.poor.actor, confirmed=GivenUp(0, 0))
        assert not await is_known(cast.world, cast.poor)
        assert await audit(cast.world.database) == []

    async def test_takes_switched_off_reminders_along(self, cast: Cast) -> None:
        units = unit_of_work_factory(cast.world.database)
        async with units() as work:
            member = await work.people.find_member(center_id=cast.world.center_id, telegram_id=cast.poor.telegram_id or 0)
        assert member is not None
        kind = MutableNotification.REMINDER_DAY_BEFORE
        await SetReminder(units, cast.world.clock)(member=member, kind=kind, is_wanted=False)
        await erase(cast.world)(actor=cast.poor.actor, confirmed=GivenUp(0, 0))
        views = StoredProfileViews(cast.world.database)
        assert not await views.find_muted(center_id=cast.world.center_id, person_id=cast.poor.id)


class TestRefusals:
    async def test_of_another_amount_than_was_confirmed_keeps_everything(self, cast: Cast) -> None:
        with pytest.raises(StillOwnedError) as caught:
            await erase(cast.world)(actor=cast.owner.actor, confirmed=GivenUp(0, 0))
        assert (caught.value.money_minor, caught.value.credits) == (20_000, 8)
        assert await is_known(cast.world, cast.owner)
        assert await seats_taken(cast) == 1

    async def test_while_a_class_is_going_on(self, cast: Cast) -> None:
        cast.world.clock.set(cast.session.starts_at)
        with pytest.raises(UnsettledBookingsError):
            await erase(cast.world)(actor=cast.owner.actor, confirmed=OWNERS)
        assert await is_known(cast.world, cast.owner)

    async def test_of_a_second_time(self, cast: Cast) -> None:
        await erase(cast.world)(actor=cast.owner.actor, confirmed=OWNERS)
        with pytest.raises(NotFoundError):
            await erase(cast.world)(actor=cast.owner.actor, confirmed=OWNERS)
        assert await audit(cast.world.database) == []

    @pytest.mark.parametrize("who", ["staff", "admin", "blocked", "unjoined"])
    async def test_of_whoever_is_no_student(self, cast: Cast, who: str) -> None:
        person: Person = getattr(cast, who)
        with pytest.raises(NotPermittedError):
            await erase(cast.world)(actor=person.actor, confirmed=GivenUp(0, 0))

    async def test_of_a_person_of_another_center(self, cast: Cast) -> None:
        with pytest.raises(NotFoundError):
            await erase(cast.elsewhere)(
                actor=Actor(cast.elsewhere.center_id, cast.owner.id, Role.STUDENT),
                confirmed=OWNERS,
            )


class _StopsBefore(StoredUnitOfWork):
    """A unit of work that fails to commit a kind of write, as a killed process would."""

    def add(self, *writes: Write) -> None:
        if any(type(write).__name__ == "ErasePerson" for write in writes):
            raise ConnectionError("killed")
        super().add(*writes)


class TestInterruption:
    async def test_halfway_goes_on_with_the_same_button(self, cast: Cast) -> None:
        killed = EraseMe(lambda: _StopsBefore(cast.world.database), cast.world.clock)
        with pytest.raises(ConnectionError):
            await killed(actor=cast.owner.actor, confirmed=OWNERS)
        assert await is_known(cast.world, cast.owner)
        assert await seats_taken(cast) == 0  # the seat was made good already
        assert await audit(cast.world.database) == []
        await erase(cast.world)(actor=cast.owner.actor, confirmed=OWNERS)
        assert not await is_known(cast.world, cast.owner)
        assert await audit(cast.world.database) == []

    async def test_by_money_that_comes_at_that_moment_asks_again(self, cast: Cast) -> None:
        world = cast.world
        late = iter(
            [
                cash_top_up(
                    cast.poor.owner,
                    cashbox_id=world.branch.cashbox_id,
                    amount_minor=500,
                    actor=cast.staff.actor,
                    now=world.clock.now(),
                )
            ]
        )

        class _PaidMeanwhile(StoredUnitOfWork):
            async def commit(self) -> None:
                for writes in late:
                    await world.database.apply(sorted(writes, key=lambda write: write.rank))
                await super().commit()

        with pytest.raises(StillOwnedError):
            await EraseMe(lambda: _PaidMeanwhile(world.database), world.clock)(
                actor=cast.poor.actor, confirmed=GivenUp(0, 0)
            )
        assert await is_known(world, cast.poor)
        assert await audit(world.database) == []
