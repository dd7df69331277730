"""The processes of a measurement through the whole bot: a stand-in for Telegram, our bot, a bare one beside it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.scale import Scale

ROOT = Path(__file__).resolve().parents[1]
BARE_PYTHON = ROOT / ".venv-bench/bin/python"  # has aiogram, in versions that would not go with ours
TOKEN = "7000001:bench"
_STOP_SECONDS = 15.0
_PROCESSES = Path("/proc")


class ProcessFailedError(Exception):
    """A process of the measurement ended by itself; the message is the end of what it said."""


class Process:
    """A running child, and the processor time that it has used."""

    def __init__(self, child: "subprocess.Popen[str]", log: Path) -> None:
        self._child = child
        self._log = log

    def cpu_milliseconds(self) -> float:
        """Return the processor time of all its threads so far. Raises ProcessFailedError where it is gone."""
        if self._child.poll() is not None:
            raise ProcessFailedError(self.last_words())
        threads = (_PROCESSES / str(self._child.pid) / "task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e6

    def last_words(self) -> str:
        """Return the end of its log."""
        return self._log.read_text(errors="replace")[-2_000:]

    def first_line(self) -> str:
        """Return the first line that it prints."""
        assert self._child.stdout is not None
        line = self._child.stdout.readline().strip()
        if not line:
            raise ProcessFailedError(self.last_words())
        return line


def slug(place: int) -> str:
    """Return how the sandbox's drivers call the student at a place."""
    return f"student-{place}"


def can_count_cpu() -> bool:
    """Whether this system tells the processor time of other processes' threads as we read it (Linux does)."""
    return (_PROCESSES / "self/schedstat").exists()


@contextlib.contextmanager
def sandbox(folder: Path, scale: Scale, *, first_telegram_id: int, people_count: int | None = None) -> Iterator[str]:
    """Run a sandbox in which every student has a phone (or so many have), and has started the bot before; yield its URL."""
    people = [
        {
            "id": first_telegram_id + place,
            "slug": slug(place),
            "first_name": f"Student {place}",
            "language_code": "en",
            "has_started": True,
        }
        for place in range(people_count or scale.people + scale.warm_up_people)
    ]
    path = folder / "people.json"
    path.write_text(json.dumps(people))
    with _running([sys.executable, "-m", "bot.sandbox", "--token", TOKEN, "--people", path], folder, "sandbox") as process:
        yield process.first_line()


@contextlib.contextmanager
def our_bot(folder: Path, *, database_url: str, api_url: str) -> Iterator[Process]:
    """Run the product as a center would."""
    settings = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api_url, "DATABASE_URL": database_url, "HTTP_PORT": "0"}
    prefixed = {f"ROLLCALL_{name}": value for name, value in settings.items()}
    with _running([sys.executable, "-m", "bot", "run"], folder, "bot", prefixed) as process:
        yield process


@contextlib.contextmanager
def bare_bot(folder: Path, *, api_url: str) -> Iterator[Process]:
    """Run a bot that only answers and edits."""
    script = Path(__file__).with_name("bare_bot.py")
    with _running([BARE_PYTHON, script, api_url, TOKEN], folder, "bare-bot") as process:
        yield process


@contextlib.contextmanager
def _running(
    command: Sequence[str | Path], folder: Path, name: str, settings: Mapping[str, str] | None = None
) -> Iterator[Process]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ROLLCALL_")}
    log = folder / f"{name}.log"
    with log.open("w") as words:
        child = subprocess.Popen(
            list(map(str, command)),
            stdout=subprocess.PIPE,
            stderr=words,
            text=True,
            cwd=folder,  # where no .env of anybody's lies
            env=kept | {"PYTHONPATH": str(ROOT)} | dict(settings or {}),
        )
    try:
        yield Process(child, log)
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.communicate(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
