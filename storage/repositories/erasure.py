"""Loads what erasing a person rests on. Each list is a query of its own; the guards hold what they said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.ports import CancellationFacts
from domain.finance.model import AccountKind, HoldStatus, WalletOwner, WalletState
from domain.ids import AccountId, CenterId, EnrollmentId, PersonId
from domain.notifications.model import MutableNotification
from domain.packages.model import CreditSource, StudentPackageStatus
from domain.people.leaving import ErasureFacts
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import CANCELLATION_FACTS, center_account, constant
from storage.repositories.standing import ON as STANDING_ON
from storage.repositories.waitlist import LIVE_PLACES_OF
from storage.tables.catalogue import sessions, student_packages
from storage.tables.gateway import gateway_events, gateway_orders
from storage.tables.money import enrollments, holds, payments, wallets
from storage.tables.operations import dialogs
from storage.tables.organization import centers, muted_notifications, people, role_assignments

_person, _center = outside("person_id", sa.Uuid()), outside("center_id", sa.Uuid())


@dataclass(frozen=True, slots=True)
class _Leaver:
    """The person with what there is one of."""

    dialog_version: int | None
    currency: str
    wallet: WalletState | None
    staff_wallet: WalletState | None
    deferred_account_id: AccountId
    waived_account_id: AccountId


def _leaver(version: int | None, currency: str, *rest: Any) -> _Leaver:
    both = (rest[:3], rest[3:6])
    wallet, staff_wallet = (WalletState(*each) if each[0] is not None else None for each in both)
    return _Leaver(version, currency, wallet, staff_wallet, *rest[6:])


def _as_it_is(id_: UUID) -> UUID:
    return id_


_staff = wallets.alias("staff_wallet")
LEAVER = Query(
    sa.select(
        dialogs.c.version,
        centers.c.currency,
        wallets.c.id,
        wallets.c.balance_minor,
        wallets.c.locked_minor,
        _staff.c.id,
        _staff.c.balance_minor,
        _staff.c.locked_minor,
        center_account(people.c.center_id, AccountKind.DEFERRED_REVENUE),
        center_account(people.c.center_id, AccountKind.WAIVED_BALANCES),
    )
    .select_from(
        people.join(centers, centers.c.id == people.c.center_id)
        .outerjoin(dialogs, dialogs.c.person_id == people.c.id)
        .outerjoin(wallets, (wallets.c.owner_id == people.c.id) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT)))
        .outerjoin(_staff, (_staff.c.owner_id == people.c.id) & (_staff.c.owner_kind == constant(WalletOwner.STAFF)))
    )
    .where(
        people.c.id == _person,
        people.c.center_id == _center,
        people.c.erased_at.is_(None),
        people.c.merged_into_id.is_(None),  # who was merged is forgotten with who they are now
    ),
    _leaver,
)

PACKAGES = Query(
    sa.select(student_packages.c.id, student_packages.c.credits_left, student_packages.c.value_left_minor)
    .where(
        student_packages.c.student_id == _person,
        student_packages.c.center_id == _center,
        student_packages.c.status == constant(StudentPackageStatus.ACTIVE),
    )
    .order_by(student_packages.c.purchased_at, student_packages.c.id),
    CreditSource,
)

_IS_TO_COME = sa.and_(
    sessions.c.starts_at > outside("now", sessions.c.starts_at.type),
    sa.literal_column("sessions.status IN ('SCHEDULED', 'CHECKING_IN')"),
    sa.literal_column("enrollments.status IN ('LOCKED', 'PAID')"),
    enrollments.c.attended_at.is_(None),
)
_SEATS = enrollments.join(sessions, sessions.c.id == enrollments.c.session_id)
_IS_OWN = (enrollments.c.student_id == _person) & (enrollments.c.center_id == _center)

SEATS = Query(
    sa.select(enrollments.c.id)
    .select_from(_SEATS)
    .where(_IS_OWN, _IS_TO_COME)
    .order_by(sessions.c.starts_at, enrollments.c.id),
    EnrollmentId,
)

# A seat of a class that is going on, one held until it is paid, or one whose money is still locked: it may yet move.
UNSETTLED = Query(
    sa.select(enrollments.c.id)
    .select_from(
        _SEATS.outerjoin(holds, (holds.c.enrollment_id == enrollments.c.id) & (holds.c.status == constant(HoldStatus.OPEN)))
    )
    .where(
        _IS_OWN,
        ~_IS_TO_COME,
        sa.or_(
            holds.c.id.is_not(None),
            sa.literal_column("enrollments.status = 'HELD' AND enrollments.reserved_for <> 'OFFER'"),
            sa.literal_column(
                "enrollments.status IN ('LOCKED', 'PAID') AND sessions.status IN ('SCHEDULED', 'CHECKING_IN', 'CONDUCTING')"
            ),
            sa.literal_column(  # the center owes something for it
                "enrollments.status <> 'CANCELLED' AND sessions.status IN ('CANCELED', 'MISSED')"
            ),
        ),
    )
    .limit(sa.literal_column("1")),
    EnrollmentId,
)

ROLE_IDS = Query(
    sa.select(role_assignments.c.id).where(
        role_assignments.c.person_id == _person,
        role_assignments.c.center_id == _center,
        role_assignments.c.revoked_at.is_(None),
    ),
    _as_it_is,
)

MERGED_BEFORE = Query(
    sa.select(people.c.id).where(
        people.c.merged_into_id == _person, people.c.center_id == _center, people.c.erased_at.is_(None)
    ),
    PersonId,
)

MERGED_DIALOGS = Query(
    sa.select(dialogs.c.person_id, dialogs.c.version)
    .select_from(dialogs.join(people, people.c.id == dialogs.c.person_id))
    .where(people.c.merged_into_id == _person, people.c.center_id == _center, people.c.erased_at.is_(None))
    .order_by(dialogs.c.person_id),
    lambda person_id, version: (person_id, version),
)

REPORTS = Query(
    sa.select(gateway_events.c.id)
    .select_from(
        gateway_events.join(
            gateway_orders,
            (gateway_orders.c.provider == gateway_events.c.provider)
            & (gateway_orders.c.order_id == gateway_events.c.order_id),
        ).join(payments, payments.c.id == gateway_orders.c.payment_id)
    )
    .where(
        payments.c.payer_id == _person,
        payments.c.center_id == _center,
        sa.or_(gateway_events.c.processed_at.is_not(None), gateway_events.c.parked_at.is_not(None)),
        gateway_events.c.body != sa.literal_column("''"),
    )
    .order_by(gateway_events.c.id),
    _as_it_is,
)

MUTED = Query(
    sa.select(muted_notifications.c.kind)
    .select_from(muted_notifications.join(people, people.c.id == muted_notifications.c.person_id))
    .where(people.c.id == _person, people.c.center_id == _center)
    .order_by(muted_notifications.c.kind),
    MutableNotification,
)


async def find_erasure_facts(
    database: Database, *, center_id: CenterId, person_id: PersonId, now: datetime
) -> ErasureFacts | None:
    """Return what erasing the person rests on, or None where there is nobody, or nobody any more."""
    who = {"center_id": center_id, "person_id": person_id}
    leaver = await fetch_one(database, LEAVER, **who)
    if leaver is None:
        return None
    return ErasureFacts(
        person_id=person_id,
        dialog_version=leaver.dialog_version,
        currency=leaver.currency,
        wallet=leaver.wallet,
        staff_wallet=leaver.staff_wallet,
        packages=tuple(await database.fetch(PACKAGES, **who)),
        seats=await _seats(database, center_id, person_id, await database.fetch(SEATS, **who, now=now)),
        has_unsettled=await fetch_one(database, UNSETTLED, **who, now=now) is not None,
        role_ids=tuple(await database.fetch(ROLE_IDS, **who)),
        muted=tuple(await database.fetch(MUTED, **who)),
        places=tuple(await database.fetch(LIVE_PLACES_OF, center_id=center_id, student_id=person_id)),
        standing_booking_ids=tuple(await database.fetch(STANDING_ON, center_id=center_id, student_id=person_id)),
        deferred_account_id=leaver.deferred_account_id,
        waived_account_id=leaver.waived_account_id,
        merged_ids=tuple(await database.fetch(MERGED_BEFORE, **who)),
        merged_dialogs=tuple(await database.fetch(MERGED_DIALOGS, **who)),
        report_ids=tuple(await database.fetch(REPORTS, **who)),
    )


async def _seats(
    database: Database, center_id: CenterId, student_id: PersonId, enrollment_ids: list[EnrollmentId]
) -> tuple[CancellationFacts, ...]:
    """Read each seat as a cancellation does: one query for it, and few seats."""
    seats: list[CancellationFacts] = []
    for enrollment_id in enrollment_ids:
        seats += await database.fetch(
            CANCELLATION_FACTS, center_id=center_id, student_id=student_id, enrollment_id=enrollment_id
        )
    return tuple(seats)
