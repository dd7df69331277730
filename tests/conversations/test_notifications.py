"""What people read that nobody has tapped for: reminders, cancellations by the center, at the moment they are due."""

from datetime import timedelta
from uuid import UUID

from domain.ids import EnrollmentId, new_id
from domain.writes.record import AddEvent
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
