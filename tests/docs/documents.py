"""The documents as tests see them: which there are, and what they point at."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs" / "decisions"
IMAGES = ROOT / "docs" / "images"
DOCUMENTS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))

_FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*\bsrc=\"([^\"]+)\"")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def name_of(document: Path) -> str:
    """Return what a test about the document is called."""
    return str(document.relative_to(ROOT))


def text_of(document: Path) -> str:
    """Return a document's text."""
    return document.read_text(encoding="utf-8")


def links(document: Path) -> Iterator[tuple[Path, str]]:
    """Yield the file and the anchor of every link and image that points into the repository."""
    for markdown, html in _LINK.findall(_FENCE.sub("", text_of(document))):
        target = markdown or html
        if "://" not in target:
            path, _, anchor = target.partition("#")
            yield (document.parent / path).resolve() if path else document, anchor


def anchors(document: Path) -> set[str]:
    """Return the anchors that the document's headings make, as GitHub writes them."""
    titles = _HEADING.findall(_FENCE.sub("", text_of(document)))
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}
