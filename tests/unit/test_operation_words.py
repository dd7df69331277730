"""The audit log names whatever was done, in the reader's language."""

from zoneinfo import ZoneInfo

import pytest

from domain.permissions import Operation
from handlers.admin.operation_words import operation
from handlers.i18n import LANGUAGES, Translator


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("done", Operation)
def test_every_operation_has_words(language: str, done: Operation) -> None:
    words = operation(Translator(language, ZoneInfo("Africa/Cairo")), done)
    assert words
    assert words != done
    assert (language == "ar") != words.isascii()


def test_one_of_another_version_keeps_its_name() -> None:
    assert operation(Translator("en", ZoneInfo("Africa/Cairo")), "sell_cat") == "sell_cat"
