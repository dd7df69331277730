from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from locales.check import _arrow_faults, faults
from locales.template import extract, serialise, update, write

ARABIC_RULE = "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"
ARABIC_SEATS = ["لا مقاعد", "مقعد واحد", "مقعدان", "{n} مقاعد", "{n} مقعدًا", "{n} مقعد"]
SEATS = ("One seat", "{n} seats")
SOURCE = 'def view(t):\n    t.text("Hello <b>{name}</b>")\n    t.ntext("One seat", "{n} seats", 2, n=2)\n'


class Tree:
    """A small program with an English and an Arabic catalog that are in order, until a test breaks something."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("bot", "domain", "handlers"):
            (root / name).mkdir()
        (root / "handlers/view.py").write_text(SOURCE)
        self.locales = root / "locales"
        for language in ("en", "ar"):
            (self.locales / language / "LC_MESSAGES").mkdir(parents=True)
        write(self.locales / "messages.pot", extract(root))
        english = Catalog("en")
        english.add("Hello <b>{name}</b>")
        english.add(SEATS)
        write(self.file("en"), english)
        self.edit_arabic(greeting="أهلا <b>{name}</b>", seats=ARABIC_SEATS)

    def file(self, language: str) -> Path:
        return self.locales / language / "LC_MESSAGES/messages.po"

    def edit_arabic(self, *, greeting: str, seats: list[str]) -> None:
        arabic = Catalog("ar")
        arabic.add("Hello <b>{name}</b>", greeting)
        arabic.add(SEATS, seats)
        text = serialise(arabic).decode()
        start = text.index('"Plural-Forms:')
        end = text.index('"MIME-Version', start)
        header = f'"Plural-Forms: nplurals=6; plural={ARABIC_RULE};\\n"\n'
        self.file("ar").write_text(text[:start] + header + text[end:])

    def replace(self, language: str, old: str, new: str) -> None:
        text = self.file(language).read_text()
        assert old in text
        self.file(language).write_text(text.replace(old, new))

    def faults(self) -> list[str]:
        return list(faults(self.locales, extract(self.root)))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


class TestCatalogCheck:
    def test_accepts_catalogs_that_are_in_order(self, tree: Tree) -> None:
        assert tree.faults() == []

    def test_refuses_a_template_without_a_new_text(self, tree: Tree) -> None:
        (tree.root / "bot/more.py").write_text('_("Good bye")\n')
        assert "messages.pot lacks 'Good bye': run `make messages`" in tree.faults()
        assert "en: lacks 'Good bye'" in tree.faults()
        assert "ar: lacks 'Good bye'" in tree.faults()

    def test_refuses_texts_that_no_source_says(self, tree: Tree) -> None:
        (tree.root / "handlers/view.py").write_text(SOURCE.replace("Hello", "Welcome"))
        assert "messages.pot has 'Hello <b>{name}</b>', which no source says: run `make messages`" in tree.faults()
        assert "ar: has 'Hello <b>{name}</b>', which no source says" in tree.faults()

    def test_refuses_a_missing_translation(self, tree: Tree) -> None:
        tree.edit_arabic(greeting="", seats=ARABIC_SEATS)
        assert tree.faults() == ["ar: 'Hello <b>{name}</b>' is not translated"]

    def test_refuses_a_fuzzy_translation(self, tree: Tree) -> None:
        tree.replace("ar", 'msgid "Hello', '#, fuzzy\nmsgid "Hello')
        (fault,) = tree.faults()
        assert fault.startswith("ar: 'Hello <b>{name}</b>' is marked as fuzzy")

    @pytest.mark.parametrize("greeting", ["أهلا <b>{nmae}</b>", "أهلا <b></b>", "أهلا <b>{name} {name2}</b>"])
    def test_refuses_other_placeholders(self, tree: Tree, greeting: str) -> None:
        tree.edit_arabic(greeting=greeting, seats=ARABIC_SEATS)
        (fault,) = tree.faults()
        assert fault.startswith("ar: 'Hello <b>{name}</b>' has the placeholders")
        assert fault.endswith("instead of {name}")

    def test_refuses_braces_that_would_fail_when_filled_in(self, tree: Tree) -> None:
        tree.edit_arabic(greeting="أهلا <b>{name</b>", seats=ARABIC_SEATS)
        (fault,) = tree.faults()
        assert "has braces that cannot be filled in" in fault

    def test_refuses_markup_that_the_original_does_not_have(self, tree: Tree) -> None:
        tree.edit_arabic(greeting="أهلا <b>{name}<b>", seats=ARABIC_SEATS)
        (fault,) = tree.faults()
        assert "does not have the markup of the original" in fault

    def test_refuses_babels_own_plural_rule_for_arabic(self, tree: Tree) -> None:
        tree.replace("ar", "n%100>=11 ? 4 : 5", "n%100>=11 && n%100<=99 ? 4 : 5")
        assert [fault for fault in tree.faults() if "the header must say" in fault] != []

    def test_refuses_an_empty_plural_form(self, tree: Tree) -> None:
        tree.edit_arabic(greeting="أهلا <b>{name}</b>", seats=[*ARABIC_SEATS[:5], ""])
        assert tree.faults() == ["ar: 'One seat' has an empty plural form"]

    def test_refuses_five_plural_forms_where_there_are_six(self, tree: Tree) -> None:
        tree.replace("ar", f'msgstr[5] "{ARABIC_SEATS[5]}"\n', "")
        assert any("plural form" in fault for fault in tree.faults())

    def test_refuses_a_form_for_many_that_does_not_say_how_many(self, tree: Tree) -> None:
        tree.edit_arabic(greeting="أهلا <b>{name}</b>", seats=[*ARABIC_SEATS[:3], "مقاعد", *ARABIC_SEATS[4:]])
        assert tree.faults() == ["ar: 'One seat' has the placeholders (none) instead of {n}"]

    def test_refuses_a_language_without_a_catalog(self, tree: Tree) -> None:
        tree.file("ar").unlink()
        assert tree.faults() == ["ar: has no catalog"]

    def test_refuses_a_file_that_is_not_a_catalog(self, tree: Tree) -> None:
        tree.file("ar").write_text("<html>not found</html>")
        (fault,) = tree.faults()
        assert fault.startswith("ar: cannot be read")


class TestArrows:
    """Back and on point the other way where one reads from right to left."""

    @pytest.mark.parametrize(
        ("english", "arabic"), [("◀️ Back", "▶️ رجوع"), ("More ▶️", "المزيد ◀️"), ("⏮️ First", "⏭️ الأولى"), ("▶️ Start", "▶️ بدء")]
    )
    def test_are_turned_round(self, english: str, arabic: str) -> None:
        assert list(_arrow_faults(english, arabic, is_mirrored=True)) == []
        assert list(_arrow_faults(english, english, is_mirrored=False)) == []

    @pytest.mark.parametrize(("english", "arabic"), [("◀️ Back", "◀️ رجوع"), ("More ▶️", "المزيد ▶️"), ("⏮️ First", "الأولى")])
    def test_that_are_not_turned_round_are_refused(self, english: str, arabic: str) -> None:
        assert len(list(_arrow_faults(english, arabic, is_mirrored=True))) == 1

    def test_of_another_kind_are_refused(self) -> None:
        assert list(_arrow_faults("⬅️ Back", "➡️ رجوع", is_mirrored=True)) == ["has another arrow than ◀️ and ▶️"]


class TestUpdate:
    def test_adds_what_is_new_and_keeps_translations_and_the_plural_rule(self, tree: Tree) -> None:
        (tree.root / "bot/more.py").write_text('_("Good bye")\n')
        lines = list(update(tree.locales, extract(tree.root)))
        assert lines == ["ar: 3 messages, 1 without a translation", "en: 3 messages, 3 without a translation"]
        assert f"plural={ARABIC_RULE};" in tree.file("ar").read_text()
        assert tree.faults() == ["ar: 'Good bye' is not translated"]

    def test_drops_what_is_gone(self, tree: Tree) -> None:
        (tree.root / "handlers/view.py").write_text('_("Good bye")\n')
        list(update(tree.locales, extract(tree.root)))
        assert "Hello" not in tree.file("ar").read_text()
        assert tree.faults() == ["ar: 'Good bye' is not translated"]

    def test_changes_nothing_where_nothing_has_changed(self, tree: Tree) -> None:
        list(update(tree.locales, extract(tree.root)))
        files = {path: path.read_bytes() for path in tree.locales.rglob("*.po*")}
        list(update(tree.locales, extract(tree.root)))
        assert {path: path.read_bytes() for path in tree.locales.rglob("*.po*")} == files
