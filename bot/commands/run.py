"""`rollcall run`: the bot for real."""

import argparse
import asyncio
from typing import Any

from bot.app import run_bot, stop_on_signals
from bot.background import Parts
from bot.commands.runtime import database_of, reads_of, require_schema, run_async
from bot.settings import Settings, SettingsError, load_settings
from bot.telemetry import set_up_logging
from domain.clock import SystemClock


def add_to(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("run", help="serve the bot of the settings")
    parser.add_argument(
        "--only",
        choices=[Parts.WEB.value, Parts.WORKER.value],
        help="web: take updates, and nothing else; worker: deliver events, send notifications, keep time",
    )
    parser.set_defaults(execute=execute)


def execute(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C."""
    settings = load_settings()
    set_up_logging(level=settings.log_level, log_format=settings.log_format)
    _ = settings.token
    settings.check_webhook()
    settings.check_gateway()
    require_schema(settings)
    run_async(_run(settings, Parts(options.only or Parts.ALL.value)))
    return 0


async def _run(settings: Settings, parts: Parts) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    async with database_of(settings) as database, reads_of(settings, database) as reads:
        try:
            await run_bot(settings, database=database, reads=reads, clock=SystemClock(), stop=stop, parts=parts)
        except OSError as error:
            raise SettingsError(f"The web server cannot listen ({error.strerror}): change ROLLCALL_HTTP_PORT.") from error
