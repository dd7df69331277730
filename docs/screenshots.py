"""Takes the pictures of the documentation: every screen of a student in each language, from the demo as it runs.

``python -m docs.screenshots`` writes them into ``docs/images`` (or into the folder that it is given). It needs a
Chromium: the one that ROLLCALL_CHROMIUM names, or the first one on the PATH.
"""  # noqa: INP001 -- a script beside the documents, not a package

import argparse
import asyncio
import os
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

from bot.demo import run_demo
from bot.example.cast import BALLET, CENTER, KARATE, MATHS, YOGA, ExampleClass
from handlers.i18n import Translator
from storage.migrate import upgrade

IMAGES = Path(__file__).parent / "images"
SCREENS = (
    "language", "name", "phone", "home", "classes", "session-credit", "session-wallet", "session-short", "session-full",
    "session-late", "booked", "bookings", "booking", "cancel", "cancelled", "wallet", "help", "calendar", "packages",
    "profile", "chat",
)  # fmt: skip
"""What is shown, each as ``<screen>-<language>.png``; ``chat`` is the README's, and ``page.png`` the whole page."""

_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SCREEN: ViewportSize = {"width": 412, "height": 790}
_CHAT: ViewportSize = {"width": 412, "height": 1080}
_PAGE: ViewportSize = {"width": 1280, "height": 860}
_PATIENCE_MILLISECONDS = 15_000
# What comes and goes by itself has no place in a picture that is to look the same each time.
_STILL = "*, *::before, *::after { animation: none !important; transition: none !important; } .toast { display: none; }"
# One screen is one message, without the talk before it; a plain wall makes the file smaller by half.
_ALONE = (
    ".log-content > :not(:nth-last-child(-n+2)), .wallpaper::before { display: none !important; }"
    " .wallpaper { background: #cfe3d6 !important; }"
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who of the example center is photographed in a language, and the class that their credits are for (or not)."""

    language: str
    stranger: str
    student: str
    with_credits: str
    without_means: str
    credit_class: ExampleClass
    chat_class: ExampleClass


CASTS = (
    Cast(
        "en",
        stranger="jack",
        student="mona",
        with_credits="mona",
        without_means="nour",
        credit_class=BALLET,
        chat_class=BALLET,
    ),
    Cast(
        "ar",
        stranger="yasmin",
        student="omar",
        with_credits="laila",
        without_means="laila",
        credit_class=MATHS,
        chat_class=YOGA,
    ),
)


class Camera:
    """One browser page with one person's phone, and the folder that its pictures go to."""

    def __init__(self, page: Page, *, url: str, folder: Path, language: str) -> None:
        self._page, self._url, self._folder, self._language = page, url, folder, language
        self._tr = Translator(language, ZoneInfo(CENTER.timezone))

    async def visit(self, person: str, *, style: str = _STILL + _ALONE) -> None:
        """Take a person's phone, and send /start."""
        await self._page.goto(f"{self._url}/?person={person}&bare=1&tz={CENTER.timezone}")
        await self._page.add_style_tag(content=style)
        await expect(self._page.locator(".log-content > *").first).to_be_attached()  # the chat is loaded
        await self.say("/start")

    async def say(self, command: str) -> None:
        """Send a command, and wait for the answer."""
        field = self._page.locator("textarea")
        asked = self._page.locator(".message.from-person")
        before = await asked.count()
        await field.fill(command)
        await field.press("Enter")
        await expect(asked).to_have_count(before + 1)
        await expect(self._page.locator(".message").last).to_have_class(re.compile("from-bot"))

    async def tap(self, label: str, **values: str) -> None:
        """Press the button of a text of ours."""
        await self._press(self._keys().filter(has_text=self._tr.plain(label, **values)).first)

    async def choose(self, title: str, *, place: int = 0) -> None:
        """Press the button of a session or a booking: the one at ``place`` of those with the class's title."""
        await self._press(self._keys().filter(has_text=title).nth(place))

    async def book(self) -> None:
        """Press the button that confirms a booking."""
        await self._press(self._last().locator(".key.success"))

    async def share_phone(self) -> None:
        """Press what shares the phone number, and agree."""
        await self._page.locator(".reply-keyboard button").first.click()
        await self._page.get_by_role("dialog").locator("button.yes").click()
        await expect(self._page.locator(".reply-keyboard")).to_be_hidden()
        await expect(self._last().locator(".key").first).to_be_visible()

    async def wait_for_keyboard(self) -> None:
        """Wait for the keyboard that asks for the phone number."""
        await expect(self._page.locator(".reply-keyboard")).to_be_visible()

    async def shoot(self, screen: str) -> None:
        """Take the picture of the phone, without the mark that the last press has left."""
        await self._page.mouse.move(0, 0)
        await self._page.evaluate("document.activeElement?.blur()")
        path = self._folder / f"{screen}-{self._language}.png"
        await self._page.locator(".phone").screenshot(path=path, animations="disabled")

    async def resize(self, size: ViewportSize) -> None:
        """Give the phone another size."""
        await self._page.set_viewport_size(size)

    def _last(self) -> Locator:
        return self._page.locator(".message.from-bot").last

    def _keys(self) -> Locator:
        return self._last().locator(".inline-keyboard .key")

    async def _press(self, key: Locator) -> None:
        """Press a button, and wait until the screen it leads to has taken the place of this one."""
        message = self._page.locator(".message.from-bot .text").last
        before = await message.inner_html()
        await key.click()
        await self._page.wait_for_function(
            """before => {
                const last = [...document.querySelectorAll(".message.from-bot .text")].at(-1);
                return last.innerHTML !== before && !document.querySelector(".key[aria-busy]");
            }""",
            arg=before,
        )


async def meet(camera: Camera, cast: Cast) -> None:
    """Photograph first contact: language, name, phone."""
    await camera.visit(cast.stranger)
    await camera.shoot("language")
    await camera.choose({"en": "English", "ar": "العربية"}[cast.language])
    await camera.shoot("name")
    await camera.choose("", place=0)
    await camera.wait_for_keyboard()
    await camera.shoot("phone")
    await camera.share_phone()


async def look_around(camera: Camera, cast: Cast) -> None:
    """Photograph what a student can find, and every kind of session card."""
    await camera.visit(cast.with_credits)
    await camera.choose(cast.credit_class.title, place=1)
    await camera.shoot("session-credit")
    await camera.visit(cast.without_means)
    await camera.tap("📅 All classes")
    await camera.choose(KARATE.title)
    await camera.shoot("session-short")
    await camera.visit(cast.student)
    await camera.shoot("home")
    await camera.tap("📅 All classes")
    await camera.shoot("classes")
    await camera.choose(YOGA.title)
    await camera.shoot("session-full")
    await camera.tap("📅 All classes")
    await camera.choose(BALLET.title)
    await camera.shoot("session-late")
    for screen in ("help", "calendar", "packages", "profile"):
        await camera.say(f"/{screen}")
        await camera.shoot(screen)


async def book_and_cancel(camera: Camera, cast: Cast) -> None:
    """Photograph a booking from its confirmation to its end."""
    await camera.visit(cast.student)
    await camera.tap("📅 All classes")
    await camera.choose(BALLET.title)  # the one about to start, which can be booked but not cancelled
    await camera.book()
    await camera.tap("🏠 Home")
    await camera.tap("📅 All classes")
    await camera.choose(YOGA.title, place=1)
    await camera.shoot("session-wallet")
    await camera.book()
    await camera.shoot("booked")
    await camera.tap("🎟️ My bookings")
    await camera.shoot("bookings")
    await camera.choose(BALLET.title)
    await camera.shoot("booking")
    await camera.say("/wallet")
    await camera.shoot("wallet")
    await camera.choose(YOGA.title)
    await camera.tap("Cancel this booking")
    await camera.shoot("cancel")
    await camera.tap("Yes, cancel it")
    await camera.shoot("cancelled")


async def chat(camera: Camera, cast: Cast) -> None:
    """Photograph a whole chat: the first screen, and a session about to be booked."""
    await camera.resize(_CHAT)
    await camera.visit(cast.student, style=_STILL)
    await camera.say("/start")
    await camera.choose(cast.chat_class.title, place=1)
    await camera.shoot("chat")
    await camera.resize(_SCREEN)


async def photograph(browser: Browser, *, url: str, folder: Path) -> None:
    """Take every picture of the demo at the address."""
    for cast in CASTS:
        context = await browser.new_context(viewport=_SCREEN, locale=cast.language, bypass_csp=True)
        page = await context.new_page()
        page.set_default_timeout(_PATIENCE_MILLISECONDS)
        camera = Camera(page, url=url, folder=folder, language=cast.language)
        for walk in (meet, chat, look_around, book_and_cancel):
            await walk(camera, cast)
        await context.close()
    whole = await browser.new_page(viewport=_PAGE, locale="en")
    await whole.goto(f"{url}/?person=mona&person=omar&tz={CENTER.timezone}")
    for slug in ("mona", "omar"):
        await expect(whole.locator(f'.phone[data-person="{slug}"] .message').last).to_be_visible()
    await whole.screenshot(path=folder / "page.png", animations="disabled")


@asynccontextmanager
async def running_demo(database: Path) -> AsyncIterator[str]:
    """Yield the address of a demo of our own on the (migrated) database."""
    stop, address = asyncio.Event(), asyncio.get_running_loop().create_future()
    demo = asyncio.create_task(run_demo(database, port=0, stop=stop, say=address.set_result))
    try:
        await asyncio.wait([demo, address], return_when=asyncio.FIRST_COMPLETED)
        if demo.done():
            await demo  # raises what went wrong
        yield address.result().partition("/?")[0]
    finally:
        stop.set()
        await demo


async def take_pictures(database: Path, *, chromium: str, folder: Path) -> None:
    """Start the demo and a browser, and take every picture."""
    async with running_demo(database) as url, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        await photograph(browser, url=url, folder=folder)
        await browser.close()


def main() -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation from the demo.")
    parser.add_argument("folder", type=Path, nargs="?", default=IMAGES, help="where they go (default docs/images)")
    folder: Path = parser.parse_args().folder
    chromium = os.environ.get("ROLLCALL_CHROMIUM") or next(filter(None, map(shutil.which, _CHROMIUMS)), None)
    if chromium is None:
        sys.stderr.write("There is no Chromium on the PATH: install one, or name one with ROLLCALL_CHROMIUM.\n")
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rollcall-pictures-") as temporary:
        database = Path(temporary) / "demo.db"
        upgrade(f"sqlite+aiosqlite:///{database}")
        asyncio.run(take_pictures(database, chromium=chromium, folder=folder))
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
