"""Foundations: centers, people, classes, sessions, seats, money with its journal, and what keeps the bot running."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
DOCUMENT = sa.Text().with_variant(postgresql.JSONB(), "postgresql")

POSTGRESQL_TRIGGERS = (
    """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never changed; correct it with a new row', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$""",
    """CREATE FUNCTION refuse_unbalanced_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) < 2 OR coalesce(sum(amount_minor), 1) <> 0 FROM postings WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'entry % does not balance', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$""",
    """CREATE FUNCTION refuse_sealed_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id) THEN
        RAISE EXCEPTION 'entry % is sealed', NEW.entry_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$""",
    """CREATE FUNCTION refuse_unbalanced_posting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount_minor) <> 0 FROM postings WHERE entry_id = NEW.entry_id) THEN
        RAISE EXCEPTION 'entry % does not balance', NEW.entry_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$""",
    """CREATE TRIGGER entries_refuse_change BEFORE UPDATE OR DELETE ON entries FOR EACH ROW EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER entries_refuse_truncate BEFORE TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER postings_refuse_change BEFORE UPDATE OR DELETE ON postings FOR EACH ROW EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER postings_refuse_truncate BEFORE TRUNCATE ON postings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER audit_log_refuse_change BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER audit_log_refuse_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()""",
    """CREATE TRIGGER entries_refuse_unbalanced BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_entry()""",
    """CREATE TRIGGER postings_refuse_sealed BEFORE INSERT ON postings FOR EACH ROW EXECUTE FUNCTION refuse_sealed_posting()""",
    """CREATE CONSTRAINT TRIGGER postings_refuse_unbalanced AFTER INSERT ON postings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_posting()""",
)
SQLITE_TRIGGERS = (
    """CREATE TRIGGER entries_refuse_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries is never changed; correct it with a new row'); END""",
    """CREATE TRIGGER entries_refuse_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries is never changed; correct it with a new row'); END""",
    """CREATE TRIGGER postings_refuse_update BEFORE UPDATE ON postings BEGIN SELECT RAISE(ABORT, 'postings is never changed; correct it with a new row'); END""",
    """CREATE TRIGGER postings_refuse_delete BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'postings is never changed; correct it with a new row'); END""",
    """CREATE TRIGGER audit_log_refuse_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is never changed; correct it with a new row'); END""",
    """CREATE TRIGGER audit_log_refuse_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is never changed; correct it with a new row'); END""",
    """CREATE TRIGGER entries_refuse_unbalanced BEFORE INSERT ON entries WHEN (SELECT count(*) < 2 OR coalesce(sum(amount_minor), 1) <> 0 FROM postings WHERE entry_id = NEW.id) BEGIN SELECT RAISE(ABORT, 'entry does not balance'); END""",
    """CREATE TRIGGER postings_refuse_sealed BEFORE INSERT ON postings WHEN EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id) BEGIN SELECT RAISE(ABORT, 'entry is sealed'); END""",
)


def upgrade() -> None:
    _create_audit_log()
    _create_centers()
    _create_leases()
    _create_outbox()
    _create_accounts()
    _create_branches()
    _create_classes()
    _create_people()
    _create_cashboxes()
    _create_class_packages()
    _create_dialogs()
    _create_entries()
    _create_invites()
    _create_muted_notifications()
    _create_role_assignments()
    _create_timetable_rules()
    _create_wallets()
    _create_postings()
    _create_sessions()
    _create_student_packages()
    _create_timetable_exceptions()
    _create_enrollments()
    _create_holds()
    _create_payments()
    is_postgresql = op.get_context().dialect.name == "postgresql"
    for statement in POSTGRESQL_TRIGGERS if is_postgresql else SQLITE_TRIGGERS:
        op.execute(sa.DDL(statement.replace("%", "%%")))


def _create_audit_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_role", sa.Text(), nullable=True),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("object_type", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("before", DOCUMENT, nullable=True),
        sa.Column("after", DOCUMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
    )
    op.create_index("ix_audit_log_center_id_at_id", "audit_log", ["center_id", "at", "id"], unique=False)
    op.create_index("ix_audit_log_object_id", "audit_log", ["object_id"], unique=False)


def _create_centers() -> None:
    op.create_table(
        "centers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("default_language", sa.Text(), nullable=False),
        sa.Column("check_in_opens_minutes", sa.Integer(), nullable=False),
        sa.Column("reservation_minutes", sa.Integer(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("largest_amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint("check_in_opens_minutes > 0", name=op.f("ck_centers_check_in_opens_positive")),
        sa.CheckConstraint("horizon_days > 0", name=op.f("ck_centers_horizon_positive")),
        sa.CheckConstraint("largest_amount_minor > 0", name=op.f("ck_centers_largest_amount_positive")),
        sa.CheckConstraint("length(currency) = 3", name=op.f("ck_centers_currency_iso")),
        sa.CheckConstraint("reservation_minutes > 0", name=op.f("ck_centers_reservation_positive")),
        sa.PrimaryKeyConstraint("id", name="pk_centers"),
        sa.UniqueConstraint("bot_id", name="uq_centers_bot_id"),
    )


def _create_leases() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("delivered_at", INSTANT, nullable=True),
        sa.Column("parked_at", INSTANT, nullable=True),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outbox_attempts_not_negative")),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("delivered_at IS NULL AND parked_at IS NULL"),
        postgresql_where=sa.text("delivered_at IS NULL AND parked_at IS NULL"),
    )


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('WALLET', 'CASHBOX', 'GATEWAY_CLEARING', 'GATEWAY_LOSS', 'REFUNDS_PAYABLE', 'DEFERRED_REVENUE', 'EARNED_PACKAGE', 'EARNED_WALLET', 'EARNED_CASH', 'CASH_OVER_SHORT', 'CENTER_SAFE', 'OPENING_BALANCES', 'WAIVED_BALANCES')",
            name=op.f("ck_accounts_kind_known"),
        ),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_accounts_center_id"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("center_id", "id", name="uq_accounts_center_id_id"),
    )
    op.create_index(
        "uq_accounts_center_kind",
        "accounts",
        ["center_id", "kind"],
        unique=True,
        sqlite_where=sa.text("(kind NOT IN ('WALLET', 'CASHBOX'))"),
        postgresql_where=sa.text("(kind NOT IN ('WALLET', 'CASHBOX'))"),
    )


def _create_branches() -> None:
    op.create_table(
        "branches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("archived_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_branches_center_id"),
        sa.PrimaryKeyConstraint("id", name="pk_branches"),
        sa.UniqueConstraint("center_id", "name", name="uq_branches_center_id_name"),
    )


def _create_classes() -> None:
    op.create_table(
        "classes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("teacher", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("absentee_policy", sa.Text(), nullable=False),
        sa.Column("cancellation_window_minutes", sa.Integer(), nullable=False),
        sa.Column("no_show_fee_percent", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("archived_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "absentee_policy IN ('STRICT', 'FLEXIBLE', 'MANUAL')", name=op.f("ck_classes_absentee_policy_known")
        ),
        sa.CheckConstraint(
            "no_show_fee_percent = 0 OR absentee_policy = 'FLEXIBLE'", name=op.f("ck_classes_fee_only_when_flexible")
        ),
        sa.CheckConstraint("cancellation_window_minutes >= 0", name=op.f("ck_classes_window_not_negative")),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_classes_capacity_positive")),
        sa.CheckConstraint("duration_minutes > 0", name=op.f("ck_classes_duration_positive")),
        sa.CheckConstraint("no_show_fee_percent BETWEEN 0 AND 100", name=op.f("ck_classes_fee_is_a_percentage")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_classes_price_not_negative")),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_classes_center_id"),
        sa.PrimaryKeyConstraint("id", name="pk_classes"),
    )
    op.create_index("ix_classes_center_id", "classes", ["center_id"], unique=False)


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_verified_at", INSTANT, nullable=True),
        sa.Column("acting_role", sa.Text(), nullable=True),
        sa.Column("joined_at", INSTANT, nullable=True),
        sa.Column("blocked_at", INSTANT, nullable=True),
        sa.Column("unreachable_at", INSTANT, nullable=True),
        sa.Column("erased_at", INSTANT, nullable=True),
        sa.Column("calendar_secret", sa.Text(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint("acting_role IN ('STUDENT', 'STAFF', 'ADMIN')", name=op.f("ck_people_acting_role_known")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 64", name=op.f("ck_people_name_length")),
        sa.CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name=op.f("ck_people_not_merged_into_itself")),
        sa.CheckConstraint("phone_verified_at IS NULL OR phone IS NOT NULL", name=op.f("ck_people_verified_phone_present")),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_people_center_id"),
        sa.ForeignKeyConstraint(["merged_into_id"], ["people.id"], name="fk_people_merged_into_id"),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("calendar_secret", name="uq_people_calendar_secret"),
        sa.UniqueConstraint("center_id", "id", name="uq_people_center_id_id"),
        sa.UniqueConstraint("center_id", "telegram_id", name="uq_people_center_id_telegram_id"),
    )
    op.create_index("ix_people_center_id_phone", "people", ["center_id", "phone"], unique=False)


def _create_cashboxes() -> None:
    op.create_table(
        "cashboxes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=False),
        sa.Column("balance_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("balance_minor >= 0", name=op.f("ck_cashboxes_balance_not_negative")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_cashboxes_branch_id"),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_cashboxes_center_id"),
        sa.ForeignKeyConstraint(["id"], ["accounts.id"], name="fk_cashboxes_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cashboxes"),
        sa.UniqueConstraint("branch_id", name="uq_cashboxes_branch_id"),
    )


def _create_class_packages() -> None:
    op.create_table(
        "class_packages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("session_count", sa.Integer(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("archived_at", INSTANT, nullable=True),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_class_packages_price_not_negative")),
        sa.CheckConstraint("session_count > 0", name=op.f("ck_class_packages_session_count_positive")),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_class_packages_center_id"),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name="fk_class_packages_class_id"),
        sa.PrimaryKeyConstraint("id", name="pk_class_packages"),
    )
    op.create_index("ix_class_packages_center_id_class_id", "class_packages", ["center_id", "class_id"], unique=False)


def _create_dialogs() -> None:
    op.create_table(
        "dialogs",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("data", DOCUMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("consumed_message_id", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_dialogs_version_positive")),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_dialogs_center_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_dialogs_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_dialogs"),
    )


def _create_entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "cause IN ('CASH_TOP_UP', 'PACKAGE_BOUGHT', 'BOOKING_CAPTURED', 'CAPTURE_RETURNED', 'CREDIT_PAID_BACK', 'OPENING_BALANCE', 'BALANCE_WAIVED', 'CREDITS_WAIVED')",
            name=op.f("ck_entries_cause_known"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name="fk_entries_actor_id"),
        sa.ForeignKeyConstraint(["reverses_id"], ["entries.id"], name="fk_entries_reverses_id"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("center_id", "id", name="uq_entries_center_id_id"),
        sa.UniqueConstraint("reverses_id", name="uq_entries_reverses_id"),
    )
    op.create_index("ix_entries_center_id_occurred_at_id", "entries", ["center_id", "occurred_at", "id"], unique=False)
    op.create_index("ix_entries_subject_id", "entries", ["subject_id"], unique=False)


def _create_invites() -> None:
    op.create_table(
        "invites",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("redeemed_by", sa.Uuid(), nullable=True),
        sa.Column("redeemed_at", INSTANT, nullable=True),
        sa.CheckConstraint("(role = 'STAFF') = (branch_id IS NOT NULL)", name=op.f("ck_invites_staff_have_a_branch")),
        sa.CheckConstraint("role IN ('STAFF', 'ADMIN')", name=op.f("ck_invites_role_known")),
        sa.CheckConstraint("(redeemed_by IS NULL) = (redeemed_at IS NULL)", name=op.f("ck_invites_redeemed_whole")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_invites_branch_id"),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_invites_center_id"),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name="fk_invites_created_by"),
        sa.ForeignKeyConstraint(["redeemed_by"], ["people.id"], name="fk_invites_redeemed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.UniqueConstraint("code_hash", name="uq_invites_code_hash"),
    )


def _create_muted_notifications() -> None:
    op.create_table(
        "muted_notifications",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('REMINDER_DAY_BEFORE', 'REMINDER_HOURS_BEFORE')", name=op.f("ck_muted_notifications_kind_known")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_muted_notifications_person_id"),
        sa.PrimaryKeyConstraint("person_id", "kind", name="pk_muted_notifications"),
    )


def _create_role_assignments() -> None:
    op.create_table(
        "role_assignments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("granted_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(role = 'STAFF') = (branch_id IS NOT NULL)", name=op.f("ck_role_assignments_staff_have_a_branch")
        ),
        sa.CheckConstraint("role IN ('STUDENT', 'STAFF', 'ADMIN')", name=op.f("ck_role_assignments_role_known")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_role_assignments_branch_id"),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_role_assignments_center_id"),
        sa.ForeignKeyConstraint(["granted_by"], ["people.id"], name="fk_role_assignments_granted_by"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_role_assignments_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_role_assignments"),
    )
    op.create_index(
        "uq_role_assignments_branch",
        "role_assignments",
        ["person_id", "branch_id"],
        unique=True,
        sqlite_where=sa.text("branch_id IS NOT NULL AND revoked_at IS NULL"),
        postgresql_where=sa.text("branch_id IS NOT NULL AND revoked_at IS NULL"),
    )
    op.create_index(
        "uq_role_assignments_center_wide",
        "role_assignments",
        ["person_id", "role"],
        unique=True,
        sqlite_where=sa.text("branch_id IS NULL AND revoked_at IS NULL"),
        postgresql_where=sa.text("branch_id IS NULL AND revoked_at IS NULL"),
    )


def _create_timetable_rules() -> None:
    op.create_table(
        "timetable_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=False),
        sa.Column("recurrence", sa.Text(), nullable=False),
        sa.Column("local_time", sa.Time(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("archived_at", INSTANT, nullable=True),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_timetable_rules_ends_after_start")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_timetable_rules_branch_id"),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_timetable_rules_center_id"),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name="fk_timetable_rules_class_id"),
        sa.PrimaryKeyConstraint("id", name="pk_timetable_rules"),
    )
    op.create_index("ix_timetable_rules_center_id", "timetable_rules", ["center_id"], unique=False)


def _create_wallets() -> None:
    op.create_table(
        "wallets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("owner_kind", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("balance_minor", sa.BigInteger(), nullable=False),
        sa.Column("locked_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("owner_kind IN ('STUDENT', 'CENTER', 'STAFF')", name=op.f("ck_wallets_owner_kind_known")),
        sa.CheckConstraint(
            "locked_minor >= 0 AND balance_minor >= locked_minor", name=op.f("ck_wallets_never_below_locked")
        ),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_wallets_center_id"),
        sa.ForeignKeyConstraint(["id"], ["accounts.id"], name="fk_wallets_id"),
        sa.PrimaryKeyConstraint("id", name="pk_wallets"),
        sa.UniqueConstraint("owner_id", "owner_kind", name="uq_wallets_owner_id_owner_kind"),
    )


def _create_postings() -> None:
    op.create_table(
        "postings",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_postings_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["center_id", "account_id"], ["accounts.center_id", "accounts.id"], name="fk_postings_center_id_account_id"
        ),
        sa.ForeignKeyConstraint(
            ["center_id", "entry_id"],
            ["entries.center_id", "entries.id"],
            name="fk_postings_center_id_entry_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("entry_id", "line", name="pk_postings"),
    )
    op.create_index(
        "ix_postings_account_id_entry_id",
        "postings",
        ["account_id", "entry_id"],
        unique=False,
        postgresql_include=["amount_minor"],
    )


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=True),
        sa.Column("original_local_date", sa.Date(), nullable=True),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("local_time", sa.Time(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("teacher", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("seats_taken", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "status IN ('SCHEDULED', 'CHECKING_IN', 'CONDUCTING', 'FINISHED', 'CANCELED', 'MISSED')",
            name=op.f("ck_sessions_status_known"),
        ),
        sa.CheckConstraint(
            "(rule_id IS NULL) = (original_local_date IS NULL)", name=op.f("ck_sessions_occurrence_of_rule")
        ),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_sessions_capacity_positive")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_sessions_ends_after_start")),
        sa.CheckConstraint("seats_taken BETWEEN 0 AND capacity", name=op.f("ck_sessions_never_oversold")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name="fk_sessions_branch_id"),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_sessions_center_id"),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name="fk_sessions_class_id"),
        sa.ForeignKeyConstraint(["rule_id"], ["timetable_rules.id"], name="fk_sessions_rule_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("center_id", "id", name="uq_sessions_center_id_id"),
        sa.UniqueConstraint("rule_id", "original_local_date", name="uq_sessions_rule_id_original_local_date"),
    )
    op.create_index("ix_sessions_branch_id_starts_at_id", "sessions", ["branch_id", "starts_at", "id"], unique=False)
    op.create_index("ix_sessions_center_id_starts_at_id", "sessions", ["center_id", "starts_at", "id"], unique=False)
    op.create_index("ix_sessions_class_id_starts_at_id", "sessions", ["class_id", "starts_at", "id"], unique=False)


def _create_student_packages() -> None:
    op.create_table(
        "student_packages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("class_package_id", sa.Uuid(), nullable=False),
        sa.Column("class_id", sa.Uuid(), nullable=False),
        sa.Column("credits_total", sa.Integer(), nullable=False),
        sa.Column("credits_left", sa.Integer(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("value_left_minor", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("purchased_at", INSTANT, nullable=False),
        sa.Column("refunded_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(status = 'ACTIVE') = (credits_left > 0)", name=op.f("ck_student_packages_active_while_credits_left")
        ),
        sa.CheckConstraint(
            "(status = 'REFUNDED') = (refunded_at IS NOT NULL)", name=op.f("ck_student_packages_refunded_whole")
        ),
        sa.CheckConstraint("status IN ('ACTIVE', 'EXHAUSTED', 'REFUNDED')", name=op.f("ck_student_packages_status_known")),
        sa.CheckConstraint(
            "credits_left > 0 OR value_left_minor = 0", name=op.f("ck_student_packages_no_value_without_credits")
        ),
        sa.CheckConstraint(
            "credits_left BETWEEN 0 AND credits_total", name=op.f("ck_student_packages_credits_within_total")
        ),
        sa.CheckConstraint(
            "value_left_minor BETWEEN 0 AND price_minor", name=op.f("ck_student_packages_value_within_price")
        ),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name="fk_student_packages_center_id"),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name="fk_student_packages_class_id"),
        sa.ForeignKeyConstraint(["class_package_id"], ["class_packages.id"], name="fk_student_packages_class_package_id"),
        sa.ForeignKeyConstraint(["student_id"], ["people.id"], name="fk_student_packages_student_id"),
        sa.PrimaryKeyConstraint("id", name="pk_student_packages"),
    )
    op.create_index(
        "ix_student_packages_student_id_purchased_at_id",
        "student_packages",
        ["student_id", "purchased_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_student_packages_usable",
        "student_packages",
        ["student_id", "class_id", "purchased_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'ACTIVE'"),
        postgresql_where=sa.text("status = 'ACTIVE'"),
    )


def _create_timetable_exceptions() -> None:
    op.create_table(
        "timetable_exceptions",
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["rule_id"], ["timetable_rules.id"], name="fk_timetable_exceptions_rule_id"),
        sa.PrimaryKeyConstraint("rule_id", "local_date", name="pk_timetable_exceptions"),
    )


def _create_enrollments() -> None:
    op.create_table(
        "enrollments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("no_show_fee_percent", sa.Integer(), nullable=False),
        sa.Column("free_cancel_until", INSTANT, nullable=False),
        sa.Column("student_package_id", sa.Uuid(), nullable=True),
        sa.Column("credit_value_minor", sa.BigInteger(), nullable=False),
        sa.Column("held_until", INSTANT, nullable=True),
        sa.Column("attended_at", INSTANT, nullable=True),
        sa.Column("marked_absent_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("cancelled_at", INSTANT, nullable=True),
        sa.Column("cancelled_by", sa.Uuid(), nullable=True),
        sa.Column("made_good", sa.Text(), nullable=True),
        sa.Column("made_good_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "(method = 'PACKAGE') = (student_package_id IS NOT NULL) OR method IS NULL",
            name=op.f("ck_enrollments_package_has_credit"),
        ),
        sa.CheckConstraint(
            "(status = 'CANCELLED') = (cancelled_at IS NOT NULL)", name=op.f("ck_enrollments_cancelled_whole")
        ),
        sa.CheckConstraint("(status = 'HELD') = (held_until IS NOT NULL)", name=op.f("ck_enrollments_held_whole")),
        sa.CheckConstraint(
            "made_good IN ('CREDIT', 'UNLOCKED', 'RETURNED', 'NOTHING_CASH', 'NOTHING_FREE')",
            name=op.f("ck_enrollments_made_good_known"),
        ),
        sa.CheckConstraint("method IN ('GATEWAY', 'WALLET', 'CASH', 'PACKAGE')", name=op.f("ck_enrollments_method_known")),
        sa.CheckConstraint(
            "method IS NOT NULL OR price_minor = 0 OR status IN ('HELD', 'CANCELLED')",
            name=op.f("ck_enrollments_paid_somehow"),
        ),
        sa.CheckConstraint("policy IN ('STRICT', 'FLEXIBLE', 'MANUAL')", name=op.f("ck_enrollments_policy_known")),
        sa.CheckConstraint("status <> 'LOCKED' OR method = 'WALLET'", name=op.f("ck_enrollments_locked_means_wallet")),
        sa.CheckConstraint(
            "status IN ('HELD', 'LOCKED', 'PAID', 'CANCELLED', 'NO_SHOW')", name=op.f("ck_enrollments_status_known")
        ),
        sa.CheckConstraint(
            "attended_at IS NULL OR marked_absent_at IS NULL", name=op.f("ck_enrollments_attended_or_absent")
        ),
        sa.CheckConstraint("credit_value_minor >= 0", name=op.f("ck_enrollments_credit_value_not_negative")),
        sa.CheckConstraint("made_good_minor >= 0", name=op.f("ck_enrollments_made_good_not_negative")),
        sa.CheckConstraint("no_show_fee_percent BETWEEN 0 AND 100", name=op.f("ck_enrollments_fee_is_a_percentage")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_enrollments_price_not_negative")),
        sa.ForeignKeyConstraint(["cancelled_by"], ["people.id"], name="fk_enrollments_cancelled_by"),
        sa.ForeignKeyConstraint(
            ["center_id", "session_id"], ["sessions.center_id", "sessions.id"], name="fk_enrollments_center_id_session_id"
        ),
        sa.ForeignKeyConstraint(
            ["center_id", "student_id"], ["people.center_id", "people.id"], name="fk_enrollments_center_id_student_id"
        ),
        sa.ForeignKeyConstraint(["student_package_id"], ["student_packages.id"], name="fk_enrollments_student_package_id"),
        sa.PrimaryKeyConstraint("id", name="pk_enrollments"),
    )
    op.create_index(
        "ix_enrollments_center_id_created_at_id", "enrollments", ["center_id", "created_at", "id"], unique=False
    )
    op.create_index(
        "ix_enrollments_student_id_created_at_id", "enrollments", ["student_id", "created_at", "id"], unique=False
    )
    op.create_index("ix_enrollments_student_package_id", "enrollments", ["student_package_id"], unique=False)
    op.create_index(
        "uq_enrollments_one_seat_each",
        "enrollments",
        ["session_id", "student_id"],
        unique=True,
        sqlite_where=sa.text("status != 'CANCELLED'"),
        postgresql_where=sa.text("status != 'CANCELLED'"),
    )


def _create_holds() -> None:
    op.create_table(
        "holds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("wallet_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("captured_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("status", sa.Text(), server_default="OPEN", nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("resolved_at", INSTANT, nullable=True),
        sa.CheckConstraint("(status = 'CAPTURED') = (captured_minor > 0)", name=op.f("ck_holds_captured_whole")),
        sa.CheckConstraint("(status = 'OPEN') = (resolved_at IS NULL)", name=op.f("ck_holds_resolved_whole")),
        sa.CheckConstraint("status IN ('OPEN', 'CAPTURED', 'RELEASED')", name=op.f("ck_holds_status_known")),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_holds_amount_positive")),
        sa.CheckConstraint("captured_minor BETWEEN 0 AND amount_minor", name=op.f("ck_holds_captured_within_amount")),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name="fk_holds_enrollment_id"),
        sa.ForeignKeyConstraint(["wallet_id"], ["wallets.id"], name="fk_holds_wallet_id"),
        sa.PrimaryKeyConstraint("id", name="pk_holds"),
    )
    op.create_index("ix_holds_enrollment_id", "holds", ["enrollment_id"], unique=False)
    op.create_index(
        "ix_holds_open",
        "holds",
        ["wallet_id"],
        unique=False,
        sqlite_where=sa.text("status = 'OPEN'"),
        postgresql_where=sa.text("status = 'OPEN'"),
    )


def _create_payments() -> None:
    op.create_table(
        "payments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=True),
        sa.Column("student_package_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("(status = 'PENDING') = (ended_at IS NULL)", name=op.f("ck_payments_ended_whole")),
        sa.CheckConstraint("method IN ('GATEWAY', 'WALLET', 'CASH', 'PACKAGE')", name=op.f("ck_payments_method_known")),
        sa.CheckConstraint("purpose IN ('ENROLLMENT', 'PACKAGE', 'TOP_UP')", name=op.f("ck_payments_purpose_known")),
        sa.CheckConstraint(
            "status <> 'REFUNDED' OR refunded_minor = amount_minor", name=op.f("ck_payments_refunded_whole")
        ),
        sa.CheckConstraint(
            "status IN ('PENDING', 'COMPLETED', 'FAILED', 'CANCELLED', 'REFUNDED')", name=op.f("ck_payments_status_known")
        ),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_payments_amount_not_negative")),
        sa.CheckConstraint("refunded_minor BETWEEN 0 AND amount_minor", name=op.f("ck_payments_refunded_within_amount")),
        sa.ForeignKeyConstraint(
            ["center_id", "payer_id"], ["people.center_id", "people.id"], name="fk_payments_center_id_payer_id"
        ),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name="fk_payments_enrollment_id"),
        sa.ForeignKeyConstraint(["student_package_id"], ["student_packages.id"], name="fk_payments_student_package_id"),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
    )
    op.create_index("ix_payments_center_id_created_at_id", "payments", ["center_id", "created_at", "id"], unique=False)
    op.create_index("ix_payments_enrollment_id", "payments", ["enrollment_id"], unique=False)
    op.create_index("ix_payments_payer_id_created_at_id", "payments", ["payer_id", "created_at", "id"], unique=False)
