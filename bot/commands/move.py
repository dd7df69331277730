"""`rollcall move`: carries everything from SQLite to PostgreSQL."""

import argparse
from typing import Any

from bot.commands.runtime import require_schema, run_async
from bot.settings import SettingsError, load_settings
from storage.audit import Discrepancy, audit
from storage.engine import check_url, open_database
from storage.migrate import upgrade
from storage.transfer import TransferError, transfer


def add_to(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("move", help="carry everything from SQLite to an empty PostgreSQL database")
    parser.add_argument("--to", required=True, metavar="URL", help="postgresql+asyncpg://user:password@host/name")
    parser.set_defaults(execute=execute)


def execute(options: argparse.Namespace) -> int:
    """Migrate the target, copy every row, and audit what arrived."""
    settings = load_settings()
    _check_target(options.to)
    if not settings.database_url.startswith("sqlite"):
        raise SettingsError("ROLLCALL_DATABASE_URL is not SQLite: there is nothing to move.")
    require_schema(settings, must_exist=True)
    try:
        upgrade(options.to)
        rows = run_async(transfer(settings.database_url, options.to))
    except TransferError as error:
        raise SettingsError(f"Nothing was moved: {error}.") from None
    except OSError as error:
        raise SettingsError(f"The target cannot be reached ({error}): check --to.") from None
    found = run_async(_audit(options.to))
    print(f"{sum(rows.values())} rows of {len(rows)} tables moved; the audit found {len(found)} discrepancies.")
    print("Now set ROLLCALL_DATABASE_URL to the new database and start the bot again. Keep the old file for a while.")
    return 1 if found else 0


def _check_target(url: str) -> None:
    try:
        check_url(url)
    except ValueError as error:
        raise SettingsError(f"--to is wrong: {error}.") from None
    if not url.startswith("postgresql"):
        raise SettingsError("--to is wrong: it begins with postgresql+asyncpg://.")


async def _audit(url: str) -> list[Discrepancy]:
    database = open_database(url)
    try:
        return await audit(database)
    finally:
        await database.close()
