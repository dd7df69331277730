"""`rollcall seed`: loads the example center, once."""

import argparse
from typing import Any

from bot.commands.runtime import database_of, require_schema, run_async
from bot.example.cast import CENTER
from bot.example.load import load_example_center
from bot.settings import Settings, SettingsError, load_settings
from domain.clock import SystemClock
from storage.queries.organization import CENTERS


def add_to(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("seed", help="load the example center: branches, classes, timetable, packages, people")
    parser.set_defaults(execute=execute)


def execute(_options: argparse.Namespace) -> int:
    """Load it, or find it loaded."""
    settings = load_settings()
    require_schema(settings)
    run_async(_seed(settings))
    print("The example center is there.")
    return 0


async def _seed(settings: Settings) -> None:
    bot_id = settings.bot_id if settings.bot_token is not None else None
    async with database_of(settings) as database:
        for served in await database.fetch(CENTERS):
            if bot_id is not None and served.bot_id == bot_id and served.center.name != CENTER.name:
                raise SettingsError(
                    f"This bot serves {served.center.name} already: the example center needs a database of its own, "
                    "so set another ROLLCALL_DATABASE_URL."
                )
        await load_example_center(database, clock=SystemClock(), bot_id=bot_id)
