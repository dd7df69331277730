"""The clock, live events, and who may ask the driver anything at all."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import aiohttp
import orjson
import pytest

from bot.sandbox import Landmark, MovableClock, RunningSandbox, Sandbox, run_sandbox
from tests.sandbox.clients import MONA, TOKEN, BotClient, Driver, keyboard


class StandingClock:
    """A clock that does not run."""

    def now(self) -> datetime:
        return datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_clock_moves_by_steps_and_to_instants() -> None:
    clock = MovableClock(StandingClock())
    assert clock.advance(timedelta(hours=2)) == datetime(2026, 1, 1, 14, tzinfo=UTC)
    target = datetime(2026, 5, 1, tzinfo=UTC)
    assert clock.move_to(target) == clock.now() == target
    with pytest.raises(ValueError, match="aware"):
        clock.move_to(target.replace(tzinfo=None))


async def test_clock_tells_its_landmarks_and_moves_to_one() -> None:
    at = datetime(2030, 1, 1, tzinfo=UTC)

    async def landmarks() -> Sequence[Landmark]:
        return [Landmark({"en": "New year", "ar": "رأس السنة"}, at)]

    sandbox = Sandbox(token=TOKEN, clock=MovableClock(StandingClock()), landmarks=landmarks)
    async with run_sandbox(sandbox) as running, aiohttp.ClientSession() as http:
        driver = Driver(http, running.url)
        (landmark,) = (await driver.get("clock"))["landmarks"]
        assert landmark["label"] == {"en": "New year", "ar": "رأس السنة"}
        assert (await driver.post("clock", to=landmark["at"]))["now"] == at.isoformat()
        assert (await driver.post("clock", advance_minutes=-60))["now"] == "2029-12-31T23:00:00+00:00"


@pytest.mark.parametrize("body", [{}, {"to": "2026-01-01T00:00:00"}, {"to": "soon"}, {"advance_minutes": 1e12}])
async def test_clock_refuses_what_is_no_move(driver: Driver, body: dict[str, object]) -> None:
    assert (await driver.post("clock", status=400, **body))["error"]


async def test_events_are_streamed(bot: BotClient, driver: Driver) -> None:
    async with bot.http.get(f"{bot.url}/sandbox/events") as stream:
        await stream.content.readuntil(b"\n\n")
        message_id = await bot.send(reply_markup=keyboard("x"))
        tapped = await driver.post("people/mona/tap", message_id=message_id, data="x")
        await bot.call("answerCallbackQuery", callback_query_id=tapped["callback_query_id"], text="Hi")
        await bot.call("sendChatAction", chat_id=MONA, action="typing")
        await driver.post("clock", advance_minutes=1)
        async with asyncio.timeout(5):
            lines = [await stream.content.readuntil(b"\n\n") for _ in range(4)]
    events = [orjson.loads(line.removeprefix(b"data: ")) for line in lines]
    assert [event["kind"] for event in events] == ["chat", "alert", "typing", "clock"]
    assert events[1] == {"kind": "alert", "person": MONA, "text": "Hi", "show_alert": False}


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Host": "evil.example"}])
async def test_other_sites_are_refused(driver: Driver, headers: dict[str, str]) -> None:
    async with driver.http.post(f"{driver.url}/sandbox/people/mona/block", headers=headers) as response:
        assert response.status == 403
    assert (await driver.get("people"))["people"][0]["blocked"] is False


async def test_own_page_is_served(driver: Driver) -> None:
    own = {"Origin": driver.url}
    async with driver.http.post(f"{driver.url}/sandbox/people/mona/start", headers=own) as response:
        assert response.status == 200


@pytest.mark.parametrize("path", ["static/../server.py", "static/%2e%2e/server.py", "static/nothing.js", "static/x"])
async def test_only_the_pages_files_are_served(driver: Driver, path: str) -> None:
    async with driver.http.get(f"{driver.url}/{path}") as response:
        assert response.status == 404


async def test_page_may_load_nothing_from_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    page = tmp_path_factory.mktemp("page")
    (page / "index.html").write_text("<!doctype html>", encoding="utf-8")
    async with run_sandbox(Sandbox(token=TOKEN, page=page)) as running, aiohttp.ClientSession() as http:  # noqa: SIM117
        async with http.get(running.url) as response:
            assert response.headers["Content-Security-Policy"].startswith("default-src 'self'; img-src 'self' data:")
            assert response.content_type == "text/html"


async def test_closing_ends_long_polls_at_once(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as http:
        async with run_sandbox(sandbox) as running:
            bot = BotClient(http, running.url, sandbox)
            polling = asyncio.create_task(bot.call("getUpdates", timeout=50))
            await bot.call("getMe")
        async with asyncio.timeout(5):
            with pytest.raises(aiohttp.ClientConnectionError):
                await polling


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "no such host"])
def test_does_not_listen_beyond_this_machine_unasked(sandbox: Sandbox, host: str) -> None:
    with pytest.raises(ValueError, match="no passwords"):
        run_sandbox(sandbox, host)


async def test_listens_beyond_this_machine_when_asked(sandbox: Sandbox) -> None:
    async with run_sandbox(sandbox, "0.0.0.0", allow_remote=True) as running:
        assert isinstance(running, RunningSandbox)
