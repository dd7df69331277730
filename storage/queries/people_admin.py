"""People for an admin's screens. Names are compared as they were folded when they were written."""

from dataclasses import replace
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from domain.finance.model import WalletOwner, WalletState
from domain.folding import fold
from domain.ids import CenterId, PersonId
from domain.packages.model import StudentPackageStatus
from domain.people.admin_views import InviteLine, PackageOwned, PersonCard, PersonLine, RecentBooking, RoleLine
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import class_packages, classes, sessions, student_packages
from storage.tables.money import enrollments, wallets
from storage.tables.organization import branches, invites, people, role_assignments
from storage.tables.types import Instant

_center, _person = outside("center_id", sa.Uuid()), outside("person_id", sa.Uuid())
_limit = outside("limit", sa.Integer())
_MOST_WORDS: Final = 4
_SHORTEST_DIGITS: Final = 3
_RECENT: Final = 5
_ANYTHING: Final = "%"

_IS_THERE = sa.and_(people.c.center_id == _center, people.c.erased_at.is_(None), people.c.merged_into_id.is_(None))
_place = sa.tuple_(people.c.name_folded, people.c.id)
_FIRST: Final = ("", UUID(int=0))


class Sought(Enum):
    """What people are looked for by: a shape of its own for each, so that each has its index."""

    NOTHING = "NOTHING"
    WORDS = "WORDS"
    WORDS_OR_DIGITS = "WORDS_OR_DIGITS"


def _called(condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Return who fulfils a condition: alone, so that it is looked for in its own index."""
    return sa.select(people.c.id).where(people.c.center_id == _center, condition)


@cache
def people_query(sought: Sought) -> Query[PersonLine]:
    """Return the query of a page of people, read along their names from where the last page ended."""
    conditions: dict[Sought, list[sa.ColumnElement[bool]]] = {
        Sought.NOTHING: [],
        Sought.WORDS: [_names],
        Sought.WORDS_OR_DIGITS: [people.c.id.in_(sa.union(_called(_names), _called(_phone)))],
    }
    after = sa.tuple_(outside("after_name", sa.Text()), outside("after_id", sa.Uuid()))
    return Query(
        sa.select(people.c.id, people.c.name, people.c.phone, people.c.blocked_at, people.c.telegram_id)
        .where(_IS_THERE, _place > after, *conditions[sought])
        .order_by(people.c.name_folded, people.c.id)
        .limit(_limit),
        lambda id_, name, phone, blocked_at, telegram_id: PersonLine(
            id_, name, phone, blocked_at is not None, telegram_id is None
        ),
    )


_names = sa.and_(
    *(people.c.name_folded.like(outside(f"word_{number}", sa.Text()), escape="\\") for number in range(_MOST_WORDS))
)


def _as_place(name: str, id_: UUID) -> tuple[str, UUID]:
    return name, id_


_phone = people.c.phone.like(outside("digits", sa.Text()))
PLACE = Query(
    sa.select(people.c.name_folded, people.c.id).where(people.c.id == _person, people.c.center_id == _center),
    _as_place,
)


def _card(id_: PersonId, *values: Any) -> PersonCard:
    name, phone, verified_at, telegram_id, joined_at, blocked_at, unreachable_at, notes, *wallet = values
    return PersonCard(
        person_id=id_,
        name=name,
        phone=phone,
        is_phone_verified=verified_at is not None,
        is_guest=telegram_id is None,
        joined_at=joined_at,
        is_blocked=blocked_at is not None,
        is_unreachable=unreachable_at is not None,
        notes=notes,
        wallet=WalletState(*wallet) if wallet[0] is not None else None,
    )


CARD = Query(
    sa.select(
        people.c.id,
        people.c.name,
        people.c.phone,
        people.c.phone_verified_at,
        people.c.telegram_id,
        people.c.joined_at,
        people.c.blocked_at,
        people.c.unreachable_at,
        people.c.notes,
        wallets.c.id,
        wallets.c.balance_minor,
        wallets.c.locked_minor,
    )
    .select_from(
        people.outerjoin(
            wallets,
            (wallets.c.owner_id == people.c.id)
            & (wallets.c.owner_kind == constant(WalletOwner.STUDENT))
            & (wallets.c.center_id == people.c.center_id),
        )
    )
    .where(_IS_THERE, people.c.id == _person),
    _card,
)

TELEGRAM_ID = Query(sa.select(people.c.telegram_id).where(_IS_THERE, people.c.id == _person), lambda id_: id_)

ROLES = Query(
    sa.select(role_assignments.c.id, role_assignments.c.role, branches.c.name)
    .select_from(role_assignments.outerjoin(branches, branches.c.id == role_assignments.c.branch_id))
    .where(
        role_assignments.c.center_id == _center,
        role_assignments.c.person_id == _person,
        role_assignments.c.revoked_at.is_(None),
    )
    .order_by(role_assignments.c.granted_at, role_assignments.c.id),
    RoleLine,
)

PACKAGES = Query(
    sa.select(class_packages.c.name, classes.c.title, student_packages.c.credits_left, student_packages.c.credits_total)
    .select_from(
        student_packages.join(class_packages, class_packages.c.id == student_packages.c.class_package_id).join(
            classes, classes.c.id == student_packages.c.class_id
        )
    )
    .where(
        student_packages.c.center_id == _center,
        student_packages.c.student_id == _person,
        student_packages.c.status == constant(StudentPackageStatus.ACTIVE),
    )
    .order_by(student_packages.c.purchased_at, student_packages.c.id)
    .limit(_limit),
    PackageOwned,
)

BOOKINGS = Query(
    sa.select(
        classes.c.title,
        sessions.c.starts_at,
        enrollments.c.status,
        sessions.c.status,
        enrollments.c.attended_at,
    )
    .select_from(
        enrollments.join(sessions, sessions.c.id == enrollments.c.session_id).join(
            classes, classes.c.id == sessions.c.class_id
        )
    )
    .where(
        enrollments.c.center_id == _center,
        enrollments.c.student_id == _person,
        sa.or_(enrollments.c.cancelled_at.is_(None), enrollments.c.made_good.is_not(None)),  # no lapsed reservations
    )
    .order_by(enrollments.c.created_at.desc(), enrollments.c.id.desc())
    .limit(_limit),
    RecentBooking,
)

INVITES = Query(
    sa.select(invites.c.id, invites.c.role, branches.c.name, invites.c.expires_at)
    .select_from(invites.outerjoin(branches, branches.c.id == invites.c.branch_id))
    .where(
        invites.c.center_id == _center,
        invites.c.redeemed_at.is_(None),
        invites.c.expires_at > outside("now", Instant()),
    )
    .order_by(invites.c.created_at.desc(), invites.c.id.desc()),
    InviteLine,
)


class StoredPeopleAdminViews:
    """See ``domain.people.admin_views.PeopleAdminViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_people(
        self, *, center_id: CenterId, words: str | None, limit: int, after: PersonId | None = None
    ) -> list[PersonLine]:
        """Return people by name, narrowed by words or digits."""
        place: tuple[str, UUID] | None = _FIRST
        if after is not None:
            place = await fetch_one(self._database, PLACE, center_id=center_id, person_id=after)
        if place is None:
            return []
        sought = fold(words or "").split()[:_MOST_WORDS]
        digits = "".join(character for character in "".join(sought) if character.isdigit()).lstrip("0")
        parameters: dict[str, str] = {}
        shape = Sought.NOTHING
        if sought:
            shape = Sought.WORDS
            patterns = [f"%{_escaped(word)}%" for word in sought] + [_ANYTHING] * (_MOST_WORDS - len(sought))
            parameters = {f"word_{number}": pattern for number, pattern in enumerate(patterns)}
        if len(digits) >= _SHORTEST_DIGITS:
            shape = Sought.WORDS_OR_DIGITS
            parameters["digits"] = f"%{digits}%"
        return await self._database.fetch(
            people_query(shape),
            center_id=center_id,
            after_name=place[0],
            after_id=place[1],
            limit=limit,
            **parameters,
        )

    async def find_card(self, *, center_id: CenterId, person_id: PersonId) -> PersonCard | None:
        """Return a person's card."""
        who = {"center_id": center_id, "person_id": person_id}
        card = await fetch_one(self._database, CARD, **who)
        if card is None:
            return None
        return replace(
            card,
            roles=tuple(await self._database.fetch(ROLES, **who)),
            packages=tuple(await self._database.fetch(PACKAGES, **who, limit=_RECENT)),
            bookings=tuple(await self._database.fetch(BOOKINGS, **who, limit=_RECENT)),
        )

    async def find_telegram_id(self, *, center_id: CenterId, person_id: PersonId) -> int | None:
        """Return where a person writes from."""
        found: int | None = await fetch_one(self._database, TELEGRAM_ID, center_id=center_id, person_id=person_id)
        return found

    async def list_invites(self, *, center_id: CenterId, now: datetime) -> list[InviteLine]:
        """Return the invitations that can still be used."""
        return await self._database.fetch(INVITES, center_id=center_id, now=now)


def _escaped(word: str) -> str:
    """Return a word whose signs mean nothing to LIKE."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
