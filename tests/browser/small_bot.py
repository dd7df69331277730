"""A small bot that polls the sandbox over HTTP, the people it talks to, and how tests find their phones on the page."""

import base64
from html import escape
from typing import Any

import aiohttp
from playwright.async_api import Locator, Page, expect

from bot.sandbox.people import SandboxPerson

TOKEN = "42:browser-test"
MONA = SandboxPerson(id=101, slug="mona", first_name="Mona", last_name="Adel", phone="+201001234567", note="4 credits")
OMAR = SandboxPerson(id=102, slug="omar", first_name="عمر", language_code="ar", phone="+201007654321")
HOSTILE = SandboxPerson(id=103, slug="hostile", first_name="<img src=x onerror=document.title='owned'>")

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HOME_KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Book", "callback_data": "book", "style": "primary"}],
        [{"text": "Toast", "callback_data": "toast"}, {"text": "Alert", "callback_data": "alert"}],
        [{"text": "Invite", "url": "https://t.me/rollcall_demo_bot?start=friend"}],
        [{"text": "Site", "url": "https://example.org/"}],
    ]
}
CONTACT_KEYBOARD = {"keyboard": [[{"text": "Share my number", "request_contact": True}]], "one_time_keyboard": True}


class SmallBot:
    """Answers /start with buttons, /phone with the contact button, lets "for sale" be paid, and repeats everything else."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def call(self, method: str, **parameters: Any) -> Any:
        async with self._session.post(f"{self._url}/bot{TOKEN}/{method}", json=parameters) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def send_file(
        self, method: str, field: str, name: str, content: bytes, person: SandboxPerson, **fields: str
    ) -> int:
        form = aiohttp.FormData({"chat_id": str(person.id), **fields})
        form.add_field(field, content, filename=name)
        async with self._session.post(f"{self._url}/bot{TOKEN}/{method}", data=form) as response:
            assert response.status == 200, await response.text()
            return int((await response.json())["result"]["message_id"])

    async def poll(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=30):
                offset = update["update_id"] + 1
                await self._handle(update)

    async def _handle(self, update: dict[str, Any]) -> None:
        if "callback_query" in update:
            await self._tapped(update["callback_query"])
        elif "pre_checkout_query" in update:
            await self._asked(update["pre_checkout_query"])
        elif "message" in update:
            await self._told(update["message"])

    async def _told(self, message: dict[str, Any]) -> None:
        chat, text = message["chat"]["id"], message.get("text", "")
        name = escape(message["from"]["first_name"])
        if "contact" in message:
            number = message["contact"]["phone_number"]
            await self.call("sendMessage", chat_id=chat, text=f"Got {number}", reply_markup={"remove_keyboard": True})
        elif text == "/phone":
            await self.call("sendMessage", chat_id=chat, text="Your number?", reply_markup=CONTACT_KEYBOARD)
        elif text == "/start":
            hello = f"<b>Hello</b>, {name}\nأهلًا بك"
            await self.call("sendMessage", chat_id=chat, text=hello, parse_mode="HTML", reply_markup=HOME_KEYBOARD)
        else:
            await self.call("sendMessage", chat_id=chat, text=f"You said: {text}")

    async def _tapped(self, query: dict[str, Any]) -> None:
        where = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
        if query["data"] == "book":
            keyboard = {"inline_keyboard": [[{"text": "Cancel it", "callback_data": "toast", "style": "danger"}]]}
            await self.call("editMessageText", **where, text="You are booked", reply_markup=keyboard)
        is_alert = query["data"] == "alert"
        text = "Read this first" if is_alert else "Done"
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=is_alert)

    async def _asked(self, query: dict[str, Any]) -> None:
        answer = (
            {"ok": True} if query["invoice_payload"] == "for sale" else {"ok": False, "error_message": "It is sold out"}
        )
        await self.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], **answer)


def phone_of(page: Page, person: SandboxPerson) -> Locator:
    return page.locator(f'.phone[data-person="{person.slug}"]')


async def started(page: Page, person: SandboxPerson = MONA) -> Locator:
    await page.goto(f"/?person={person.slug}")
    phone = phone_of(page, person)
    await phone.locator(".start-button:visible").click()
    await expect(phone.locator(".inline-keyboard")).to_be_visible()
    return phone


async def say(phone: Locator, text: str) -> None:
    await phone.locator("textarea").fill(text)
    await phone.locator("textarea").press("Enter")
