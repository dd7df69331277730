"""The sandbox's Bot API in a process of its own: for tests of commands, which run their own event loop."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class SandboxProcess:
    """A running sandbox."""

    url: str


@contextmanager
def sandbox_process(token: str) -> Iterator[SandboxProcess]:
    """Run a sandbox for a token while the block lasts; it says its address once it listens."""
    command = [sys.executable, "-m", "bot.sandbox", "--token", token]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as process:
        try:
            assert process.stdout is not None
            yield SandboxProcess(process.stdout.readline().strip())
        finally:
            process.terminate()
            process.wait(10)
