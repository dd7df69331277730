"""Photos, invoices and codes on the sandbox's page: seen whole, enlarged, paid and scanned."""

import io
import json

import pytest
import segno
from playwright.async_api import FilePayload, Page, expect

from tests.browser.chromium import MARKS
from tests.browser.small_bot import MONA, OMAR, SmallBot, phone_of, say, started

pytestmark = MARKS

TICKET = "https://t.me/rollcall_demo_bot?start=ticket_42"


def code(text: str, *, level: str = "M", scale: int = 5) -> bytes:
    out = io.BytesIO()
    segno.make_qr(text, error=level, boost_error=False).save(out, kind="png", scale=scale, border=4)
    return out.getvalue()


async def send_invoice(bot: SmallBot, payload: str) -> None:
    await bot.call(
        "sendInvoice",
        chat_id=MONA.id,
        title="Ballet, 8 classes",
        description="Valid for two months",
        payload=payload,
        provider_token="sandbox:TEST:provider",
        currency="EGP",
        prices=[{"label": "8 classes", "amount": 45_000}],
    )


class TestPhotos:
    async def test_picture_is_seen_whole_and_grows_with_its_caption(self, page: Page, bot: SmallBot) -> None:
        phone = await started(page)
        await bot.send_file("sendPhoto", "photo", "ticket.png", code(TICKET), MONA, caption="Your ticket")
        picture = phone.locator(".photo img")
        await expect(picture).to_have_css("object-fit", "contain")
        await phone.get_by_role("button", name="Enlarge the photo").click()
        await expect(page.locator("dialog.viewer figcaption")).to_have_text("Your ticket")
        await expect(page.locator("dialog.viewer .viewer-save")).to_have_attribute("download", "photo")
        box = await page.locator("dialog.viewer img").bounding_box()
        assert box is not None
        assert box["width"] >= 400
        await page.locator("dialog.viewer img").click()
        await expect(page.locator("dialog.viewer")).to_have_count(0)

    async def test_picture_is_replaced_in_place(self, page: Page, bot: SmallBot) -> None:
        phone = await started(page)
        message_id = await bot.send_file("sendPhoto", "photo", "a.png", code("one"), MONA, caption="Monday")
        await expect(phone.locator(".photo")).to_have_count(1)
        first = await phone.locator(".photo img").get_attribute("src")
        media = json.dumps({"type": "photo", "media": "attach://b", "caption": "Tuesday"})
        await bot.send_file("editMessageMedia", "b", "b.png", code("two"), MONA, media=media, message_id=str(message_id))
        await expect(phone.locator(".has-photo .text")).to_have_text("Tuesday")
        await expect(phone.locator(".photo")).to_have_count(1)
        assert await phone.locator(".photo img").get_attribute("src") != first


class TestInvoices:
    async def test_invoice_is_paid_with_two_presses(self, page: Page, bot: SmallBot) -> None:
        phone = await started(page)
        await send_invoice(bot, "for sale")
        await expect(phone.locator(".invoice")).to_contain_text("450.00")
        await phone.locator(".key.pay").click()
        await expect(phone.get_by_role("dialog")).to_contain_text("Ballet, 8 classes")
        await phone.get_by_role("button", name="Pay", exact=True).click()
        await expect(phone.locator(".service")).to_contain_text("You paid")
        await expect(phone.locator(".key.pay")).to_be_disabled()

    async def test_refusal_of_the_bot_is_read(self, page: Page, bot: SmallBot) -> None:
        phone = await started(page)
        await send_invoice(bot, "gone")
        await phone.locator(".key.pay").click()
        await phone.get_by_role("button", name="Pay", exact=True).click()
        await expect(phone.get_by_role("alertdialog")).to_contain_text("It is sold out")
        await expect(phone.locator(".service")).to_have_count(0)

    async def test_second_thoughts_pay_nothing(self, page: Page, bot: SmallBot) -> None:
        phone = await started(page)
        await send_invoice(bot, "for sale")
        await phone.locator(".key.pay").click()
        await page.keyboard.press("Escape")
        await expect(phone.locator(".key.pay")).to_be_enabled()
        await expect(phone.locator(".service")).to_have_count(0)


class TestScanning:
    async def test_ticket_of_another_person_is_scanned_from_their_picture(self, page: Page, bot: SmallBot) -> None:
        await started(page, OMAR)
        await bot.send_file("sendPhoto", "photo", "ticket.png", code(TICKET), OMAR)
        phone = await started(page, MONA)
        await phone.get_by_role("button", name="Commands").click()
        await phone.get_by_role("button", name="Scan a code").click()
        await phone.get_by_role("button", name="Scan the photo on").click()
        await expect(phone.locator(".from-person .text").last).to_have_text("/start ticket_42")

    async def test_pasted_link_opens_the_chat_and_a_foreign_one_does_not(self, page: Page) -> None:
        phone = await started(page)
        for text, said in ((TICKET, "/start ticket_42"), ("ticket_43", "/start ticket_43"), ("https://e.org/", None)):
            await phone.get_by_role("button", name="Commands").click()
            await phone.get_by_role("button", name="Scan a code").click()
            await phone.get_by_label("Link or code").fill(text)
            await page.keyboard.press("Enter")
            if said:
                await expect(phone.locator(".from-person .text").last).to_have_text(said)
        await expect(phone.locator(".toast.shown")).to_contain_text("does not lead to this bot")

    async def test_picture_without_a_code_says_so(self, page: Page) -> None:
        phone = await started(page)
        await phone.get_by_role("button", name="Commands").click()
        await phone.get_by_role("button", name="Scan a code").click()
        file = FilePayload(name="x.png", mimeType="image/png", buffer=b"no picture")
        await phone.locator("input[type=file]").set_input_files(file)
        await expect(phone.locator(".scan-note")).to_contain_text("no code in this picture")

    async def test_link_of_a_message_opens_the_chat(self, page: Page) -> None:
        phone = await started(page)
        await say(phone, TICKET)
        await phone.get_by_role("link", name=TICKET).first.click()
        await expect(phone_of(page, MONA).locator(".from-bot .text").last).to_have_text("You said: /start ticket_42")

    @pytest.mark.parametrize("level", ["L", "M", "Q", "H"])
    async def test_decoder_reads_every_size_and_kind(self, page: Page, level: str) -> None:
        await page.goto("/")
        texts = ["7", "12345678", "HELLO WORLD 42", TICKET, "تذكرة رقم ٧", "x" * 60 + "é", "y" * 115]
        for text in texts:
            picture = list(code(text, level=level, scale=3))
            read = await page.evaluate(
                """async (bytes) => {
                    const { readCode } = await import("/static/qr_code.js");
                    return readCode(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
                }""",
                picture,
            )
            assert read == text
