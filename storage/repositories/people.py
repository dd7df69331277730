"""Loads people with their roles and dialogs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain.ids import BranchId, CenterId, PersonId
from domain.notifications.model import MutableNotification
from domain.organization.model import Center
from domain.people.leaving import ErasureFacts
from domain.people.model import CalendarFeed, Dialog, Invite, Member, RoleGrant
from domain.permissions import Role
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.erasure import MUTED, find_erasure_facts
from storage.tables.operations import dialogs
from storage.tables.organization import centers, invites, people, role_assignments


@dataclass(frozen=True, slots=True)
class _MemberRow:
    """A person times their roles: one row for each role in force, or one without."""

    person_id: PersonId
    telegram_id: int
    name: str
    language: str | None
    phone: str | None
    joined_at: datetime | None
    blocked_at: datetime | None
    unreachable_at: datetime | None
    acting_role: Role | None
    center_id: CenterId
    center_name: str
    currency: str
    timezone: str
    default_language: str
    role: Role | None
    branch_id: BranchId | None
    step: str | None
    data: Any
    version: int | None
    consumed_message_id: int | None
    question_message_id: int | None


MEMBER = Query(
    sa.select(
        people.c.id,
        people.c.telegram_id,
        people.c.name,
        people.c.language,
        people.c.phone,
        people.c.joined_at,
        people.c.blocked_at,
        people.c.unreachable_at,
        people.c.acting_role,
        centers.c.id,
        centers.c.name,
        centers.c.currency,
        centers.c.timezone,
        centers.c.default_language,
        role_assignments.c.role,
        role_assignments.c.branch_id,
        dialogs.c.step,
        dialogs.c.data,
        dialogs.c.version,
        dialogs.c.consumed_message_id,
        dialogs.c.question_message_id,
    )
    .select_from(
        people.join(centers, centers.c.id == people.c.center_id)
        .outerjoin(
            role_assignments,
            (role_assignments.c.person_id == people.c.id) & role_assignments.c.revoked_at.is_(None),
        )
        .outerjoin(dialogs, dialogs.c.person_id == people.c.id)
    )
    .where(people.c.center_id == outside("center_id"), people.c.telegram_id == outside("telegram_id")),
    _MemberRow,
)

INVITE = Query(
    sa.select(
        invites.c.id,
        invites.c.center_id,
        invites.c.role,
        invites.c.branch_id,
        invites.c.expires_at,
        invites.c.redeemed_by,
        invites.c.created_by,
    ).where(invites.c.center_id == outside("center_id"), invites.c.code_hash == outside("code_hash")),
    Invite,
)


CALENDAR_FEED = Query(
    sa.select(people.c.calendar_secret).where(
        people.c.center_id == outside("center_id"), people.c.id == outside("person_id")
    ),
    CalendarFeed,
)


_IS_THERE = people.c.erased_at.is_(None) & people.c.merged_into_id.is_(None)

BY_PHONE = Query(
    sa.select(people.c.id)
    .where(people.c.center_id == outside("center_id"), people.c.phone == outside("phone"), _IS_THERE)
    .order_by(people.c.phone_verified_at.is_(None), people.c.created_at, people.c.id)
    .limit(sa.literal_column("1")),
    PersonId,
)

GUEST_NAME = Query(
    sa.select(people.c.name).where(
        people.c.center_id == outside("center_id"),
        people.c.id == outside("person_id"),
        people.c.telegram_id.is_(None),
        _IS_THERE,
    ),
    str,
)


def member_of(rows: Sequence[_MemberRow]) -> Member | None:
    """Fold the rows of one person into a Member."""
    if not rows:
        return None
    row = rows[0]
    return Member(
        person_id=row.person_id,
        center=Center(row.center_id, row.center_name, row.currency, row.timezone, row.default_language),
        telegram_id=row.telegram_id,
        name=row.name,
        language=row.language,
        phone=row.phone,
        joined_at=row.joined_at,
        is_blocked=row.blocked_at is not None,
        is_unreachable=row.unreachable_at is not None,
        acting_role=row.acting_role,
        grants=tuple(RoleGrant(each.role, each.branch_id) for each in rows if each.role is not None),
        **({} if row.step is None else {"dialog": _dialog(row)}),
    )


def _dialog(row: _MemberRow) -> Dialog:
    return Dialog(row.step or "", row.data, row.version or 0, row.consumed_message_id, row.question_message_id)


class StoredPeople:
    """See ``domain.people.ports.PeopleRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_member(self, *, center_id: CenterId, telegram_id: int) -> Member | None:
        """Return the person with this Telegram id, or None for a stranger."""
        return member_of(await self._database.fetch(MEMBER, center_id=center_id, telegram_id=telegram_id))

    async def find_by_phone(self, *, center_id: CenterId, phone: str) -> PersonId | None:
        """Return whose phone it is: whoever verified it, else the first guest who has it, else None."""
        return await fetch_one(self._database, BY_PHONE, center_id=center_id, phone=phone)

    async def find_guest_name(self, *, center_id: CenterId, person_id: PersonId) -> str | None:
        """Return the name of a person without Telegram, or None where there is none of this id."""
        return await fetch_one(self._database, GUEST_NAME, center_id=center_id, person_id=person_id)

    async def find_invite(self, *, center_id: CenterId, code_hash: str) -> Invite | None:
        """Return the invitation with this hash, used up or not."""
        return await fetch_one(self._database, INVITE, center_id=center_id, code_hash=code_hash)

    async def find_muted(self, *, center_id: CenterId, person_id: PersonId) -> frozenset[MutableNotification]:
        """Return the kinds of message that the person has switched off."""
        return frozenset(await self._database.fetch(MUTED, center_id=center_id, person_id=person_id))

    async def find_erasure_facts(self, *, center_id: CenterId, person_id: PersonId, now: datetime) -> ErasureFacts | None:
        """Return what erasing the person rests on, or None where there is nobody, or nobody any more."""
        return await find_erasure_facts(self._database, center_id=center_id, person_id=person_id, now=now)

    async def find_calendar_feed(self, *, center_id: CenterId, person_id: PersonId) -> CalendarFeed | None:
        """Return the person's calendar feed, None where there is no such person."""
        return await fetch_one(self._database, CALENDAR_FEED, center_id=center_id, person_id=person_id)
