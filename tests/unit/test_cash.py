"""Pure decisions of the desk: amounts as people type them, searches, and a day's cash compared with its seats."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.errors import InvalidInputError
from domain.finance.amounts import parse_amount, parse_amount_or_zero
from domain.finance.cash_seats import takes_walk_ins
from domain.finance.cashbox import total_of
from domain.finance.denominations import DENOMINATIONS, denominations_of
from domain.finance.reconciliation import Match, SessionCash, reconcile
from domain.ids import SessionId, new_id
from domain.people.desk_views import people_search, phone_end
from domain.sessions.model import SessionStatus

NOON = datetime(2026, 11, 24, 10, tzinfo=UTC)
CAIRO = ZoneInfo("Africa/Cairo")


def session(status: SessionStatus, *, expected: int, taken: int) -> SessionCash:
    """A session of the day, with the cash of its seats."""
    return SessionCash(SessionId(new_id()), "Ballet I", NOON, status, 2, 2, 2, expected, taken)


class TestAmounts:
    @pytest.mark.parametrize(
        ("typed", "minor"),
        [
            ("80", 8_000),
            ("80.5", 8_050),
            ("80,5", 8_050),
            ("1,250.50", 125_050),
            ("1,250", 125_000),
            ("1 250", 125_000),
            ("٨٠٫٥", 8_050),
            ("EGP 80", 8_000),
            ("80 ج.م.", 8_000),
        ],
    )
    def test_are_read_as_people_write_them(self, typed: str, minor: int) -> None:
        assert parse_amount(typed, digits=2) == minor

    @pytest.mark.parametrize("typed", ["", "abc", "0", "-5", "1.234", "1-2", "..", "1e5", "2 tickets 80", "9" * 30])
    def test_that_are_none_are_refused(self, typed: str) -> None:
        with pytest.raises(InvalidInputError):
            parse_amount(typed, digits=2)

    def test_of_an_empty_drawer_are_zero(self) -> None:
        assert parse_amount_or_zero("0", digits=2) == 0

    def test_follow_the_currency(self) -> None:
        assert (parse_amount("1.250", digits=3), parse_amount("80", digits=0)) == (1_250, 80)


class TestSearches:
    def test_know_a_phone_by_its_digits(self) -> None:
        assert [people_search(typed).digits for typed in ("0100 123", "+20 100", "٠١٠٠١٢٣", "Mona", "01")] == [
            "100123",
            "20100",
            "100123",
            None,
            None,
        ]

    @pytest.mark.parametrize("typed", ["", " ", "%", "-", "x" * 65])
    def test_for_nothing_are_refused(self, typed: str) -> None:
        with pytest.raises(InvalidInputError):
            people_search(typed)

    def test_show_the_end_of_a_phone_alone(self) -> None:
        assert (phone_end("+201001234599"), phone_end(None)) == ("4599", None)


class TestReconciliation:
    @pytest.mark.parametrize(
        ("expected", "taken", "match"), [(160, 160, Match.MATCHED), (160, 170, Match.OVER), (160, 0, Match.UNDER)]
    )
    def test_compares_what_was_taken_with_what_was_expected(self, expected: int, taken: int, match: Match) -> None:
        found = reconcile([session(SessionStatus.FINISHED, expected=expected, taken=taken)])
        assert (found.match, found.discrepancy_minor) == (match, taken - expected)

    def test_counts_finished_sessions_alone(self) -> None:
        day = [session(status, expected=100, taken=50) for status in SessionStatus]
        assert (reconcile(day).expected_minor, reconcile(day).actual_minor) == (100, 50)

    def test_of_a_day_without_classes_matches(self) -> None:
        assert reconcile([]).match is Match.MATCHED


class TestWalkIns:
    @pytest.mark.parametrize(
        ("starts_at", "is_taken"),
        [
            (datetime(2026, 11, 24, 21, 59, tzinfo=UTC), True),  # 23:59 in Cairo
            (datetime(2026, 11, 24, 22, 0, tzinfo=UTC), False),  # midnight
        ],
    )
    def test_begin_on_the_local_day_of_the_session(self, starts_at: datetime, *, is_taken: bool) -> None:
        assert takes_walk_ins(SessionStatus.SCHEDULED, starts_at=starts_at, now=NOON, zone=CAIRO) is is_taken


class TestDenominations:
    def test_stand_the_largest_first_and_once(self) -> None:
        assert all(list(worths) == sorted(set(worths), reverse=True) for worths in DENOMINATIONS.values())
        assert denominations_of("XXX") == ()

    def test_come_to_a_total(self) -> None:
        assert total_of({"20000": 3, "50": 2}) == 60_100
