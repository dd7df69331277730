import asyncio
import contextlib
import logging
from dataclasses import replace

import pytest

from bot.telegram.client import BotTokenRejectedError, TokenKeepingBot, build_bot
from tests.telegram_link.api_server import FakeBotApi, stays, tap, until
from tests.telegram_link.bot_under_test import QUICK, LeaseOfOne, Link


@pytest.fixture
def link(bot: TokenKeepingBot) -> Link:
    return Link(bot)


def unconfirmed(api: FakeBotApi) -> list[int]:
    return [update["update_id"] for update in api.updates if isinstance(update, dict)]


async def kill(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


class TestConfirmation:
    async def test_every_tap_is_booked_told_and_confirmed(self, api: FakeBotApi, link: Link) -> None:
        await api.add_updates(*[tap(number, 1000 + number % 7) for number in range(1, 251)])
        async with link.polling():
            await until(lambda: len(link.told) == 250)
            await until(lambda: not api.updates)
        assert sorted(link.effects) == list(range(1, 251))

    async def test_one_persons_taps_act_in_their_order(self, api: FakeBotApi, link: Link) -> None:
        await api.add_updates(*[tap(number, 7 + number % 3) for number in range(1, 61)])
        async with link.polling():
            await until(lambda: len(link.told) == 60)
        for person in range(3):
            own = [number for number in link.effects if number % 3 == person]
            assert own == sorted(own)

    async def test_killed_before_the_effect_the_tap_comes_again(self, api: FakeBotApi, link: Link) -> None:
        link.gate(2)
        await api.add_updates(tap(1, 7), tap(2, 8))
        task = link.start()
        await until(lambda: link.told == [1])
        await kill(task)
        assert unconfirmed(api) == [1, 2]
        again = Link(link.bot)
        async with again.polling():
            await until(lambda: sorted(again.told) == [1, 2])

    async def test_a_slow_reply_holds_the_batch_no_longer_than_the_grace(self, api: FakeBotApi, link: Link) -> None:
        gate = api.hold_replies_to(7)
        await api.add_updates(tap(1, 7), tap(2, 7), tap(3, 8))
        async with link.polling():
            await until(lambda: link.told == [3])
            await until(lambda: not api.updates)
            assert link.effects == [1, 3, 2]
            gate.set()
            await until(lambda: link.told == [3, 1, 2])

    async def test_a_slow_effect_is_always_awaited(self, api: FakeBotApi, link: Link) -> None:
        gate = link.gate(1)
        await api.add_updates(tap(1, 7), tap(2, 8))
        async with link.polling():
            await until(lambda: link.told == [2])
            await stays(lambda: unconfirmed(api) == [1, 2], 4 * link.grace_seconds)
            gate.set()
            await until(lambda: not api.updates)

    async def test_an_effect_that_fails_is_reported_once_and_confirmed(self, api: FakeBotApi, link: Link) -> None:
        link.broken.add(1)
        await api.add_updates(tap(1, 7), tap(2, 7))
        async with link.polling():
            await until(lambda: not api.updates)
        assert [update_id for update_id, _ in link.faults] == [1]
        assert link.effects == [2]

    async def test_a_malformed_update_is_passed_over_once(
        self, api: FakeBotApi, link: Link, caplog: pytest.LogCaptureFixture
    ) -> None:
        await api.add_updates(tap(1, 7), {"update_id": 2, "message": {"text": "private"}}, tap(3, 7))
        async with link.polling():
            await until(lambda: not api.updates)
        assert link.effects == [1, 3]
        passed_over = [record for record in caplog.records if "passed over" in record.message]
        assert [record.message for record in passed_over] == ["Update 2 could not be read (KeyError) and is passed over."]

    async def test_asks_for_named_kinds_of_updates_and_for_a_long_poll(self, api: FakeBotApi, link: Link) -> None:
        async with link.polling():
            await until(lambda: api.polls_waiting)
        (first, *_) = api.of("getUpdates")
        assert first == {"limit": 100, "timeout": 25, "allowed_updates": list(QUICK.allowed_updates)}

    async def test_once_confirmed_an_offset_is_not_named_again(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        link = Link(bot, options=replace(QUICK, long_poll_seconds=0))
        await api.add_updates(tap(1, 7))
        async with link.polling():
            await until(lambda: any(call.get("offset") == 2 for call in api.of("getUpdates")))
            await until(lambda: "offset" not in api.of("getUpdates")[-1])


class TestTrouble:
    async def test_backs_off_and_goes_on(self, api: FakeBotApi, link: Link, caplog: pytest.LogCaptureFixture) -> None:
        api.fail("getUpdates", 502, "Bad Gateway")
        api.drop_after_acting("getUpdates")
        api.answer_raw("getUpdates", 200, lambda request: f"<html>{request.path}</html>")
        api.answer_raw("getUpdates", 200, lambda _: '{"ok": true, "result": {}}')
        api.answer_raw("getUpdates", 200, lambda _: '{"ok": true, "result": [{"message": 1}]}')
        caplog.set_level(logging.DEBUG)
        await api.add_updates(tap(1, 7))
        async with link.polling():
            await until(lambda: link.told == [1])
        assert len([record for record in caplog.records if "gave no updates" in record.message]) == 5
        assert "very-secret" not in caplog.text

    async def test_says_that_somebody_else_polls(
        self, api: FakeBotApi, link: Link, caplog: pytest.LogCaptureFixture
    ) -> None:
        api.fail("getUpdates", 409, "Conflict: terminated by other getUpdates request")
        await api.add_updates(tap(1, 7))
        async with link.polling():
            await until(lambda: link.told == [1])
        assert "Another program polls" in caplog.text

    async def test_waits_as_long_as_telegram_says(self, api: FakeBotApi, link: Link) -> None:
        loop = asyncio.get_running_loop()
        api.fail("getUpdates", 429, retry_after=0.15)
        began_at = loop.time()
        async with link.polling():
            await until(lambda: api.polls_waiting)
        assert loop.time() - began_at >= 0.15

    async def test_ends_with_a_clear_error_where_the_token_is_refused(self, api: FakeBotApi) -> None:
        link = Link(build_bot(token="1:very-secret_too", api_url=api.url))
        await link.bot.request.initialize()
        with pytest.raises(BotTokenRejectedError, match="does not accept the bot token"):
            await link.start()
        await link.bot.request.shutdown()

    async def test_everybody_is_told_where_every_fifth_send_is_throttled(self, api: FakeBotApi, link: Link) -> None:
        for _ in range(20):
            api.fail("sendMessage", 429, retry_after=0.1)
        await api.add_updates(*[tap(number, 1000 + number) for number in range(1, 101)])
        async with link.polling():
            await until(lambda: len(link.told) == 100)
        assert len(api.of("sendMessage")) == 120


class TestStop:
    async def test_ends_at_once_while_it_waits_for_updates(self, api: FakeBotApi, link: Link) -> None:
        task = link.start()
        await until(lambda: api.polls_waiting)
        link.stop.set()
        async with asyncio.timeout(1):
            await task

    async def test_ends_at_once_while_it_backs_off(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        link = Link(bot, options=replace(QUICK, first_backoff_seconds=60, most_backoff_seconds=60))
        api.fail("getUpdates", 500)
        task = link.start()
        await until(lambda: api.of("getUpdates"))
        link.stop.set()
        async with asyncio.timeout(1):
            await task

    async def test_what_has_begun_is_finished_and_confirmed_and_nothing_new_is_begun(
        self, api: FakeBotApi, link: Link
    ) -> None:
        gate, reply = link.gate(1), api.hold_replies_to(7)
        await api.add_updates(tap(1, 7))
        task = link.start()
        await until(lambda: link.begun == [1])
        await api.add_updates(tap(2, 8))
        link.stop.set()
        gate.set()
        await until(lambda: unconfirmed(api) == [2])
        reply.set()
        await task
        assert (link.effects, link.told) == ([1], [1])
        assert api.of("getUpdates")[-1] | {"allowed_updates": None} == {
            "offset": 2, "limit": 1, "timeout": 0, "allowed_updates": None
        }  # fmt: skip

    async def test_what_does_not_end_is_cut_off_at_the_deadline_and_comes_again(
        self, api: FakeBotApi, bot: TokenKeepingBot
    ) -> None:
        link = Link(bot, options=replace(QUICK, shutdown_seconds=0.05))
        link.gate(1)
        await api.add_updates(tap(1, 7))
        task = link.start()
        await until(lambda: link.begun)
        link.stop.set()
        async with asyncio.timeout(1):
            await task
        assert (link.effects, unconfirmed(api)) == ([], [1])

    async def test_ends_in_time_where_telegram_does_not_take_the_confirmation(
        self, api: FakeBotApi, bot: TokenKeepingBot
    ) -> None:
        link = Link(bot, options=replace(QUICK, shutdown_seconds=0.3))
        gate = link.gate(1)
        await api.add_updates(tap(1, 7))
        task = link.start()
        await until(lambda: link.begun)
        api.fail("getUpdates", 500)
        link.stop.set()
        gate.set()
        async with asyncio.timeout(1):
            await task
        assert link.told == [1]


class TestLease:
    async def test_only_its_holder_polls(self, api: FakeBotApi, link: Link) -> None:
        link.lease.is_free = False
        async with link.polling():
            await api.add_updates(tap(1, 7))
            await stays(lambda: not api.of("getUpdates"), 2 * LeaseOfOne.duration_seconds)
            link.lease.is_free = True
            await until(lambda: link.told == [1])

    async def test_losing_it_ends_the_poll_at_once(self, api: FakeBotApi, link: Link) -> None:
        async with link.polling():
            await until(lambda: api.polls_waiting)
            link.lease.is_free = False
            await until(lambda: not api.polls_waiting)

    async def test_whoever_lost_it_does_not_confirm(self, api: FakeBotApi, link: Link) -> None:
        gate = link.gate(1)
        await api.add_updates(tap(1, 7))
        async with link.polling():
            await until(lambda: link.begun)
            link.lease.is_free = False
            await until(lambda: link.lease.refused)
            gate.set()
            await until(lambda: link.told)
        assert len(api.of("getUpdates")) == 1
        assert unconfirmed(api) == [1]
