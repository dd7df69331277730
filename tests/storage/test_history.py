from dataclasses import dataclass
from datetime import timedelta

import pytest

from domain.enrollments.history import (
    BookedClass,
    HistoryChoice,
    HistoryCursor,
    HistoryPage,
    HistorySort,
    HistoryViews,
    Outcome,
)
from storage.queries.history import StoredHistoryViews
from tests.factories import Person, Scheduled, Taught, World, sql_id

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Past:
    """A student who attended, missed and cancelled classes, the first one booked last, a day between any two."""

    world: World
    student: Person
    ballet: Taught
    maths: Taught
    sessions: tuple[Scheduled, ...]

    async def page(
        self,
        choice: HistoryChoice,
        *,
        student: Person | None = None,
        words: str | None = None,
        limit: int = 8,
        after: HistoryCursor | None = None,
        views: HistoryViews | None = None,
    ) -> HistoryPage:
        """Read a page of the student's own bookings, or of somebody else's."""
        return await (views or StoredHistoryViews(self.world.database)).list_past(
            center_id=self.world.center_id,
            student_id=(student or self.student).id,
            now=self.world.clock.now(),
            choice=choice,
            words=words,
            limit=limit,
            after=after,
        )

    async def pages(self, choice: HistoryChoice, *, limit: int, views: HistoryViews | None = None) -> list[list[str]]:
        """Turn all the pages."""
        page = await self.page(choice, limit=limit, views=views)
        found = [[str(line.outcome) for line in page.lines]]
        while page.after is not None:
            page = await self.page(choice, limit=limit, after=page.after, views=views)
            found.append([str(line.outcome) for line in page.lines])
        return found


@pytest.fixture
async def past(world: World) -> Past:
    ballet, maths = await world.add_class(), await world.add_class("رياضيات ثالثة ثانوي")
    student = await world.add_student(money_minor=100_000)
    sessions = [
        await world.add_session(taught, starts_in=place * DAY)
        for place, taught in enumerate((ballet, ballet, maths, maths, ballet), start=1)
    ]
    booked = []
    for session in reversed(sessions):
        world.clock.advance(timedelta(minutes=1))
        booked.append(await world.book(student, session))
    ahead, over, missed, cancelled, attended = (each.id for each in booked)  # from the last day to the first
    await world.cancel(student, cancelled)
    at = "'2026-11-24T09:00:00.000000Z'"
    await world.database.execute(f"UPDATE enrollments SET attended_at = {at} WHERE id = '{sql_id(attended)}'")
    await world.database.execute(f"UPDATE enrollments SET status = 'NO_SHOW' WHERE id = '{sql_id(missed)}'")
    assert ahead != over
    world.clock.advance(4 * DAY + timedelta(hours=2))
    return Past(world, student, ballet, maths, tuple(sessions))


class TestPastBookings:
    async def test_stand_newest_class_first_without_what_is_ahead(self, past: Past) -> None:
        page = await past.page(HistoryChoice())
        assert [line.outcome for line in page.lines] == [
            Outcome.OVER,
            Outcome.MISSED,
            Outcome.CANCELLED,
            Outcome.ATTENDED,
        ]
        assert [line.starts_at for line in page.lines] == [session.starts_at for session in past.sessions[3::-1]]
        assert (page.after, page.is_cut) == (None, False)

    async def test_stand_in_the_order_of_booking(self, past: Past) -> None:
        page = await past.page(HistoryChoice(sort=HistorySort.BOOKING_DATE))
        assert [line.starts_at for line in page.lines] == [session.starts_at for session in past.sessions[:4]]

    @pytest.mark.parametrize("limit", [1, 2, 3])
    async def test_stand_by_status_on_every_page(self, past: Past, limit: int) -> None:
        pages = await past.pages(HistoryChoice(sort=HistorySort.STATUS), limit=limit)
        assert [outcome for page in pages for outcome in page] == ["ATTENDED", "OVER", "MISSED", "CANCELLED"]

    @pytest.mark.parametrize("sort", list(HistorySort))
    async def test_are_each_on_one_page(self, past: Past, sort: HistorySort) -> None:
        pages = await past.pages(HistoryChoice(sort=sort), limit=3)
        assert sorted(map(len, pages)) == [1, 3]
        assert len({outcome for page in pages for outcome in page}) == 4

    @pytest.mark.parametrize("outcome", list(Outcome))
    async def test_can_be_of_one_outcome(self, past: Past, outcome: Outcome) -> None:
        page = await past.page(HistoryChoice(outcome=outcome))
        assert [line.outcome for line in page.lines] == [outcome]

    async def test_can_be_of_one_class(self, past: Past) -> None:
        page = await past.page(HistoryChoice(class_id=past.ballet.id))
        assert {line.class_title for line in page.lines} == {"Ballet I"}
        assert len(page.lines) == 2

    @pytest.mark.parametrize(
        ("words", "found"), [("BALLET", 2), ("ثالثه ثانوى", 2), ("salma", 4), ("dance رياضيات", 2), ("yoga", 0), ("%", 0)]
    )
    async def test_are_found_by_class_subject_and_teacher(self, past: Past, words: str, found: int) -> None:
        assert len((await past.page(HistoryChoice(is_search=True), words=words)).lines) == found

    async def test_of_others_do_not_exist(self, past: Past) -> None:
        stranger = await past.world.add_student("Nour Hassan")
        assert (await past.page(HistoryChoice(), student=stranger)).lines == ()

    async def test_name_their_classes(self, past: Past) -> None:
        views = StoredHistoryViews(past.world.database)
        classes = await views.list_classes(center_id=past.world.center_id, student_id=past.student.id)
        assert sorted(classes, key=lambda each: each.title) == [
            BookedClass(past.ballet.id, "Ballet I"),
            BookedClass(past.maths.id, "رياضيات ثالثة ثانوي"),
        ]


class TestLongHistory:
    async def test_by_booking_date_reaches_everything(self, past: Past) -> None:
        views = StoredHistoryViews(past.world.database, looked_through=2)
        choice = HistoryChoice(outcome=Outcome.OVER, sort=HistorySort.BOOKING_DATE)
        assert await past.pages(choice, limit=8, views=views) == [[], ["OVER"], []]

    @pytest.mark.parametrize("sort", [HistorySort.CLASS_DATE, HistorySort.STATUS])
    async def test_in_another_order_says_that_it_is_cut(self, past: Past, sort: HistorySort) -> None:
        views = StoredHistoryViews(past.world.database, looked_through=2)
        page = await past.page(HistoryChoice(sort=sort), views=views)
        assert {line.outcome for line in page.lines} == {Outcome.ATTENDED, Outcome.CANCELLED}
        assert (page.after, page.is_cut) == (None, True)
