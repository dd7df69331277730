import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^ ]+)( ; (?P<marker>[^\\]+))?( \\)?")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")


def pins(file: str) -> dict[str, str]:
    found = {}
    for line in (ROOT / file).read_text().splitlines():
        if pinned := PINNED.fullmatch(line):
            found[pinned["name"]] = pinned["version"]
    return found


@pytest.mark.parametrize("file", ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"])
class TestEachLockFile:
    def test_pins_every_package_to_hashes_and_names_no_index(self, file: str) -> None:
        entry = re.compile(f"{PINNED.pattern}\n({HASH.pattern}\n)+( {{4}}#.*\n)*")
        text = (ROOT / file).read_text()
        rest = entry.sub("", text)
        assert rest == "", f"{file} has lines that are no pinned package: {rest[:200]}"
        assert "://" not in text

    def test_names_no_place_of_the_machine_that_made_it(self, file: str) -> None:
        comments = [line for line in (ROOT / file).read_text().splitlines() if line.lstrip().startswith("#")]
        assert [line for line in comments if "/" in line] == []


class TestLockFilesTogether:
    def test_tests_run_on_the_versions_that_are_deployed(self) -> None:
        deployed, tested = pins("requirements.lock"), pins("requirements-dev.lock")
        assert deployed.items() <= tested.items()

    def test_every_dependency_of_the_project_is_locked(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        for file, wanted in {
            "requirements.lock": project["dependencies"],
            "requirements-dev.lock": project["dependencies"] + project["optional-dependencies"]["dev"],
            "requirements-bench.lock": project["optional-dependencies"]["bench"],
        }.items():
            names = {re.split(r"[^a-zA-Z0-9._-]", requirement)[0] for requirement in wanted}
            assert names <= pins(file).keys(), f"{file} is out of date: run `make lock`"
