"""Classes, timetable rules, sessions and packages."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Time,
    UniqueConstraint,
    Uuid,
)

from domain.packages.model import StudentPackageStatus
from domain.sessions.model import AbsenteePolicy, SessionStatus
from storage.tables.types import EnumText, Instant, id_column, metadata, one_of

classes = Table(
    "classes",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("teacher", Text, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("duration_minutes", Integer, nullable=False),
    Column("absentee_policy", EnumText(AbsenteePolicy), nullable=False),
    Column("cancellation_window_minutes", Integer, nullable=False),
    Column("no_show_fee_percent", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("archived_at", Instant),
    one_of("absentee_policy", AbsenteePolicy),
    CheckConstraint("price_minor >= 0", name="price_not_negative"),
    CheckConstraint("capacity > 0", name="capacity_positive"),
    CheckConstraint("duration_minutes > 0", name="duration_positive"),
    CheckConstraint("cancellation_window_minutes >= 0", name="window_not_negative"),
    CheckConstraint("no_show_fee_percent BETWEEN 0 AND 100", name="fee_is_a_percentage"),
    CheckConstraint("no_show_fee_percent = 0 OR absentee_policy = 'FLEXIBLE'", name="fee_only_when_flexible"),
    Index("ix_classes_center_id", "center_id"),
)

timetable_rules = Table(
    "timetable_rules",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("class_id", Uuid, ForeignKey("classes.id"), nullable=False),
    Column("branch_id", Uuid, ForeignKey("branches.id"), nullable=False),
    Column("recurrence", Text, nullable=False),  # RFC 5545, e.g. FREQ=WEEKLY;BYDAY=MO,WE
    Column("local_time", Time, nullable=False),  # in the center's time zone
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date),
    Column("created_at", Instant, nullable=False),
    Column("archived_at", Instant),
    Column("teacher", Text),  # None: the class's
    Column("capacity", Integer),  # None: the class's
    CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    Index("ix_timetable_rules_center_id", "center_id"),
)

timetable_exceptions = Table(
    "timetable_exceptions",
    metadata,
    Column("rule_id", Uuid, ForeignKey("timetable_rules.id"), primary_key=True),
    Column("local_date", Date, primary_key=True),
    Column("reason", Text),
)

sessions = Table(
    "sessions",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("branch_id", Uuid, ForeignKey("branches.id"), nullable=False),
    Column("class_id", Uuid, ForeignKey("classes.id"), nullable=False),
    Column("rule_id", Uuid, ForeignKey("timetable_rules.id")),  # None: an extra session
    Column("original_local_date", Date),  # the occurrence of the rule that this is, wherever it was moved to
    Column("local_date", Date, nullable=False),
    Column("local_time", Time, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("teacher", Text, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("seats_taken", Integer, nullable=False),
    Column("status", EnumText(SessionStatus), nullable=False),
    Column("cancel_reason", Text),
    Column("created_at", Instant, nullable=False),
    Column("moved_at", Instant),  # when its time or place was last changed: who had booked before may cancel freely
    Column("canceled_at", Instant),  # when it was cancelled or missed
    Column("seats_at_end", Integer),  # taken when it was cancelled or missed: so many are made good
    Column("settled_at", Instant),  # when every seat of it was settled (finished) or made good (cancelled, missed)
    # What the clock has done for it already.
    Column("early_reminders_at", Instant),
    Column("late_reminders_at", Instant),
    Column("window_closed_at", Instant),
    Column("start_warned_at", Instant),
    Column("end_warned_at", Instant),
    UniqueConstraint("rule_id", "original_local_date"),
    UniqueConstraint("center_id", "id"),
    one_of("status", SessionStatus),
    CheckConstraint("seats_taken BETWEEN 0 AND capacity", name="never_oversold"),
    CheckConstraint("capacity > 0", name="capacity_positive"),
    CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    CheckConstraint("(rule_id IS NULL) = (original_local_date IS NULL)", name="occurrence_of_rule"),
    Index("ix_sessions_center_id_starts_at_id", "center_id", "starts_at", "id"),
    Index("ix_sessions_branch_id_starts_at_id", "branch_id", "starts_at", "id"),
    Index("ix_sessions_class_id_starts_at_id", "class_id", "starts_at", "id"),
)
_IS_OPEN = sessions.c.status.in_([SessionStatus.SCHEDULED, SessionStatus.CHECKING_IN, SessionStatus.CONDUCTING])
_IS_SCHEDULED = sessions.c.status == SessionStatus.SCHEDULED
_HAS_ENDED = sessions.c.status.in_([SessionStatus.FINISHED, SessionStatus.CANCELED, SessionStatus.MISSED])
for _name, _columns, _condition in (
    ("ix_sessions_open", (sessions.c.center_id, sessions.c.ends_at, sessions.c.id), _IS_OPEN),
    (
        "ix_sessions_unsettled",
        (sessions.c.center_id, sessions.c.ends_at, sessions.c.id),
        _HAS_ENDED & sessions.c.settled_at.is_(None),
    ),
    ("ix_sessions_early_due", (sessions.c.starts_at,), _IS_SCHEDULED & sessions.c.early_reminders_at.is_(None)),
    ("ix_sessions_late_due", (sessions.c.starts_at,), _IS_SCHEDULED & sessions.c.late_reminders_at.is_(None)),
    ("ix_sessions_window_due", (sessions.c.starts_at,), _IS_SCHEDULED & sessions.c.window_closed_at.is_(None)),
    ("ix_sessions_start_due", (sessions.c.starts_at,), _IS_SCHEDULED & sessions.c.start_warned_at.is_(None)),
    ("ix_sessions_end_due", (sessions.c.center_id, sessions.c.ends_at), _IS_SCHEDULED & sessions.c.end_warned_at.is_(None)),
):
    Index(_name, *_columns, sqlite_where=_condition, postgresql_where=_condition)

class_packages = Table(
    "class_packages",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("class_id", Uuid, ForeignKey("classes.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("session_count", Integer, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("archived_at", Instant),
    CheckConstraint("session_count > 0", name="session_count_positive"),
    CheckConstraint("price_minor >= 0", name="price_not_negative"),
    Index("ix_class_packages_center_id_class_id", "center_id", "class_id"),
)

student_packages = Table(
    "student_packages",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("student_id", Uuid, ForeignKey("people.id"), nullable=False),
    Column("class_package_id", Uuid, ForeignKey("class_packages.id"), nullable=False),
    Column("class_id", Uuid, ForeignKey("classes.id"), nullable=False),
    Column("credits_total", Integer, nullable=False),
    Column("credits_left", Integer, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("value_left_minor", BigInteger, nullable=False),
    Column("status", EnumText(StudentPackageStatus), nullable=False),
    Column("purchased_at", Instant, nullable=False),
    Column("refunded_at", Instant),
    one_of("status", StudentPackageStatus),
    CheckConstraint("credits_left BETWEEN 0 AND credits_total", name="credits_within_total"),
    CheckConstraint("value_left_minor BETWEEN 0 AND price_minor", name="value_within_price"),
    CheckConstraint("(status = 'ACTIVE') = (credits_left > 0)", name="active_while_credits_left"),
    CheckConstraint("credits_left > 0 OR value_left_minor = 0", name="no_value_without_credits"),
    CheckConstraint("(status = 'REFUNDED') = (refunded_at IS NOT NULL)", name="refunded_whole"),
)

Index(
    "ix_student_packages_usable",  # oldest first: credits are used in the order they were bought
    student_packages.c.student_id,
    student_packages.c.class_id,
    student_packages.c.purchased_at,
    student_packages.c.id,
    sqlite_where=student_packages.c.status == "ACTIVE",
    postgresql_where=student_packages.c.status == "ACTIVE",
)
Index("ix_student_packages_class_id", student_packages.c.class_id)
Index(
    "ix_student_packages_student_id_purchased_at_id",
    student_packages.c.student_id,
    student_packages.c.purchased_at,
    student_packages.c.id,
)
