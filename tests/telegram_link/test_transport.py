import asyncio
import io
import logging
import socket
import traceback

import pytest
from telegram import InputFile
from telegram.error import BadRequest, Conflict, NetworkError, RetryAfter, TimedOut

from bot.telegram.backoff import told_seconds
from bot.telegram.client import BotTokenRejectedError, TokenKeepingBot, build_bot
from bot.telegram.transport import AiohttpRequest, ConnectionFailedError, hide_token
from tests.telegram_link.api_server import TOKEN, FakeBotApi


def everything_about(fault: BaseException | None) -> str:
    told = "".join(traceback.format_exception(fault)) if fault else ""
    while fault is not None:
        told += f"{fault!r} {fault} {fault.args} {vars(fault)}"
        fault = fault.__cause__ or fault.__context__
    return told


class TestBodies:
    async def test_a_call_without_files_is_json(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        await bot.send_message(7, "مرحبا 🩰 <b>&</b>", disable_notification=True)
        (call,) = api.calls
        assert call.content_type == "application/json"
        assert call.parameters == {"chat_id": 7, "text": "مرحبا 🩰 <b>&</b>", "disable_notification": True}

    async def test_a_call_with_a_file_is_multipart(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        await bot.send_document(7, InputFile(io.BytesIO(b"a,b"), filename="تقرير.csv"), caption="Report")
        (call,) = api.calls
        assert call.content_type == "multipart/form-data"
        assert call.parameters["document"] == {"filename": "تقرير.csv", "content": b"a,b"}
        assert call.parameters["caption"] == "Report"

    async def test_half_a_surrogate_pair_is_sent_all_the_same(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        await bot.send_message(7, "\ud83d")
        assert api.of("sendMessage")[0]["text"] == "\ud83d"

    async def test_half_a_surrogate_pair_is_read_all_the_same(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        api.answer_raw("getUpdates", 200, lambda _: '{"ok": true, "result": [{"update_id": 1, "x": "\\ud83d"}]}')
        found = await bot.fetch_updates(offset=None, limit=1, timeout_seconds=0, allowed_updates=())
        assert found == [{"update_id": 1, "x": "\ud83d"}]

    async def test_a_file_is_downloaded_as_it_is(self, api: FakeBotApi) -> None:
        async with AiohttpRequest() as request:
            assert await request.retrieve(f"{api.url}/file/bot{TOKEN}/photo.jpg") == b"a picture"


class TestFaults:
    async def test_a_refused_connection_certainly_sent_nothing(self) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{unused.getsockname()[1]}/bot{TOKEN}/getMe"
            async with AiohttpRequest() as request:
                with pytest.raises(ConnectionFailedError) as caught:
                    await request.post(url)
        assert "very-secret" not in everything_about(caught.value)

    async def test_a_full_pool_certainly_sent_nothing(self, api: FakeBotApi) -> None:
        api.hold_replies_to(7)
        request = AiohttpRequest(pool_size=1, connect_timeout=0.02, pool_timeout=0.02, read_timeout=0.2)
        bot = TokenKeepingBot(TOKEN, base_url=f"{api.url}/bot", request=request, get_updates_request=request)
        async with bot:
            calls = bot.send_message(7, "takes the only connection"), bot.send_message(8, "waits for it")
            faults = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(fault) for fault in faults] == [TimedOut, ConnectionFailedError]

    async def test_a_late_answer_is_a_timeout_without_the_url(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        api.hold_replies_to(7)
        with pytest.raises(TimedOut) as caught:
            await bot.send_message(7, "?", read_timeout=0.02)
        assert "very-secret" not in everything_about(caught.value)

    async def test_a_dropped_connection_is_a_network_error_without_the_url(
        self, api: FakeBotApi, bot: TokenKeepingBot
    ) -> None:
        api.drop_after_acting("sendMessage")
        with pytest.raises(NetworkError) as caught:
            await bot.send_message(7, "?")
        assert type(caught.value) is NetworkError
        assert "very-secret" not in everything_about(caught.value)

    @pytest.mark.parametrize("url", [f"nonsense/bot{TOKEN}/x", f"http:///bot{TOKEN}/x", f"http://[/bot{TOKEN}/x"])
    async def test_a_wrong_address_is_not_quoted(self, url: str) -> None:
        async with AiohttpRequest() as request:
            with pytest.raises(NetworkError) as caught:
                await request.post(url)
        assert "very-secret" not in everything_about(caught.value)

    @pytest.mark.parametrize("status", [200, 400, 404, 500, 502])
    async def test_a_proxys_page_that_reflects_the_url_is_not_quoted(
        self, api: FakeBotApi, bot: TokenKeepingBot, caplog: pytest.LogCaptureFixture, status: int
    ) -> None:
        caplog.set_level(logging.DEBUG)
        api.answer_raw("sendMessage", status, lambda request: f"<html>{request.path} 'result' \"result\"</html>")
        with pytest.raises(Exception, match=r"HTTP status|JSON") as caught:
            await bot.send_message(7, "?")
        assert "very-secret" not in everything_about(caught.value) + caplog.text

    async def test_a_description_that_reflects_the_url_is_blotted(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        api.fail("sendMessage", 400, f"Bad Request: no route to /bot{TOKEN}/sendMessage")
        with pytest.raises(BadRequest, match="/bot<token>/sendmessage"):
            await bot.send_message(7, "?")

    @pytest.mark.parametrize("body", ['{"ok": true}', "[]", "", '{"ok": false, "description": "no"}'])
    async def test_an_incomplete_answer_is_a_network_error(self, api: FakeBotApi, bot: TokenKeepingBot, body: str) -> None:
        api.answer_raw("sendMessage", 200, lambda _: body)
        with pytest.raises(NetworkError):
            await bot.send_message(7, "?")

    async def test_statuses_become_the_librarys_errors(self, api: FakeBotApi, bot: TokenKeepingBot) -> None:
        for status, kind in ((400, BadRequest), (409, Conflict), (500, NetworkError)):
            api.fail("sendMessage", status, "why")
            with pytest.raises(kind, match="why"):
                await bot.send_message(7, "?")

    async def test_throttling_says_how_long_even_where_telegram_does_not(
        self, api: FakeBotApi, bot: TokenKeepingBot
    ) -> None:
        api.fail("sendMessage", 429, retry_after=3)
        api.fail("sendMessage", 429)
        for seconds in (3, 1):
            with pytest.raises(RetryAfter) as caught:
                await bot.send_message(7, "?")
            assert told_seconds(caught.value) == seconds


class TestSession:
    async def test_opening_and_closing_twice_is_as_good_as_once(self, api: FakeBotApi) -> None:
        request = AiohttpRequest()
        await request.initialize()
        await request.initialize()
        assert await request.post(f"{api.url}/bot{TOKEN}/logOut") is True
        await request.shutdown()
        await request.shutdown()

    async def test_a_call_after_closing_is_refused(self) -> None:
        with pytest.raises(NetworkError, match="not open"):
            await AiohttpRequest().post("http://127.0.0.1/")


class TestToken:
    async def test_no_log_shows_it(self, api: FakeBotApi, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        caplog.set_level(logging.DEBUG, logger="telegram")  # a command's test in the same process may have hushed it
        async with build_bot(token=TOKEN, api_url=api.url) as bot:
            logging.getLogger("anything").debug("The bot is %r.", bot)
            await bot.send_message(7, "?")
        assert "Set Bot API URL" in caplog.text
        assert "very-secret" not in caplog.text

    async def test_a_rejected_token_is_said_clearly_and_not_quoted(self, api: FakeBotApi) -> None:
        wrong_bot = build_bot(token=f"{TOKEN}_of_another", api_url=api.url)
        with pytest.raises(BotTokenRejectedError, match="BotFather") as caught:
            async with wrong_bot:
                pytest.fail("it was let in")
        assert "very-secret" not in everything_about(caught.value)

    def test_is_blotted_out_of_urls(self) -> None:
        hidden = hide_token(f"GET https://x/bot{TOKEN}/getMe, https://x/file/bot{TOKEN}/a.jpg")
        assert hidden == "GET https://x/bot<token>/getMe, https://x/file/bot<token>/a.jpg"
