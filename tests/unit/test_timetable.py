from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.sessions.model import SessionTimes
from domain.sessions.timetable import occurrences, session_times

CAIRO = ZoneInfo("Africa/Cairo")
MONDAY = date(2026, 1, 5)


def weekly(
    recurrence: str, first: date, last: date, *, at: time = time(18), skip: tuple[date, ...] = ()
) -> list[SessionTimes]:
    return list(
        occurrences(
            recurrence=recurrence,
            local_time=at,
            duration_minutes=60,
            zone=CAIRO,
            first=first,
            last=last,
            starts_on=MONDAY,
            exceptions=skip,
        )
    )


class TestSummerTime:
    """Egypt changes its clocks at midnight: forward on the last Friday of April, back on the last Thursday of October."""

    @pytest.mark.parametrize(
        ("before", "after", "hours"),
        [(date(2026, 4, 20), date(2026, 4, 27), (16, 15)), (date(2026, 10, 26), date(2026, 11, 2), (15, 16))],
    )
    def test_leaves_six_in_the_evening_at_six(self, before: date, after: date, hours: tuple[int, int]) -> None:
        sessions = weekly("FREQ=WEEKLY;BYDAY=MO", before, after)
        assert [session.local_date for session in sessions] == [before, after]
        assert [session.starts_at.astimezone(CAIRO).time() for session in sessions] == [time(18), time(18)]
        assert tuple(session.starts_at.hour for session in sessions) == hours

    def test_moves_a_class_in_the_hour_that_is_skipped_to_what_an_unchanged_clock_would_show(self) -> None:
        times = session_times(date(2026, 4, 24), time(0, 30), duration_minutes=60, zone=CAIRO)
        assert times.starts_at == datetime(2026, 4, 23, 22, 30, tzinfo=UTC)
        assert times.starts_at.astimezone(CAIRO).time() == time(1, 30)
        assert (times.local_date, times.local_time) == (date(2026, 4, 24), time(0, 30))

    def test_holds_a_class_in_the_hour_that_comes_twice_once_and_at_the_first(self) -> None:
        (session,) = weekly("FREQ=WEEKLY;BYDAY=TH", date(2026, 10, 29), date(2026, 10, 30), at=time(23, 30))
        assert session.starts_at == datetime(2026, 10, 29, 20, 30, tzinfo=UTC)

    @pytest.mark.parametrize("day", [date(2026, 4, 23), date(2026, 10, 29), date(2026, 6, 1)])
    def test_does_not_change_how_long_a_class_is(self, day: date) -> None:
        times = session_times(day, time(23, 15), duration_minutes=120, zone=CAIRO)
        assert times.ends_at - times.starts_at == timedelta(hours=2)

    def test_neither_loses_nor_doubles_a_day(self) -> None:
        for first in (date(2026, 4, 20), date(2026, 10, 26)):
            for at in (time(0), time(0, 30), time(23, 30)):
                days = [session.local_date for session in weekly("FREQ=DAILY", first, first + timedelta(days=7), at=at)]
                assert days == [first + timedelta(days=number) for number in range(8)]


class TestRecurrence:
    def test_includes_both_ends(self) -> None:
        days = [each.local_date.day for each in weekly("FREQ=WEEKLY;BYDAY=MO,WE", date(2026, 1, 7), date(2026, 1, 14))]
        assert days == [7, 12, 14]

    def test_leaves_out_exceptions(self) -> None:
        sessions = weekly("FREQ=WEEKLY;BYDAY=MO", MONDAY, date(2026, 1, 19), skip=(date(2026, 1, 12),))
        assert [each.local_date.day for each in sessions] == [5, 19]

    def test_has_nothing_before_the_rule_begins(self) -> None:
        assert weekly("FREQ=WEEKLY;BYDAY=MO", date(2025, 12, 1), date(2026, 1, 4)) == []

    def test_counts_every_other_week_from_the_beginning_of_the_rule(self) -> None:
        sessions = weekly("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2026, 1, 6), date(2026, 2, 3))
        assert [each.local_date for each in sessions] == [date(2026, 1, 19), date(2026, 2, 2)]

    def test_is_the_same_whatever_part_of_it_is_asked_for(self) -> None:
        whole = weekly("FREQ=WEEKLY;BYDAY=TU,FR", MONDAY, date(2026, 12, 31))
        halves = weekly("FREQ=WEEKLY;BYDAY=TU,FR", MONDAY, date(2026, 4, 24))
        halves += weekly("FREQ=WEEKLY;BYDAY=TU,FR", date(2026, 4, 25), date(2026, 12, 31))
        assert halves == whole
