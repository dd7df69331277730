from zoneinfo import ZoneInfo

import pytest

from handlers.admin.field_words import weekdays
from handlers.i18n import Translator
from handlers.student.calendar_words import weekday_names

MONDAY, TUESDAY, SATURDAY, SUNDAY = 0, 1, 5, 6


class TestWeekdays:
    @pytest.mark.parametrize(
        ("zone", "language", "names"),
        [
            ("Africa/Cairo", "en", "Saturday, Sunday, Tuesday"),
            ("Africa/Cairo", "ar", "السبت، الأحد، الثلاثاء"),
            ("Europe/Berlin", "en", "Tuesday, Saturday, Sunday"),
        ],
    )
    def test_stand_in_the_order_of_the_week_with_the_languages_comma(self, zone: str, language: str, names: str) -> None:
        assert weekday_names(Translator(language, ZoneInfo(zone)), (TUESDAY, SATURDAY, SUNDAY)) == names

    def test_are_short_where_a_form_has_them(self) -> None:
        assert weekdays(Translator("en", ZoneInfo("Africa/Cairo")), 1 << MONDAY | 1 << SUNDAY) == "Sun, Mon"


class TestTheCurrency:
    def test_is_named_as_beside_amounts(self) -> None:
        assert "EGP" in Translator("en", ZoneInfo("Africa/Cairo")).currency("EGP")
        assert "ج.م." in Translator("ar", ZoneInfo("Africa/Cairo")).currency("EGP")
