"""What people read that nobody has tapped for: reminders, cancellations by the center, at the moment they are due."""

from datetime import timedelta
from uuid import UUID

from domain.ids import EnrollmentId, new_id
from domain.notifications.model import AlertKind
from domain.writes.messages import ParkEvent, RaiseAlert
from domain.writes.record import AddEvent
from handlers.buttons.alerts import ListAlerts
from handlers.callback_data import encode
from tests.conversations.phone import Person
from tests.conversations.studio import Studio
from tests.factories import sql_id


async def happen(studio: Studio, kind: str, subject_id: UUID) -> None:
    """Let an event be recorded by somebody else."""
    world = studio.world
    await world.database.apply([AddEvent(new_id(), world.center_id, kind, subject_id, None, world.clock.now())])


async def cancel_by_center(studio: Studio, enrollment_id: EnrollmentId) -> None:
    at = studio.world.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    await studio.database.execute(
        f"UPDATE enrollments SET status = 'CANCELLED', cancelled_at = '{at}', made_good = 'CREDIT', made_good_minor = 0 "
        f"WHERE id = '{sql_id(enrollment_id)}'"
    )
    await happen(studio, "enrollment.cancelled", enrollment_id)


class TestReminders:
    async def test_come_when_the_clock_says_so(self, studio: Studio, mona: Person) -> None:
        await mona.starts()
        session = await studio.world.add_session(studio.cast.taught, starts_in=timedelta(days=2))
        await studio.world.book(studio.cast.owner, session)
        studio.clock.advance(timedelta(days=1, minutes=1))
        await mona.reads("⏰ Tomorrow 10:00: Ballet I", "Maadi", "Free to cancel until Wed 25 Nov 08:00")
        studio.clock.advance(timedelta(hours=22))
        await mona.reads("⏰ Today 10:00: Ballet I")
        await mona.taps("See the booking")
        await mona.reads("✅ Booked", "Ballet I")

    async def test_are_not_for_who_booked_later(self, studio: Studio, mona: Person, omar: Person) -> None:
        await omar.starts()
        studio.clock.advance(timedelta(hours=1))
        await omar.taps("Ballet I")
        await omar.taps("Book for")
        await omar.reads("✅ Booked")
        studio.clock.advance(timedelta(hours=21, minutes=10))
        await omar.reads("⏰ Today 10:00")
        assert "⏰ Tomorrow" not in str(await omar.view())


class TestCancelledByTheCenter:
    async def test_says_what_came_back(self, studio: Studio, mona: Person) -> None:
        await mona.starts()
        await cancel_by_center(studio, studio.cast.booking.id)
        await mona.reads("❌ Your booking was cancelled by the studio: Ballet I", "1 credit goes back")

    async def test_own_cancellation_sends_no_message(self, studio: Studio, mona: Person) -> None:
        await mona.says("/bookings")
        await mona.taps("Ballet I")
        await mona.taps("Cancel this booking")
        await mona.taps("Yes, cancel it")
        await happen(studio, "enrollment.cancelled", studio.cast.booking.id)
        await happen(studio, "people.merged", studio.cast.owner.id)  # arrives after whatever came before it
        await mona.reads("knows you by one profile")
        assert "cancelled by the studio" not in str(await mona.view())


class TestTheTeam:
    async def test_is_told_who_comes_and_warned_when_nobody_opens(self, studio: Studio) -> None:
        hana = studio.phone("hana")
        await hana.starts()
        studio.clock.advance(timedelta(hours=22, minutes=1))
        await hana.reads("👥 Today 10:00: Ballet I", "Seats taken: 1 of 12", "• Mona Adel")
        studio.clock.advance(timedelta(hours=2))
        await hana.reads("Nobody has opened check-in: Ballet I", "has begun")
        studio.clock.advance(timedelta(hours=1))
        await hana.reads("Nobody has opened check-in: Ballet I", "has ended")

    async def test_switches_its_messages_off(self, studio: Studio) -> None:
        hana = studio.phone("hana")
        await hana.starts()
        await hana.taps("My messages")
        await hana.taps("switch off")
        await hana.reads("🔕 Who comes, and check-in that is not opened: no")
        studio.clock.advance(timedelta(hours=24, minutes=1))
        await happen(studio, "people.merged", studio.cast.staff.id)
        await hana.reads("knows you by one profile")
        assert "👥" not in str(await hana.view())


class TestAdmins:
    async def test_read_the_day_in_one_message(self, studio: Studio) -> None:
        tarek = studio.phone("tarek")
        await tarek.starts()
        studio.clock.advance(timedelta(hours=11, minutes=1))
        await tarek.wait_until(lambda view: "Collected" in str(view), what="the digest")
        (call,) = studio.calls("sendPhoto")
        assert "Nile Studio" in str(call["caption"])

    async def test_see_to_alerts(self, studio: Studio) -> None:
        tarek, world = studio.phone("tarek"), studio.world
        event = AddEvent(new_id(), world.center_id, "test.happened", new_id(), None, world.clock.now())
        alert = RaiseAlert(new_id(), world.center_id, AlertKind.EVENT_PARKED, event.id, {"error": "x"}, world.clock.now())
        await world.database.apply([event, ParkEvent(event.id, "x", world.clock.now()), alert])
        await tarek.starts()
        await tarek.taps("⚠️ 1 alert")
        await tarek.taps("failed again")
        await tarek.reads("Please look at this", "error: x")
        await tarek.taps("Try again")
        await tarek.reads("Nothing needs your attention")

    async def test_alone_see_alerts(self, studio: Studio, mona: Person) -> None:
        tarek = studio.phone("tarek")
        await tarek.starts()
        await studio.phone("hana").starts()
        await studio.phone("hana").forges(encode(ListAlerts()))
        await studio.phone("hana").reads("You are here as")
        await mona.starts()
        await mona.forges(encode(ListAlerts()))
        await mona.reads("Which class")
