"""Documents and photos, there and back."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox import files
from bot.sandbox.files import picture_format
from bot.sandbox.schema import Upload
from tests.sandbox.clients import MONA, OMAR, PNG, TOKEN, BotClient, Driver, keyboard

JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x20\x00\x40\x03rest"


async def upload(bot: BotClient, method: str, field: str, content: bytes, name: str, **fields: str) -> Any:
    form = aiohttp.FormData({"chat_id": str(MONA)} | fields, quote_fields=False)
    form.add_field(field, content, filename=name)
    async with bot.http.post(f"{bot.url}/bot{TOKEN}/{method}", data=form) as response:
        return await response.json()


async def test_document_can_be_downloaded_by_the_bot_and_by_the_page(bot: BotClient, driver: Driver) -> None:
    sent = await upload(bot, "sendDocument", "document", b"a,b\n", "wéek 1.csv", caption="<b>Week</b>", parse_mode="HTML")
    file = await bot.call("getFile", file_id=sent["result"]["document"]["file_id"])
    async with bot.http.get(f"{bot.url}/file/bot{TOKEN}/{file['file_path']}") as response:
        assert await response.read() == b"a,b\n"
    shown = (await driver.get("chats/mona"))["messages"][-1]
    assert (shown["html"], shown["document"]["size"]) == ("<b>Week</b>", 4)
    async with bot.http.get(bot.url + shown["document"]["url"]) as response:
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''w%C3%A9ek%201.csv")


async def test_download_needs_the_token(bot: BotClient) -> None:
    sent = await upload(bot, "sendDocument", "document", b"x", "x.csv")
    file = await bot.call("getFile", file_id=sent["result"]["document"]["file_id"])
    async with bot.http.get(f"{bot.url}/file/bot1:other/{file['file_path']}") as response:
        assert response.status == 404


async def test_photo_is_shown_and_its_caption_edited(bot: BotClient, driver: Driver) -> None:
    photo = (await upload(bot, "sendPhoto", "photo", PNG, "chart.png", caption="old"))["result"]
    edit = {"chat_id": MONA, "message_id": photo["message_id"], "caption": "new", "reply_markup": keyboard("x")}
    await bot.call("editMessageCaption", **edit)
    shown = (await driver.get("chats/mona"))["messages"][-1]
    assert (shown["text"], shown["reply_markup"]) == ("new", keyboard("x"))
    async with bot.http.get(bot.url + shown["photo"]["url"]) as response:
        assert (response.content_type, await response.read()) == ("image/png", PNG)
    text = await bot.refusal("editMessageText", chat_id=MONA, message_id=photo["message_id"], text="x")
    assert text == "Bad Request: there is no text in the message to edit"


async def test_file_is_sent_again_by_its_id(bot: BotClient) -> None:
    first = (await upload(bot, "sendPhoto", "photo", PNG, "chart.png"))["result"]["photo"][0]
    again = await bot.call("sendPhoto", chat_id=MONA, photo=first["file_id"])
    assert again["photo"] == [first]
    assert "can't use file of type" in await bot.refusal("sendDocument", chat_id=MONA, document=first["file_id"])
    assert "wrong file identifier" in await bot.refusal("sendPhoto", chat_id=MONA, photo="nothing")


async def test_media_of_a_message_is_replaced_by_an_attachment(bot: BotClient) -> None:
    message = (await upload(bot, "sendPhoto", "photo", PNG, "old.png", caption="old"))["result"]
    media = '{"type": "document", "media": "attach://new", "caption": "new"}'
    fields = {"message_id": str(message["message_id"]), "media": media}
    edited = (await upload(bot, "editMessageMedia", "new", b"x", "new.csv", **fields))["result"]
    assert (edited["document"]["file_name"], edited["caption"], "photo" in edited) == ("new.csv", "new", False)


async def test_record_of_calls_keeps_no_contents(bot: BotClient, driver: Driver) -> None:
    await upload(bot, "sendDocument", "document", b"secret", "x.csv")
    call = (await driver.get("calls"))["calls"][-1]
    assert call["parameters"]["document"] == {"file_name": "x.csv", "size": 6}


def test_oldest_files_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "KEPT_BYTES", 10)
    store = files.FileStore()
    kept = [store.keep_document(Upload("x.csv", "text/csv", b"123456")) for _ in range(2)]
    assert [store.find(stored.file_id) for stored in kept] == [None, kept[1]]


@pytest.mark.parametrize(
    ("method", "field", "content", "fields", "reason"),
    [
        ("sendPhoto", "photo", b"no picture", {}, "IMAGE_PROCESS_FAILED"),
        ("sendPhoto", "photo", PNG[:16] + b"\0\0\x40\0" + PNG[20:], {}, "PHOTO_INVALID_DIMENSIONS"),
        ("sendDocument", "document", b"", {}, "file must be non-empty"),
        ("sendDocument", "document", b"x", {"caption": "x" * 1025}, "message caption is too long"),
        ("sendDocument", "other", b"x", {}, "there is no document in the request"),
    ],
)
async def test_refuses_files_that_do_not_fit(
    bot: BotClient, method: str, field: str, content: bytes, fields: dict[str, str], reason: str
) -> None:
    answer = await upload(bot, method, field, content, "x.png", **fields)
    assert answer["description"] == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PNG, ("image/png", (1, 1))),
        (JPEG, ("image/jpeg", (64, 32))),
        (b"GIF89a\x05\x00\x06\x00", ("image/gif", (5, 6))),
        (JPEG[:12], ("", (0, 0))),
        (b"\xff\xd8", ("", (0, 0))),
    ],
)
def test_size_of_a_picture_is_read_from_its_header(content: bytes, expected: tuple[str, tuple[int, int]]) -> None:
    assert picture_format(content) == expected


async def test_newest_photos_of_everybody_are_listed(bot: BotClient, driver: Driver) -> None:
    await driver.post("people/omar/start")
    for chat_id in (MONA, OMAR, MONA):
        await upload(bot, "sendPhoto", "photo", PNG, "ticket.png", chat_id=str(chat_id))
    photos = (await driver.get("photos"))["photos"]
    assert [photo["slug"] for photo in photos] == ["mona", "omar", "mona"]
    assert (photos[0]["width"], photos[0]["person"]) == (1, "Mona Adel")
