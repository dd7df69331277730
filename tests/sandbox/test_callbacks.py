"""Taps and their answers."""

import asyncio

import pytest

from tests.sandbox.clients import MONA, BotClient, Driver, keyboard

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def tap(bot: BotClient, driver: Driver) -> str:
    message_id = await bot.send(reply_markup=keyboard("go"))
    return str((await driver.post("people/mona/tap", message_id=message_id, data="go"))["callback_query_id"])


async def test_tap_reaches_the_bot_with_its_message(bot: BotClient, driver: Driver) -> None:
    query_id = await tap(bot, driver)
    (update,) = await bot.call("getUpdates")
    query = update["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (query_id, "go", MONA)
    assert query["message"]["reply_markup"] == keyboard("go")


async def test_answer_is_seen_by_the_person_who_waits(bot: BotClient, driver: Driver) -> None:
    message_id = await bot.send(reply_markup=keyboard("go"))
    waiting = asyncio.create_task(driver.post("people/mona/tap?wait=20", message_id=message_id, data="go"))
    (update,) = await bot.call("getUpdates", timeout=20)
    query_id = update["callback_query"]["id"]
    await bot.call("answerCallbackQuery", callback_query_id=query_id, text="Booked", show_alert=True)
    expected = {"text": "Booked", "show_alert": True, "url": ""}
    assert (await waiting)["answer"] == expected
    assert await driver.get(f"callbacks/{query_id}") == {"answered": True, **expected}


async def test_query_is_answered_once(bot: BotClient, driver: Driver) -> None:
    query_id = await tap(bot, driver)
    assert await bot.call("answerCallbackQuery", callback_query_id=query_id) is True
    assert await bot.refusal("answerCallbackQuery", callback_query_id=query_id) == TOO_OLD
    assert await bot.refusal("answerCallbackQuery", callback_query_id="77") == TOO_OLD


async def test_query_grows_too_old_in_machine_time(bot: BotClient, driver: Driver) -> None:
    query_id = await tap(bot, driver)
    bot.sandbox.world.queries.lifetime_seconds = 0.0
    assert await bot.refusal("answerCallbackQuery", callback_query_id=query_id) == TOO_OLD
    assert (await driver.get(f"callbacks/{query_id}"))["answered"] is False


@pytest.mark.parametrize(
    ("parameters", "reason"), [({"text": "x" * 201}, "MESSAGE_TOO_LONG"), ({"url": "https://e.org"}, "URL_INVALID")]
)
async def test_refused_answer_leaves_the_query_open(
    bot: BotClient, driver: Driver, parameters: dict[str, str], reason: str
) -> None:
    query_id = await tap(bot, driver)
    refusal = await bot.refusal("answerCallbackQuery", callback_query_id=query_id, **parameters)
    assert refusal == f"Bad Request: {reason}"
    assert await bot.call("answerCallbackQuery", callback_query_id=query_id, text="x" * 200) is True


async def test_only_forged_taps_carry_what_no_button_says(bot: BotClient, driver: Driver) -> None:
    message_id = await bot.send(reply_markup=keyboard("go"))
    await driver.post("people/mona/tap", status=400, message_id=message_id, data="other")
    await driver.post("people/mona/tap", status=400, message_id=9999, data="go")
    await driver.post("people/mona/tap", message_id=9999, data="z" * 5000, forge=True)
    (update,) = await bot.call("getUpdates")
    assert update["callback_query"]["data"] == "z" * 5000
    assert update["callback_query"]["message"]["date"] == 0


async def test_tap_on_a_replaced_keyboard_is_impossible(bot: BotClient, driver: Driver) -> None:
    message_id = await bot.send(reply_markup=keyboard("old"))
    await bot.call("editMessageReplyMarkup", chat_id=MONA, message_id=message_id, reply_markup=keyboard("new"))
    await driver.post("people/mona/tap", status=400, message_id=message_id, data="old")
    assert await driver.post("people/mona/tap", message_id=message_id, data="new")
