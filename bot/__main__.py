"""`rollcall`, also `python -m bot`: run, migrate, seed, audit, invite, demo."""

import argparse
import sys
from collections.abc import Sequence

from bot.commands import audit, demo, doctor, export, import_people, invite, migrate, move, run, seed
from bot.settings import SettingsError
from bot.telegram.client import BotTokenRejectedError

_COMMANDS = (run, demo, migrate, move, seed, import_people, invite, audit, doctor, export)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the process's exit code. What a person can mend is one sentence, without a traceback."""
    parser = argparse.ArgumentParser(prog="rollcall", description="A Telegram bot that runs class-based businesses.")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add_to(subparsers)
    options = parser.parse_args(arguments)
    try:
        exit_code: int = options.execute(options)
    except (SettingsError, BotTokenRejectedError) as error:
        print(f"rollcall: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
