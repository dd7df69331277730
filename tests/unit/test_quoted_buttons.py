import re
from collections.abc import Iterator

from locales.template import LOCALES, read

QUOTED = re.compile("«([^»{]+)»")
SIGNS_BEFORE = re.compile(r"^[^\w<]+")
OF_OTHER_PROGRAMS = ("Google", "iPhone")


def arabic_texts() -> Iterator[str]:
    for message in read(LOCALES / "ar" / "LC_MESSAGES" / "messages.po"):
        yield from [message.string] if isinstance(message.string, str) else message.string or ()


def as_quoted(text: str) -> str:
    """Return a label as a sentence quotes it: without signs around it and markup, and with dots for what is filled in."""
    plain = re.sub(r"\{\w+\}", "…", re.sub("<[^>]+>", "", text))
    return SIGNS_BEFORE.sub("", plain).removesuffix("◀️").strip()


def test_arabic_texts_call_buttons_as_they_are_called() -> None:
    labels = {as_quoted(text) for text in arabic_texts()}
    quoted = {
        name
        for text in arabic_texts()
        if not any(each in text for each in OF_OTHER_PROGRAMS)
        for name in QUOTED.findall(text)
    }
    assert quoted <= labels, quoted - labels
