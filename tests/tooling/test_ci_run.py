import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="the system does not show processes")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository in which every step succeeds at once, on a machine with a browser."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/run", tmp_path / ".ci/run")
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "chromium").symlink_to(shutil.which("true") or "/bin/true")
    say(tmp_path, test="echo '=== 3 passed, 1 skipped in 0.10s ==='")
    return tmp_path


def say(checkout: Path, **recipes: str) -> None:
    steps = {"install": ":", "lint": ":", "test": ":"} | recipes
    (checkout / "Makefile").write_text("".join(f"{target}:\n\t@{recipe}\n" for target, recipe in steps.items()))


def run(checkout: Path) -> tuple[int, list[str]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    environment |= {"PATH": f"{checkout}/programs:{os.environ['PATH']}", "GRACE_SECONDS": "1"}
    done = subprocess.run(
        [checkout / ".ci/run"], env=environment, stdout=subprocess.PIPE, text=True, check=False, timeout=30
    )
    return done.returncode, done.stdout.splitlines()


class TestCiRun:
    def test_ends_with_the_summary_of_the_tests(self, checkout: Path) -> None:
        status, lines = run(checkout)
        assert status == 0
        assert lines[-1] == "3 passed, 1 skipped in 0.10s"

    @pytest.mark.parametrize("target", ["install", "lint", "test"])
    def test_fails_with_each_of_its_steps(self, checkout: Path, target: str) -> None:
        say(checkout, **{target: "echo that is wrong; exit 1"})
        status, lines = run(checkout)
        assert status == 1
        assert "that is wrong" in lines
        assert "FAILED" in lines[-1]

    @needs_proc
    def test_finds_and_ends_a_process_that_the_tests_left_behind(self, checkout: Path) -> None:
        say(checkout, test="setsid sleep 97531 & echo $$! > left; echo '=== 3 passed in 0.10s ==='")
        status, lines = run(checkout)
        assert status == 1
        assert any("sleep 97531" in line for line in lines)
        assert not is_alive(int((checkout / "left").read_text()))


def is_alive(process_id: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process_id)], capture_output=True, text=True, check=False)
    return state.stdout.strip()[:1] not in {"", "Z"}
