"""Long polling: what is confirmed, what comes again, and who polls."""

import asyncio

from tests.sandbox.clients import BotClient, Driver


async def say(driver: Driver, *texts: str) -> list[int]:
    return [(await driver.post("people/mona/say", text=text))["update_id"] for text in texts]


async def poll(bot: BotClient, **parameters: object) -> list[int]:
    return [update["update_id"] for update in await bot.call("getUpdates", **parameters)]


async def test_unconfirmed_updates_come_again(bot: BotClient, driver: Driver) -> None:
    ids = await say(driver, "one", "two", "three")
    assert await poll(bot) == ids
    assert await poll(bot, offset=ids[0]) == ids
    assert await poll(bot, offset=ids[1]) == ids[1:]
    assert await poll(bot, offset=ids[0]) == ids[1:]


async def test_limit_holds_and_out_of_range_is_fitted(bot: BotClient, driver: Driver) -> None:
    ids = await say(driver, "one", "two")
    assert await poll(bot, limit=1) == ids[:1]
    assert await poll(bot, limit=0) == ids[:1]
    assert await poll(bot, limit=500) == ids


async def test_negative_offset_keeps_only_the_last(bot: BotClient, driver: Driver) -> None:
    ids = await say(driver, "one", "two", "three")
    assert await poll(bot, offset=-1) == ids[2:]
    assert await poll(bot) == ids[2:]


async def test_long_poll_returns_when_something_happens(bot: BotClient, driver: Driver) -> None:
    polling = asyncio.create_task(poll(bot, timeout=20))
    ids = await say(driver, "hello")
    async with asyncio.timeout(5):
        assert await polling == ids


async def test_of_two_pollers_one_is_ended_and_the_other_goes_on(bot: BotClient, driver: Driver) -> None:
    pollers = [asyncio.create_task(bot.answer("getUpdates", timeout=20)) for _ in range(2)]
    async with asyncio.timeout(5):
        (ended,), (other,) = await asyncio.wait(pollers, return_when=asyncio.FIRST_COMPLETED)
    answer = ended.result()
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request; make sure")
    ids = await say(driver, "for the other")
    assert [update["update_id"] for update in (await other)["result"]] == ids


async def test_allowed_updates_are_remembered(bot: BotClient, driver: Driver) -> None:
    await bot.call("getUpdates", allowed_updates=["callback_query"])
    await say(driver, "unwanted")
    assert await poll(bot) == []
    await bot.call("getUpdates", allowed_updates=[])
    ids = await say(driver, "wanted")
    assert await poll(bot) == ids


async def test_raw_updates_arrive_as_they_were_written(bot: BotClient, driver: Driver) -> None:
    given = [{"message": {"chat": 5}}, {"update_id": "x", "message": None}, [1, 2]]
    queued = [(await driver.post("updates", status=201, update=update))["update_id"] for update in given]
    assert await bot.call("getUpdates") == [{"message": {"chat": 5}, "update_id": queued[0]}, *given[1:]]
    assert await poll(bot, offset=queued[-1] + 1) == []


async def test_raw_update_with_an_earlier_id_is_put_in_order(bot: BotClient, driver: Driver) -> None:
    ids = await say(driver, "later")
    earlier = ids[0] - 50
    await driver.post("updates", status=201, update={"update_id": earlier})
    assert await poll(bot) == [earlier, *ids]
    assert await poll(bot, offset=earlier + 1) == ids
