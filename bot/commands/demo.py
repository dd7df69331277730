"""`rollcall demo`: try everything in a browser, without Telegram, a token or an account."""

import argparse
import asyncio
import tempfile
from pathlib import Path
from typing import Any

from bot.app import stop_on_signals
from bot.commands.runtime import run_async
from bot.demo import run_demo
from bot.settings import SettingsError
from bot.telemetry import set_up_logging
from storage.migrate import upgrade

_KEPT = Path("rollcall-demo.db")
_WEEKS_OF_PAST = 5  # this month and the last have something to report
_KEPT_EMPTY = Path("rollcall-demo-empty.db")


def add_to(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("demo", help="the whole product in a browser, without Telegram")
    parser.add_argument("--port", type=int, default=8080, help="where the page is (default 8080)")
    parser.add_argument("--keep", action="store_true", help=f"keep the data in {_KEPT} for the next time")
    parser.add_argument("--empty", action="store_true", help="no example studio: be its owner and set one up in the chat")
    parser.set_defaults(execute=execute)


def execute(options: argparse.Namespace) -> int:
    """Serve the demo until Ctrl-C."""
    set_up_logging(level="WARNING", log_format="text")
    with tempfile.TemporaryDirectory(prefix="rollcall-demo-") as folder:
        kept = _KEPT_EMPTY if options.empty else _KEPT
        path = kept.resolve() if options.keep else Path(folder) / "demo.db"
        upgrade(f"sqlite+aiosqlite:///{path}")
        run_async(_demo(path, port=options.port, is_empty=options.empty))
    return 0


async def _demo(path: Path, *, port: int, is_empty: bool) -> None:
    print("\n  Preparing the studio …", flush=True)
    stop = asyncio.Event()
    stop_on_signals(stop)
    try:
        await run_demo(path, port=port, stop=stop, say=_say, is_empty=is_empty, weeks_of_past=_WEEKS_OF_PAST)
    except OSError as error:
        raise SettingsError(f"Port {port} cannot be used ({error.strerror}): choose another with --port.") from error


def _say(url: str) -> None:
    print(f"\n  Rollcall is ready: open {url}\n\n  Pick a person and chat as them. Ctrl-C ends it.\n", flush=True)
