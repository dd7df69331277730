"""Places in waitlists, and standing bookings with what came of them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    Uuid,
)

from domain.waitlist.model import WaitlistStatus
from storage.tables.types import EnumText, Instant, id_column, metadata, one_of

waitlist_entries = Table(
    "waitlist_entries",
    metadata,
    id_column(),
    Column("center_id", Uuid, nullable=False),
    Column("session_id", Uuid, nullable=False),
    Column("student_id", Uuid, nullable=False),
    Column("status", EnumText(WaitlistStatus), nullable=False),
    Column("joined_at", Instant, nullable=False),
    Column("enrollment_id", Uuid, ForeignKey("enrollments.id")),  # the seat that is or was held for an offer
    Column("offered_at", Instant),
    Column("offer_expires_at", Instant),
    Column("ended_at", Instant),
    ForeignKeyConstraint(["center_id", "session_id"], ["sessions.center_id", "sessions.id"]),
    ForeignKeyConstraint(["center_id", "student_id"], ["people.center_id", "people.id"]),
    one_of("status", WaitlistStatus),
    CheckConstraint("(status IN ('WAITING', 'OFFERED')) = (ended_at IS NULL)", name="ended_whole"),
    CheckConstraint(
        "status <> 'OFFERED' OR (enrollment_id IS NOT NULL AND offer_expires_at IS NOT NULL)", name="offered_whole"
    ),
    Index("ix_waitlist_entries_student_id_joined_at_id", "student_id", "joined_at", "id"),
    Index("ix_waitlist_entries_session_id", "session_id"),
)
_IS_LIVE = waitlist_entries.c.status.in_([WaitlistStatus.WAITING, WaitlistStatus.OFFERED])
_IS_WAITING = waitlist_entries.c.status == WaitlistStatus.WAITING
_IS_OFFERED = waitlist_entries.c.status == WaitlistStatus.OFFERED
Index(
    "uq_waitlist_entries_one_place",
    waitlist_entries.c.session_id,
    waitlist_entries.c.student_id,
    unique=True,
    sqlite_where=_IS_LIVE,
    postgresql_where=_IS_LIVE,
)
Index(
    "ix_waitlist_entries_line",
    waitlist_entries.c.session_id,
    waitlist_entries.c.joined_at,
    waitlist_entries.c.id,
    sqlite_where=_IS_WAITING,
    postgresql_where=_IS_WAITING,
)
Index(
    "ix_waitlist_entries_offered",
    waitlist_entries.c.offer_expires_at,
    sqlite_where=_IS_OFFERED,
    postgresql_where=_IS_OFFERED,
)

standing_bookings = Table(
    "standing_bookings",
    metadata,
    id_column(),
    Column("center_id", Uuid, nullable=False),
    Column("student_id", Uuid, nullable=False),
    Column("rule_id", Uuid, ForeignKey("timetable_rules.id"), nullable=False),
    Column("most_minor", BigInteger, nullable=False),  # the price shown when it was asked for: it never pays more
    Column("created_at", Instant, nullable=False),
    Column("stopped_at", Instant),
    ForeignKeyConstraint(["center_id", "student_id"], ["people.center_id", "people.id"]),
    CheckConstraint("most_minor >= 0", name="most_not_negative"),
)
_IS_ON = standing_bookings.c.stopped_at.is_(None)
Index(
    "uq_standing_bookings_one_each",
    standing_bookings.c.student_id,
    standing_bookings.c.rule_id,
    unique=True,
    sqlite_where=_IS_ON,
    postgresql_where=_IS_ON,
)
Index("ix_standing_bookings_rule_id", standing_bookings.c.rule_id, sqlite_where=_IS_ON, postgresql_where=_IS_ON)

standing_attempts = Table(
    "standing_attempts",
    metadata,
    id_column("standing_booking_id", ForeignKey("standing_bookings.id")),
    id_column("session_id", ForeignKey("sessions.id")),
    Column("center_id", Uuid, nullable=False),
    Column("outcome", Text, nullable=False),  # BOOKED, or the code of the refusal
    Column("enrollment_id", Uuid),
    Column("attempted_at", Instant, nullable=False),
    Index("ix_standing_attempts_session_id", "session_id"),
)
