"""`python -m bot.sandbox` as a process."""

import json
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from bot.sandbox.__main__ import main

PEOPLE = [{"slug": "mona", "first_name": "Mona"}, {"slug": "omar", "first_name": "Omar", "id": 5}]


def test_prints_its_address_and_stops_on_sigterm(tmp_path: Path) -> None:
    people = tmp_path / "people.json"
    people.write_text(json.dumps(PEOPLE), encoding="utf-8")
    command = [sys.executable, "-m", "bot.sandbox", "--token", "1:x", "--people", str(people)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{url}/sandbox/people", timeout=10) as response:
            slugs = [person["slug"] for person in json.load(response)["people"]]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    assert slugs == ["mona", "omar"]


def test_refuses_to_listen_beyond_this_machine() -> None:
    command = [sys.executable, "-m", "bot.sandbox", "--token", "1:x", "--host", "0.0.0.0"]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert (finished.returncode, finished.stderr[:6]) == (2, "error:")


def test_help_names_the_keys_of_its_paymob(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "secret key egy_sk_test_sandbox" in said
    assert "provider token sandbox:TEST:provider" in said
