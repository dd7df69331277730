"""A widely used bot library's view of the sandbox: every object must parse, every refusal must be known."""

import io
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup, MenuButtonCommands
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from tests.sandbox.clients import MONA, OMAR, PNG, TOKEN, BotClient, Driver


@pytest.fixture
async def library(bot: BotClient, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    client = Bot(TOKEN, base_url=f"{bot.url}/bot", base_file_url=f"{bot.url}/file/bot")
    async with client:
        yield client


async def test_conversation_parses(library: Bot, driver: Driver) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Book", callback_data="b1", style="success")]])
    sent = await library.send_message(MONA, "<b>Ballet</b>", parse_mode="HTML", reply_markup=markup)
    await driver.post("people/mona/tap", message_id=sent.message_id, data="b1")
    (update,) = await library.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.message == sent
    await update.callback_query.answer("Booked", show_alert=True)
    edited = await update.callback_query.edit_message_text("Booked", reply_markup=None)
    assert not isinstance(edited, bool)
    assert (edited.text, edited.reply_markup) == ("Booked", None)


async def test_every_kind_of_update_parses(library: Bot, driver: Driver) -> None:
    said = await driver.post("people/mona/say", text="/help")
    await driver.post("people/mona/edit", message_id=said["message_id"], text="x")
    await driver.post("people/mona/contact", phone="+20")
    for action in ("photo", "sticker", "block", "unblock"):
        await driver.post(f"people/mona/{action}")
    await driver.post("people/mona/tap", message_id=4444, data="x", forge=True)
    updates = await library.get_updates()
    assert all(update.effective_user is not None and update.effective_user.id == MONA for update in updates)
    assert updates[-1].callback_query is not None
    assert updates[-1].callback_query.message is not None
    assert not updates[-1].callback_query.message.is_accessible


async def test_files_and_settings_parse(library: Bot) -> None:
    sent = await library.send_document(MONA, io.BytesIO(b"a,b"), filename="week.csv")
    assert sent.document is not None
    assert bytes(await (await sent.document.get_file()).download_as_bytearray()) == b"a,b"
    assert (await library.send_photo(MONA, PNG, caption="chart")).photo[0].width == 1
    await library.set_my_commands([BotCommand("today", "Today")], scope=BotCommandScopeChat(MONA), language_code="en")
    await library.set_chat_menu_button(MONA, MenuButtonCommands())
    assert (await library.get_webhook_info()).pending_update_count == 0


async def test_refusals_are_known(library: Bot, bot: BotClient, driver: Driver) -> None:
    with pytest.raises(Forbidden, match="can't initiate"):
        await library.send_message(OMAR, "x")
    with pytest.raises(BadRequest, match="hat not found"):
        await library.send_message(5, "x")
    await driver.post("faults", status=201, kind="too_many_requests", count=1, retry_after=3)
    with pytest.raises(RetryAfter):
        await library.send_message(MONA, "x")
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=f"{bot.url}/bot"):
            pytest.fail("a wrong token was let in")
