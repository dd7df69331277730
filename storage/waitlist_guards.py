"""The statements of writes on waitlists and standing bookings, and of messages about them."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.sql.dml import Update

from domain.waitlist.model import WaitlistStatus
from domain.writes import waitlist
from domain.writes.base import Write
from storage.prepared import outside
from storage.tables.waitlist import standing_attempts, standing_bookings, waitlist_entries


def _offer_place() -> Update:
    return (
        waitlist_entries.update()
        .where(
            waitlist_entries.c.id == outside("entry_id"),
            sa.literal_column(f"status = '{WaitlistStatus.WAITING}'"),
        )
        .values(
            status=sa.literal_column(f"'{WaitlistStatus.OFFERED}'"),
            enrollment_id=outside("enrollment_id"),
            offered_at=outside("offered_at"),
            offer_expires_at=outside("offer_expires_at"),
        )
    )


def _end_place() -> Update:
    return (
        waitlist_entries.update()
        .where(
            waitlist_entries.c.id == outside("entry_id"),
            waitlist_entries.c.status == outside("was"),
            waitlist_entries.c.ended_at.is_(None),
        )
        .values(status=outside("becomes"), ended_at=outside("ended_at"))
    )


def _require_standing_booking() -> Update:
    return (
        standing_bookings.update()
        .where(standing_bookings.c.id == outside("standing_booking_id"), standing_bookings.c.stopped_at.is_(None))
        .values(stopped_at=sa.null())
    )


def _end_standing_booking() -> Update:
    return (
        standing_bookings.update()
        .where(standing_bookings.c.id == outside("standing_booking_id"), standing_bookings.c.stopped_at.is_(None))
        .values(stopped_at=outside("stopped_at"))
    )


def _move_standing_to_rule() -> Update:
    return (
        standing_bookings.update()
        .where(
            standing_bookings.c.id == outside("standing_booking_id"),
            standing_bookings.c.rule_id == outside("was_rule_id"),
            standing_bookings.c.stopped_at.is_(None),
        )
        .values(rule_id=outside("rule_id"))
    )


WAITLIST_UPDATES: dict[type[Write], Callable[[], Update]] = {
    waitlist.OfferPlace: _offer_place,
    waitlist.EndPlace: _end_place,
    waitlist.RequireStandingBooking: _require_standing_booking,
    waitlist.EndStandingBooking: _end_standing_booking,
    waitlist.MoveStandingToRule: _move_standing_to_rule,
}
WAITLIST_INSERTS: dict[type[Write], sa.Table] = {
    waitlist.AddPlace: waitlist_entries,
    waitlist.AddStandingBooking: standing_bookings,
    waitlist.AddStandingAttempt: standing_attempts,
}
