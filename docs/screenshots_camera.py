"""A phone of the demo's page in a headless browser: what is typed and tapped there, and its pictures."""  # noqa: INP001 -- a script beside the documents, not a package

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Locator, Page, ViewportSize, expect

from bot.example.cast import CENTER
from docs.screenshots_cast import Role
from docs.screenshots_darkroom import develop
from handlers.i18n import Translator, isolate

# What comes and goes by itself has no place in a picture that is to look the same each time.
_STILL = "*, *::before, *::after { animation: none !important; transition: none !important; } .toast { display: none; }"
# One screen is one message, without the talk before it and what frames every chat: such files are smaller by half.
_FRAMELESS = (
    ".phone-header, .composer form, .wallpaper::before { display: none !important; }"
    " .composer { padding-block: 0 !important; }"
    " .bubble, .inline-keyboard .key { box-shadow: none !important; }"
    " .wallpaper { background: #cfe3d6 !important; }"
)
_WITH_WHAT_WAS_SAID = ".log-content > :not(:nth-last-child(-n+2)) { display: none !important; }"
_OF_ONE_MESSAGE = '.log-content > :not([data-message-id="{id}"]) {{ display: none !important; }}'

# What the last message shows: its words, its picture and its buttons.
_SHOWN = """() => {
    const last = [...document.querySelectorAll(".message.from-bot")].at(-1);
    const parts = [...last.querySelectorAll(".text, img, .key")];
    return last.dataset.messageId + parts.map(part => part.src ?? part.innerText).join("|");
}"""

_BREAK = "\x00"
_FILLED_IN = re.compile(r"{(\w+)}")
_TAG_OR_BREAK = re.compile(f"<[^>]*>|{_BREAK}")
_QUIET_MILLISECONDS = 1_500


class Camera:
    """One browser page with one person's phone, and the folder that its pictures go to."""

    def __init__(self, page: Page, *, url: str, folder: Path, language: str) -> None:
        self._page, self._url, self._folder, self._language = page, url, folder, language
        self._person, self._is_alone = "", True
        self.tr = Translator(language, ZoneInfo(CENTER.timezone))

    async def give_phone(self, role: Role) -> None:
        """Give somebody a phone who is no person of the demo."""
        person = {"id": role.telegram_id, "slug": role.slug, "first_name": role.name, "language_code": self._language}
        await self._post("people", person)

    async def visit(self, person: str, *, is_alone: bool = True, is_greeted: bool = True) -> None:
        """Take a person's phone, and send /start or not; ``is_alone`` shows one screen at a time instead of the chat."""
        self._person, self._is_alone = person, is_alone
        await self._page.goto(f"{self._url}/?person={person}&bare=1&tz={CENTER.timezone}")
        await self._page.add_style_tag(content=_STILL)
        await expect(self._page.locator(".log-content > *").first).to_be_attached()  # the chat is loaded
        if is_greeted:
            await self.say("/start")

    async def say(self, text: str) -> None:
        """Type a text or a command, and wait for the answer."""
        field = self._page.locator("textarea")
        asked = self._page.locator(".message.from-person")
        before = await asked.count()
        await field.fill(text)
        await field.press("Enter")
        await expect(asked).to_have_count(before + 1)
        await expect(self._page.locator(".message").last).to_have_class(re.compile("from-bot"))

    async def tap(self, label: str, **values: str) -> None:
        """Press the button of a text of ours."""
        await self._press(self._key_of(label, **values))

    async def choose(self, title: str, *, place: int = 0) -> None:
        """Press the button with these words: the one at ``place`` of those that have them, in reading order."""
        await self._press(await self._key_at(title, place))

    async def confirm(self) -> None:
        """Press the button that books or buys."""
        await self._press(self._last().locator(".key.success"))

    async def receive(self, label: str) -> None:
        """Press the button that sends something more, and wait until it is there."""
        await self._receive(self._key_of(label))

    async def receive_by(self, place: int) -> None:
        """Press the button at a place that sends something more, and wait until it is there."""
        await self._receive(await self._key_at("", place))

    async def answer(self, text: str) -> None:
        """Type what is asked for, and wait for what follows."""
        await self.say(text)
        await expect(self._last().locator(".key").first).to_be_visible()

    async def press_gone(self) -> None:
        """Press a button of the last message that is not one of today's any more."""
        message = int(await self._last().get_attribute("data-message-id") or 0)

        async def forge() -> None:
            data = {"message_id": message, "data": "0gone", "forge": True}
            await self._page.request.post(f"{self._url}/sandbox/people/{self._person}/tap", data=data)

        before = await self._text()
        await forge()
        await self._changed_from(before)

    async def share_phone(self) -> None:
        """Press what shares the phone number, and agree."""
        await self._page.locator(".reply-keyboard button").first.click()
        await self._page.get_by_role("dialog").locator("button.yes").click()
        await expect(self._page.locator(".reply-keyboard")).to_be_hidden()
        await expect(self._last().locator(".key").first).to_be_visible()

    async def wait_for_keyboard(self) -> None:
        """Wait for the keyboard that asks for the phone number."""
        await expect(self._page.locator(".reply-keyboard")).to_be_visible()

    async def move_clock(self, instant: datetime) -> None:
        """Let it be another time."""
        await self._post("clock", {"to": instant.isoformat()})

    async def let_pass(self, minutes: int) -> None:
        """Let it be later, and wait for what comes of it."""
        await self._post("clock", {"advance_minutes": minutes})
        await self.settle()

    async def pay(self) -> None:
        """Pay the newest checkout on the gateway's page, and wait for what comes of it."""
        found = await self._page.request.get(f"{self._url}/sandbox/paymob/orders")
        await self._post(f"paymob/orders/{(await found.json())['orders'][-1]['id']}/pay", {})
        await self.settle()

    async def _post(self, path: str, data: dict[str, object]) -> None:
        done = await self._page.request.post(f"{self._url}/sandbox/{path}", data=data)
        if not done.ok:
            raise RuntimeError(await done.text())

    async def settle(self) -> None:
        """Wait until the messages that a moved clock sends are through: no more have come for a while."""
        messages, before = self._page.locator(".message"), -1
        while (now := await messages.count()) != before:
            before = now
            await self._page.wait_for_timeout(_QUIET_MILLISECONDS)

    async def shoot(self, screen: str, *, holding: str | None = None) -> None:
        """Take the picture of the phone, without the mark that the last press has left.

        It shows the last message with what was said before it, or alone the last one that holds a text of ours.
        """
        await self._page.mouse.move(0, 0)
        await self._page.evaluate("document.activeElement?.blur()")
        style = _WITH_WHAT_WAS_SAID
        if holding is not None:
            found = self._page.locator(".message.from-bot").filter(has_text=self._part_of(holding)).last
            style = _OF_ONE_MESSAGE.format(id=await found.get_attribute("data-message-id"))
        taken = await self._page.locator(".phone").screenshot(
            animations="disabled", style=_FRAMELESS + style if self._is_alone else None
        )
        develop(taken, self._folder / f"{screen}-{self._language}.png", is_trimmed=self._is_alone)

    async def resize(self, size: ViewportSize) -> None:
        """Give the phone another size."""
        await self._page.set_viewport_size(size)

    def _part_of(self, message: str) -> str:
        """Return the longest part of a text of ours, in the camera's language, that is the same whatever is filled in."""
        if not message:
            return ""
        values = dict.fromkeys(_FILLED_IN.findall(message), _BREAK)
        spoken = self.tr.plain(message, **values).replace(isolate(_BREAK), _BREAK)
        return max(_TAG_OR_BREAK.split(spoken), key=len).strip()

    def _last(self) -> Locator:
        return self._page.locator(".message.from-bot").last

    def _keys(self) -> Locator:
        return self._last().locator(".inline-keyboard .key")

    def _key_of(self, label: str, **values: str) -> Locator:
        return self._keys().filter(has_text=self.tr.plain(label, **values)).first

    async def _key_at(self, title: str, place: int) -> Locator:
        """Return the button at a place of those with these words; in Arabic a row is read from its other end."""
        await expect(self._keys().filter(has_text=title).nth(place)).to_be_visible()
        rows = await self._last().locator(".inline-keyboard .row").all()
        keys = [key for row in rows for key in (await row.locator(".key").all())[:: -1 if self.tr.is_right_to_left else 1]]
        return [key for key in keys if title in await key.inner_text()][place]

    async def _receive(self, key: Locator) -> None:
        messages = self._page.locator(".message.from-bot")
        before = await messages.count()
        await key.click()
        await expect(messages.nth(before)).to_be_visible()  # a file may follow the message that announces it

    async def _press(self, key: Locator) -> None:
        """Press a button, and wait until the screen it leads to has taken the place of this one."""
        before = await self._text()
        await key.click()
        await self._changed_from(before)

    async def _text(self) -> str:
        return str(await self._page.evaluate(f"({_SHOWN})()"))

    async def _changed_from(self, before: str) -> None:
        await self._page.wait_for_function(
            f"before => ({_SHOWN})() !== before && !document.querySelector('.key[aria-busy]')", arg=before
        )
