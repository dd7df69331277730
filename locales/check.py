"""Refuses catalogs with a gap or a fault in them, before a person meets it.

``python -m locales.check`` (part of ``make lint``) prints a line for each fault and exits with 1 if there is one. A
catalog must hold every message of the sources and no other; each translation must keep the placeholders and the markup
of the original; and a language's plural rule must be the right one, with a form for each of its cases.
"""

import re
import string
import sys
from collections.abc import Callable, Iterator, Sequence
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError

from locales.template import LOCALES, TEMPLATE, catalog_files, extract, read, serialise

SOURCE_LANGUAGE = "en"
"""Its texts are those of the program: a message may stay without a translation."""

PLURAL_RULES = {
    # CLDR's order of cases. Babel's own default for Arabic swaps the last two.
    "ar": (6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"),
}
COUNT = "n"
"""The placeholder that a plural form may leave out where it stands for one number alone ("one seat", Arabic's dual)."""

RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar"})
BACK, ON, FIRST = "◀️", "▶️", "⏮️"
MIRRORED = {BACK: ON, FIRST: "⏭️"}
"""What begins a label that leads back, and how that looks where one reads from right to left. ▶️ leads on where it ends a
label, and means that something runs where it begins one; other arrows are not used."""
OTHER_ARROWS = ("⬅️", "➡️", "⏪", "⏩")

TRIED_NUMBERS = range(1000)
MARKUP = re.compile(r"</?[a-z][a-z-]*")


def template_faults(committed: Path, extracted: Catalog) -> Iterator[str]:
    """Yield what the committed template has too much or too little of."""
    if not committed.exists():
        yield f"{committed.name} does not exist: run `make messages`"
        return
    template = read(committed)
    for message in _absent(extracted, template):
        yield f"{committed.name} lacks {_name(message)}: run `make messages`"
    for message in _absent(template, extracted):
        yield f"{committed.name} has {_name(message)}, which no source says: run `make messages`"
    if not _differs_in_messages(template, extracted) and _text(template) != _text(extracted):
        yield f"{committed.name} is out of date in its comments or order: run `make messages`"


def catalog_faults(language: str, catalog: Catalog, template: Catalog) -> Iterator[str]:
    """Yield each fault of one language's catalog, as a sentence that names the message."""
    for message in _absent(template, catalog):
        yield f"{language}: lacks {_name(message)}"
    for message in _absent(catalog, template):
        yield f"{language}: has {_name(message)}, which no source says"
    yield from _plural_rule_faults(language, catalog)
    for message in catalog:
        if message.id:
            for fault in _message_faults(language, catalog, message):
                yield f"{language}: {_name(message)} {fault}"


def _plural_rule_faults(language: str, catalog: Catalog) -> Iterator[str]:
    rule = PLURAL_RULES.get(language)
    if rule and (catalog.num_plurals, catalog.plural_expr) != rule:
        yield f"{language}: the header must say `Plural-Forms: nplurals={rule[0]}; plural={rule[1]};`"


def _message_faults(language: str, catalog: Catalog, message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "is marked as fuzzy: confirm the translation and remove the mark"
    originals = _forms(message.id)
    translations = _forms(message.string)
    if language == SOURCE_LANGUAGE and not any(translations):
        translations = originals
    elif not all(translations):
        yield "is not translated" if not any(translations) else "has an empty plural form"
        return
    if len(originals) > 1 and len(translations) != catalog.num_plurals:
        yield f"has {len(translations)} plural forms where the language has {catalog.num_plurals}"
        return
    for position, translation in enumerate(translations):
        may_omit_count = len(originals) > 1 and _stands_for_one_number(catalog, position)
        yield from _text_faults(originals[-1], translation, may_omit_count=may_omit_count)
        yield from _arrow_faults(originals[-1], translation, is_mirrored=language in RIGHT_TO_LEFT_LANGUAGES)


def _text_faults(original: str, translation: str, *, may_omit_count: bool) -> Iterator[str]:
    try:
        wanted, given = _placeholders(original), _placeholders(translation)
    except ValueError as error:
        yield f"has braces that cannot be filled in: {error}"
        return
    if given != wanted and not (may_omit_count and given == wanted - {COUNT}):
        yield f"has the placeholders {_braced(given)} instead of {_braced(wanted)}"
    if sorted(MARKUP.findall(translation)) != sorted(MARKUP.findall(original)):
        yield f"does not have the markup of the original: {translation!r}"


def _arrow_faults(original: str, translation: str, *, is_mirrored: bool) -> Iterator[str]:
    """Yield what is wrong with the arrows: back and on point the other way where one reads from right to left."""
    if any(arrow in original + translation for arrow in OTHER_ARROWS):
        yield f"has another arrow than {BACK} and {ON}"
    for leading, mirrored in MIRRORED.items():
        wanted = mirrored if is_mirrored else leading
        if original.startswith(leading) and not translation.startswith(wanted):
            yield f"begins with {leading}, which is {wanted} in this language: {translation!r}"
    wanted = BACK if is_mirrored else ON
    if original.endswith(ON) and not translation.endswith(wanted):
        yield f"ends with {ON}, which is {wanted} in this language: {translation!r}"


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _stands_for_one_number(catalog: Catalog, form: int) -> bool:
    choose: Callable[[int], int] = c2py(catalog.plural_expr)
    return sum(1 for number in TRIED_NUMBERS if choose(number) == form) == 1


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    if text is None:
        return ("",)
    return (text,) if isinstance(text, str) else tuple(text)


def _absent(wanted: Catalog, present: Catalog) -> list[Message]:
    keys = {_key(message) for message in present}
    return [message for message in wanted if message.id and _key(message) not in keys]


def _differs_in_messages(one: Catalog, other: Catalog) -> bool:
    return bool(_absent(one, other) or _absent(other, one))


def _key(message: Message) -> tuple[str | None, tuple[str, ...]]:
    return message.context, _forms(message.id)


def _text(catalog: Catalog) -> bytes:
    return serialise(catalog, omit_header=True)


def _name(message: Message) -> str:
    return repr(_forms(message.id)[0])


def _braced(names: frozenset[str]) -> str:
    return " ".join(f"{{{name}}}" for name in sorted(names)) or "(none)"


def faults(locales: Path, template: Catalog) -> Iterator[str]:
    """Yield every fault of the folder's template and catalogs, measured by what the sources say."""
    yield from template_faults(locales / TEMPLATE.name, template)
    files = dict(catalog_files(locales))
    for language in (SOURCE_LANGUAGE, *PLURAL_RULES):
        if language not in files:
            yield f"{language}: has no catalog"
    for language, path in files.items():
        try:
            catalog = read(path)
        except PoFileError as error:
            yield f"{language}: cannot be read: {error}"
        else:
            yield from catalog_faults(language, catalog, template)


def main() -> None:
    """Print every fault and exit with 1 if there is one."""
    found = list(faults(LOCALES, extract()))
    for fault in found:
        print(fault)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
