import struct

import pytest

from docs.screenshots import CASTS, SCREENS
from handlers.i18n import LANGUAGES
from tests.docs.documents import IMAGES

PICTURES = [f"{screen}-{language}.png" for screen in SCREENS for language in LANGUAGES]
MOST_BYTES = 3_000_000


def test_every_language_has_its_cast() -> None:
    assert [cast.language for cast in CASTS] == list(LANGUAGES)


@pytest.mark.parametrize("picture", [*PICTURES, "page.png"])
def test_every_screen_has_its_picture_in_every_language(picture: str) -> None:
    head = (IMAGES / picture).read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", head[16:])
    assert width >= 380
    assert height >= 600


def test_no_picture_is_left_of_a_screen_that_is_gone() -> None:
    assert {path.name for path in IMAGES.iterdir()} == {*PICTURES, "page.png"}


def test_all_pictures_together_are_small() -> None:
    assert sum(path.stat().st_size for path in IMAGES.iterdir()) < MOST_BYTES
