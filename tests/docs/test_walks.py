"""The walks that take the pictures tap and wait for what the product says today: a text that has changed stops them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import docs
from locales import template

WALKS = sorted(Path(docs.__path__[0]).glob("screenshots_walks*.py"))
_OTHER = {"", "t.me"}  # the newest message; a link's beginning


def messages() -> set[str]:
    catalog = template.read(template.LOCALES / "en/LC_MESSAGES/messages.po")
    return {
        text for message in catalog if message.id for text in ([message.id] if isinstance(message.id, str) else message.id)
    }


def waited_for(path: Path) -> Iterator[str]:
    """Return the texts that are tapped or waited for, written there or named at the top of the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        found = [word.value for word in call.keywords if word.arg == "holding"]
        found += call.args[:1] if call.func.attr == "tap" else []
        for value in found:
            text = named.get(value.id, value) if isinstance(value, ast.Name) else value
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


@pytest.mark.parametrize("path", WALKS, ids=lambda path: path.stem)
def test_texts_are_the_products(path: Path) -> None:
    files = {text for text in waited_for(path) if text.startswith(".")}  # how a file's name ends
    assert sorted(set(waited_for(path)) - messages() - files - _OTHER) == []


def test_texts_are_found_at_all() -> None:
    assert sum(len(set(waited_for(path))) for path in WALKS) > 100
