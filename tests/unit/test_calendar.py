from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from domain.ids import BranchId, ClassId, SessionId
from domain.sessions.calendar import CalendarFilter, Month, local_day, span_of_day, span_of_month
from domain.sessions.calendar_views import CalendarDay, ClassChoice
from handlers import callback_data as cd
from handlers.callback_lists import CalendarSide, FeedStep
from handlers.i18n import Translator
from handlers.screens import Style
from handlers.student.calendar_view import MonthPage, choice_screen, month_screen
from handlers.student.calendar_words import first_weekday, weekday_letters
from tests.conversations.phone import as_read

CAIRO = ZoneInfo("Africa/Cairo")
NOVEMBER = Month(2026, 11)
ALL = CalendarFilter()
ONE = CalendarFilter(ClassId(UUID(int=1)), BranchId(UUID(int=2)))
SATURDAY = 5


class TestMonths:
    def test_turn_over_the_year(self) -> None:
        assert Month(2026, 12).later() == Month(2027, 1)
        assert Month(2026, 1).later(-1) == Month(2025, 12)
        assert Month(2026, 11) < Month(2027, 1)

    def test_are_rows_of_seven_days_from_the_weeks_first(self) -> None:
        weeks = list(NOVEMBER.weeks(first_weekday=SATURDAY))
        assert [week[0] for week in weeks] == [None, *(date(2026, 11, day) for day in (7, 14, 21, 28))]
        assert weeks[-1] == (*(date(2026, 11, day) for day in (28, 29, 30)), None, None, None, None)

    @pytest.mark.parametrize("weekday", range(7))
    def test_show_each_day_once_whatever_the_week_begins_with(self, weekday: int) -> None:
        for number in range(48):
            month = Month(2026, 1).later(number)
            days = [day for week in month.weeks(first_weekday=weekday) for day in week if day is not None]
            assert days == [month.first_day + timedelta(days=place) for place in range(len(days))]
            assert Month.of(days[-1] + timedelta(days=1)) == month.later()


class TestDays:
    @pytest.mark.parametrize(("day", "hours"), [(date(2026, 4, 23), 24), (date(2026, 4, 24), 23), (date(2026, 10, 29), 25)])
    def test_have_23_or_25_hours_when_clocks_change(self, day: date, hours: int) -> None:
        span = span_of_day(day, CAIRO)
        assert span.until - span.since == timedelta(hours=hours)
        assert local_day(span.since, CAIRO) == local_day(span.until - timedelta(microseconds=1), CAIRO) == day

    def test_of_a_month_follow_one_another_without_a_gap(self) -> None:
        april, may = span_of_month(Month(2026, 4), CAIRO), span_of_month(Month(2026, 5), CAIRO)
        assert april.until == may.since == datetime(2026, 4, 30, 21, tzinfo=UTC)


class TestWeeks:
    def test_begin_where_the_center_is(self) -> None:
        assert first_weekday(CAIRO) == SATURDAY
        assert first_weekday(ZoneInfo("Europe/Berlin")) == 0
        assert first_weekday(ZoneInfo("America/New_York")) == 6

    def test_are_named_in_at_most_two_letters(self) -> None:
        for language in ("en", "ar"):
            letters = [weekday_letters(Translator(language, CAIRO), weekday) for weekday in range(7)]
            assert all(len(each) <= 2 for each in letters)
            assert len(set(letters)) == 7


class TestButtons:
    @pytest.mark.parametrize(
        "data",
        [
            cd.OpenMonth(None, ALL),
            cd.OpenMonth(NOVEMBER, ONE),
            cd.OpenDay(date(2026, 11, 24), ONE, 255),
            cd.OpenCalendarChoice(NOVEMBER, ONE, CalendarSide.BRANCH, 3),
            cd.OpenCalendarSession(SessionId(UUID(int=9)), by_class=True, by_branch=False),
            cd.OpenFeed(FeedStep.RENEW, bytes(range(8))),
            cd.NameWeekday(6),
        ],
    )
    def test_carry_month_and_filter_within_64_bytes(self, data: cd.CallbackData) -> None:
        text = cd.encode(data)
        assert len(text) <= 64
        assert cd.decode(text) == data


def page(*days: CalendarDay) -> MonthPage:
    return MonthPage(
        month=NOVEMBER,
        days={day.day: day for day in days},
        today=date(2026, 11, 23),
        first_weekday=SATURDAY,
        chosen=ONE,
        class_title="Ballet I",
        branch_name=None,
        has_branches=True,
        has_earlier=False,
        has_later=True,
    )


def labels(language: str, *days: CalendarDay) -> list[list[str]]:
    screen = month_screen(Translator(language, CAIRO), page(*days))
    return [[as_read(button.label).replace("\u2060", "") for button in row] for row in screen.rows]


class TestGrid:
    def test_marks_free_full_and_own_days(self) -> None:
        days = (
            CalendarDay(date(2026, 11, 24), 2, 1, 0),
            CalendarDay(date(2026, 11, 25), 1, 0, 0),
            CalendarDay(date(2026, 11, 26), 3, 2, 1),
        )
        assert labels("en", *days)[5] == ["21", "22", "23", "24•", "25◦", "26✓", "27"]

    def test_has_its_arrows_the_other_way_in_arabic(self) -> None:
        english, arabic = labels("en"), labels("ar")
        assert arabic[2:7] == english[2:7]
        assert arabic[0][2] == english[0][2].replace("▶️", "◀️")

    def test_stays_within_telegrams_limits(self) -> None:
        for months in range(24):
            shown = page()
            screen = month_screen(
                Translator("ar", CAIRO),
                MonthPage(**{name: getattr(shown, name) for name in shown.__slots__} | {"month": NOVEMBER.later(months)}),
            )
            assert sum(map(len, screen.rows)) <= 100
            assert max(map(len, screen.rows)) <= 8

    def test_keeps_the_filter_on_every_button_that_turns_or_opens(self) -> None:
        screen = month_screen(Translator("en", CAIRO), page())
        decoded = [cd.decode(button.data) for row in screen.rows for button in row]
        kept = {each.chosen for each in decoded if isinstance(each, cd.OpenMonth | cd.OpenDay | cd.OpenCalendarChoice)}
        assert kept == {ONE}

    def test_shows_today(self) -> None:
        screen = month_screen(Translator("en", CAIRO), page())
        assert [button.label for row in screen.rows for button in row if button.style is Style.PRIMARY] == ["23"]


class TestChoices:
    def test_change_one_side_of_the_filter_and_keep_the_other(self) -> None:
        screen = choice_screen(
            Translator("en", CAIRO),
            side=CalendarSide.CLASS,
            month=NOVEMBER,
            chosen=ONE,
            choices=[ClassChoice(ClassId(UUID(int=7)), "Hatha Yoga")],
            page=0,
            has_more=False,
        )
        everything, yoga = (cd.decode(row[0].data) for row in screen.rows[:2])
        assert everything == cd.OpenMonth(NOVEMBER, CalendarFilter(None, ONE.branch_id))
        assert yoga == cd.OpenMonth(NOVEMBER, CalendarFilter(ClassId(UUID(int=7)), ONE.branch_id))
