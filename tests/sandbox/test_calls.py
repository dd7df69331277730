"""What the Bot API says to calls that do not fit, before any method acts."""

import aiohttp
import pytest

from bot.sandbox import RunningSandbox
from tests.sandbox.clients import MONA, OMAR, TOKEN, BotClient, Driver, keyboard


async def test_unknown_method_is_not_found(bot: BotClient) -> None:
    expected = {"ok": False, "error_code": 404, "description": "Not Found"}
    assert await bot.answer("sendMesage", chat_id=MONA, text="x") == expected


async def test_wrong_token_is_unauthorized(bot: BotClient) -> None:
    expected = {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert await bot.answer("getMe", token="12345:other") == expected


async def test_method_that_is_not_simulated_says_so(bot: BotClient) -> None:
    answer = await bot.answer("sendDice", chat_id=MONA)
    assert answer["error_code"] == 501
    assert "sendDice" in answer["description"]


async def test_method_names_ignore_case(bot: BotClient) -> None:
    assert (await bot.call("GETME"))["id"] == 12345


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({}, "chat_id is empty"),
        ({"chat_id": MONA}, "message text is empty"),
        ({"chat_id": MONA, "text": ""}, "message text is empty"),
        ({"chat_id": MONA, "text": " \n"}, "message text is empty"),
        ({"chat_id": MONA, "text": "x", "colour": 1}, 'unknown parameter "colour"'),
        ({"chat_id": MONA, "text": 5}, 'parameter "text" must be String'),
        ({"chat_id": [1], "text": "x"}, 'parameter "chat_id" must be IntegerorString'),
        ({"chat_id": 999, "text": "x"}, "chat not found"),
        ({"chat_id": "@mona", "text": "x"}, "chat not found"),
        ({"chat_id": MONA, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": MONA, "text": "😀" * 2049}, "message is too long"),
        ({"chat_id": MONA, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"chat_id": MONA, "text": "x", "reply_parameters": {"message_id": 9999}}, "message to be replied not found"),
    ],
)
async def test_refuses_a_text_that_does_not_fit(bot: BotClient, parameters: dict[str, object], description: str) -> None:
    assert await bot.refusal("sendMessage", **parameters) == f"Bad Request: {description}"


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        (keyboard("x" * 65), "BUTTON_DATA_INVALID"),
        (keyboard("é" * 33), "BUTTON_DATA_INVALID"),
        (keyboard(""), "BUTTON_DATA_INVALID"),
        (keyboard("x", style="purple"), "invalid button style specified"),
        (keyboard("x", url="https://example.org"), "BUTTON_TYPE_INVALID"),
        ({"inline_keyboard": [[{"text": "x"}]]}, "text buttons are unallowed in the inline keyboard"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, "can't parse InlineKeyboardButton: Can't find field \"text\""),
        ({"inline_keyboard": [[{"text": 1, "callback_data": "x"}]]}, None),
        ({"inline_keyboard": [[{"text": "x", "colour": "x"}]]}, None),
        ({"inline_keyboard": [{"text": "x", "callback_data": "x"}]}, None),
        ({"inline_keyboard": keyboard(*"x" * 9)["inline_keyboard"][0] * 9}, None),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 9]}, "REPLY_MARKUP_TOO_LONG"),
        (keyboard(*["x"] * 101), "REPLY_MARKUP_TOO_LONG"),
        ({"inline_keyboard": [[{"text": "x", "url": "javascript:alert(1)"}]]}, None),
        ("{broken", "can't parse InlineKeyboardMarkup JSON object"),
        (["x"], "object expected as reply markup"),
    ],
)
async def test_refuses_a_keyboard_that_does_not_fit(bot: BotClient, markup: object, description: str | None) -> None:
    refusal = await bot.refusal("sendMessage", chat_id=MONA, text="x", reply_markup=markup)
    assert description is None or refusal == f"Bad Request: {description}"


async def test_accepts_what_is_just_within_the_limits(bot: BotClient) -> None:
    rows = [[{"text": "x", "callback_data": "é" * 32, "style": "danger"}] * 8] * 12
    message = await bot.call("sendMessage", chat_id=MONA, text="😀" * 2048, reply_markup={"inline_keyboard": rows})
    assert message["reply_markup"]["inline_keyboard"] == rows


async def test_takes_forms_with_serialized_objects(bot: BotClient, http: aiohttp.ClientSession) -> None:
    form = {"chat_id": str(MONA), "text": "x", "reply_markup": '{"keyboard": [["Yes", {"text": "No"}]]}'}
    async with http.post(f"{bot.url}/bot{TOKEN}/sendMessage", data=form) as response:
        assert (await response.json())["result"]["chat"]["id"] == MONA


@pytest.mark.parametrize("body", [b"{", b"[1]", b'{"text": "\xff"}'])
async def test_refuses_a_body_that_is_no_json_object(bot: BotClient, http: aiohttp.ClientSession, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    async with http.post(f"{bot.url}/bot{TOKEN}/sendMessage", data=body, headers=headers) as response:
        assert response.status == 400


async def test_never_writes_to_somebody_who_never_wrote(bot: BotClient) -> None:
    answer = await bot.answer("sendMessage", chat_id=OMAR, text="x")
    assert (answer["error_code"], answer["description"]) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )


async def test_is_refused_by_somebody_who_blocked_the_bot(bot: BotClient, driver: Driver) -> None:
    await driver.post("people/mona/block")
    answer = await bot.answer("sendMessage", chat_id=MONA, text="x")
    assert (answer["error_code"], answer["description"]) == (403, "Forbidden: bot was blocked by the user")


async def test_records_calls_without_the_token(bot: BotClient, driver: Driver, running: RunningSandbox) -> None:
    await bot.send("remember me")
    await bot.answer("sendMessage", chat_id=1)
    last = (await driver.get("calls"))["calls"][-2:]
    assert [(call["method"], call["status"]) for call in last] == [("sendMessage", 200), ("sendMessage", 400)]
    assert last[0]["parameters"] == {"text": "remember me", "chat_id": MONA}
    assert (await driver.get(f"calls?after={last[0]['n']}"))["calls"] == last[1:]
    assert TOKEN not in str(last)
