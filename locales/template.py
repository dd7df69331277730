"""Collects every text of the program into ``messages.pot`` and brings the catalogs in line with it.

``python -m locales.template`` (``make messages``) is to be run after a text was added, changed or removed; new messages
then stand untranslated in each catalog, and ``locales.check`` refuses them until they are translated.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locales"
TEMPLATE = LOCALES / "messages.pot"
SOURCES = ("bot", "domain", "handlers")
# The translator's methods (`ntext` and `nplain` take a singular and a plural), and the mark of texts that are
# translated later. None of gettext's own names: one way to say a text is enough.
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "text": None,
    "plain": None,
    "ntext": (1, 2),
    "nplain": (1, 2),
}
WIDTH = 120


def extract(root: Path = ROOT) -> Catalog:
    """Return a catalog without translations of every text in the sources below the root."""
    template = Catalog(project="Rollcall", copyright_holder="The Rollcall authors", charset="utf-8", fuzzy=False)
    template.header_comment = "# Every text of Rollcall, to be translated. Written by `make messages`; not by hand."
    for source in SOURCES:
        for _file, _line, message, comments, context in extract_from_dir(
            root / source, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            template.add(message, auto_comments=comments, context=context)
    return template


def read(path: Path) -> Catalog:
    """Return the catalog of a file, without the messages that it keeps for old times' sake."""
    with path.open("rb") as file:
        return read_po(file, ignore_obsolete=True, abort_invalid=True)


def write(path: Path, catalog: Catalog) -> None:
    """Write a catalog so that the same messages always give the same lines."""
    path.write_bytes(serialise(catalog))


def serialise(catalog: Catalog, *, omit_header: bool = False) -> bytes:
    """Return a catalog as a file's bytes: sorted, without line numbers, which change with every edit of the sources."""
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalog,
        width=WIDTH,
        no_location=True,
        sort_output=True,
        ignore_obsolete=True,
        omit_header=omit_header,
    )
    return buffer.getvalue()


def catalog_files(locales: Path = LOCALES) -> Iterator[tuple[str, Path]]:
    """Yield each language's code and catalog file, in the order of the codes."""
    for path in sorted(locales.glob("*/LC_MESSAGES/messages.po")):
        yield path.parent.parent.name, path


def update(locales: Path, template: Catalog) -> Iterator[str]:
    """Write the template, and give every catalog exactly its messages; yield a line about each catalog.

    Translations of kept messages stay, and so does each catalog's plural rule.
    """
    path = locales / TEMPLATE.name
    if not path.exists() or serialise(read(path), omit_header=True) != serialise(template, omit_header=True):
        write(path, template)  # otherwise only the date in its header would change
    for language, path in catalog_files(locales):
        catalog = read(path)
        # A guess at a changed sentence's translation is worse than a gap, which the check reports.
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        write(path, catalog)
        untranslated = sum(1 for message in catalog if message.id and not any(message.string or ()))
        yield f"{language}: {len(catalog)} messages, {untranslated} without a translation"


def main() -> None:
    """Bring the template and the catalogs in line with the sources, and say what is left to translate."""
    for line in update(LOCALES, extract()):
        print(line)


if __name__ == "__main__":
    main()
