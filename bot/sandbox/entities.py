"""Telegram's HTML: marked-up text in, plain text and its entities out, or the error that Telegram would answer.

Offsets and lengths of entities count UTF-16 code units; offsets in errors count bytes of the UTF-8 source.
Source: "Formatting options" of the Bot API's documentation.
"""

import re
import sys
from html.entities import html5
from typing import Any, NoReturn

from bot.sandbox.errors import bad_request

Entity = dict[str, Any]

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
}
_TAGS = frozenset({*_SIMPLE, "a", "pre", "blockquote", "tg-emoji", "tg-time"})
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));")
_INTERESTING = re.compile(r"[<&]")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]*")
_SPACES = re.compile(r"\s*")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_SURROGATES = range(0xD800, 0xE000)
_USER_LINK = re.compile(r"tg://user\?id=([0-9]+)")


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units this text takes, which is how Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and the entities of Telegram's HTML, untrimmed; raise ApiError where it is broken."""
    if _INTERESTING.search(source) is None:
        return source, []
    return _Parser(source).parse()


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Take away surrounding white space, as Telegram does, and fit the entities to what is left."""
    without_head = text.lstrip()
    kept = without_head.rstrip()
    if len(kept) == len(text):
        return text, entities
    shift, end = utf16_length(text[: len(text) - len(without_head)]), utf16_length(kept)
    fitted = []
    for entity in entities:
        start, stop = max(entity["offset"] - shift, 0), min(entity["offset"] + entity["length"] - shift, end)
        if start < stop:
            fitted.append({**entity, "offset": start, "length": stop - start})
    return kept, fitted


class _Parser:
    """One pass over the source; open tags wait on a stack for their ends."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._parts: list[str] = []
        self._length = 0
        self._open: list[tuple[str, dict[str, str], int, int]] = []
        self._entities: list[Entity] = []
        self._language = ""

    def parse(self) -> tuple[str, list[Entity]]:
        source = self._source
        while (found := _INTERESTING.search(source, self._at)) is not None:
            self._append(source[self._at : found.start()])
            self._at = found.start()
            if found[0] == "&":
                self._reference()
            elif source.startswith("/", self._at + 1):
                self._end_tag()
            else:
                self._start_tag()
        self._append(source[self._at :])
        if self._open:
            _fail(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')
        self._entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self._parts), self._entities

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += utf16_length(text)

    def _reference(self) -> None:
        found = _REFERENCE.match(self._source, self._at)
        character = _decode(found) if found is not None else None
        self._append(character or "&")
        self._at = found.end() if found is not None and character else self._at + 1

    def _start_tag(self) -> None:
        begin = self._at
        name = self._take(_TAG_NAME, begin + 1).lower()
        self._need_more(begin)
        if name not in _TAGS:
            _fail(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        attributes: dict[str, str] = {}
        while True:
            self._take(_SPACES, self._at)
            self._need_more(begin)
            if self._source[self._at] == ">":
                break
            self._attribute(name, begin, attributes)
        self._at += 1
        if name == "span" and attributes.get("class") != "tg-spoiler":
            _fail(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self._open.append((name, attributes, self._length, len(self._parts)))

    def _attribute(self, tag: str, begin: int, attributes: dict[str, str]) -> None:
        start = self._at
        name = self._take(_ATTRIBUTE_NAME, start).lower()
        if not name:
            _fail(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(start)}')
        self._take(_SPACES, self._at)
        self._need_more(begin)
        if self._source[self._at] != "=":
            attributes[name] = ""
            return
        self._take(_SPACES, self._at + 1)
        self._need_more(begin)
        attributes[name] = self._value(begin)
        self._need_more(begin)

    def _value(self, begin: int) -> str:
        quote = self._source[self._at]
        if quote in "'\"":
            end = self._source.find(quote, self._at + 1)
            if end < 0:
                _fail(f"Unclosed start tag at byte offset {self._byte(begin)}")
            raw, self._at = self._source[self._at + 1 : end], end + 1
            return _REFERENCE.sub(lambda found: _decode(found) or found[0], raw)
        value = self._take(_BARE_VALUE, self._at).lower()
        if self._at < len(self._source) and not (self._source[self._at].isspace() or self._source[self._at] == ">"):
            _fail(f"Unexpected end of name token at byte offset {self._byte(self._at)}")
        return value

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            _fail(f"Unexpected end tag at byte offset {self._byte(begin)}")
        found = self._take(_TAG_NAME, begin + 2).lower()
        self._take(_SPACES, self._at)
        if not self._source.startswith(">", self._at):
            _fail(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self._at += 1
        name, attributes, offset, first_part = self._open.pop()
        if found and found != name:
            _fail(f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{name}>", found "</{found}>"')
        if self._length > offset:
            self._close(name, attributes, offset, "".join(self._parts[first_part:]))

    def _close(self, name: str, attributes: dict[str, str], offset: int, text: str) -> None:
        details = _describe(name, attributes, text)
        if details is None:
            return
        entity = {**details, "offset": offset, "length": self._length - offset}
        if name == "code":
            self._language = attributes.get("class", "").removeprefix("language-")
        elif name == "pre":
            self._absorb_code(entity)
        self._entities.append(entity)

    def _absorb_code(self, pre: Entity) -> None:
        """Make one entity of `<pre><code class="language-x">`."""
        inner = self._entities[-1] if self._entities else pre
        if inner["type"] == "code" and (inner["offset"], inner["length"]) == (pre["offset"], pre["length"]):
            self._entities.pop()
            if self._language:
                pre["language"] = self._language

    def _take(self, pattern: re.Pattern[str], start: int) -> str:
        found = pattern.match(self._source, start)
        self._at = found.end() if found is not None else start
        return found[0] if found is not None else ""

    def _need_more(self, begin: int) -> None:
        if self._at >= len(self._source):
            _fail(f"Unclosed start tag at byte offset {self._byte(begin)}")

    def _byte(self, position: int) -> int:
        return len(self._source[:position].encode("utf-8", "surrogatepass"))


def _describe(name: str, attributes: dict[str, str], text: str) -> dict[str, Any] | None:
    """Return an entity's type and what else it carries, or None where the tag comes to nothing."""
    if name == "a":
        return _link(attributes.get("href") or text)
    if name == "pre":
        return {"type": "pre"}
    if name == "blockquote":
        return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
    if name == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
    if name == "tg-time":
        return _time(attributes)
    return {"type": _SIMPLE[name]}


def _link(url: str) -> dict[str, Any] | None:
    if (user := _USER_LINK.fullmatch(url)) is not None:
        return {"type": "text_mention", "user": {"id": int(user[1]), "is_bot": False, "first_name": ""}}
    has_scheme = re.match(r"(?:https?|tg|tonsite)://", url)
    if has_scheme is None and re.match(r"[^\s/]+\.[^\s/]{2,}", url) is None:
        return None  # Telegram shows the text and forgets the link
    return {"type": "text_link", "url": url if has_scheme else f"http://{url}"}


def _time(attributes: dict[str, str]) -> dict[str, Any]:
    unix, form = attributes.get("unix", ""), attributes.get("format", "")
    if not (unix.isascii() and unix.isdigit()):
        _fail("Invalid date-time unix time specified")
    if _TIME_FORMAT.fullmatch(form) is None:
        _fail("Invalid date-time format specified")
    return {"type": "date_time", "unix_time": int(unix), **({"date_time_format": form} if form else {})}


def _decode(found: re.Match[str]) -> str | None:
    decimal, hexadecimal, name = found.groups()
    if name:
        return html5[f"{name};"]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = 0 < code <= sys.maxunicode and code not in _SURROGATES
    return chr(code) if is_character else None


def _fail(reason: str) -> NoReturn:
    raise bad_request(f"can't parse entities: {reason}")
