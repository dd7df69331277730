import pytest

from domain.folding import fold, is_found


class TestFold:
    @pytest.mark.parametrize(
        ("typed", "folded"),
        [
            ("  Hatha   YOGA ", "hatha yoga"),
            ("أإآٱا", "ااااا"),
            ("مصطفى", "مصطفي"),
            ("مدرسة", "مدرسه"),
            ("رِيَاضِيَّات", "رياضيات"),
            ("ريـــاضيات", "رياضيات"),
            ("صف ٣", "صف 3"),
            ("\u200fBallet\u2069", "ballet"),
            ("Élodie", "elodie"),
        ],
    )
    def test_takes_away_what_people_do_not_type_alike(self, typed: str, folded: str) -> None:
        assert fold(typed) == folded

    @pytest.mark.parametrize("text", ["", "   ", "\u200f\u200e", "ًٌٍ"])
    def test_leaves_nothing_of_what_cannot_be_looked_for(self, text: str) -> None:
        assert fold(text) == ""


class TestFinding:
    @pytest.mark.parametrize("wanted", ["yoga", "YOGA karim", "aziz hatha", "hathayoga", "kar"])
    def test_takes_words_in_any_order_and_parts_of_them(self, wanted: str) -> None:
        assert is_found(wanted, within="Hatha Yoga Yoga Karim Aziz")

    def test_needs_every_word(self) -> None:
        assert not is_found("yoga salma", within="Hatha Yoga Yoga Karim Aziz")

    def test_does_not_care_how_arabic_was_spelled(self) -> None:
        assert is_found("رياضيات ثالثه ثانوى", within="رياضيات ثالثة ثانوي")
        assert is_found("احمد", within="أ. أَحمد الشريف")
