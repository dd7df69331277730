"""Text and entities back into HTML that a browser may safely show: a handful of tags, everything else escaped."""

from html import escape
from typing import Any

from bot.sandbox.entities import Entity
from bot.sandbox.keyboards import is_link

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "spoiler": "tg-spoiler",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}


def render_html(text: str, entities: list[Entity]) -> str:
    """Return safe HTML; entities that overlap are closed and opened again, so that the tags always nest."""
    shown = [(entity, *tags) for entity in entities if (tags := _tags(entity)) is not None]
    if not shown:
        return escape(text)
    units = text.encode("utf-16-le", "surrogatepass")
    edges = {0, len(units) // 2}
    for entity, _, _ in shown:
        edges |= {entity["offset"], entity["offset"] + entity["length"]}
    ordered = sorted(edge for edge in edges if edge <= len(units) // 2)
    parts: list[str] = []
    opened: list[tuple[Entity, str, str]] = []
    for begin, end in zip(ordered, [*ordered[1:], ordered[-1]], strict=True):
        wanted = [tagged for tagged in shown if _covers(tagged[0], begin)]
        common = _common_length(opened, wanted)
        parts += [closing for _, _, closing in reversed(opened[common:])]
        parts += [opening for _, opening, _ in wanted[common:]]
        parts.append(escape(units[begin * 2 : end * 2].decode("utf-16-le", "replace")))
        opened = wanted
    return "".join(parts)


def _covers(entity: Entity, unit: int) -> bool:
    return bool(entity["offset"] <= unit < entity["offset"] + entity["length"])


def _common_length(opened: list[Any], wanted: list[Any]) -> int:
    length = 0
    while length < min(len(opened), len(wanted)) and opened[length] is wanted[length]:
        length += 1
    return length


def _tags(entity: Entity) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
    if kind == "text_link" and is_link(entity["url"]):
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if kind == "date_time":
        form = escape(entity.get("date_time_format", ""))
        return f'<tg-time unix="{int(entity["unix_time"])}" format="{form}">', "</tg-time>"
    return None
