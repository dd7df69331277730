"""`rollcall audit`: recomputes every balance, seat count, credit and status, and prints each discrepancy."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.commands.runtime import database_of, require_schema, run_async
from bot.settings import Settings, SettingsError, load_settings
from storage.audit import Discrepancy, audit


def add_to(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("audit", help="recompute every balance, seat, credit and status")
    parser.add_argument("--json", action="store_true", help="print discrepancies as JSON")
    parser.set_defaults(execute=execute)


def execute(options: argparse.Namespace) -> int:
    """Audit the whole database."""
    settings = load_settings()
    _require_a_file(settings)
    require_schema(settings)
    found = run_async(_audit(settings))
    if options.json:
        print(json.dumps([asdict(each) for each in found], default=str, ensure_ascii=False, indent=2))
    else:
        for each in found:
            print(f"{each.code}: {each.table} {each.id}: expected {each.expected}, found {each.found}")
        print(f"{len(found)} discrepancies." if found else "Everything adds up.")
    return 1 if found else 0


def _require_a_file(settings: Settings) -> None:
    """Refuse a SQLite file that is not there: a new, empty one adds up, and a mistyped backup would seem good."""
    file = settings.database_url.partition(":///")[2].partition("?")[0]
    if settings.database_url.startswith("sqlite") and file not in {"", ":memory:"} and not Path(file).exists():
        raise SettingsError(f"There is no database {file} to audit: check ROLLCALL_DATABASE_URL.")


async def _audit(settings: Settings) -> list[Discrepancy]:
    async with database_of(settings) as database:
        return await audit(database)
