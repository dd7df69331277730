from datetime import date, time

import pytest

from domain.errors import InvalidInputError
from domain.sessions.input import REASON_LENGTH, clean_reason, read_day, read_seats, read_time

TODAY = date(2026, 11, 23)


class TestTime:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("18:00", time(18)),
            ("١٨:٣٠", time(18, 30)),
            (" 7.15 ", time(7, 15)),
            ("6 pm", time(18)),
            ("6:30PM", time(18, 30)),
            ("12am", time(0)),
            ("٦ م", time(18)),
            ("9", time(9)),
        ],
    )
    def test_is_read_generously(self, typed: str, read: time) -> None:
        assert read_time(typed) == read

    @pytest.mark.parametrize("typed", ["", "25:00", "18:61", "13 pm", "0 am", "soon", "18:0", "1800", "-1"])
    def test_that_is_none_is_refused(self, typed: str) -> None:
        with pytest.raises(InvalidInputError, match="not_a_time"):
            read_time(typed)


class TestDay:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("2026-12-01", date(2026, 12, 1)),
            ("1/12", date(2026, 12, 1)),
            ("١/١٢", date(2026, 12, 1)),
            ("1-12-2027", date(2027, 12, 1)),
            ("23.11", TODAY),
            ("22/11", date(2027, 11, 22)),  # the next one
        ],
    )
    def test_is_read_generously(self, typed: str, read: date) -> None:
        assert read_day(typed, today=TODAY) == read

    @pytest.mark.parametrize("typed", ["", "31/2", "32/1", "1/13", "Tuesday", "2026-02-30", "1/12/26"])
    def test_that_is_none_is_refused(self, typed: str) -> None:
        with pytest.raises(InvalidInputError, match="not_a_day"):
            read_day(typed, today=TODAY)

    def test_of_a_leap_year_waits_for_one_that_has_it(self) -> None:
        assert read_day("29/2", today=date(2027, 3, 1)) == date(2028, 2, 29)


class TestSeats:
    def test_are_a_number_above_zero(self) -> None:
        assert [read_seats(typed) for typed in ("12", "٣", " 1000 ")] == [12, 3, 1000]

    @pytest.mark.parametrize("typed", ["", "0", "-3", "1.5", "many", "1001", "9" * 400])
    def test_that_are_none_are_refused(self, typed: str) -> None:
        with pytest.raises(InvalidInputError):
            read_seats(typed)


class TestReason:
    def test_is_one_line(self) -> None:
        assert clean_reason("  The  teacher\nis ill\u202e ") == "The teacher is ill"

    @pytest.mark.parametrize("typed", ["", " \n", "\u202e", "...", "x" * (REASON_LENGTH + 1)])
    def test_that_says_nothing_or_too_much_is_refused(self, typed: str) -> None:
        with pytest.raises(InvalidInputError):
            clean_reason(typed)
