"""The calendar from its grid to a booked seat, the file of a booking, and the feed of all."""

from datetime import date, timedelta

from domain.enrollments.model import EnrollmentStatus
from domain.ids import ClassId, SessionId, new_id
from domain.sessions.calendar import CalendarFilter, Month
from handlers import callback_data as cd
from handlers.callback_lists import CalendarSide, FeedStep
from tests.conversations.phone import Person
from tests.conversations.studio import Studio

ALL = CalendarFilter()
FEED = cd.encode(cd.OpenFeed(FeedStep.OPEN, bytes(8)))
PUBLIC_URL = "https://classes.example.com"


class TestCalendar:
    async def test_leads_from_a_day_to_a_seat(self, studio: Studio, omar: Person) -> None:
        await omar.says("/calendar")
        await omar.reads("Calendar: November 2026", "Today is Mon 23 Nov.")
        await omar.taps("24•")
        await omar.reads("Tue 24 Nov", "10:00–11:00 Ballet I", "11 seats left")
        await omar.taps("10:00 · Ballet I · Maadi")
        await omar.taps("Book for EGP 80")
        await omar.reads("Booked: Ballet I")
        assert await studio.statuses_of(studio.cast.member) == [(EnrollmentStatus.LOCKED, "WALLET")]
        await omar.says("/calendar")
        assert any(label.startswith("24") and label.endswith("✓") for label in await omar.labels())

    async def test_of_a_full_day_still_leads_to_its_sessions(self, studio: Studio, omar: Person, nour: Person) -> None:
        full = await studio.world.add_session(studio.cast.taught, capacity=1, starts_in=timedelta(days=3))
        await studio.world.book(studio.cast.member, full)
        await nour.says("/calendar")
        await nour.taps("26◦")
        await nour.reads("Thu 26 Nov", "full")
        await nour.taps("🔴 10:00")
        await nour.reads("This class is full.")
        await nour.taps("Thu 26 Nov")
        await nour.reads("Thu 26 Nov", "Maadi")

    async def test_says_what_is_not_there(self, omar: Person) -> None:
        await omar.says("/calendar")
        assert (await omar.taps("25")).text == "No classes that day."
        assert (await omar.taps("22")).text == "That day is over."
        assert (await omar.taps("Mo")).text == "Monday"
        later = cd.encode(cd.OpenMonth(Month(2027, 3), ALL))
        assert (await omar.forges(later)).text == "No classes are planned after November 2026 yet."
        await omar.reads("Calendar: November 2026")

    async def test_keeps_its_filter_while_months_are_turned(self, studio: Studio, omar: Person) -> None:
        yoga = await studio.world.add_class("Hatha Yoga")
        await studio.world.add_session(yoga, starts_in=timedelta(days=12))
        await omar.says("/calendar")
        await omar.taps("Class: all")
        await omar.taps("Hatha Yoga")
        await omar.reads("Only Hatha Yoga", "no classes to book in this month")
        await omar.taps("▶️")
        await omar.reads("Calendar: December 2026", "Only Hatha Yoga")
        await omar.taps("5•")
        await omar.reads("Sat 5 Dec", "Only Hatha Yoga")
        await omar.taps("10:00 · Hatha Yoga")
        await omar.taps("Sat 5 Dec")
        await omar.reads("Sat 5 Dec", "Only Hatha Yoga")

    async def test_reads_from_the_right_in_arabic(self, studio: Studio) -> None:
        salma = studio.give_phone(await studio.world.add_student("Salma"), "salma")
        await salma.starts()
        await salma.says("/language")
        await salma.taps("العربية")
        await salma.says("/calendar")
        weekdays = (await salma.labels())[3:10]
        assert weekdays == ["ج", "خ", "ر", "ث", "ن", "ح", "س"]

    async def test_takes_no_harm_from_forged_taps(self, studio: Studio, omar: Person) -> None:
        kept = await studio.kept()
        nothing = CalendarFilter(class_id=ClassId(new_id()))
        for data in (
            cd.OpenMonth(Month(7000, 1), nothing),
            cd.OpenDay(date(2199, 1, 1), nothing, 255),
            cd.OpenCalendarChoice(None, nothing, CalendarSide.BRANCH, 255),
            cd.OpenCalendarSession(SessionId(new_id()), by_class=True, by_branch=True),
            cd.SendCalendarFile(studio.cast.booking.id),
            cd.OpenFeed(FeedStep.RENEW, bytes(8)),
            cd.NameWeekday(255),
        ):
            await omar.forges(cd.encode(data), message_id=(await omar.says("/start")).message_id)
        assert await studio.kept() == kept
        assert studio.calls("sendDocument") == []

    async def test_is_not_for_the_team(self, studio: Studio) -> None:
        hana = studio.phone("hana")
        await hana.starts()
        assert "out of date" in (await hana.forges(cd.encode(cd.OpenMonth(None, ALL)))).text


class TestFile:
    async def test_of_a_booking_is_sent_as_a_document(self, studio: Studio, mona: Person) -> None:
        await mona.says("/bookings")
        await mona.taps("Ballet I")
        await mona.taps("Add to calendar")
        await mona.wait_until(lambda view: "Open the file" in str(view), what="the file")
        assert len(studio.calls("sendDocument")) == 1

    async def test_of_a_cancelled_booking_is_not_sent_any_more(self, studio: Studio, mona: Person) -> None:
        await mona.says("/bookings")
        await mona.taps("Ballet I")
        old = await mona.key("Add to calendar")
        await studio.world.cancel(studio.cast.owner, studio.cast.booking.id)
        assert "out of date" in (await mona.presses(old)).text
        await mona.reads("Cancelled: Ballet I")
        assert studio.calls("sendDocument") == []


class TestFeed:
    async def test_does_not_exist_where_no_address_is_set(self, mona: Person) -> None:
        await mona.says("/bookings")
        assert not any("feed" in label for label in await mona.labels())
        assert "not available" in (await mona.forges(FEED)).text

    async def test_shows_its_address_and_renews_it_when_asked(self, closed_studio: Studio) -> None:
        settings = closed_studio.settings.model_copy(update={"public_url": PUBLIC_URL})
        mona = closed_studio.phone("mona")
        async with closed_studio.bot(settings=settings):
            await mona.says("/bookings")
            await mona.taps("My calendar feed")
            first = await mona.reads(f"{PUBLIC_URL}/calendar/")
            await mona.taps("Renew the address")
            renew = await mona.key("Yes, renew it")
            assert (await mona.presses(renew)).text == "The address is new ✅"
            second = await mona.reads(f"{PUBLIC_URL}/calendar/")
            assert second != first
            await mona.presses(renew)
            assert await mona.reads(f"{PUBLIC_URL}/calendar/") == second
