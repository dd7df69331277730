"""What the tests of the throw-away PostgreSQL look at: its answers, its processes, its folder."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import asyncpg
from sqlalchemy.engine import make_url

from tests.postgres_server import driver_url, run_synchronously

DEADLINE_SECONDS = 15.0


def query(url: str, statement: str) -> object:
    """Return the first value that a statement yields."""

    async def fetch() -> object:
        connection = await asyncpg.connect(driver_url(make_url(url)))
        try:
            value: object = await connection.fetchval(statement)
            return value
        finally:
            await connection.close()

    return run_synchronously(fetch())


def server_folder(url: str) -> Path:
    """Return the folder that the server was made in, with its data inside."""
    return Path(str(query(url, "SHOW data_directory"))).parent


def server_process(folder: Path) -> int:
    """Return the process id of the folder's server."""
    return int((folder / "data/postmaster.pid").read_text().splitlines()[0])


def is_running(process_id: int) -> bool:
    """Say whether there is such a process."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for a condition that another process brings about, up to a deadline."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        time.sleep(0.02)
