"""How buttons lie: in the direction that their message is read in, and so that their icons can be seen."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import handlers
from bot.telegram.replies import inline_keyboard
from handlers.i18n import Translator
from handlers.screens import Button, Photo, Screen

ROWS = ((Button("1", "1"), Button("2", "2")), (Button("3", "3"),))
PLUS_ON_BLUE = re.compile(r'plain\("➕[^"]*"[^\n]*\n?[^\n]*Style\.(PRIMARY|SUCCESS|DANGER)\)')


def labels(message: Screen | Photo) -> list[list[str]]:
    keyboard = inline_keyboard(message)
    assert keyboard is not None
    return [[button["text"] for button in row] for row in keyboard["inline_keyboard"]]


def line(language: str, text: str) -> Screen:
    tr = Translator(language, ZoneInfo("Africa/Cairo"))
    return Screen(tr.lines(text), ROWS)


def test_the_first_button_is_at_the_left_of_an_english_screen() -> None:
    assert labels(line("en", "رياضيات at 18:00")) == [["1", "2"], ["3"]]


def test_the_first_button_is_at_the_right_of_an_arabic_screen() -> None:
    assert labels(line("ar", "Ballet I")) == [["2", "1"], ["3"]]


@pytest.mark.parametrize(
    ("language", "label", "shown"),
    [
        ("en", "🎓 رياضيات", "\u200e🎓 رياضيات"),
        ("ar", "Ballet I · 8 حصص", "\u200fBallet I · 8 حصص"),
        ("ar", "▶️ رجوع", "▶️ رجوع"),
        ("en", "◀️ Back", "◀️ Back"),
        ("ar", "18:00", "18:00"),
    ],
)
def test_a_label_reads_as_its_screen_does(language: str, label: str, shown: str) -> None:
    screen = Screen(line(language, {"en": "Hello", "ar": "أهلًا"}[language]).text, ((Button(label, "1"),),))
    assert labels(screen) == [[shown]]


def test_of_a_picture_they_lie_as_its_caption_is_read() -> None:
    assert labels(Photo(b"", line("ar", "Ballet I").text, ROWS)) == [["2", "1"], ["3"]]


def test_a_message_without_buttons_has_no_keyboard() -> None:
    assert inline_keyboard(Screen(line("en", "Hello").text)) is None


def test_no_plus_stands_on_a_coloured_button() -> None:
    """Telegram draws it in the colour of the button, or nearly so."""
    sources = sorted(Path(handlers.__path__[0]).rglob("*.py"))
    assert [path.name for path in sources if PLUS_ON_BLUE.search(path.read_text(encoding="utf-8"))] == []
