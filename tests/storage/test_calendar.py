from datetime import date, timedelta
from typing import Any

import pytest

from domain.errors import NotFoundError, NotPermittedError
from domain.ids import ClassId, new_id
from domain.sessions.calendar import CalendarFilter, Month, span_of_day, span_of_month
from domain.sessions.calendar_feed import OpenCalendarFeed, RenewCalendarFeed, fingerprint_of, is_secret
from domain.sessions.calendar_views import CalendarDay
from domain.sessions.model import SessionStatus
from domain.sessions.views import SessionLine
from storage.queries.calendar import StoredCalendarViews
from storage.unit_of_work import unit_of_work_factory
from tests.cast import Cast
from tests.factories import ZONE, Person, World, sql_id

ALL = CalendarFilter()
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)  # 10:00 in Cairo now


def views(world: World) -> StoredCalendarViews:
    return StoredCalendarViews(world.database)


async def days(world: World, reader: Person, chosen: CalendarFilter = ALL) -> list[CalendarDay]:
    return await views(world).count_days(
        center_id=world.center_id,
        reader_id=reader.id,
        span=span_of_month(Month(2026, 11), ZONE),
        chosen=chosen,
        now=world.clock.now(),
    )


async def sessions(world: World, reader: Person, day: date, **more: Any) -> list[SessionLine]:
    asked = {"chosen": ALL, "limit": 50, **more}
    return await views(world).list_day(
        center_id=world.center_id, reader_id=reader.id, span=span_of_day(day, ZONE), now=world.clock.now(), **asked
    )


class TestMonth:
    async def test_counts_open_free_and_own_sessions_of_each_day(self, cast: Cast) -> None:
        full = await cast.world.add_session(cast.taught, capacity=1, starts_in=timedelta(hours=25))
        await cast.world.book(cast.member, full)
        assert await days(cast.world, cast.member) == [CalendarDay(TOMORROW, 2, 1, 1)]
        assert await days(cast.world, cast.poor) == [CalendarDay(TOMORROW, 2, 1, 0)]

    async def test_keeps_the_days_of_past_bookings_but_not_of_other_past_sessions(self, cast: Cast) -> None:
        cast.world.clock.advance(timedelta(days=2))
        assert await days(cast.world, cast.owner) == [CalendarDay(TOMORROW, 0, 0, 1)]
        assert await days(cast.world, cast.member) == []

    async def test_leaves_out_cancelled_bookings_and_sessions(self, cast: Cast) -> None:
        await cast.world.cancel(cast.owner, cast.booking.id)
        for status in (SessionStatus.CANCELED, SessionStatus.MISSED, SessionStatus.FINISHED):
            await cast.world.add_session(cast.taught, starts_in=timedelta(days=3), status=status)
        assert await days(cast.world, cast.owner) == [CalendarDay(TOMORROW, 1, 1, 0)]

    async def test_narrows_by_class_and_by_branch(self, cast: Cast) -> None:
        zamalek = await cast.world.add_branch("Zamalek")
        yoga = await cast.world.add_class("Hatha Yoga")
        await cast.world.add_session(yoga, starts_in=timedelta(hours=1), branch=zamalek)
        only_yoga, only_zamalek = CalendarFilter(class_id=yoga.id), CalendarFilter(branch_id=zamalek.id)
        today = [CalendarDay(TODAY, 1, 1, 0)]
        assert await days(cast.world, cast.poor, only_yoga) == await days(cast.world, cast.poor, only_zamalek) == today
        assert await days(cast.world, cast.poor, CalendarFilter(yoga.id, cast.world.branch.id)) == []

    async def test_shows_nothing_of_another_center(self, cast: Cast) -> None:
        assert await days(cast.elsewhere, cast.outsider) == []
        assert await days(cast.elsewhere, cast.outsider, CalendarFilter(class_id=cast.taught.id)) == []


class TestDay:
    async def test_lists_full_sessions_and_ones_own(self, cast: Cast) -> None:
        full = await cast.world.add_session(cast.taught, capacity=1, starts_in=timedelta(hours=23))
        await cast.world.book(cast.member, full)
        first, second = await sessions(cast.world, cast.owner, TOMORROW)
        assert (first.session_id, first.seats_left, first.my_enrollment_id) == (full.id, 0, None)
        assert (second.session_id, second.my_enrollment_id) == (cast.session.id, cast.booking.id)

    async def test_is_the_local_one(self, cast: Cast) -> None:
        late = await cast.world.add_session(cast.taught, starts_in=timedelta(hours=13, minutes=59))
        early = await cast.world.add_session(cast.taught, starts_in=timedelta(hours=14))
        assert [line.session_id for line in await sessions(cast.world, cast.poor, TODAY)] == [late.id]
        assert (await sessions(cast.world, cast.poor, TOMORROW))[0].session_id == early.id

    async def test_comes_in_pages(self, cast: Cast) -> None:
        for _ in range(4):
            await cast.world.add_session(cast.taught)
        pages = [await sessions(cast.world, cast.poor, TOMORROW, limit=2, offset=offset) for offset in (0, 2, 4)]
        assert [line for page in pages for line in page] == await sessions(cast.world, cast.poor, TOMORROW)


class TestFrame:
    async def test_reaches_to_the_last_session(self, cast: Cast) -> None:
        last = await cast.world.add_session(cast.taught, starts_in=timedelta(days=40))
        frame = await views(cast.world).find_frame(center_id=cast.world.center_id, chosen=ALL)
        assert (frame.last_starts_at, frame.branch_count) == (last.starts_at, 1)

    async def test_names_the_filter_but_nothing_of_another_center(self, cast: Cast) -> None:
        chosen = CalendarFilter(cast.taught.id, cast.world.branch.id)
        ours, theirs = [
            await views(world).find_frame(center_id=world.center_id, chosen=chosen)
            for world in (cast.world, cast.elsewhere)
        ]
        assert (ours.class_title, ours.branch_name) == ("Ballet I", "Maadi")
        assert (theirs.class_title, theirs.branch_name, theirs.last_starts_at) == (None, None, None)
        unknown = CalendarFilter(class_id=ClassId(new_id()))
        assert (await views(cast.world).find_frame(center_id=cast.world.center_id, chosen=unknown)).class_title is None

    async def test_offers_classes_with_sessions_to_come_and_every_branch(self, cast: Cast) -> None:
        await cast.world.add_class("Retired Class")
        await cast.world.add_branch("Zamalek")
        center_id, now = cast.world.center_id, cast.world.clock.now()
        classes = await views(cast.world).list_classes(center_id=center_id, now=now, limit=9)
        assert [choice.id for choice in classes] == [cast.taught.id]
        branches = await views(cast.world).list_branches(center_id=center_id, limit=9)
        assert [choice.name for choice in branches] == ["Maadi", "Zamalek"]


class TestFeedAddress:
    async def test_is_made_once_and_long(self, cast: Cast) -> None:
        open_feed = OpenCalendarFeed(unit_of_work_factory(cast.world.database), cast.world.clock)
        secret = await open_feed(actor=cast.owner.actor)
        assert is_secret(secret)
        assert await open_feed(actor=cast.owner.actor) == secret
        assert await open_feed(actor=cast.member.actor) != secret

    async def test_is_renewed_once_by_two_presses_of_one_button(self, cast: Cast) -> None:
        units = unit_of_work_factory(cast.world.database)
        old = await OpenCalendarFeed(units, cast.world.clock)(actor=cast.owner.actor)
        renew = RenewCalendarFeed(units, cast.world.clock)
        first = await renew(actor=cast.owner.actor, fingerprint=fingerprint_of(old))
        assert first != old
        assert await renew(actor=cast.owner.actor, fingerprint=fingerprint_of(old)) == first
        center_id = cast.world.center_id
        assert await views(cast.world).find_feed_owner(center_id=center_id, secret=old) is None
        found = await views(cast.world).find_feed_owner(center_id=center_id, secret=first)
        assert found is not None
        assert found.person_id == cast.owner.id

    async def test_is_for_students_alone(self, cast: Cast) -> None:
        units = unit_of_work_factory(cast.world.database)
        for person in (cast.staff, cast.admin, cast.blocked, cast.unjoined):
            with pytest.raises(NotPermittedError):
                await OpenCalendarFeed(units, cast.world.clock)(actor=person.actor)
            with pytest.raises(NotPermittedError):
                await RenewCalendarFeed(units, cast.world.clock)(actor=person.actor, fingerprint=bytes(8))
        with pytest.raises(NotFoundError):
            await RenewCalendarFeed(units, cast.world.clock)(actor=cast.owner.actor, fingerprint=bytes(8))

    @pytest.mark.parametrize("column", ["blocked_at", "erased_at"])
    async def test_is_nobodys_once_its_owner_is_blocked_or_erased(self, cast: Cast, column: str) -> None:
        secret = await OpenCalendarFeed(unit_of_work_factory(cast.world.database), cast.world.clock)(actor=cast.owner.actor)
        await cast.world.database.execute(f"UPDATE people SET {column} = created_at WHERE id = '{sql_id(cast.owner.id)}'")
        for world in (cast.world, cast.elsewhere):
            assert await views(world).find_feed_owner(center_id=world.center_id, secret=secret) is None


class TestEntries:
    async def test_are_ones_own_live_and_lately_cancelled_bookings(self, cast: Cast) -> None:
        cancelled = await cast.world.book(
            cast.owner, await cast.world.add_session(cast.taught, starts_in=timedelta(days=5))
        )
        await cast.world.cancel(cast.owner, cancelled.id)
        since = cast.world.clock.now()
        assert await listed(cast.world, cast.owner, since) == {cast.booking.id: False, cancelled.id: True}
        assert await listed(cast.world, cast.owner, since + timedelta(seconds=1)) == {cast.booking.id: False}
        assert await listed(cast.world, cast.owner, since + timedelta(days=2)) == {}
        assert await listed(cast.world, cast.member, since) == {}

    async def test_count_the_changes_of_their_session(self, cast: Cast) -> None:
        await cast.world.database.execute(
            "INSERT INTO audit_log (id, center_id, at, operation, object_type, object_id) "
            f"SELECT '{sql_id(new_id())}', center_id, created_at, 'edit_session', 'session', id FROM sessions "
            f"WHERE id = '{sql_id(cast.session.id)}'"
        )
        entry = await views(cast.world).find_entry(
            center_id=cast.world.center_id, student_id=cast.owner.id, enrollment_id=cast.booking.id
        )
        assert entry is not None
        assert entry.change_count == 1

    async def test_of_another_person_or_center_do_not_exist(self, cast: Cast) -> None:
        for center_id, reader in ((cast.world.center_id, cast.member), (cast.elsewhere.center_id, cast.owner)):
            found = await views(cast.world).find_entry(
                center_id=center_id, student_id=reader.id, enrollment_id=cast.booking.id
            )
            assert found is None


async def listed(world: World, owner: Person, since: Any) -> dict[Any, bool]:
    entries = await views(world).list_entries(center_id=world.center_id, student_id=owner.id, since=since)
    return {entry.enrollment_id: entry.is_off for entry in entries}
