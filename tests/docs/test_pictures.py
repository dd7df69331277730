import struct

import pytest

from docs.screenshots_cast import CASTS
from docs.screenshots_catalogue import EXTRA_PICTURES, SCREENS
from docs.screenshots_page import PAGE, page
from handlers.i18n import LANGUAGES
from tests.docs.documents import IMAGES

PICTURES = [*(f"{screen}-{language}.png" for screen in SCREENS for language in LANGUAGES), *EXTRA_PICTURES]
MOST_BYTES = 10_000_000


def test_every_language_has_its_cast() -> None:
    assert [cast.language for cast in CASTS] == list(LANGUAGES)


def test_no_screen_is_named_twice() -> None:
    assert sorted(set(SCREENS)) == sorted(SCREENS)


@pytest.mark.parametrize("picture", PICTURES)
def test_every_screen_has_its_picture_in_every_language(picture: str) -> None:
    head = (IMAGES / picture).read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", head[16:])
    assert width >= 380
    assert height >= 100


def test_no_picture_is_left_of_a_screen_that_is_gone() -> None:
    assert {path.name for path in IMAGES.iterdir()} == set(PICTURES)


def test_all_pictures_together_are_small() -> None:
    assert sum(path.stat().st_size for path in IMAGES.iterdir()) < MOST_BYTES


def test_the_page_shows_every_picture_that_is_taken() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
