"""The guide's pages: each has its words and its picture in every language, and fits into a caption."""

import tomllib
from itertools import pairwise, product
from zoneinfo import ZoneInfo

import pytest

from domain.permissions import Role
from handlers.buttons.guide import OpenTopic
from handlers.callback_data import decode
from handlers.everyone import guide_view
from handlers.everyone.guide import PICTURES, picture
from handlers.guide_topics import TOPICS, GuideTopic
from handlers.i18n import LANGUAGES, Translator
from handlers.screens import Photo

PAGES = [(role, topic) for role, topics in TOPICS.items() for topic in topics]
CAPTION_CHARACTERS = 1024
MOST_BYTES = 4_000_000


def page(role: Role, topic: GuideTopic, language: str = "en") -> Photo:
    tr = Translator(language, ZoneInfo("Africa/Cairo"))
    return guide_view.page(tr, topic, role=role, png=picture(topic, language))


@pytest.mark.parametrize(("page_of", "language"), list(product(PAGES, LANGUAGES)))
def test_every_page_has_its_picture_and_fits_below_it(page_of: tuple[Role, GuideTopic], language: str) -> None:
    shown = page(*page_of, language)
    assert shown.content.startswith(b"\x89PNG")
    assert shown.caption.count("•") >= 2
    assert len(shown.caption.striptags()) <= CAPTION_CHARACTERS


def test_every_topic_is_for_somebody() -> None:
    assert {topic for _, topic in PAGES} == set(GuideTopic)


def test_no_picture_is_left_of_a_topic_that_is_gone() -> None:
    expected = {f"{language}/{topic.file_name}" for language in LANGUAGES for topic in GuideTopic}
    assert {str(path.relative_to(PICTURES)) for path in PICTURES.rglob("*.png")} == expected


def test_all_pictures_together_are_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.rglob("*.png")) < MOST_BYTES


@pytest.mark.parametrize("role", Role)
def test_pages_are_turned_from_the_first_to_the_last(role: Role) -> None:
    topics = TOPICS[role]
    for before, after in pairwise(topics):
        assert decode(page(role, before).rows[0][-1].data) == OpenTopic(after)
        assert decode(page(role, after).rows[0][0].data) == OpenTopic(before)
    assert len(page(role, topics[0]).rows[0]) == len(page(role, topics[-1]).rows[0]) == 1


def test_the_pictures_are_installed_with_the_program() -> None:
    root = PICTURES.parents[1]
    data = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    assert "*.png" in data["*"]


@pytest.mark.parametrize(
    ("role", "topic", "label"),
    [
        (Role.STAFF, GuideTopic.CHECK_IN, "🚪 Open check-in"),
        (Role.STAFF, GuideTopic.WALK_IN, "💵 Walk-in cash"),
        (Role.STAFF, GuideTopic.CALL_OFF, "✏️ Change"),
        (Role.STUDENT, GuideTopic.MY_DATA, "🗑️ Erase me"),
        (Role.STUDENT, GuideTopic.TICKET, "📆 Add to calendar"),
    ],
)
def test_a_button_is_named_in_arabic_as_it_is_labelled(role: Role, topic: GuideTopic, label: str) -> None:
    words = Translator("ar", ZoneInfo("Africa/Cairo")).plain(label).split(" ", 1)[1]
    assert f"«{words}»" in page(role, topic, "ar").caption
