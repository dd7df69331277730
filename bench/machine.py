"""What the figures were measured on."""

import os
import platform
import sqlite3
import statistics
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy.engine import make_url

from tests.postgres_server import driver_url, run_synchronously

_FLUSHES = 50
_BLOCK = bytes(4096)
_MOST_LOAD_A_CORE = 0.25
_SHOWN_SETTINGS = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers")


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine, its software, and how busy it was before we began."""

    cpu: str
    cores: int
    memory_mib: int
    system: str
    python: str
    sqlite: str
    postgresql: dict[str, str]
    flush_milliseconds: float  # of one block to where the databases are: what a commit cannot be faster than
    load_average: float

    def as_text(self) -> str:
        """Return a paragraph for people."""
        settings = ", ".join(f"{name} {value}" for name, value in self.postgresql.items())
        return (
            f"{self.cpu}, {self.cores} cores, {self.memory_mib:,} MiB, {self.system}; "
            f"load before: {self.load_average:.1f}\n"
            f"Python {self.python}, SQLite {self.sqlite}; flushing a block to the disk: {self.flush_milliseconds:.2f} ms\n"
            f"PostgreSQL: {settings}"
            + ("\nOthers are using this machine: the figures are worse than it can do." if self.is_busy else "")
        )

    @property
    def is_busy(self) -> bool:
        """Whether somebody else's work will be in the figures. It is hardest on what makes many small round trips."""
        return self.load_average > self.cores * _MOST_LOAD_A_CORE

    def as_json(self) -> dict[str, Any]:
        """Return all of it, for machines."""
        return asdict(self) | {"is_busy": self.is_busy}


def describe_machine(server_url: str) -> Machine:
    """Look at this machine, and at the PostgreSQL server of the run."""
    return Machine(
        cpu=_cpu_model(),
        cores=os.cpu_count() or 1,
        memory_mib=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        postgresql=run_synchronously(_server_settings(server_url)),
        flush_milliseconds=_flush_milliseconds(),
        load_average=os.getloadavg()[0],
    )


def _cpu_model() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def _flush_milliseconds() -> float:
    with tempfile.TemporaryFile() as file:
        samples = []
        for _ in range(_FLUSHES):
            file.write(_BLOCK)
            begun = time.perf_counter()
            file.flush()
            os.fsync(file.fileno())
            samples.append(time.perf_counter() - begun)
    return statistics.median(samples) * 1000


async def _server_settings(server_url: str) -> dict[str, str]:
    connection = await asyncpg.connect(driver_url(make_url(server_url)))
    try:
        return {name: str(await connection.fetchval(f"SHOW {name}")) for name in _SHOWN_SETTINGS}
    finally:
        await connection.close()
