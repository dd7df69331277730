import pytest

from domain.errors import InvalidInputError
from domain.people.input import NAME_LENGTH, clean_name, clean_phone, profile_name

INVISIBLE = (
    "",
    "   \n\t",
    "\u200e\u200f\u202e\u2066\u2069",
    "\u200d\u200c\u200d",
    "\u3164",
    "\u2800\u2800",
    "\u115f\u1160\uffa0",
    "\ufe0f",
    "\u0301",
    "\x00\x07",
    "\ud800",
    "\U000e0041",
    "\ufeff",
)


class TestName:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("Mona Adel", "Mona Adel"),
            ("  Mona \n\t Adel ", "Mona Adel"),
            ("عمر خالد", "عمر خالد"),
            ("\u202eMona\u202c\u200f", "Mona"),
            ("Mo\x00na\x1b[31m", "Mona[31m"),
            ("Jose\u0301", "Jos\u00e9"),
            ("<b>Mona</b> & co", "<b>Mona</b> & co"),
            ("👩\u200d👧 ❤\ufe0f", "👩\u200d👧 ❤\ufe0f"),
            ("می\u200cخواهم", "می\u200cخواهم"),
            ("Mona\u00a0Adel\u2003!", "Mona Adel !"),
            ("\ud83dMona", "Mona"),
        ],
    )
    def test_is_kept_in_one_clean_line(self, typed: str, kept: str) -> None:
        assert clean_name(typed) == kept
        assert clean_name(kept) == kept

    @pytest.mark.parametrize("typed", INVISIBLE)
    def test_that_shows_nothing_is_empty(self, typed: str) -> None:
        with pytest.raises(InvalidInputError) as caught:
            clean_name(typed)
        assert caught.value.parameters == {"field": "name", "reason": "empty", "limit": None}

    @pytest.mark.parametrize("typed", ["x" * 65, "x" * 5_000, "👩\u200d👧" * 22, "\u0958" * 33])
    def test_of_more_than_the_limit_is_too_long(self, typed: str) -> None:
        with pytest.raises(InvalidInputError) as caught:
            clean_name(typed)
        assert caught.value.parameters == {"field": "name", "reason": "too_long", "limit": NAME_LENGTH}

    @pytest.mark.parametrize("typed", ["x" * 64, " " * 500 + "x" * 64, "\u200e" * 5_000 + "x", "e\u0301" * 64])
    def test_is_measured_after_cleaning(self, typed: str) -> None:
        assert 1 <= len(clean_name(typed)) <= NAME_LENGTH


class TestProfileName:
    @pytest.mark.parametrize(
        ("first", "last", "guess"),
        [
            ("Mona", "Adel", "Mona Adel"),
            ("Mona", None, "Mona"),
            ("Mona", "x" * 64, "Mona"),
            ("x" * 70, None, "x" * 64),
            ("x" * 63 + " yyy", None, "x" * 63),
            ("\u3164", None, "#7"),
            ("", None, "#7"),
            ("\u200e" * 64, "Adel", "Adel"),
            ("\u200e" * 10, "\u0958" * 64, "#7"),
            ("\u0958" * 64, None, "\u0915\u093c" * 32),
        ],
    )
    def test_is_a_guess_that_can_be_kept(self, first: str, last: str | None, guess: str) -> None:
        name = profile_name(first, last, telegram_id=7)
        assert name == guess
        assert clean_name(name) == name


class TestPhone:
    @pytest.mark.parametrize(
        "sent",
        ["201001234567", "+201001234567", "01001234567", " +20 100 123 4567 ", "٠١٠٠١٢٣٤٥٦٧", "0020-100-123-4567"],
    )
    def test_is_kept_in_one_form(self, sent: str) -> None:
        assert clean_phone(sent, region="EG") == "+201001234567"

    @pytest.mark.parametrize(("sent", "kept"), [("447911123456", "+447911123456"), ("+1 650 253 0000", "+16502530000")])
    def test_of_another_country_is_kept_as_such(self, sent: str, kept: str) -> None:
        assert clean_phone(sent, region="EG") == kept

    @pytest.mark.parametrize("sent", ["", "+", "hello", "12", "+20100", "9" * 5_000, "😀", "<b>1</b>", "+999123456789"])
    def test_that_is_none_is_refused(self, sent: str) -> None:
        with pytest.raises(InvalidInputError) as caught:
            clean_phone(sent, region="EG")
        assert caught.value.parameters == {"field": "phone", "reason": "not_a_phone", "limit": None}
