"""All that is kept on one person: for the profile's screens, and for the file that they may ask for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from domain.ids import CenterId, PersonId
from domain.notifications.model import MutableNotification
from domain.people.erasure import farewell
from domain.people.leaving import Farewell
from domain.people.profile_views import Line, PersonalRecord
from storage.database import Database
from storage.prepared import Query, outside
from storage.repositories.erasure import MUTED, find_erasure_facts
from storage.tables.catalogue import class_packages, classes, sessions, student_packages, timetable_rules
from storage.tables.door import cash_transactions
from storage.tables.gateway import refunds
from storage.tables.messages import notifications
from storage.tables.money import enrollments, entries, holds, payments, postings, wallets
from storage.tables.operations import audit_log, dialogs
from storage.tables.organization import branches, centers, invites, muted_notifications, people, role_assignments
from storage.tables.waitlist import standing_bookings, waitlist_entries

_person, _center = outside("person_id", sa.Uuid()), outside("center_id", sa.Uuid())


def _lines(select: sa.Select[Any]) -> Query[Line]:
    """Return a query whose rows are its columns by name."""
    names = [str(column.key) for column in select.selected_columns]
    return Query(select, _by_name(names))


def _by_name(names: list[str]) -> Callable[..., Line]:
    return lambda *values: MappingProxyType(dict(zip(names, values, strict=True)))


def _own(table: sa.Table, person: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return sa.and_(person == _person, table.c.center_id == _center)


_IS_OWN_WALLET = _own(wallets, wallets.c.owner_id)  # as a student, and as one of the team
_SEATS = enrollments.join(sessions, sessions.c.id == enrollments.c.session_id).join(
    classes, classes.c.id == sessions.c.class_id
)

# The sections of the file, in its order. A life's worth of rows of one person is bounded by the life: no paging.
RECORD: Mapping[str, Query[Line]] = MappingProxyType(
    {
        "profile": _lines(
            sa.select(
                people.c.id,
                centers.c.name.label("center"),
                centers.c.currency,
                people.c.name,
                people.c.telegram_id,
                people.c.language,
                people.c.phone,
                people.c.phone_verified_at,
                people.c.acting_role,
                people.c.created_at,
                people.c.joined_at,
                people.c.unreachable_at,
                people.c.notes.label("the_centers_notes"),
                people.c.calendar_secret.is_not(None).label("has_calendar_feed"),
            )
            .select_from(people.join(centers, centers.c.id == people.c.center_id))
            .where(_own(people, people.c.id))
        ),
        "roles": _lines(
            sa.select(
                role_assignments.c.role,
                branches.c.name.label("branch"),
                role_assignments.c.granted_at,
                role_assignments.c.revoked_at,
            )
            .select_from(role_assignments.outerjoin(branches, branches.c.id == role_assignments.c.branch_id))
            .where(_own(role_assignments, role_assignments.c.person_id))
            .order_by(role_assignments.c.granted_at, role_assignments.c.id)
        ),
        "invitations_used": _lines(
            sa.select(invites.c.id, invites.c.role, invites.c.redeemed_at)
            .where(_own(invites, invites.c.redeemed_by))
            .order_by(invites.c.redeemed_at)
        ),
        "reminders_switched_off": _lines(
            sa.select(muted_notifications.c.kind)
            .select_from(muted_notifications.join(people, people.c.id == muted_notifications.c.person_id))
            .where(_own(people, people.c.id))
            .order_by(muted_notifications.c.kind)
        ),
        "open_question": _lines(
            sa.select(dialogs.c.step, dialogs.c.data, dialogs.c.updated_at).where(_own(dialogs, dialogs.c.person_id))
        ),
        "bookings": _lines(
            sa.select(
                enrollments.c.id,
                classes.c.title.label("class"),
                sessions.c.teacher,
                branches.c.name.label("branch"),
                sessions.c.starts_at,
                sessions.c.ends_at,
                enrollments.c.status,
                enrollments.c.method,
                enrollments.c.price_minor,
                enrollments.c.policy,
                enrollments.c.no_show_fee_percent,
                enrollments.c.free_cancel_until,
                enrollments.c.student_package_id,
                enrollments.c.credit_value_minor,
                enrollments.c.created_at,
                enrollments.c.attended_at,
                enrollments.c.marked_absent_at,
                enrollments.c.cancelled_at,
                enrollments.c.made_good,
                enrollments.c.made_good_minor,
            )
            .select_from(_SEATS.join(branches, branches.c.id == sessions.c.branch_id))
            .where(_own(enrollments, enrollments.c.student_id))
            .order_by(enrollments.c.created_at, enrollments.c.id)
        ),
        "waitlists": _lines(
            sa.select(
                waitlist_entries.c.id,
                classes.c.title.label("class"),
                sessions.c.starts_at,
                waitlist_entries.c.status,
                waitlist_entries.c.joined_at,
                waitlist_entries.c.offered_at,
                waitlist_entries.c.ended_at,
            )
            .select_from(
                waitlist_entries.join(sessions, sessions.c.id == waitlist_entries.c.session_id).join(
                    classes, classes.c.id == sessions.c.class_id
                )
            )
            .where(_own(waitlist_entries, waitlist_entries.c.student_id))
            .order_by(waitlist_entries.c.joined_at, waitlist_entries.c.id)
        ),
        "standing_bookings": _lines(
            sa.select(
                standing_bookings.c.id,
                classes.c.title.label("class"),
                timetable_rules.c.recurrence,
                timetable_rules.c.local_time,
                standing_bookings.c.most_minor,
                standing_bookings.c.created_at,
                standing_bookings.c.stopped_at,
            )
            .select_from(
                standing_bookings.join(timetable_rules, timetable_rules.c.id == standing_bookings.c.rule_id).join(
                    classes, classes.c.id == timetable_rules.c.class_id
                )
            )
            .where(_own(standing_bookings, standing_bookings.c.student_id))
            .order_by(standing_bookings.c.created_at, standing_bookings.c.id)
        ),
        "packages": _lines(
            sa.select(
                student_packages.c.id,
                class_packages.c.name.label("package"),
                classes.c.title.label("class"),
                student_packages.c.credits_total,
                student_packages.c.credits_left,
                student_packages.c.price_minor,
                student_packages.c.value_left_minor,
                student_packages.c.status,
                student_packages.c.purchased_at,
                student_packages.c.refunded_at,
            )
            .select_from(
                student_packages.join(class_packages, class_packages.c.id == student_packages.c.class_package_id).join(
                    classes, classes.c.id == student_packages.c.class_id
                )
            )
            .where(_own(student_packages, student_packages.c.student_id))
            .order_by(student_packages.c.purchased_at, student_packages.c.id)
        ),
        "wallet": _lines(sa.select(wallets.c.id, wallets.c.balance_minor, wallets.c.locked_minor).where(_IS_OWN_WALLET)),
        "wallet_statement": _lines(
            sa.select(
                entries.c.occurred_at,
                entries.c.cause,
                (-postings.c.amount_minor).label("change_minor"),  # the center owes a wallet: credits are gains
                entries.c.subject_id,
                entries.c.reason,
            )
            .select_from(
                wallets.join(postings, postings.c.account_id == wallets.c.id).join(
                    entries, entries.c.id == postings.c.entry_id
                )
            )
            .where(_IS_OWN_WALLET)
            .order_by(entries.c.occurred_at, entries.c.id)
        ),
        "wallet_locks": _lines(
            sa.select(holds.c.enrollment_id, holds.c.amount_minor, holds.c.status, holds.c.created_at, holds.c.resolved_at)
            .select_from(holds.join(wallets, wallets.c.id == holds.c.wallet_id))
            .where(_IS_OWN_WALLET)
            .order_by(holds.c.created_at, holds.c.id)
        ),
        "payments": _lines(
            sa.select(
                payments.c.id,
                payments.c.purpose,
                payments.c.method,
                payments.c.amount_minor,
                payments.c.refunded_minor,
                payments.c.status,
                payments.c.enrollment_id,
                payments.c.student_package_id,
                payments.c.created_at,
                payments.c.ended_at,
            )
            .where(_own(payments, payments.c.payer_id))
            .order_by(payments.c.created_at, payments.c.id)
        ),
        "refunds": _lines(
            sa.select(refunds.c.payment_id, refunds.c.amount_minor, refunds.c.status, refunds.c.reason, refunds.c.asked_at)
            .select_from(refunds.join(payments, payments.c.id == refunds.c.payment_id))
            .where(_own(payments, payments.c.payer_id))
            .order_by(refunds.c.asked_at, refunds.c.id)
        ),
        "cash_at_the_desk": _lines(
            sa.select(
                cash_transactions.c.direction,
                cash_transactions.c.kind,
                cash_transactions.c.amount_minor,
                cash_transactions.c.enrollment_id,
                cash_transactions.c.reason,
                cash_transactions.c.occurred_at,
            )
            .where(_own(cash_transactions, cash_transactions.c.person_id))
            .order_by(cash_transactions.c.occurred_at, cash_transactions.c.id)
        ),
        "messages_of_the_last_month": _lines(
            sa.select(notifications.c.kind, notifications.c.data, notifications.c.status, notifications.c.created_at)
            .where(_own(notifications, notifications.c.person_id))
            .order_by(notifications.c.created_at, notifications.c.id)
        ),
        "what_was_done_to_you": _lines(
            sa.select(
                audit_log.c.at,
                audit_log.c.actor_role.label("by_a"),
                audit_log.c.operation,
                audit_log.c.before,
                audit_log.c.after,
                audit_log.c.reason,
            )
            .where(_own(audit_log, audit_log.c.object_id), audit_log.c.actor_id.is_distinct_from(_person))
            .order_by(audit_log.c.at, audit_log.c.id)
        ),
        "what_you_did": _lines(
            sa.select(
                audit_log.c.at,
                audit_log.c.actor_role.label("as_role"),
                audit_log.c.operation,
                audit_log.c.object_type,
                audit_log.c.object_id,
                audit_log.c.before,
                audit_log.c.after,
                audit_log.c.reason,
            )
            .where(_own(audit_log, audit_log.c.actor_id))
            .order_by(audit_log.c.at, audit_log.c.id)
        ),
    }
)


class StoredProfileViews:
    """See ``domain.people.profile_views.ProfileViews``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_muted(self, *, center_id: CenterId, person_id: PersonId) -> frozenset[MutableNotification]:
        """Return the kinds of message that the person has switched off."""
        return frozenset(await self._database.fetch(MUTED, center_id=center_id, person_id=person_id))

    async def find_farewell(self, *, center_id: CenterId, person_id: PersonId, now: datetime) -> Farewell | None:
        """Return what erasing the person now would come to, or None where there is nobody to erase."""
        facts = await find_erasure_facts(self._database, center_id=center_id, person_id=person_id, now=now)
        return None if facts is None else farewell(facts)

    async def find_record(self, *, center_id: CenterId, person_id: PersonId) -> PersonalRecord:
        """Return everything that is kept on the person."""
        sections = {
            name: tuple(await self._database.fetch(query, center_id=center_id, person_id=person_id))
            for name, query in RECORD.items()
        }
        return PersonalRecord(MappingProxyType(sections))
