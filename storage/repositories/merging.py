"""Loads people who are to be one, with everything that is theirs: each list is a query of its own, the guards hold it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.finance.model import WalletOwner, WalletState
from domain.ids import CenterId, HoldId, PaymentId, PersonId
from domain.people.merge_ports import MergeSide, OwnedCredits, PhoneHolder, Place, Seat, Standing
from domain.waitlist.model import WaitlistStatus
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.cash import IS_THERE
from storage.repositories.enrollments import constant
from storage.repositories.erasure import MERGED_BEFORE, ROLE_IDS
from storage.tables.catalogue import sessions, student_packages
from storage.tables.money import enrollments, holds, payments, wallets
from storage.tables.organization import people
from storage.tables.waitlist import standing_bookings, waitlist_entries

_person, _center = outside("person_id", sa.Uuid()), outside("center_id", sa.Uuid())


@dataclass(frozen=True, slots=True)
class _Who:
    has_telegram: bool
    wallet: WalletState | None
    staff_wallet: WalletState | None


_staff = wallets.alias("staff_wallet")
_OF_TEAM = (_staff.c.owner_id == people.c.id) & (_staff.c.owner_kind == constant(WalletOwner.STAFF))


def _who(telegram_id: int | None, *both: Any) -> _Who:
    own, staff = both[:3], both[3:]
    return _Who(
        telegram_id is not None,
        WalletState(*own) if own[0] is not None else None,
        WalletState(*staff) if staff[0] is not None else None,
    )


WHO = Query(
    sa.select(
        people.c.telegram_id,
        wallets.c.id,
        wallets.c.balance_minor,
        wallets.c.locked_minor,
        _staff.c.id,
        _staff.c.balance_minor,
        _staff.c.locked_minor,
    )
    .select_from(
        people.outerjoin(
            wallets, (wallets.c.owner_id == people.c.id) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT))
        ).outerjoin(_staff, _OF_TEAM)
    )
    .where(people.c.id == _person, people.c.center_id == _center, IS_THERE),
    _who,
)

SEATS = Query(
    sa.select(
        enrollments.c.id,
        enrollments.c.student_id,
        enrollments.c.session_id,
        enrollments.c.status,
        enrollments.c.attended_at,
        enrollments.c.created_at,
        sessions.c.starts_at,
    )
    .select_from(enrollments.join(sessions, sessions.c.id == enrollments.c.session_id))
    .where(enrollments.c.student_id == _person, enrollments.c.center_id == _center)
    .order_by(enrollments.c.created_at, enrollments.c.id),
    Seat,
)

PACKAGES = Query(
    sa.select(student_packages.c.id, student_packages.c.credits_left)
    .where(student_packages.c.student_id == _person, student_packages.c.center_id == _center)
    .order_by(student_packages.c.id),
    OwnedCredits,
)

HOLDS = Query(
    sa.select(holds.c.id)
    .select_from(holds.join(wallets, wallets.c.id == holds.c.wallet_id))
    .where(wallets.c.owner_id == _person, wallets.c.center_id == _center)
    .order_by(holds.c.id),
    HoldId,
)

PAYMENTS = Query(
    sa.select(payments.c.id).where(payments.c.payer_id == _person, payments.c.center_id == _center).order_by(payments.c.id),
    PaymentId,
)

PLACES = Query(
    sa.select(waitlist_entries.c.id, waitlist_entries.c.session_id, waitlist_entries.c.status)
    .where(waitlist_entries.c.student_id == _person, waitlist_entries.c.center_id == _center)
    .order_by(waitlist_entries.c.id),
    lambda id_, session_id, status: Place(id_, session_id, status is WaitlistStatus.WAITING),
)

STANDING = Query(
    sa.select(standing_bookings.c.id, standing_bookings.c.rule_id, standing_bookings.c.stopped_at)
    .where(standing_bookings.c.student_id == _person, standing_bookings.c.center_id == _center)
    .order_by(standing_bookings.c.id),
    lambda id_, rule_id, stopped_at: Standing(id_, rule_id, stopped_at is None),
)

HOLDERS = Query(
    sa.select(people.c.id, people.c.telegram_id, people.c.phone_verified_at)
    .where(people.c.center_id == _center, people.c.phone == outside("phone", sa.Text()), IS_THERE)
    .order_by(people.c.created_at, people.c.id),
    lambda id_, telegram_id, verified_at: PhoneHolder(id_, telegram_id is None, verified_at is not None),
)


class StoredMerging:
    """See ``domain.people.merge_ports.MergeRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_side(self, *, center_id: CenterId, person_id: PersonId) -> MergeSide | None:
        """Return a person with everything that is theirs, or None for who is erased, merged, or not there."""
        of_them: dict[str, UUID] = {"center_id": center_id, "person_id": person_id}
        who = await fetch_one(self._database, WHO, **of_them)
        if who is None:
            return None
        return MergeSide(
            person_id=person_id,
            has_telegram=who.has_telegram,
            wallet=who.wallet,
            staff_wallet=who.staff_wallet,
            seats=await self._all(SEATS, of_them),
            packages=await self._all(PACKAGES, of_them),
            hold_ids=await self._all(HOLDS, of_them),
            payment_ids=await self._all(PAYMENTS, of_them),
            places=await self._all(PLACES, of_them),
            standing=await self._all(STANDING, of_them),
            merged_before=await self._all(MERGED_BEFORE, of_them),
            role_ids=await self._all(ROLE_IDS, of_them),
        )

    async def list_phone_holders(self, *, center_id: CenterId, phone: str) -> list[PhoneHolder]:
        """Return who has a phone, the oldest first."""
        return await self._database.fetch(HOLDERS, center_id=center_id, phone=phone)

    async def _all(self, query: Query[Any], parameters: dict[str, UUID]) -> tuple[Any, ...]:
        return tuple(await self._database.fetch(query, **parameters))
