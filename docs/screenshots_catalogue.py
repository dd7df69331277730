"""Which pictures there are, and which screens of the code each of them shows: the test that none is missing reads it."""  # noqa: INP001 -- a script beside the documents, not a package

from docs import screenshots_catalogue_students, screenshots_catalogue_team
from docs.screenshots_not_yet import NOT_YET, UNSEEN

CHAPTERS = (*screenshots_catalogue_students.CHAPTERS, *screenshots_catalogue_team.CHAPTERS)
"""Every screen that is photographed."""

EXTRA_PICTURES = ("chat-en.png", "chat-ar.png", "page.png")
"""The README's: a whole chat in each language, and the demo's page."""

WITHOUT_PICTURE: dict[str, str] = {**dict.fromkeys(NOT_YET, "Nobody has photographed it yet."), **UNSEEN}
"""Functions whose messages are on no picture, each with the reason."""

SCREENS = tuple(picture.name for chapter in CHAPTERS for picture in chapter.pictures)
"""The names of all screens."""
