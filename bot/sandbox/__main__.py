"""Runs the sandbox by itself: `python -m bot.sandbox --port P --token T [--people FILE.json]`.

It prints its address, which is Telegram's for a bot; Paymob's is the same with `/paymob` behind it.
"""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.sandbox.driver_bodies import NewPerson
from bot.sandbox.paymob import PaymobAccount
from bot.sandbox.server import PROVIDER_TOKEN, Sandbox, run_sandbox

_FIRST_ID = 7_000_000_001


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.epilog = _keys(PaymobAccount())
    parser.add_argument("--token", required=True, help="the bot's token, such as 1:sandbox")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--allow-remote", action="store_true", help="serve other machines, too (there are no passwords)")
    parser.add_argument("--people", type=Path, help='a JSON list of {"slug", "first_name", "id", "language_code", …}')
    options = parser.parse_args(arguments)
    try:
        sandbox = Sandbox(token=options.token)
        _add_people(sandbox, options.people)
        with asyncio.Runner(loop_factory=_fastest_loop()) as runner:
            runner.run(_serve(sandbox, options.host, options.port, allow_remote=options.allow_remote))
    except (OSError, ValueError, ValidationError) as error:
        print(f"error: {error}", file=sys.stderr)  # noqa: T201 -- a command speaks on its standard streams
        return 2
    return 0


def _keys(account: PaymobAccount) -> str:
    """Say what a bot needs to be paid in the sandbox."""
    ids = ",".join(map(str, account.integration_ids))
    return (
        f"Paymob: secret key {account.secret_key}, public key {account.public_key}, API key {account.api_key}, "
        f"HMAC secret {account.hmac_secret}, integration ids {ids}, owner {account.owner}. "
        f"Telegram Payments: provider token {PROVIDER_TOKEN}."
    )


def _fastest_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return uvloop's factory where it is installed, which it is not on every platform."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _add_people(sandbox: Sandbox, path: Path | None) -> None:
    if path is None:
        return
    for index, person in enumerate(TypeAdapter(list[NewPerson]).validate_json(path.read_bytes())):
        sandbox.add_person(person.as_person(_FIRST_ID + index))


async def _serve(sandbox: Sandbox, host: str, port: int, *, allow_remote: bool) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with run_sandbox(sandbox, host, port, allow_remote=allow_remote) as running:
        print(running.url, flush=True)  # noqa: T201 -- a command speaks on its standard streams
        await stopped.wait()


if __name__ == "__main__":
    sys.exit(main())
