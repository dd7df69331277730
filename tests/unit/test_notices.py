"""When things are told: quiet hours, the evening of the digest, across changes of summer time too."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.finance.day_report import Attendance, local_day
from domain.notifications.digest import due_digest
from domain.notifications.kinds import MANNERS, NotificationKind
from domain.notifications.ports import NoticeSettings
from domain.notifications.quiet import QuietHours
from handlers.notifications import COMPOSERS

CAIRO = ZoneInfo("Africa/Cairo")
QUIET = QuietHours(22 * 60, 8 * 60, CAIRO)


def cairo(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CAIRO).astimezone(UTC)


def settings(made_for: date | None) -> NoticeSettings:
    return NoticeSettings(QUIET, 1440, 120, 21 * 60, made_for)


class TestQuietHours:
    @pytest.mark.parametrize(
        ("at", "sent_at"),
        [
            (cairo(23, 21, 59), cairo(23, 21, 59)),
            (cairo(23, 22), cairo(24, 8)),
            (cairo(24, 3), cairo(24, 8)),
            (cairo(24, 8), cairo(24, 8)),
        ],
    )
    def test_hold_what_can_wait_until_the_morning(self, at: datetime, sent_at: datetime) -> None:
        assert QUIET.end_after(at) == sent_at

    def test_are_none_where_they_begin_and_end_together(self) -> None:
        assert not QuietHours(0, 0, CAIRO).are_at(cairo(24, 0))

    def test_end_by_the_wall_in_the_night_when_clocks_change(self) -> None:
        assert QUIET.end_after(cairo(23, 23, month=4)) == cairo(24, 8, month=4)  # 24 April 2026 begins at 01:00
        assert QUIET.end_after(cairo(29, 23, month=10)) == cairo(30, 8, month=10)


class TestDigest:
    @pytest.mark.parametrize(
        ("now", "made_for", "due"),
        [
            (cairo(23, 20, 59), None, None),
            (cairo(23, 21), None, date(2026, 11, 23)),
            (cairo(23, 21), date(2026, 11, 23), None),
            (cairo(24, 9), date(2026, 11, 22), date(2026, 11, 23)),  # nothing ran in the evening
            (cairo(24, 9), date(2026, 11, 23), None),
        ],
    )
    def test_is_due_once_for_each_evening(self, now: datetime, made_for: date | None, due: date | None) -> None:
        assert due_digest(settings(made_for), now=now) == due


class TestDays:
    @pytest.mark.parametrize(("day", "hours"), [((4, 24), 23), ((10, 29), 25), ((11, 25), 24)])
    def test_are_as_long_as_on_the_wall(self, day: tuple[int, int], hours: int) -> None:
        period = local_day(date(2026, *day), CAIRO)
        assert (period.end - period.start).total_seconds() == hours * 3600


def test_share_of_charged_no_shows_is_none_where_nobody_was_absent() -> None:
    assert Attendance().protected_percent is None
    assert Attendance(no_shows=4, charged_no_shows=3).protected_percent == 75


def test_every_kind_has_its_manner_and_its_text() -> None:
    assert set(MANNERS) == set(NotificationKind)
    assert {kind.value for kind in NotificationKind} <= set(COMPOSERS)
