import asyncio
import logging

import pytest

from bot.telegram.client import TokenKeepingBot
from tests.telegram_link.api_server import FakeBotApi, tap, until
from tests.telegram_link.bot_under_test import Link

MALFORMED: list[object] = [
    {"update_id": 5, "message": {"text": "my private words"}},
    {"update_id": 5, "message": "my private words"},
    {"update_id": 5, "callback_query": {"id": "my private words", "from": 3}},
    {"update_id": "my private words"},
    {"message": "my private words"},
    ["my private words"],
    None,
]


@pytest.fixture
def link(bot: TokenKeepingBot) -> Link:
    return Link(bot)


class TestWebhook:
    async def test_may_be_answered_once_committed_and_told(self, api: FakeBotApi, link: Link) -> None:
        assert await link.intake.process_update(tap(1, 7)) is True
        assert (link.effects, link.told) == ([1], [1])
        assert api.of("sendMessage")[0]["chat_id"] == 7

    async def test_may_be_answered_while_the_reply_is_late(self, api: FakeBotApi, link: Link) -> None:
        gate = api.hold_replies_to(7)
        assert await link.intake.process_update(tap(1, 7)) is True
        assert (link.effects, link.told) == ([1], [])
        gate.set()
        await link.intake.drain(deadline=asyncio.get_running_loop().time() + 5)
        assert link.told == [1]

    async def test_must_come_again_where_it_was_cut_off_before_its_effect(self, link: Link) -> None:
        link.gate(1)
        answer = asyncio.create_task(link.intake.process_update(tap(1, 7)))
        await until(lambda: link.begun)
        await link.intake.cut_off()
        assert await answer is False
        assert link.effects == []

    async def test_must_come_again_where_it_was_cut_off_in_line(self, link: Link) -> None:
        link.gate(1)
        answers = [asyncio.create_task(link.intake.process_update(tap(number, 7))) for number in (1, 2)]
        await until(lambda: link.begun)
        await link.intake.cut_off()
        assert await asyncio.gather(*answers) == [False, False]

    async def test_must_come_again_where_it_was_cut_off_at_the_door(self, bot: TokenKeepingBot) -> None:
        link = Link(bot, max_pending=1)
        link.gate(1)
        answers = [asyncio.create_task(link.intake.process_update(tap(number, number))) for number in (1, 2, 3)]
        await until(lambda: link.begun)
        await link.intake.cut_off()
        assert await asyncio.gather(*answers) == [False, False, False]
        assert link.begun == [1]


class TestFaults:
    @pytest.mark.parametrize("raw", MALFORMED)
    async def test_what_cannot_be_read_is_passed_over_and_not_quoted(
        self, link: Link, caplog: pytest.LogCaptureFixture, raw: object
    ) -> None:
        caplog.set_level(logging.DEBUG, logger="bot")
        assert await link.intake.process_update(raw) is True
        assert "passed over" in caplog.text
        assert "private words" not in caplog.text

    async def test_an_effects_fault_is_reported_and_the_update_counts_as_handled(self, link: Link) -> None:
        link.broken.add(1)
        assert await link.intake.process_update(tap(1, 7)) is True
        assert [(update_id, type(fault)) for update_id, fault in link.faults] == [(1, ZeroDivisionError)]

    async def test_a_replys_fault_is_reported_and_the_next_update_goes_on(self, api: FakeBotApi, link: Link) -> None:
        api.fail("sendMessage", 400, "Bad Request: can't parse entities")
        await link.intake.process_update(tap(1, 7))
        await link.intake.process_update(tap(2, 7))
        assert [update_id for update_id, _ in link.faults] == [1]
        assert (link.effects, link.told) == ([1, 2], [2])
