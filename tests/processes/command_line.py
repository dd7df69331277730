"""`rollcall …` within this process: the same entry point as the console script's, without an interpreter's slow start."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.processes.product import Finished


class CommandLine:
    """A shell in an empty folder, with nothing of ours in its environment but what a test sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(folder)

    def set(self, **settings: str) -> None:
        """Set settings by their names without the prefix."""
        for name, value in settings.items():
            self._monkeypatch.setenv(f"ROLLCALL_{name.upper()}", value)

    def run(self, *arguments: str) -> Finished:
        """Run a command to its end. It brings its own event loop: call it from a thread where one is running."""
        output, errors = StringIO(), StringIO()
        with _logging_untouched(), redirect_stdout(output), redirect_stderr(errors):
            exit_code = main(arguments)
        return Finished(exit_code, output.getvalue(), errors.getvalue())


@contextmanager
def _logging_untouched() -> Iterator[None]:
    """Put back what a command does to logging."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
