"""Text folded for searching: what people type on a phone finds what was written with more care, and the reverse.

Case, accents, Arabic vowel signs, the variants of alef, yeh and teh marbuta, Arabic-Indic digits, direction marks and
spaces make no difference.
"""

import unicodedata
from typing import Final

_SAME: Final = str.maketrans(
    {
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ٱ": "ا",
        "ـ": None,  # stretches a word, says nothing
    }
)


def fold(text: str) -> str:
    """Return the text as searches compare it: words with single spaces between them."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_SAME)  # a hamza is a mark of its own now
    return " ".join("".join(map(_folded, decomposed)).split())


def _folded(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    return "" if category in {"Mn", "Cf", "Cc"} else character


def is_found(wanted: str, *, within: str) -> bool:
    """Whether every word of ``wanted`` stands somewhere within a text; spaces put otherwise do not matter."""
    sought, text = fold(wanted), fold(within)
    return all(word in text for word in sought.split()) or sought.replace(" ", "") in text.replace(" ", "")
