import asyncio
import socket

import pytest
from telegram import Message
from telegram.error import BadRequest

from bot.telegram.client import TokenKeepingBot, build_bot
from bot.telegram.limits import Delivery, Outcome, PersonUnreachableError, deliver
from tests.telegram_link.api_server import TOKEN, FakeBotApi


async def send(bot: TokenKeepingBot, chat_id: int = 7, deadline_seconds: float = 5.0) -> Delivery[Message]:
    return await deliver(
        lambda: bot.send_message(chat_id, "Booked"), is_repeatable=False, deadline_seconds=deadline_seconds
    )


async def edit(bot: TokenKeepingBot, deadline_seconds: float = 5.0) -> Delivery[Message | bool]:
    return await deliver(
        lambda: bot.edit_message_text("Booked", chat_id=7, message_id=1, read_timeout=0.05),
        is_repeatable=True,
        deadline_seconds=deadline_seconds,
    )


class TestThrottling:
    async def test_everybody_is_told_where_every_fifth_send_is_throttled(
        self, api: FakeBotApi, bot: TokenKeepingBot
    ) -> None:
        for _ in range(20):
            api.fail("sendMessage", 429, "Too Many Requests", retry_after=0.02)
        ended = await asyncio.gather(*[send(bot, chat_id) for chat_id in range(1, 101)])
        assert {delivery.outcome for delivery in ended} == {Outcome.DELIVERED}
        assert len(api.of("sendMessage")) == 120

    async def test_waits_as_often_as_it_is_told(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        for _ in range(3):
            api.fail("sendMessage", 429, retry_after=0.01)
        delivery = await send(bot)
        assert delivery.result is not None
        assert len(api.of("sendMessage")) == 4

    async def test_gives_up_at_once_where_the_wait_exceeds_the_deadline(
        self, api: FakeBotApi, bot: TokenKeepingBot
    ) -> None:
        api.fail("sendMessage", 429, retry_after=3600)
        assert await send(bot) == Delivery(Outcome.NOT_DELIVERED)


class TestAsGoodAsDone:
    @pytest.mark.parametrize(
        ("description", "outcome"),
        [
            ("Bad Request: message is not modified: specified new message content …", Outcome.UNCHANGED),
            ("Bad Request: query is too old and response timeout expired or query ID is invalid", Outcome.TOO_LATE),
        ],
    )
    async def test_is_no_error(self, api: FakeBotApi, bot: TokenKeepingBot, description: str, outcome: Outcome) -> None:
        api.fail("editMessageText", 400, description)
        assert await edit(bot) == Delivery(outcome)


class TestRefusals:
    @pytest.mark.parametrize(
        ("status", "description"),
        [(403, "Forbidden: bot was blocked by the user"), (400, "Bad Request: chat not found")],
    )
    async def test_a_person_out_of_reach_is_an_error_of_ours(
        self, api: FakeBotApi, bot: TokenKeepingBot, status: int, description: str
    ) -> None:
        api.fail("sendMessage", status, description)
        with pytest.raises(PersonUnreachableError):
            await send(bot)

    async def test_any_other_bad_request_is_raised_and_not_repeated(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        api.fail("sendMessage", 400, "Bad Request: can't parse entities")
        with pytest.raises(BadRequest, match="entities"):
            await send(bot)
        assert len(api.of("sendMessage")) == 1


class TestLostAnswers:
    async def test_a_send_whose_answer_is_lost_is_not_doubled(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        api.drop_after_acting("sendMessage")
        assert await send(bot) == Delivery(Outcome.UNKNOWN)
        assert len(api.of("sendMessage")) == 1

    async def test_a_send_that_timed_out_is_not_doubled(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        api.hold_replies_to(7)
        delivery = await deliver(lambda: bot.send_message(7, "Booked", read_timeout=0.02), is_repeatable=False)
        assert delivery.outcome is Outcome.UNKNOWN
        assert len(api.of("sendMessage")) == 1

    async def test_a_send_refused_with_a_server_error_is_not_doubled(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        api.fail("sendMessage", 502, "Bad Gateway")
        assert (await send(bot)).outcome is Outcome.UNKNOWN

    async def test_an_edit_is_repeated_after_a_dropped_connection_or_a_server_error(
        self, api: FakeBotApi, bot: TokenKeepingBot
    ) -> None:
        api.drop_after_acting("editMessageText")
        assert (await edit(bot)).outcome is Outcome.DELIVERED
        api.fail("editMessageText", 500, "Internal Server Error")
        assert (await edit(bot)).outcome is Outcome.DELIVERED

    async def test_an_edit_that_times_out_is_repeated_once(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        api.hold_replies_to(7)
        assert (await edit(bot)).outcome is Outcome.UNKNOWN
        assert len(api.of("editMessageText")) == 2

    async def test_a_send_that_cannot_connect_is_repeated_until_it_can(self, api: FakeBotApi) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{closed.getsockname()[1]}"
            unconnected, connected = build_bot(token=TOKEN, api_url=address), build_bot(token=TOKEN, api_url=api.url)
            bots = iter([unconnected, connected])
            for bot in (unconnected, connected):
                await bot.request.initialize()
            delivery = await deliver(lambda: next(bots).send_message(7, "Booked"), is_repeatable=False)
            for bot in (unconnected, connected):
                await bot.request.shutdown()
        assert delivery.outcome is Outcome.DELIVERED

    async def test_what_never_connects_is_known_to_be_undelivered(self) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            bot = build_bot(token=TOKEN, api_url=f"http://127.0.0.1:{closed.getsockname()[1]}")
            await bot.request.initialize()
            assert await send(bot, deadline_seconds=0.1) == Delivery(Outcome.NOT_DELIVERED)
            await bot.request.shutdown()
