"""People at the desk: found by parts of a name or of a phone."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from domain.finance.model import WalletOwner
from domain.ids import CenterId, PersonId
from domain.people.desk_views import FoundPerson, PeopleSearch, PersonAtDesk, phone_end
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.cash import IS_THERE
from storage.repositories.enrollments import constant
from storage.tables.money import wallets
from storage.tables.organization import people

_WORDS = 4  # as many as a search has at most
_ESCAPE = "\\"
_EVERYTHING = "%"

_PEOPLE = (
    sa.select(
        people.c.id,
        people.c.name,
        people.c.phone,
        people.c.telegram_id,
        wallets.c.balance_minor - wallets.c.locked_minor,
    )
    .select_from(
        people.join(wallets, (wallets.c.owner_id == people.c.id) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT)))
    )
    .where(people.c.center_id == outside("center_id", sa.Uuid()), IS_THERE)
)


def _found(id_: Any, name: str, phone: str | None, telegram_id: int | None, _available: int) -> FoundPerson:
    return FoundPerson(id_, name, phone_end(phone), telegram_id is None)


def _at_desk(*values: Any) -> PersonAtDesk:
    person = _found(*values)
    return PersonAtDesk(person, values[4] if person.is_guest else None)


PEOPLE = Query(
    _PEOPLE.where(
        sa.or_(
            sa.and_(
                *(people.c.name_folded.like(outside(f"word{place}", sa.Text()), escape=_ESCAPE) for place in range(_WORDS))
            ),
            people.c.phone.like(outside("digits", sa.Text())),
        )
    )
    .order_by(people.c.name_folded, people.c.id)
    .limit(outside("limit", sa.Integer())),
    _found,
)
PERSON = Query(_PEOPLE.where(people.c.id == outside("person_id", sa.Uuid())), _at_desk)


def _containing(word: str) -> str:
    escaped = word
    for special in (_ESCAPE, "%", "_"):
        escaped = escaped.replace(special, _ESCAPE + special)
    return f"%{escaped}%"


class StoredDeskViews:
    """See ``domain.people.desk_views.DeskViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_people(self, *, center_id: CenterId, search: PeopleSearch, limit: int) -> Sequence[FoundPerson]:
        """Return who has a wallet and fits, by name."""
        patterns = [_containing(word) for word in search.words] + [_EVERYTHING] * (_WORDS - len(search.words))
        words = {f"word{place}": pattern for place, pattern in enumerate(patterns)}
        digits = None if search.digits is None else f"%{search.digits}%"
        return await self._database.fetch(PEOPLE, center_id=center_id, digits=digits, limit=limit, **words)

    async def find_person(self, *, center_id: CenterId, person_id: PersonId) -> PersonAtDesk | None:
        """Return one person who has a wallet."""
        return await fetch_one(self._database, PERSON, center_id=center_id, person_id=person_id)
