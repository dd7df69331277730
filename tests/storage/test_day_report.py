"""The day in figures, from the journal and the sessions."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from domain.finance.day_report import read_day
from domain.sessions.model import SessionStatus
from storage.queries.day_report import StoredDayReportViews
from tests.cast import Cast
from tests.factories import sql_id

CAIRO = ZoneInfo("Africa/Cairo")


class TestDayReport:
    async def test_tells_collected_from_earned(self, cast: Cast) -> None:
        world = cast.world
        strict = await world.add_session(cast.taught, starts_in=timedelta(hours=2), status=SessionStatus.CHECKING_IN)
        await world.book(cast.member, strict)  # captured at once
        report = await read_day(
            StoredDayReportViews(world.database), world.clock.now().date(), center_id=world.center_id, zone=CAIRO
        )
        assert report.totals.earned_wallet_minor == 8_000
        assert report.totals.earned_minor == 8_000
        assert report.totals.collected_cash_minor == 20_000 + 56_000 + 30_000 + 30_000
        assert (report.a_week_ago.collected_minor, len(report.course)) == (0, 8)

    async def test_counts_heads_and_charged_no_shows(self, cast: Cast) -> None:
        world = cast.world
        absent = await world.book(cast.member, cast.session)
        await world.database.execute(f"UPDATE enrollments SET status = 'NO_SHOW' WHERE id = '{sql_id(absent.id)}'")
        await world.database.execute(
            f"UPDATE enrollments SET attended_at = created_at WHERE id = '{sql_id(cast.booking.id)}'"
        )
        report = await read_day(
            StoredDayReportViews(world.database), cast.session.starts_at.date(), center_id=world.center_id, zone=CAIRO
        )
        seen = report.attendance
        assert (seen.sessions, seen.heads, seen.no_shows, seen.charged_no_shows) == (1, 1, 1, 0)

    async def test_of_another_center_is_empty(self, cast: Cast) -> None:
        report = await read_day(
            StoredDayReportViews(cast.world.database),
            cast.session.starts_at.date(),
            center_id=cast.elsewhere.center_id,
            zone=CAIRO,
        )
        assert (report.attendance.sessions, report.totals.earned_minor, list(report.cash)) == (0, 0, [])
