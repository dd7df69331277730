"""Writes the page that shows every screen, English and Arabic side by side."""  # noqa: INP001 -- a script beside the documents, not a package

from pathlib import Path

from docs.screenshots_catalogue import CHAPTERS
from docs.screenshots_picture import Picture

PAGE = Path(__file__).parent / "screens.md"
_HEAD = """# Every screen

What people see, in English and in Arabic. `python -m docs.screenshots` takes the pictures from the demo and writes this
page; a test fails when a screen of the code has no picture here.
"""


def page() -> str:
    """Return the page."""
    parts = [_HEAD]
    for chapter in CHAPTERS:
        parts += [f"## {chapter.title}\n", *map(_row, chapter.pictures)]
    return "\n".join(parts)


def _row(picture: Picture) -> str:
    english, arabic = (
        f'<img src="images/{picture.name}-{language}.png" width="320" alt="{picture.name}, {spoken}">'
        for language, spoken in (("en", "English"), ("ar", "Arabic"))
    )
    return f"**{picture.caption}**\n\n{english} {arabic}\n"
