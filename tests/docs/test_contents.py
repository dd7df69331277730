import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from dotenv import dotenv_values

from bot.settings import Settings
from bot.telemetry import Metrics
from tests.docs.documents import DECISIONS, DOCUMENTS, ROOT, name_of, text_of

OPERATIONS = ROOT / "docs" / "operations.md"
CONTRIBUTING = ROOT / "docs" / "contributing.md"
RECORDS = sorted(DECISIONS.glob("0*.md"))
EXAMPLE = ROOT / ".env.example"


def project() -> dict[str, Any]:
    parsed: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return parsed


def commands() -> set[str]:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "commands").glob("*.py"))
    return {name for source in sources for name in re.findall(r'add_parser\(\s*"([a-z]+)"', source)}


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


class TestExampleSettings:
    def test_are_all_settings_and_no_others(self) -> None:
        declared = {f"ROLLCALL_{name.upper()}" for name in Settings.model_fields}
        assert set(dotenv_values(EXAMPLE)) == declared

    def test_are_the_defaults(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in Settings.model_fields:
            monkeypatch.delenv(f"ROLLCALL_{name.upper()}", raising=False)
        assert Settings(_env_file=EXAMPLE) == Settings(_env_file=None)  # type: ignore[call-arg]

    def test_each_has_a_comment_above_it(self) -> None:
        lines = text_of(EXAMPLE).splitlines()
        explained = ("#", "ROLLCALL_HTTP_HOST=")  # host and port are explained together
        settings = [(above, line) for above, line in pairwise(lines) if line.startswith("ROLLCALL_")]
        assert [line for above, line in settings if not above.startswith(explained)] == []


class TestDecisionRecords:
    def test_are_numbered_from_one_without_a_gap(self) -> None:
        assert [record.name[:4] for record in RECORDS] == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]

    @pytest.mark.parametrize("record", RECORDS, ids=name_of)
    def test_have_their_number_their_parts_and_one_page(self, record: Path) -> None:
        text = text_of(record)
        assert text.startswith(f"# {record.name[:4]}. ")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
        assert len(text.splitlines()) <= 70

    def test_are_all_in_the_list(self) -> None:
        listed = re.findall(r"\((0\d{3}-[\w-]+\.md)\)", text_of(DECISIONS / "README.md"))
        assert listed == [record.name for record in RECORDS]


class TestCommands:
    @pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
    def test_that_are_named_exist(self, document: Path) -> None:
        text = text_of(document)
        assert set(re.findall(r"(?:^ *|[`/])rollcall ([a-z]+)", text, re.MULTILINE)) <= commands()
        assert set(re.findall(r"(?:^ *|`)make ([a-z]+)", text, re.MULTILINE)) <= make_targets()

    def test_are_all_explained_to_operators(self) -> None:
        assert [name for name in sorted(commands()) if f"`rollcall {name}" not in text_of(OPERATIONS)] == []

    def test_of_make_are_all_explained_to_contributors(self) -> None:
        named = make_targets() - {"help"}  # it is `make` alone
        assert [name for name in sorted(named) if f"`make {name}" not in text_of(CONTRIBUTING)] == []


def test_operators_are_told_of_every_metric() -> None:
    families = {family.name for family in Metrics().registry.collect()}
    assert [name for name in sorted(families) if name not in text_of(OPERATIONS)] == []


def test_changelog_begins_with_the_version_of_the_project() -> None:
    versions = re.findall(r"^## \[([\d.]+)\]", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert versions[0] == project()["version"]
