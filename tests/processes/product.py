"""The product as its operator runs it: `python -m bot …` in processes of their own, with nothing but the environment."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

COMMAND_SECONDS = 40.0
STOP_SECONDS = 10.0
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Finished:
    """What a command left behind."""

    exit_code: int
    output: str
    errors: str


@dataclass(frozen=True, slots=True)
class Product:
    """An installation: its settings and the folder that it is started in."""

    folder: Path
    settings: Mapping[str, str]

    def with_settings(self, **changed: str) -> "Product":
        """Return the same installation with other settings; an empty one is as good as none."""
        return Product(
            self.folder, {**self.settings, **{f"ROLLCALL_{name.upper()}": value for name, value in changed.items()}}
        )

    async def finish(self, *arguments: str) -> Finished:
        """Run a command to its end."""
        process = await self._start(*arguments)
        try:
            async with asyncio.timeout(COMMAND_SECONDS):
                output, errors = await process.communicate()
        finally:
            await _end(process)
        return Finished(process.returncode or 0, output.decode(), errors.decode())

    @asynccontextmanager
    async def running(self, *options: str) -> AsyncIterator["RunningBot"]:
        """Let the bot run while the block lasts; whatever happens in it, no process is left."""
        process = await self._start("run", *options)
        assert process.stderr is not None
        bot = RunningBot(process, [], asyncio.Event())
        reading = asyncio.create_task(_collect(process.stderr, bot))
        try:
            yield bot
        finally:
            await _end(process)
            await reading

    async def _start(self, *arguments: str) -> Process:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ROLLCALL_")}
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=self.folder,
            env={**inherited, "PYTHONPATH": str(ROOT), **self.settings},
            stdout=PIPE,
            stderr=PIPE,
        )


@dataclass(frozen=True, slots=True)
class RunningBot:
    """A process of the bot, and what it has logged so far."""

    process: Process
    log: list[str]
    grown: asyncio.Event

    async def logs(self, fragment: str) -> None:
        """Wait until the log has a text."""
        async with asyncio.timeout(COMMAND_SECONDS):
            while not any(fragment in line for line in self.log):
                await self.grown.wait()
                self.grown.clear()

    async def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        await self.process.wait()

    async def terminate(self) -> int:
        """Ask it to end, as whoever supervises it does, and return its exit code; it has ten seconds."""
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(STOP_SECONDS):
            return await self.process.wait()


async def _collect(stream: asyncio.StreamReader, bot: RunningBot) -> None:
    while line := await stream.readline():
        bot.log.append(line.decode())
        bot.grown.set()


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
