"""`rollcall migrate`: brings the database to the current schema."""

import argparse
from typing import Any

from bot.commands.runtime import newer_schema
from bot.settings import SettingsError, load_settings
from storage.migrate import NewerSchemaError, current_revision, upgrade


def add_to(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("migrate", help="bring the database to the current schema")
    parser.set_defaults(execute=execute)


def execute(_options: argparse.Namespace) -> int:
    """Migrate, and say from where to where."""
    url = load_settings().database_url
    try:
        before = current_revision(url)
        upgrade(url)
        after = current_revision(url)
    except NewerSchemaError as error:
        raise newer_schema(error) from None
    except OSError as error:
        raise SettingsError(f"The database cannot be reached ({error}): check ROLLCALL_DATABASE_URL.") from None
    print(f"Schema {after}, as before." if before == after else f"Schema {before or 'none'} → {after}.")
    return 0
