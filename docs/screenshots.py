"""Takes the pictures of the documentation: every screen in each language, from the demo as it runs.

``python -m docs.screenshots`` writes them into ``docs/images``, with the page ``docs/screens.md`` (or only the pictures,
into the folder that it is given). It needs a Chromium: the one that ROLLCALL_CHROMIUM names, or the first on the PATH.
"""  # noqa: INP001 -- a script beside the documents, not a package

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.async_api import Browser, ViewportSize, async_playwright, expect

from bot.example.cast import CENTER
from bot.sandbox import MovableClock
from docs.screenshots_backstage import Backstage
from docs.screenshots_camera import Camera
from docs.screenshots_cast import CASTS, Cast
from docs.screenshots_catalogue import EXTRA_PICTURES, SCREENS
from docs.screenshots_clock import clock_of_the_pictures
from docs.screenshots_darkroom import develop
from docs.screenshots_guide import put_together
from docs.screenshots_page import PAGE, page
from docs.screenshots_stage import PUBLIC_URL, running_demo, running_new
from docs.screenshots_walks import WALKS
from docs.screenshots_walks_admin import ADMINISTRATION
from docs.screenshots_walks_announcing import ANNOUNCING
from docs.screenshots_walks_books import BOOKS
from docs.screenshots_walks_money import MONEY
from docs.screenshots_walks_news import NEWS
from docs.screenshots_walks_planning import PLANNING
from docs.screenshots_walks_set_up import SET_UP
from docs.screenshots_walks_team import EVENING
from docs.screenshots_walks_waiting import WAITING
from handlers.everyone.guide import PICTURES

Walk = Callable[[Camera, Cast, Backstage], Awaitable[None]]

IMAGES = Path(__file__).parent / "images"

README = "readme"


@dataclass(frozen=True, slots=True)
class Part:
    """Walks by a bot of their own, in the order that each leaves for the next what it needs.

    ``has_example`` loads the example center, with ``weeks_of_past``, and ``has_public_url`` gives it an address.
    """

    walks: tuple[Walk, ...]
    has_example: bool = True
    has_public_url: bool = False
    weeks_of_past: int = 0


PARTS = {
    "set-up": Part(SET_UP, has_example=False),
    "student": Part(WALKS, has_public_url=True),
    "evening": Part(EVENING),
    "money": Part(MONEY),
    "waiting": Part(WAITING),
    "news": Part(NEWS),
    "planning": Part(PLANNING),
    "admin": Part(ADMINISTRATION),
    "announcing": Part(ANNOUNCING),
    "books": Part(BOOKS, weeks_of_past=5),
}

_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SCREEN: ViewportSize = {"width": 412, "height": 1400}
_CHAT: ViewportSize = {"width": 412, "height": 1080}
_PAGE: ViewportSize = {"width": 1280, "height": 860}
_WHERE_IT_STOPPED = Path(tempfile.gettempdir()) / "rollcall-pictures-stopped.png"
_PATIENCE_MILLISECONDS = 15_000


@asynccontextmanager
async def phone(browser: Browser, *, url: str, folder: Path, language: str) -> AsyncIterator[Camera]:
    """Yield a camera with a phone of a language."""
    context = await browser.new_context(viewport=_SCREEN, locale=language, bypass_csp=True)
    shown = await context.new_page()
    shown.set_default_timeout(_PATIENCE_MILLISECONDS)
    try:
        yield Camera(shown, url=url, folder=folder, language=language)
    except Exception:
        await shown.screenshot(path=_WHERE_IT_STOPPED)
        sys.stderr.write(f"It stopped here: {_WHERE_IT_STOPPED}\n")
        raise
    await context.close()


async def photograph_the_readme(browser: Browser, *, url: str, folder: Path) -> None:
    """Photograph a whole chat in each language, and the demo's page with both."""
    for cast in CASTS:
        async with phone(browser, url=url, folder=folder, language=cast.language) as camera:
            await camera.resize(_CHAT)
            await camera.visit(cast.student.slug, is_alone=False)
            await camera.say("/start")  # the first screen stays above the card
            await camera.tap("📅 All classes")
            await camera.choose(cast.chat_class.title, place=1)  # the soonest is full, or too near to be cancelled
            await camera.shoot("chat")
    whole = await browser.new_page(viewport=_PAGE, locale="en")
    slugs = [cast.student.slug for cast in CASTS]
    await whole.goto(f"{url}/?{'&'.join(f'person={slug}' for slug in slugs)}&tz={CENTER.timezone}")
    for slug in slugs:
        await expect(whole.locator(f'.phone[data-person="{slug}"] .message').last).to_be_visible()
    develop(await whole.screenshot(animations="disabled"), folder / "page.png")


def _stage(part: Part, database: Path, clock: MovableClock, cast: Cast) -> AbstractAsyncContextManager[str]:
    """Return what starts the bot that a part is photographed of."""
    if not part.has_example:
        return running_new(database, clock, cast)
    public_url = PUBLIC_URL if part.has_public_url else None
    return running_demo(database, clock, public_url, weeks_of_past=part.weeks_of_past)


async def take_pictures(
    databases: Path, *, chromium: str, folder: Path, parts: Sequence[str], casts: Sequence[Cast]
) -> None:
    """Start a browser, and a demo for each part, and take every picture of these parts and casts."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        if README in parts:
            async with running_demo(databases / "readme.db", clock_of_the_pictures()) as url:
                await photograph_the_readme(browser, url=url, folder=folder)
        for cast, name in product(casts, [part for part in parts if part in PARTS]):
            database, clock = databases / f"{cast.language}-{name}.db", clock_of_the_pictures()
            part, backstage = PARTS[name], Backstage(database, clock)
            async with _stage(part, database, clock, cast) as url:
                if part.has_example:
                    backstage.dress(cast)
                async with phone(browser, url=url, folder=folder, language=cast.language) as camera:
                    for walk in part.walks:
                        await walk(camera, cast, backstage)
        await browser.close()


def main() -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation from the demo.")
    parser.add_argument("folder", type=Path, nargs="?", default=IMAGES, help="where they go (default docs/images)")
    parser.add_argument("--part", choices=(README, *PARTS), action="append", help="only a part of them; may be repeated")
    parser.add_argument("--language", choices=[cast.language for cast in CASTS], help="only those of a language")
    wanted = parser.parse_args()
    folder: Path = wanted.folder
    chromium = os.environ.get("ROLLCALL_CHROMIUM") or next(filter(None, map(shutil.which, _CHROMIUMS)), None)
    if chromium is None:
        sys.stderr.write("There is no Chromium on the PATH: install one, or name one with ROLLCALL_CHROMIUM.\n")
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    casts = [cast for cast in CASTS if wanted.language in {None, cast.language}]
    with tempfile.TemporaryDirectory(prefix="rollcall-pictures-") as temporary:
        parts = wanted.part or (README, *PARTS)
        asyncio.run(take_pictures(Path(temporary), chromium=chromium, folder=folder, parts=parts, casts=casts))
    if folder == IMAGES:
        PAGE.write_text(page(), encoding="utf-8")
        put_together(IMAGES, PICTURES)
    sys.stdout.write(f"{len(SCREENS)} screens in {len(CASTS)} languages and {len(EXTRA_PICTURES)} more in {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
