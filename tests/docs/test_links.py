import re
from pathlib import Path

import pytest

from tests.docs.documents import DOCUMENTS, IMAGES, ROOT, anchors, links, name_of, text_of

QUOTED = re.compile(r"`([\w./-]+/[\w.-]+\.(?:py|json|yaml|lock|pot|toml))`")
DOCUMENT_NAME = re.compile(r"[\w-]+\.md\b")
# The folders of one machine: a document that names one was written for whoever sits there.
SOMEBODYS_FOLDER = re.compile(r"(?<![\w.:/])/(?:home|root|Users|work|mnt|srv)\b")

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)


@every_document
def test_every_link_leads_to_a_file_of_the_repository(document: Path) -> None:
    lost = [str(target) for target, _ in links(document) if not (target.exists() and target.is_relative_to(ROOT))]
    assert lost == []


@every_document
def test_every_anchor_is_a_heading(document: Path) -> None:
    wanted = [(target, anchor) for target, anchor in links(document) if anchor]
    assert [anchor for target, anchor in wanted if anchor not in anchors(target)] == []


@every_document
def test_every_file_that_is_named_exists(document: Path) -> None:
    assert [path for path in QUOTED.findall(text_of(document)) if not (ROOT / path).exists()] == []


@every_document
def test_stands_alone(document: Path) -> None:
    known = {path.name for path in DOCUMENTS}
    assert sorted(set(DOCUMENT_NAME.findall(text_of(document))) - known) == []
    assert SOMEBODYS_FOLDER.findall(text_of(document)) == []


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached, todo = set(), [ROOT / "README.md"]
    while todo:
        document = todo.pop()
        if document not in reached and document in DOCUMENTS:
            reached.add(document)
            todo += [target for target, _ in links(document)]
    assert sorted(set(DOCUMENTS) - reached) == []


def test_the_readme_shows_the_chat_in_both_languages() -> None:
    shown = {target for target, _ in links(ROOT / "README.md")}
    assert {IMAGES / "chat-en.png", IMAGES / "chat-ar.png", IMAGES / "page.png"} <= shown
