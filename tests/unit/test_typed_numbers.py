"""Numbers, amounts and times, as people type them."""

import pytest
from babel.numbers import get_currency_precision

from domain.errors import InvalidInputError
from domain.organization.currencies import CURRENCIES, decimals_of
from domain.organization.fields import Field, MoneyLimit, find_timezone, parsed
from domain.organization.typed_numbers import amount_minor, minutes_long, minutes_of_day, whole_number

MONEY = MoneyLimit("EGP", 10_000_000)


class TestAmounts:
    @pytest.mark.parametrize(
        ("typed", "minor"),
        [
            ("80", 8_000),
            ("٨٠", 8_000),
            ("٨٠٫٥", 8_050),
            ("EGP 80", 8_000),
            ("80 جنيه", 8_000),
            ("80 ج.م", 8_000),
            ("1,000", 100_000),
            ("١٬٥٠٠", 150_000),
            ("1,000.50", 100_050),
            ("12,5", 1_250),
            (" 0080.00 ", 8_000),
            ("10 000", 1_000_000),
            ("10 000,50 EGP", 1_000_050),
        ],
    )
    def test_are_read_however_they_are_written(self, typed: str, minor: int) -> None:
        assert amount_minor(typed, field="price", currency="EGP") == minor

    @pytest.mark.parametrize(
        "typed",
        ["-5", "−5", "80.001", "abc", "1e5", "", "1.2.3", "5 6 7x8", "½", "9" * 13, "80\n90x1", "10 20", "1 2", "1.500"],
    )
    def test_that_are_none_are_refused(self, typed: str) -> None:
        with pytest.raises(InvalidInputError):
            amount_minor(typed, field="price", currency="EGP")

    @pytest.mark.parametrize("typed", ["a" * 4_096, "ج." * 2_048, "1" * 4_096, "1 " * 2_048, "a1" * 2_048 + "!"])
    def test_are_not_looked_for_in_a_long_text(self, typed: str) -> None:
        with pytest.raises(InvalidInputError):
            amount_minor(typed, field="price", currency="EGP")

    @pytest.mark.parametrize("typed", ["a" * 60, "جنيه" * 15, "a." * 30, "EGP " * 16, "8" + "a" * 50 + "!"])
    def test_are_read_in_one_go_however_the_words_beside_them_can_be_cut(self, typed: str) -> None:
        with pytest.raises(InvalidInputError):
            amount_minor(typed, field="price", currency="EGP")

    def test_have_the_digits_of_their_currency(self) -> None:
        assert amount_minor("7.125", field="price", currency="KWD") == 7_125

    @pytest.mark.parametrize("currency", CURRENCIES)
    def test_are_written_with_as_many_digits_as_they_are_read(self, currency: str) -> None:
        assert decimals_of(currency) == get_currency_precision(currency)

    def test_end_at_the_centers_limit(self) -> None:
        assert parsed(Field.PRICE, "100000", MONEY) == 10_000_000
        with pytest.raises(InvalidInputError) as caught:
            parsed(Field.PRICE, "100000.01", MONEY)
        assert caught.value.reason == "too_large"


class TestNumbersAndTimes:
    @pytest.mark.parametrize(("typed", "number"), [("12", 12), ("١٢ مقعد", 12), ("12.0", 12), ("50%", 50)])
    def test_whole_numbers(self, typed: str, number: int) -> None:
        assert whole_number(typed, field="capacity") == number

    @pytest.mark.parametrize("typed", ["12.5", "12.000"])
    def test_halves_are_no_whole_numbers_nor_is_what_may_be_thousands(self, typed: str) -> None:
        with pytest.raises(InvalidInputError):
            whole_number(typed, field="capacity")

    def test_are_not_typed_for_weekdays_which_are_kept_as_bits(self) -> None:
        with pytest.raises(InvalidInputError) as caught:
            parsed(Field.WEEKDAYS, "2", MONEY)
        assert caught.value.reason == "not_a_choice"

    @pytest.mark.parametrize(("typed", "minutes"), [("18:30", 1_110), ("٨", 480), ("0:00", 0), ("23.59", 1_439)])
    def test_times(self, typed: str, minutes: int) -> None:
        assert minutes_of_day(typed, field="time") == minutes

    @pytest.mark.parametrize("typed", ["24:00", "12:60", "noon", "", "1:2"])
    def test_that_are_no_times_are_refused(self, typed: str) -> None:
        with pytest.raises(InvalidInputError):
            minutes_of_day(typed, field="time")


class TestTimeZones:
    @pytest.mark.parametrize(
        ("typed", "zone"), [("cairo", "Africa/Cairo"), ("New York", "America/New_York"), ("Asia/Riyadh", "Asia/Riyadh")]
    )
    def test_are_known_by_their_city(self, typed: str, zone: str) -> None:
        assert find_timezone(typed) == zone

    @pytest.mark.parametrize("typed", ["Atlantis", "", "Mars/Cairo", "../etc/passwd"])
    def test_of_nowhere_are_refused(self, typed: str) -> None:
        with pytest.raises(InvalidInputError):
            find_timezone(typed)


class TestLengths:
    @pytest.mark.parametrize(
        ("typed", "minutes"),
        [
            ("90", 90),
            ("٩٠", 90),
            ("60 minutes", 60),
            ("45min.", 45),
            ("٦٠ دقيقة", 60),
            ("5 دقائق", 5),
            ("2 hours", 120),
            ("2h", 120),
            ("2 Hours before", 120),
            ("1.5 hours", 90),
            ("1,440", 1_440),
            ("٢ ساعة", 120),
            ("قبل 3 ساعات", 180),
            ("1 day before", 1_440),
            ("٢ أيام", 2_880),
        ],
    )
    def test_are_minutes_unless_hours_or_days_are_named(self, typed: str, minutes: int) -> None:
        assert parsed(Field.WINDOW, typed, MONEY) == minutes

    @pytest.mark.parametrize(
        "typed", ["two hours", "2 years", "hours 2", "0.01 hours", "1 hour 30", "-2", "2 %", "", "9" * 70, "1.500 h"]
    )
    def test_that_are_none_are_refused(self, typed: str) -> None:
        with pytest.raises(InvalidInputError):
            minutes_long(typed, field="window")
