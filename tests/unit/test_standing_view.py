"""When a rule's sessions are, said in both languages: an Arabic weekday keeps its article, so "every" stands apart."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from domain.waitlist.standing_ports import StandingRule
from handlers.i18n import Translator
from handlers.student.standing_view import rule_name

ZONE = ZoneInfo("Africa/Cairo")
MARKS = dict.fromkeys((0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069))


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "Every Saturday 10:00"), ("ar", "أيام السبت 10:00")], ids=["en", "ar"]
)
def test_a_weekly_rule_is_named_by_its_weekday(language: str, expected: str) -> None:
    rule = StandingRule("Hatha Yoga", "Maadi", "FREQ=WEEKLY;BYDAY=SA", date(2026, 11, 28), time(10))
    assert rule_name(Translator(language, ZONE), rule).translate(MARKS) == expected
