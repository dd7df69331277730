from zoneinfo import ZoneInfo

import pytest

from handlers.i18n import Translator
from handlers.student.calendar_words import weekday_names


@pytest.mark.parametrize(("language", "read"), [("en", "Monday, Thursday"), ("ar", "الاثنين، الخميس")])
def test_days_stand_apart_by_the_comma_of_their_language(language: str, read: str) -> None:
    assert weekday_names(Translator(language, ZoneInfo("Africa/Cairo")), [0, 3]) == read
