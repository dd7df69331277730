"""What the pictures are taken of: the demo with its example center, or a bot that has just been installed."""  # noqa: INP001 -- a script beside the documents, not a package

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.app import run_bot
from bot.demo import run_demo
from bot.example.cast import CENTER
from bot.sandbox import MovableClock, Sandbox, SandboxPerson, run_sandbox
from bot.settings import Settings
from docs.screenshots_cast import Cast
from storage.engine import open_database
from storage.migrate import upgrade

PUBLIC_URL = "https://classes.example.com"
_TOKEN = "7000000:pictures"  # noqa: S105 -- of the sandbox, which the script starts itself


@asynccontextmanager
async def running_demo(
    database: Path, clock: MovableClock, public_url: str | None = None, *, weeks_of_past: int = 0
) -> AsyncIterator[str]:
    """Yield the address of a demo of our own on a new database."""
    await asyncio.to_thread(upgrade, f"sqlite+aiosqlite:///{database}")
    stop, address = asyncio.Event(), asyncio.get_running_loop().create_future()
    demo = asyncio.create_task(
        run_demo(
            database,
            port=0,
            stop=stop,
            say=address.set_result,
            clock=clock,
            public_url=public_url,
            weeks_of_past=weeks_of_past,
        )
    )
    try:
        await asyncio.wait([demo, address], return_when=asyncio.FIRST_COMPLETED)
        if demo.done():
            await demo  # raises what went wrong
        yield address.result().partition("/?")[0]
    finally:
        stop.set()
        await demo


@asynccontextmanager
async def running_new(path: Path, clock: MovableClock, cast: Cast) -> AsyncIterator[str]:
    """Yield the address of a bot on an empty database, whose settings name the cast's owner an admin."""
    url = f"sqlite+aiosqlite:///{path}"
    await asyncio.to_thread(upgrade, url)
    owner = cast.owner
    person = SandboxPerson(owner.telegram_id, owner.slug, owner.name, language_code=cast.language, phone="+201001234569")
    sandbox = Sandbox(
        token=_TOKEN,
        bot_username="nile_studio_bot",
        bot_name=CENTER.name,
        clock=clock,
        people=[person],
        time_zone=CENTER.timezone,
    )
    async with run_sandbox(sandbox) as running:
        settings = Settings(  # type: ignore[call-arg]
            _env_file=None,
            bot_token=SecretStr(_TOKEN),
            telegram_api_url=running.url,
            database_url=url,
            http_port=0,
            public_url=None,
            webhook_secret=None,
            admin_ids=frozenset({owner.telegram_id}),
            log_level="WARNING",
        )
        database, stop = open_database(url), asyncio.Event()
        bot = asyncio.create_task(run_bot(settings, database=database, clock=clock, stop=stop))
        try:
            yield running.url
        finally:
            stop.set()
            await bot
            await database.close()
