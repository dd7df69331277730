import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What `make` reads of a fresh clone: nothing is installed or compiled there."""
    for name in ("Makefile", "pyproject.toml", *(path.name for path in ROOT.glob("requirements*.lock"))):
        shutil.copy(ROOT / name, tmp_path)
    catalog = tmp_path / "locales/ar/LC_MESSAGES/messages.po"
    catalog.parent.mkdir(parents=True)
    catalog.touch()
    return tmp_path


def make(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    # The variables of a `make test` around us are not for this one.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        [shutil.which("make") or "make", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def finish_installation(checkout: Path) -> None:
    for name in (".created", ".packages", ".project"):
        (checkout / ".venv").mkdir(exist_ok=True)
        (checkout / ".venv" / name).touch()
    (checkout / "locales/ar/LC_MESSAGES/messages.mo").touch()


class TestMakefile:
    def test_says_what_can_be_typed_when_nothing_is_asked(self, checkout: Path) -> None:
        help_text = make(checkout).stdout
        documented = set(re.findall(r"^  make (\w+)", help_text, re.MULTILINE))
        phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
        assert phony is not None
        assert documented == set(phony[1].split())

    @pytest.mark.parametrize("target", ["install", "demo", "run", "test", "lint", "messages", "bench"])
    def test_sets_a_fresh_clone_up_from_hashes_alone(self, checkout: Path, target: str) -> None:
        planned = make(checkout, "-n", target).stdout
        assert "install --require-hashes --requirement requirements-dev.lock" in planned
        assert "install --no-deps --no-build-isolation --editable ." in planned
        assert "--output-file locales/ar/LC_MESSAGES/messages.mo --locale ar" in planned

    def test_sets_up_once(self, checkout: Path) -> None:
        finish_installation(checkout)
        assert "pip" not in make(checkout, "-n", "install").stdout

    @pytest.mark.parametrize(
        ("changed", "redone"),
        [
            ("requirements-dev.lock", "--requirement requirements-dev.lock"),
            ("pyproject.toml", "--editable ."),
            ("locales/ar/LC_MESSAGES/messages.po", "--locale ar"),
        ],
    )
    def test_sets_up_again_what_has_changed(self, checkout: Path, changed: str, redone: str) -> None:
        finish_installation(checkout)
        later = (checkout / ".venv/.project").stat().st_mtime + 10
        os.utime(checkout / changed, (later, later))
        assert redone in make(checkout, "-n", "install").stdout

    def test_refuses_a_named_python_that_is_too_old(self, checkout: Path) -> None:
        old = checkout / "old-python"
        old.write_text("#!/bin/sh\nexit 1\n")
        old.chmod(0o755)
        done = make(checkout, "install", f"PYTHON={old}")
        assert done.returncode == 2
        assert f"Found no Python 3.11 or newer at {old}" in done.stderr
        assert not (checkout / ".venv").exists()

    def test_passes_words_on_to_the_command(self, checkout: Path) -> None:
        assert "rollcall demo --port 9000" in make(checkout, "-n", "demo", "ARGS=--port 9000").stdout
