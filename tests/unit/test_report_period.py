from datetime import date, timedelta

import pytest

from domain.reports.period import EARLIEST_DAY, Named, ReportPeriod, Shape, name_of, named_period
from handlers.callback_reports import Chosen, pack_chosen, unpack_chosen
from tests.factories import ZONE

SATURDAY, MONDAY = 5, 0
TODAY = date(2026, 11, 25)  # a Wednesday


def period(first: str, last: str) -> ReportPeriod:
    return ReportPeriod(date.fromisoformat(first), date.fromisoformat(last))


class TestNames:
    @pytest.mark.parametrize(
        ("named", "first", "last"),
        [
            (Named.TODAY, "2026-11-25", "2026-11-25"),
            (Named.YESTERDAY, "2026-11-24", "2026-11-24"),
            (Named.THIS_WEEK, "2026-11-21", "2026-11-27"),
            (Named.LAST_WEEK, "2026-11-14", "2026-11-20"),
            (Named.THIS_MONTH, "2026-11-01", "2026-11-30"),
            (Named.LAST_MONTH, "2026-10-01", "2026-10-31"),
            (Named.THIS_YEAR, "2026-01-01", "2026-12-31"),
        ],
    )
    def test_are_whole_days_and_lead_back(self, named: Named, first: str, last: str) -> None:
        found = named_period(named, today=TODAY, first_weekday=SATURDAY)
        assert found == period(first, last)
        assert name_of(found, today=TODAY, first_weekday=SATURDAY) is named

    def test_week_begins_where_the_center_says(self) -> None:
        assert named_period(Named.THIS_WEEK, today=TODAY, first_weekday=MONDAY) == period("2026-11-23", "2026-11-29")


class TestSteps:
    @pytest.mark.parametrize(
        ("first", "last", "shape", "before_first", "before_last"),
        [
            ("2026-11-25", "2026-11-25", Shape.DAY, "2026-11-24", "2026-11-24"),
            ("2026-11-21", "2026-11-27", Shape.WEEK, "2026-11-14", "2026-11-20"),
            ("2026-03-01", "2026-03-31", Shape.MONTH, "2026-02-01", "2026-02-28"),
            ("2028-01-01", "2028-12-31", Shape.YEAR, "2027-01-01", "2027-12-31"),
            ("2026-11-05", "2026-11-14", Shape.DAYS, "2026-10-26", "2026-11-04"),
        ],
    )
    def test_before_is_of_the_same_kind(
        self, first: str, last: str, shape: Shape, before_first: str, before_last: str
    ) -> None:
        found = period(first, last)
        assert found.shape(first_weekday=SATURDAY) is shape
        before = found.before(first_weekday=SATURDAY)
        assert before == period(before_first, before_last)
        assert before is not None
        assert before.stepped(1, first_weekday=SATURDAY) == found

    def test_end_where_the_calendar_does(self) -> None:
        assert ReportPeriod(EARLIEST_DAY, EARLIEST_DAY).before(first_weekday=SATURDAY) is None

    def test_the_wrong_way_round_is_none(self) -> None:
        with pytest.raises(ValueError, match="is no period"):
            period("2026-11-25", "2026-11-24")

    def test_hours_of_a_day_follow_the_clocks(self) -> None:
        hours = {}
        for day in ("2026-04-24", "2026-10-29", "2026-11-25"):  # clocks go on, clocks go back, nothing
            span = period(day, day).span(ZONE)
            hours[day] = (span.until - span.since) // timedelta(hours=1)
        assert hours == {"2026-04-24": 23, "2026-10-29": 25, "2026-11-25": 24}


class TestButton:
    def test_comes_back_as_it_was(self) -> None:
        chosen = Chosen(None, period("2020-01-01", "2120-12-31"), least=12, page=255)
        assert unpack_chosen(pack_chosen(chosen)) == chosen

    @pytest.mark.parametrize("packed", ["ff0200001e001f", "00020000020001", "0002000000ffff"])
    def test_of_no_report_or_no_period_is_refused(self, packed: str) -> None:
        with pytest.raises(ValueError, match="no"):
            unpack_chosen(bytes.fromhex(packed))
