"""Trouble on demand."""

import asyncio
import time

import aiohttp
import pytest

from tests.sandbox.clients import MONA, BotClient, Driver, keyboard


async def texts(driver: Driver) -> list[str]:
    return [message["text"] for message in (await driver.get("chats/mona"))["messages"]]


async def test_too_many_requests_says_how_long(bot: BotClient, driver: Driver) -> None:
    await driver.post("faults", status=201, kind="too_many_requests", methods=["sendMessage"], count=1, retry_after=7)
    answer = await bot.answer("sendMessage", chat_id=MONA, text="x")
    assert answer == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert await bot.send("now")


@pytest.mark.parametrize(("status", "description"), [(500, "Internal Server Error"), (502, "Bad Gateway")])
async def test_server_error(bot: BotClient, driver: Driver, status: int, description: str) -> None:
    rule = {"kind": "server_error", "status": status}
    async with bot.http.post(f"{bot.url}/sandbox/faults", json=rule) as response:
        assert response.status == 201
    answer = await bot.answer("sendMessage", chat_id=MONA, text="lost")
    assert (answer["error_code"], answer["description"]) == (status, description)
    assert "lost" not in await texts(driver)


@pytest.mark.parametrize(("kind", "is_kept"), [("drop_before", False), ("drop_after", True)])
async def test_dropped_connection_acts_or_not(bot: BotClient, driver: Driver, kind: str, *, is_kept: bool) -> None:
    await driver.post("faults", status=201, kind=kind, methods=["sendMessage"], count=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call("sendMessage", chat_id=MONA, text="dropped")
    assert ("dropped" in await texts(driver)) is is_kept
    assert (await driver.get("calls"))["calls"][-1]["status"] == 0


async def test_slow_call_takes_its_time(bot: BotClient, driver: Driver) -> None:
    await driver.post("faults", status=201, kind="slow", methods=["getMe"], delay_seconds=0.05)
    begun = time.monotonic()
    await bot.call("getMe")
    assert time.monotonic() - begun >= 0.05


async def test_same_seed_gives_the_same_trouble(bot: BotClient, driver: Driver) -> None:
    runs = []
    for _ in range(2):
        await driver.post("faults", status=201, kind="too_many_requests", probability=0.5, seed=3)
        runs.append([(await bot.answer("getMe"))["ok"] for _ in range(20)])
        await driver.clear_faults()
    assert runs[0] == runs[1]
    assert {True, False} == set(runs[0])


async def test_confirmed_update_comes_once_more(bot: BotClient, driver: Driver) -> None:
    said = await driver.post("people/mona/say", text="again")
    await driver.post("faults", status=201, kind="redeliver", count=1)
    again = await bot.call("getUpdates", offset=said["update_id"] + 1)
    assert [update["update_id"] for update in again] == [said["update_id"]]
    assert await bot.call("getUpdates", offset=said["update_id"] + 1) == []


async def test_tap_comes_again_under_a_new_update_id(bot: BotClient, driver: Driver) -> None:
    message_id = await bot.send(reply_markup=keyboard("go"))
    await driver.post("faults", status=201, kind="redeliver_new_id", count=1)
    await driver.post("people/mona/tap", message_id=message_id, data="go")
    first, second = await bot.call("getUpdates")
    assert first["callback_query"] == second["callback_query"]
    assert first["update_id"] < second["update_id"]


async def test_query_too_old_and_conflict_touch_only_their_methods(bot: BotClient, driver: Driver) -> None:
    await driver.post("faults", status=201, kind="query_too_old")
    await driver.post("faults", status=201, kind="conflict")
    assert await bot.send()
    assert (await bot.answer("getUpdates"))["error_code"] == 409
    assert "query is too old" in await bot.refusal("answerCallbackQuery", callback_query_id="1")


async def test_unknown_fault_is_refused_and_listed_ones_count_down(bot: BotClient, driver: Driver) -> None:
    assert "kind" in (await driver.post("faults", status=400, kind="earthquake"))["error"]
    assert "sendMesage" in (await driver.post("faults", status=400, kind="slow", methods=["sendMesage"]))["error"]
    await driver.post("faults", status=201, kind="too_many_requests", count=2)
    await asyncio.gather(*(bot.answer("getMe") for _ in range(3)))
    assert (await driver.get("faults"))["faults"][0]["left"] == 0
