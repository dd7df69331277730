"""Sending, editing and deleting, as far as a bot can tell them from Telegram's."""

from datetime import timedelta

import pytest

from bot.sandbox.chats import KEPT_MESSAGES
from tests.sandbox.clients import MONA, BotClient, Driver, keyboard

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


async def shown(driver: Driver, message_id: int) -> dict[str, object]:
    messages: list[dict[str, object]] = (await driver.get("chats/mona"))["messages"]
    return next(message for message in messages if message["message_id"] == message_id)


async def test_edit_replaces_text_and_keyboard(bot: BotClient, driver: Driver) -> None:
    message_id = await bot.send("old", reply_markup=keyboard("a"))
    await bot.call("editMessageText", chat_id=MONA, message_id=message_id, text="<b>new</b>", parse_mode="HTML")
    message = await shown(driver, message_id)
    assert (message["text"], message["html"], message["reply_markup"]) == ("new", "<b>new</b>", None)
    assert message["edit_date"] is not None


async def test_edit_to_the_same_is_not_modified(bot: BotClient) -> None:
    message_id = await bot.send("<b>same</b>", parse_mode="HTML", reply_markup=keyboard("a"))
    again = {"chat_id": MONA, "message_id": message_id, "text": "<b>same</b>", "parse_mode": "HTML"}
    assert await bot.refusal("editMessageText", **again, reply_markup=keyboard("a")) == NOT_MODIFIED
    assert await bot.call("editMessageText", **again, reply_markup=keyboard("b"))


async def test_keyboard_alone_can_be_taken_away_once(bot: BotClient) -> None:
    message_id = await bot.send(reply_markup=keyboard("a"))
    bare = await bot.call("editMessageReplyMarkup", chat_id=MONA, message_id=message_id)
    assert "reply_markup" not in bare
    assert await bot.refusal("editMessageReplyMarkup", chat_id=MONA, message_id=message_id) == NOT_MODIFIED


@pytest.mark.parametrize("markup", [{"keyboard": [["x"]]}, {"remove_keyboard": True}])
async def test_edit_takes_no_reply_keyboard(bot: BotClient, markup: dict[str, object]) -> None:
    message_id = await bot.send()
    edit = {"chat_id": MONA, "message_id": message_id, "text": "y", "reply_markup": markup}
    assert await bot.refusal("editMessageText", **edit) == "Bad Request: inline keyboard expected"


async def test_edits_only_messages_of_its_own(bot: BotClient, driver: Driver) -> None:
    said = await driver.post("people/mona/say", text="mine")
    edit = {"chat_id": MONA, "text": "x"}
    mine = await bot.refusal("editMessageText", **edit, message_id=said["message_id"])
    unknown = await bot.refusal("editMessageText", **edit, message_id=9999)
    assert (mine, unknown) == ("Bad Request: message can't be edited", "Bad Request: message to edit not found")
    assert await bot.refusal("editMessageText", **edit) == "Bad Request: message identifier is not specified"


async def test_deleted_message_is_gone_and_cannot_be_deleted_twice(bot: BotClient, driver: Driver) -> None:
    message_id = await bot.send()
    assert await bot.call("deleteMessage", chat_id=MONA, message_id=message_id) is True
    ids = [message["message_id"] for message in (await driver.get("chats/mona"))["messages"]]
    assert message_id not in ids
    refusal = await bot.refusal("deleteMessage", chat_id=MONA, message_id=message_id)
    assert refusal == "Bad Request: message to delete not found"


async def test_message_of_three_days_ago_cannot_be_deleted(bot: BotClient) -> None:
    message_id = await bot.send()
    bot.sandbox.clock.advance(timedelta(days=3))
    refusal = await bot.refusal("deleteMessage", chat_id=MONA, message_id=message_id)
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_dates_follow_the_moved_clock(bot: BotClient) -> None:
    now = bot.sandbox.clock.advance(timedelta(days=40))
    message = await bot.call("sendMessage", chat_id=MONA, text="later")
    assert abs(message["date"] - now.timestamp()) < 60


async def test_chat_keeps_a_bounded_number_of_messages(bot: BotClient, driver: Driver) -> None:
    first = await bot.send("first")
    for number in range(KEPT_MESSAGES):
        await bot.send(str(number))
    messages = (await driver.get("chats/mona"))["messages"]
    assert len(messages) == KEPT_MESSAGES
    edit = await bot.refusal("editMessageText", chat_id=MONA, message_id=first, text="x")
    assert edit == "Bad Request: message to edit not found"


async def test_reply_keyboard_is_shown_until_removed(bot: BotClient, driver: Driver) -> None:
    button = {"text": "Share my number", "request_contact": True}
    await bot.send(reply_markup={"keyboard": [[button]], "resize_keyboard": True})
    assert (await driver.get("chats/mona"))["reply_keyboard"]["keyboard"] == [[button]]
    await bot.send(reply_markup={"remove_keyboard": True})
    assert (await driver.get("chats/mona"))["reply_keyboard"] is None


async def test_chat_action_shows_until_the_next_message(bot: BotClient, driver: Driver) -> None:
    await bot.call("sendChatAction", chat_id=MONA, action="typing")
    assert (await driver.get("chats/mona"))["typing"] is True
    await bot.send()
    assert (await driver.get("chats/mona"))["typing"] is False
    refusal = await bot.refusal("sendChatAction", chat_id=MONA, action="juggling")
    assert refusal == "Bad Request: wrong parameter action in request"


async def test_html_with_an_error_keeps_nothing(bot: BotClient, driver: Driver) -> None:
    before = await driver.get("chats/mona")
    refusal = await bot.refusal("sendMessage", chat_id=MONA, text="a <b>b", parse_mode="HTML")
    assert refusal == "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""
    assert await driver.get("chats/mona") == before
