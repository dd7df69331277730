"""Centers, branches, people, roles and invites."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from domain.notifications.model import MutableNotification
from domain.permissions import Role
from storage.tables.types import EnumText, Instant, id_column, metadata, one_of

centers = Table(
    "centers",
    metadata,
    id_column(),
    Column("bot_id", BigInteger),  # the Telegram id of the bot that serves the center
    Column("name", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("default_language", Text, nullable=False),
    Column("check_in_opens_minutes", Integer, nullable=False),
    Column("reservation_minutes", Integer, nullable=False),
    Column("horizon_days", Integer, nullable=False),
    Column("largest_amount_minor", BigInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    # Local times as minutes after midnight. Quiet hours may pass midnight; none where they begin and end together.
    Column("quiet_from_minutes", Integer, nullable=False, server_default="1320"),
    Column("quiet_until_minutes", Integer, nullable=False, server_default="480"),
    Column("digest_at_minutes", Integer, nullable=False, server_default="1260"),
    Column("digest_made_for", Date),  # the last local day whose digest was made
    Column("early_reminder_minutes", Integer, nullable=False, server_default="1440"),  # before the start; 0: none
    Column("late_reminder_minutes", Integer, nullable=False, server_default="120"),
    Column("offer_minutes", Integer, nullable=False, server_default="15"),
    UniqueConstraint("bot_id"),
    CheckConstraint("length(currency) = 3", name="currency_iso"),
    CheckConstraint("check_in_opens_minutes > 0", name="check_in_opens_positive"),
    CheckConstraint("reservation_minutes > 0", name="reservation_positive"),
    CheckConstraint("horizon_days > 0", name="horizon_positive"),
    CheckConstraint("largest_amount_minor > 0", name="largest_amount_positive"),
    CheckConstraint(
        "quiet_from_minutes BETWEEN 0 AND 1439 AND quiet_until_minutes BETWEEN 0 AND 1439", name="quiet_hours_of_a_day"
    ),
    CheckConstraint("digest_at_minutes BETWEEN 0 AND 1439", name="digest_within_a_day"),
    CheckConstraint("early_reminder_minutes >= 0 AND late_reminder_minutes >= 0", name="reminders_not_negative"),
    CheckConstraint("offer_minutes > 0", name="offer_positive"),
)

branches = Table(
    "branches",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("address", Text),
    Column("created_at", Instant, nullable=False),
    Column("archived_at", Instant),
    UniqueConstraint("center_id", "name"),
)

people = Table(
    "people",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("telegram_id", BigInteger),  # a guest is a person without one
    Column("name", Text, nullable=False),
    Column("name_folded", Text, nullable=False, server_default=text("''")),  # as searches compare it
    Column("language", Text),
    Column("phone", Text),  # E.164
    Column("phone_verified_at", Instant),
    Column("acting_role", EnumText(Role)),  # whoever holds several roles acts in one at a time
    Column("joined_at", Instant),  # when first contact was finished
    Column("blocked_at", Instant),  # by the center
    Column("unreachable_at", Instant),  # the person blocked the bot
    Column("erased_at", Instant),
    Column("calendar_secret", Text),  # the address of the person's calendar feed; renewed at will
    Column("merged_into_id", Uuid, ForeignKey("people.id")),
    Column("created_at", Instant, nullable=False),
    Column("notes", Text),  # the center's own, on the person
    UniqueConstraint("center_id", "telegram_id"),
    UniqueConstraint("calendar_secret"),
    UniqueConstraint("center_id", "id"),
    CheckConstraint("length(name) BETWEEN 1 AND 64", name="name_length"),
    CheckConstraint("acting_role IN ('STUDENT', 'STAFF', 'ADMIN')", name="acting_role_known"),
    CheckConstraint("phone_verified_at IS NULL OR phone IS NOT NULL", name="verified_phone_present"),
    CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_merged_into_itself"),
    Index("ix_people_center_id_phone", "center_id", "phone"),
    Index("ix_people_center_id_name_folded_id", "center_id", "name_folded", "id"),
)

_IS_VERIFIED = people.c.phone_verified_at.is_not(None)
Index(
    "uq_people_verified_phone",  # a phone is one person's
    people.c.center_id,
    people.c.phone,
    unique=True,
    sqlite_where=_IS_VERIFIED,
    postgresql_where=_IS_VERIFIED,
)

holidays = Table(
    "holidays",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("branch_id", Uuid, ForeignKey("branches.id")),  # None: all branches
    Column("local_date", Date, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)
Index(
    "uq_holidays_center",
    holidays.c.center_id,
    holidays.c.local_date,
    unique=True,
    sqlite_where=holidays.c.branch_id.is_(None),
    postgresql_where=holidays.c.branch_id.is_(None),
)
Index(
    "uq_holidays_branch",
    holidays.c.branch_id,
    holidays.c.local_date,
    unique=True,
    sqlite_where=holidays.c.branch_id.is_not(None),
    postgresql_where=holidays.c.branch_id.is_not(None),
)

muted_notifications = Table(
    "muted_notifications",
    metadata,
    Column("person_id", Uuid, ForeignKey("people.id"), primary_key=True),
    Column("kind", EnumText(MutableNotification), primary_key=True),
    one_of("kind", MutableNotification),
)

role_assignments = Table(
    "role_assignments",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("person_id", Uuid, ForeignKey("people.id"), nullable=False),
    Column("role", EnumText(Role), nullable=False),
    Column("branch_id", Uuid, ForeignKey("branches.id")),
    Column("granted_by", Uuid, ForeignKey("people.id")),
    Column("granted_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    one_of("role", Role),
    CheckConstraint("(role = 'STAFF') = (branch_id IS NOT NULL)", name="staff_have_a_branch"),
    Index("ix_role_assignments_person_id", "person_id"),
)

Index(
    "uq_role_assignments_center_wide",
    role_assignments.c.person_id,
    role_assignments.c.role,
    unique=True,
    sqlite_where=(role_assignments.c.branch_id.is_(None) & role_assignments.c.revoked_at.is_(None)),
    postgresql_where=(role_assignments.c.branch_id.is_(None) & role_assignments.c.revoked_at.is_(None)),
)
Index(
    "uq_role_assignments_branch",
    role_assignments.c.person_id,
    role_assignments.c.branch_id,
    unique=True,
    sqlite_where=(role_assignments.c.branch_id.is_not(None) & role_assignments.c.revoked_at.is_(None)),
    postgresql_where=(role_assignments.c.branch_id.is_not(None) & role_assignments.c.revoked_at.is_(None)),
)

invites = Table(
    "invites",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("role", EnumText(Role), nullable=False),
    Column("branch_id", Uuid, ForeignKey("branches.id")),
    Column("code_hash", Text, nullable=False),  # SHA-256: who reads the database cannot redeem it
    Column("created_by", Uuid, ForeignKey("people.id")),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("redeemed_by", Uuid, ForeignKey("people.id")),
    Column("redeemed_at", Instant),
    UniqueConstraint("code_hash"),
    CheckConstraint("role IN ('STAFF', 'ADMIN')", name="role_known"),
    CheckConstraint("(role = 'STAFF') = (branch_id IS NOT NULL)", name="staff_have_a_branch"),
    CheckConstraint("(redeemed_by IS NULL) = (redeemed_at IS NULL)", name="redeemed_whole"),
)
