"""`rollcall audit`: recomputes every balance, seat count, credit and status, and prints each discrepancy."""

import argparse
import json
from dataclasses import asdict
from typing import Any

from bot.commands.runtime import database_of, require_schema, run_async
from bot.settings import Settings, load_settings
from storage.audit import Discrepancy, audit


def add_to(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("audit", help="recompute every balance, seat, credit and status")
    parser.add_argument("--json", action="store_true", help="print discrepancies as JSON")
    parser.set_defaults(execute=execute)


def execute(options: argparse.Namespace) -> int:
    """Audit the whole database."""
    settings = load_settings()
    require_schema(settings, must_exist=True)
    found = run_async(_audit(settings))
    if options.json:
        print(json.dumps([asdict(each) for each in found], default=str, ensure_ascii=False, indent=2))
    else:
        for each in found:
            print(f"{each.code}: {each.table} {each.id}: expected {each.expected}, found {each.found}")
        print(f"{len(found)} discrepancies." if found else "Everything adds up.")
    return 1 if found else 0


async def _audit(settings: Settings) -> list[Discrepancy]:
    async with database_of(settings) as database:
        return await audit(database)
