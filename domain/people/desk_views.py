"""What staff see of a person at the desk: a name and the end of a phone, and of a guest what is in the wallet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from domain.errors import InvalidInputError
from domain.folding import fold
from domain.ids import CenterId, PersonId

_LONGEST_SEARCH = 64
_MOST_WORDS: Final = 4
_FEWEST_DIGITS: Final = 3
_PHONE_SIGNS: Final = "+-() ."
_LAST_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class PeopleSearch:
    """What to look for: folded words of a name, and (or None) consecutive digits of a phone."""

    words: tuple[str, ...]
    digits: str | None


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person as staff see them. ``phone_end`` is the last digits of the phone, None without one."""

    person_id: PersonId
    name: str
    phone_end: str | None
    is_guest: bool


@dataclass(frozen=True, slots=True)
class PersonAtDesk:
    """Somebody who was picked. ``wallet_minor`` is what could be paid out to them: guests only, else None."""

    person: FoundPerson
    wallet_minor: int | None


def people_search(typed: str) -> PeopleSearch:
    """Return what was typed as a search. Raises InvalidInputError (``search``: ``empty``, ``too_long``)."""
    folded = fold(typed)
    if len(folded) > _LONGEST_SEARCH:
        raise InvalidInputError(field="search", reason="too_long", limit=_LONGEST_SEARCH)
    if not any(character.isalnum() for character in folded):
        raise InvalidInputError(field="search", reason="empty")
    bare = "".join(character for character in folded if character not in _PHONE_SIGNS)
    # A national number begins with a zero and an international one with two, of which E.164 keeps none.
    digits = bare.lstrip("0") if bare.isdigit() else ""
    return PeopleSearch(tuple(folded.split())[:_MOST_WORDS], digits if len(digits) >= _FEWEST_DIGITS else None)


def phone_end(phone: str | None) -> str | None:
    """Return as much of a phone as tells two people of one name apart."""
    return None if phone is None else phone[-_LAST_DIGITS:]


class DeskViews(Protocol):
    """Reads people for the desk. Another center's people do not exist for it."""

    async def list_people(self, *, center_id: CenterId, search: PeopleSearch, limit: int) -> Sequence[FoundPerson]:
        """Return who has a wallet and fits, by name."""
        ...

    async def find_person(self, *, center_id: CenterId, person_id: PersonId) -> PersonAtDesk | None:
        """Return one person who has a wallet."""
        ...
