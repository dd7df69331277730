"""`rollcall export`: every table as CSV, for leaving us."""

import argparse
import csv
import os
from pathlib import Path
from typing import Any

from bot.commands.runtime import database_of, require_schema, run_async
from bot.settings import Settings, SettingsError, load_settings
from storage.database import Database
from storage.export import columns_of, exported_tables, pages_of


def add_to(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("export", help="write every table as CSV into an empty folder")
    parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="the folder: a new one, or an empty one")
    parser.set_defaults(execute=execute)


def execute(options: argparse.Namespace) -> int:
    """Write the files, and say how many rows each has."""
    settings = load_settings()
    require_schema(settings, must_exist=True)
    folder = _empty_folder(options.to)
    run_async(_export(settings, folder))
    print(f"Everything is in {folder}. It holds names and phone numbers: keep it safe.")
    return 0


def _empty_folder(folder: Path) -> Path:
    """Return the folder, made if there is none: only its owner can read it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise SettingsError(f"{folder} is not empty: choose another folder with --to, so that nothing is overwritten.")
    except OSError as error:
        raise SettingsError(f"{folder} cannot be used ({error.strerror}): choose another folder with --to.") from error
    return folder


async def _export(settings: Settings, folder: Path) -> None:
    async with database_of(settings) as database:
        for table in exported_tables():
            rows = await _export_table(database, table, folder / f"{table}.csv")
            print(f"{table}: {rows}")


async def _export_table(database: Database, table: str, path: Path) -> int:
    """Write one table, page by page; return how many rows it has."""
    written = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns_of(table))
        async for page in pages_of(database, table):
            writer.writerows(page)
            written += len(page)
    return written
