"""At the door, money from outside, messages: what sessions, cash, gateways, waitlists and notifications need."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from domain.folding import fold
from domain.ids import new_id

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
DOCUMENT = sa.Text().with_variant(postgresql.JSONB(), "postgresql")

_OLD_CAUSES = (
    "CASH_TOP_UP",
    "PACKAGE_BOUGHT",
    "BOOKING_CAPTURED",
    "CAPTURE_RETURNED",
    "CREDIT_PAID_BACK",
    "OPENING_BALANCE",
    "BALANCE_WAIVED",
    "CREDITS_WAIVED",
)
_CAUSES = (
    "CASH_TOP_UP",
    "PACKAGE_BOUGHT",
    "PACKAGE_REFUNDED",
    "BOOKING_CAPTURED",
    "NO_SHOW_FEE",
    "CAPTURE_RETURNED",
    "CREDIT_DELIVERED",
    "DELIVERY_RETURNED",
    "CREDIT_PAID_BACK",
    "CASH_TAKEN",
    "CASH_CORRECTED",
    "CASH_RETURNED",
    "WALLET_PAID_OUT",
    "CASH_COUNTED",
    "CASH_BANKED",
    "GATEWAY_RECEIVED",
    "GATEWAY_TAKEN_BACK",
    "GATEWAY_LOSS",
    "REFUND_ASKED",
    "REFUND_CONFIRMED",
    "REFUND_REFUSED",
    "WALLET_TRANSFER",
    "PEOPLE_MERGED",
    "OPENING_BALANCE",
    "BALANCE_WAIVED",
    "CREDITS_WAIVED",
)
_OLD_KINDS = ("REMINDER_DAY_BEFORE", "REMINDER_HOURS_BEFORE")
_KINDS = ("REMINDER_DAY_BEFORE", "REMINDER_HOURS_BEFORE", "BOOKINGS", "WAITLIST", "CREDITS", "BROADCASTS", "TEAM", "DIGEST")

_OUTCOMES = ("sent", "unknown", "failed", "dropped")


def _known(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


# Table, constraint, what it said, what it says from now on; None: it is new.
CHECKS = (
    ("entries", "ck_entries_cause_known", _known("cause", _OLD_CAUSES), _known("cause", _CAUSES)),
    ("muted_notifications", "ck_muted_notifications_kind_known", _known("kind", _OLD_KINDS), _known("kind", _KINDS)),
    (
        "centers",
        "ck_centers_quiet_hours_of_a_day",
        None,
        "quiet_from_minutes BETWEEN 0 AND 1439 AND quiet_until_minutes BETWEEN 0 AND 1439",
    ),
    ("centers", "ck_centers_digest_within_a_day", None, "digest_at_minutes BETWEEN 0 AND 1439"),
    ("centers", "ck_centers_reminders_not_negative", None, "early_reminder_minutes >= 0 AND late_reminder_minutes >= 0"),
    ("centers", "ck_centers_offer_positive", None, "offer_minutes > 0"),
    ("enrollments", "ck_enrollments_reserved_for_known", None, "reserved_for IN ('PAYMENT', 'OFFER')"),
    ("enrollments", "ck_enrollments_held_for_something", None, "status <> 'HELD' OR reserved_for IS NOT NULL"),
)


def upgrade() -> None:
    _add_tables()
    _change_tables()
    _add_lookups()
    for table, name, was, becomes in CHECKS:
        _set_check(table, name, was, becomes)
    _fold_names()
    _verify_phones_once()
    _write_down_top_ups()


def _set_check(table: str, name: str, was: str | None, becomes: str) -> None:
    """Change a CHECK. SQLite cannot, but by the procedure of its manual that edits the schema's text (ALTER TABLE, 7)."""
    if op.get_bind().dialect.name == "postgresql":
        if was is not None:
            op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, sa.text(becomes))
        return
    written = f"CONSTRAINT {name} CHECK ({becomes})"
    connection = op.get_bind()
    (sql,) = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).one()
    end = sql.rindex(")")
    changed = (
        f"{sql[:end].rstrip()}, \n\t{written}\n{sql[end:]}"
        if was is None
        else sql.replace(f"CONSTRAINT {name} CHECK ({was})", written)
    )
    if changed == sql:
        raise RuntimeError(f"{table} has no {name} as it was")
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.exec_driver_sql("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (changed, table))
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")


def _fold_names() -> None:
    people = sa.table("people", sa.column("id", sa.Uuid()), sa.column("name"), sa.column("name_folded"))
    connection = op.get_bind()
    for id_, name in connection.execute(sa.select(people.c.id, people.c.name)).all():
        connection.execute(people.update().where(people.c.id == id_).values(name_folded=fold(name)))


def _verify_phones_once() -> None:
    """Of several people who verified one phone, leave it to the last: the number has passed on to them."""
    op.execute(
        "UPDATE people SET phone_verified_at = NULL WHERE phone_verified_at IS NOT NULL AND EXISTS ("
        "SELECT 1 FROM people AS later WHERE later.center_id = people.center_id AND later.phone = people.phone "
        "AND later.phone_verified_at IS NOT NULL AND (later.phone_verified_at > people.phone_verified_at "
        "OR (later.phone_verified_at = people.phone_verified_at AND later.id > people.id)))"
    )
    op.create_index(
        "uq_people_verified_phone",
        "people",
        ["center_id", "phone"],
        unique=True,
        sqlite_where=sa.text("phone_verified_at IS NOT NULL"),
        postgresql_where=sa.text("phone_verified_at IS NOT NULL"),
    )


def _write_down_top_ups() -> None:
    """Write down the cash that went into a drawer before drawers kept their transactions."""
    entries = _table("entries", "id", "center_id", "subject_id", "actor_id", plain=("cause",), instants=("occurred_at",))
    postings = _table("postings", "entry_id", "account_id", plain=("amount_minor",))
    payments, cashboxes = _table("payments", "id", "payer_id"), _table("cashboxes", "id")
    found = op.get_bind().execute(
        sa.select(
            entries.c.id,
            entries.c.center_id,
            entries.c.actor_id,
            entries.c.occurred_at,
            postings.c.account_id,
            postings.c.amount_minor,
            payments.c.id,
            payments.c.payer_id,
        )
        .select_from(
            entries.join(postings, postings.c.entry_id == entries.c.id)
            .join(cashboxes, cashboxes.c.id == postings.c.account_id)
            .join(payments, payments.c.id == entries.c.subject_id)
        )
        .where(entries.c.cause == "CASH_TOP_UP")
    )
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "center_id": center_id,
            "cashbox_id": cashbox_id,
            "direction": "IN",
            "kind": "TOP_UP",
            "amount_minor": amount_minor,
            "person_id": payer_id,
            "payment_id": payment_id,
            "entry_id": entry_id,
            "actor_id": actor_id,
            "occurred_at": occurred_at,
        }
        for entry_id, center_id, actor_id, occurred_at, cashbox_id, amount_minor, payment_id, payer_id in found.all()
    ]
    if rows:
        ids = ("id", "center_id", "cashbox_id", "person_id", "payment_id", "entry_id", "actor_id")
        table = _table("cash_transactions", *ids, plain=("direction", "kind", "amount_minor"), instants=("occurred_at",))
        op.get_bind().execute(table.insert(), rows)


def _table(name: str, *ids: str, plain: tuple[str, ...] = (), instants: tuple[str, ...] = ()) -> Any:
    columns = [sa.column(id_, sa.Uuid()) for id_ in ids]
    return sa.table(name, *columns, *map(sa.column, plain), *(sa.column(instant, INSTANT) for instant in instants))


def _change_tables() -> None:
    op.add_column("centers", sa.Column("quiet_from_minutes", sa.Integer(), server_default="1320", nullable=False))
    op.add_column("centers", sa.Column("quiet_until_minutes", sa.Integer(), server_default="480", nullable=False))
    op.add_column("centers", sa.Column("digest_at_minutes", sa.Integer(), server_default="1260", nullable=False))
    op.add_column("centers", sa.Column("digest_made_for", sa.Date(), nullable=True))
    op.add_column("centers", sa.Column("early_reminder_minutes", sa.Integer(), server_default="1440", nullable=False))
    op.add_column("centers", sa.Column("late_reminder_minutes", sa.Integer(), server_default="120", nullable=False))
    op.add_column("centers", sa.Column("offer_minutes", sa.Integer(), server_default="15", nullable=False))
    op.add_column("enrollments", sa.Column("reserved_for", sa.Text(), nullable=True))
    op.create_index(
        "ix_enrollments_held",
        "enrollments",
        ["held_until"],
        unique=False,
        sqlite_where=sa.text("status = 'HELD'"),
        postgresql_where=sa.text("status = 'HELD'"),
    )
    op.add_column("dialogs", sa.Column("question_message_id", sa.BigInteger(), nullable=True))
    op.add_column("outbox", sa.Column("last_error", sa.Text(), nullable=True))
    # Nobody was told of events before: told of them now, people would read of last month's bookings.
    op.execute("UPDATE outbox SET delivered_at = occurred_at WHERE delivered_at IS NULL")
    op.create_index(
        "uq_payments_one_for_a_seat",
        "payments",
        ["enrollment_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('PENDING', 'COMPLETED') AND method != 'GATEWAY'"),
        postgresql_where=sa.text("status IN ('PENDING', 'COMPLETED') AND method != 'GATEWAY'"),
    )
    op.create_index(
        "ix_payments_center_id_method_status_created_at_id",
        "payments",
        ["center_id", "method", "status", "created_at", "id"],
        unique=False,
    )
    op.create_index("ix_payments_student_package_id", "payments", ["student_package_id"], unique=False)
    op.create_index(
        "uq_entries_transfer",
        "entries",
        ["subject_id"],
        unique=True,
        sqlite_where=sa.text("cause = 'WALLET_TRANSFER'"),
        postgresql_where=sa.text("cause = 'WALLET_TRANSFER'"),
    )
    op.add_column("people", sa.Column("name_folded", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.create_index("ix_people_center_id_name_folded_id", "people", ["center_id", "name_folded", "id"], unique=False)
    op.add_column("timetable_rules", sa.Column("teacher", sa.Text(), nullable=True))
    op.add_column("timetable_rules", sa.Column("capacity", sa.Integer(), nullable=True))
    op.drop_index("ix_audit_log_object_id", table_name="audit_log")
    op.create_index("ix_audit_log_object_id_at_id", "audit_log", ["object_id", "at", "id"], unique=False)
    op.create_index("ix_audit_log_actor_id_at_id", "audit_log", ["actor_id", "at", "id"], unique=False)
    op.create_index(
        "ix_audit_log_center_id_operation_at_id", "audit_log", ["center_id", "operation", "at", "id"], unique=False
    )
    op.add_column("people", sa.Column("notes", sa.Text(), nullable=True))
    op.add_column("sessions", sa.Column("moved_at", INSTANT, nullable=True))
    op.add_column("sessions", sa.Column("canceled_at", INSTANT, nullable=True))
    op.add_column("sessions", sa.Column("seats_at_end", sa.Integer(), nullable=True))
    op.add_column("sessions", sa.Column("settled_at", INSTANT, nullable=True))
    op.add_column("sessions", sa.Column("early_reminders_at", INSTANT, nullable=True))
    op.add_column("sessions", sa.Column("late_reminders_at", INSTANT, nullable=True))
    op.add_column("sessions", sa.Column("window_closed_at", INSTANT, nullable=True))
    op.add_column("sessions", sa.Column("start_warned_at", INSTANT, nullable=True))
    op.add_column("sessions", sa.Column("end_warned_at", INSTANT, nullable=True))
    op.create_index(
        "ix_sessions_early_due",
        "sessions",
        ["starts_at"],
        unique=False,
        sqlite_where=sa.text("status = 'SCHEDULED' AND early_reminders_at IS NULL"),
        postgresql_where=sa.text("status = 'SCHEDULED' AND early_reminders_at IS NULL"),
    )
    op.create_index(
        "ix_sessions_late_due",
        "sessions",
        ["starts_at"],
        unique=False,
        sqlite_where=sa.text("status = 'SCHEDULED' AND late_reminders_at IS NULL"),
        postgresql_where=sa.text("status = 'SCHEDULED' AND late_reminders_at IS NULL"),
    )
    op.create_index(
        "ix_sessions_open",
        "sessions",
        ["center_id", "ends_at", "id"],
        unique=False,
        sqlite_where=sa.text("status IN ('SCHEDULED', 'CHECKING_IN', 'CONDUCTING')"),
        postgresql_where=sa.text("status IN ('SCHEDULED', 'CHECKING_IN', 'CONDUCTING')"),
    )
    op.create_index(
        "ix_sessions_start_due",
        "sessions",
        ["starts_at"],
        unique=False,
        sqlite_where=sa.text("status = 'SCHEDULED' AND start_warned_at IS NULL"),
        postgresql_where=sa.text("status = 'SCHEDULED' AND start_warned_at IS NULL"),
    )
    op.create_index(
        "ix_sessions_unsettled",
        "sessions",
        ["center_id", "ends_at", "id"],
        unique=False,
        sqlite_where=sa.text("status IN ('FINISHED', 'CANCELED', 'MISSED') AND settled_at IS NULL"),
        postgresql_where=sa.text("status IN ('FINISHED', 'CANCELED', 'MISSED') AND settled_at IS NULL"),
    )
    op.create_index(
        "ix_sessions_window_due",
        "sessions",
        ["starts_at"],
        unique=False,
        sqlite_where=sa.text("status = 'SCHEDULED' AND window_closed_at IS NULL"),
        postgresql_where=sa.text("status = 'SCHEDULED' AND window_closed_at IS NULL"),
    )


def _add_tables() -> None:
    op.create_table(
        "gateway_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=True),
        sa.Column("transaction_id", sa.Text(), nullable=True),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("processed_at", INSTANT, nullable=True),
        sa.Column("parked_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint("provider IN ('PAYMOB', 'TELEGRAM')", name=op.f("ck_gateway_events_provider_known")),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name=op.f("fk_gateway_events_center_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_events")),
        sa.UniqueConstraint("provider", "body_hash", name=op.f("uq_gateway_events_provider_body_hash")),
    )
    op.create_index("ix_gateway_events_order_id", "gateway_events", ["order_id"], unique=False)
    op.create_index(
        "ix_gateway_events_pending",
        "gateway_events",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("processed_at IS NULL AND parked_at IS NULL"),
        postgresql_where=sa.text("processed_at IS NULL AND parked_at IS NULL"),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("data", DOCUMENT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("resolved_at", INSTANT, nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name=op.f("fk_alerts_center_id")),
        sa.ForeignKeyConstraint(["resolved_by"], ["people.id"], name=op.f("fk_alerts_resolved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("center_id", "kind", "subject_id", name=op.f("uq_alerts_center_id_kind_subject_id")),
    )
    op.create_index(
        "ix_alerts_open",
        "alerts",
        ["center_id", "created_at", "id"],
        unique=False,
        sqlite_where=sa.text("resolved_at IS NULL"),
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "door_screens",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("drawn_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name=op.f("fk_door_screens_center_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_door_screens_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_door_screens")),
    )
    op.create_index("ix_door_screens_session_id", "door_screens", ["session_id"], unique=False)
    op.create_table(
        "holidays",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.Uuid(), nullable=True),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_holidays_branch_id")),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name=op.f("fk_holidays_center_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holidays")),
    )
    op.create_index(
        "uq_holidays_branch",
        "holidays",
        ["branch_id", "local_date"],
        unique=True,
        sqlite_where=sa.text("branch_id IS NOT NULL"),
        postgresql_where=sa.text("branch_id IS NOT NULL"),
    )
    op.create_index(
        "uq_holidays_center",
        "holidays",
        ["center_id", "local_date"],
        unique=True,
        sqlite_where=sa.text("branch_id IS NULL"),
        postgresql_where=sa.text("branch_id IS NULL"),
    )
    op.create_table(
        "notifications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("data", DOCUMENT, nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("send_after", INSTANT, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claimed_until", INSTANT, nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('PENDING', 'SENT', 'UNKNOWN', 'STALE', 'UNREACHABLE', 'FAILED')",
            name=op.f("ck_notifications_status_known"),
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_notifications_attempts_not_negative")),
        sa.CheckConstraint("priority BETWEEN 0 AND 3", name=op.f("ck_notifications_priority_known")),
        sa.ForeignKeyConstraint(
            ["center_id", "person_id"], ["people.center_id", "people.id"], name=op.f("fk_notifications_center_id_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint(
            "person_id",
            "kind",
            "subject_id",
            "occurrence",
            name=op.f("uq_notifications_person_id_kind_subject_id_occurrence"),
        ),
    )
    op.create_index(
        "ix_notifications_pending",
        "notifications",
        ["priority", "send_after", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'PENDING'"),
        postgresql_where=sa.text("status = 'PENDING'"),
    )
    op.create_index(
        "ix_notifications_broadcast",
        "notifications",
        ["subject_id", "status"],
        unique=False,
        sqlite_where=sa.text("priority = 3"),
        postgresql_where=sa.text("priority = 3"),
    )
    _add_broadcasts()
    op.create_table(
        "errands",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("until", INSTANT, nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("kind IN ('MARK_EVERYONE', 'DECIDE_ALL')", name=op.f("ck_errands_kind_known")),
        sa.CheckConstraint("role IN ('STUDENT', 'STAFF', 'ADMIN')", name=op.f("ck_errands_role_known")),
        sa.CheckConstraint("outcome IN ('CHARGED', 'RELEASED')", name=op.f("ck_errands_outcome_known")),
        sa.CheckConstraint("total > 0", name=op.f("ck_errands_total_positive")),
        sa.CheckConstraint(
            "(kind = 'DECIDE_ALL') = (outcome IS NOT NULL) AND (outcome IS NULL) = (until IS NULL)",
            name=op.f("ck_errands_decides_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["center_id", "person_id"],
            ["people.center_id", "people.id"],
            name=op.f("fk_errands_center_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errands")),
    )
    op.create_index(
        "uq_errands_one_open",
        "errands",
        ["center_id", "kind", "subject_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "exports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_format", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("status", sa.Text(), server_default="WAITING", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claimed_until", INSTANT, nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("row_count", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('PEOPLE', 'ENROLLMENTS', 'PAYMENTS', 'JOURNAL')", name=op.f("ck_exports_kind_known")),
        sa.CheckConstraint("file_format IN ('CSV', 'XLSX')", name=op.f("ck_exports_file_format_known")),
        sa.CheckConstraint("status IN ('WAITING', 'SENT', 'FAILED')", name=op.f("ck_exports_status_known")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_exports_days_in_order")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_exports_attempts_not_negative")),
        sa.CheckConstraint("(status = 'WAITING') = (ended_at IS NULL)", name=op.f("ck_exports_ended_whole")),
        sa.ForeignKeyConstraint(
            ["center_id", "person_id"], ["people.center_id", "people.id"], name=op.f("fk_exports_center_id_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_index(
        "ix_exports_waiting",
        "exports",
        ["created_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'WAITING'"),
        postgresql_where=sa.text("status = 'WAITING'"),
    )
    op.create_table(
        "cash_counts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("cashbox_id", sa.Uuid(), nullable=False),
        sa.Column("counted_minor", sa.BigInteger(), nullable=False),
        sa.Column("recorded_minor", sa.BigInteger(), nullable=False),
        sa.Column("denominations", DOCUMENT, nullable=True),
        sa.Column("counted_by", sa.Uuid(), nullable=False),
        sa.Column("counted_at", INSTANT, nullable=False),
        sa.CheckConstraint("counted_minor >= 0", name=op.f("ck_cash_counts_counted_not_negative")),
        sa.CheckConstraint("recorded_minor >= 0", name=op.f("ck_cash_counts_recorded_not_negative")),
        sa.ForeignKeyConstraint(["cashbox_id"], ["cashboxes.id"], name=op.f("fk_cash_counts_cashbox_id")),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name=op.f("fk_cash_counts_center_id")),
        sa.ForeignKeyConstraint(["counted_by"], ["people.id"], name=op.f("fk_cash_counts_counted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_counts")),
    )
    op.create_index(
        "ix_cash_counts_cashbox_id_counted_at_id", "cash_counts", ["cashbox_id", "counted_at", "id"], unique=False
    )
    op.create_table(
        "standing_bookings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("most_minor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("stopped_at", INSTANT, nullable=True),
        sa.CheckConstraint("most_minor >= 0", name=op.f("ck_standing_bookings_most_not_negative")),
        sa.ForeignKeyConstraint(
            ["center_id", "student_id"],
            ["people.center_id", "people.id"],
            name=op.f("fk_standing_bookings_center_id_student_id"),
        ),
        sa.ForeignKeyConstraint(["rule_id"], ["timetable_rules.id"], name=op.f("fk_standing_bookings_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_bookings")),
    )
    op.create_index(
        "ix_standing_bookings_rule_id",
        "standing_bookings",
        ["rule_id"],
        unique=False,
        sqlite_where=sa.text("stopped_at IS NULL"),
        postgresql_where=sa.text("stopped_at IS NULL"),
    )
    op.create_index(
        "uq_standing_bookings_one_each",
        "standing_bookings",
        ["student_id", "rule_id"],
        unique=True,
        sqlite_where=sa.text("stopped_at IS NULL"),
        postgresql_where=sa.text("stopped_at IS NULL"),
    )
    op.create_table(
        "standing_attempts",
        sa.Column("standing_booking_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=True),
        sa.Column("attempted_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_standing_attempts_session_id")),
        sa.ForeignKeyConstraint(
            ["standing_booking_id"], ["standing_bookings.id"], name=op.f("fk_standing_attempts_standing_booking_id")
        ),
        sa.PrimaryKeyConstraint("standing_booking_id", "session_id", name=op.f("pk_standing_attempts")),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("reminded_at", INSTANT, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('NO_SHOW', 'NOBODY_MARKED', 'UNCOLLECTED')", name=op.f("ck_decisions_kind_known")),
        sa.CheckConstraint("outcome IN ('CHARGED', 'RELEASED')", name=op.f("ck_decisions_outcome_known")),
        sa.CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name=op.f("ck_decisions_decided_whole")),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_decisions_amount_not_negative")),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name=op.f("fk_decisions_center_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_decisions_decided_by")),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name=op.f("fk_decisions_enrollment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index("ix_decisions_enrollment_id", "decisions", ["enrollment_id"], unique=False)
    op.create_index(
        "ix_decisions_open",
        "decisions",
        ["center_id", "created_at", "id"],
        unique=False,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.create_index(
        "uq_decisions_one_open",
        "decisions",
        ["enrollment_id"],
        unique=True,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.create_table(
        "waitlist_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=True),
        sa.Column("offered_at", INSTANT, nullable=True),
        sa.Column("offer_expires_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(status IN ('WAITING', 'OFFERED')) = (ended_at IS NULL)", name=op.f("ck_waitlist_entries_ended_whole")
        ),
        sa.CheckConstraint(
            "status <> 'OFFERED' OR (enrollment_id IS NOT NULL AND offer_expires_at IS NOT NULL)",
            name=op.f("ck_waitlist_entries_offered_whole"),
        ),
        sa.CheckConstraint(
            "status IN ('WAITING', 'OFFERED', 'BOOKED', 'LEFT', 'PASSED', 'LAPSED', 'CLOSED')",
            name=op.f("ck_waitlist_entries_status_known"),
        ),
        sa.ForeignKeyConstraint(
            ["center_id", "session_id"],
            ["sessions.center_id", "sessions.id"],
            name=op.f("fk_waitlist_entries_center_id_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["center_id", "student_id"],
            ["people.center_id", "people.id"],
            name=op.f("fk_waitlist_entries_center_id_student_id"),
        ),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name=op.f("fk_waitlist_entries_enrollment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waitlist_entries")),
    )
    op.create_index(
        "ix_waitlist_entries_line",
        "waitlist_entries",
        ["session_id", "joined_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'WAITING'"),
        postgresql_where=sa.text("status = 'WAITING'"),
    )
    op.create_index(
        "ix_waitlist_entries_offered",
        "waitlist_entries",
        ["offer_expires_at"],
        unique=False,
        sqlite_where=sa.text("status = 'OFFERED'"),
        postgresql_where=sa.text("status = 'OFFERED'"),
    )
    op.create_index(
        "ix_waitlist_entries_student_id_joined_at_id", "waitlist_entries", ["student_id", "joined_at", "id"], unique=False
    )
    op.create_index(
        "uq_waitlist_entries_one_place",
        "waitlist_entries",
        ["session_id", "student_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('WAITING', 'OFFERED')"),
        postgresql_where=sa.text("status IN ('WAITING', 'OFFERED')"),
    )
    op.create_table(
        "cash_transactions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("cashbox_id", sa.Uuid(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("enrollment_id", sa.Uuid(), nullable=True),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.CheckConstraint(
            "(kind = 'CORRECTION') = (reverses_id IS NOT NULL)", name=op.f("ck_cash_transactions_correction_names_what")
        ),
        sa.CheckConstraint("direction IN ('IN', 'OUT')", name=op.f("ck_cash_transactions_direction_known")),
        sa.CheckConstraint(
            "kind IN ('ENROLLMENT', 'TOP_UP', 'PAY_OUT', 'CORRECTION', 'TO_BANK', 'COUNT')",
            name=op.f("ck_cash_transactions_kind_known"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_cash_transactions_amount_positive")),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_cash_transactions_actor_id")),
        sa.ForeignKeyConstraint(["cashbox_id"], ["cashboxes.id"], name=op.f("fk_cash_transactions_cashbox_id")),
        sa.ForeignKeyConstraint(
            ["center_id", "entry_id"],
            ["entries.center_id", "entries.id"],
            name=op.f("fk_cash_transactions_center_id_entry_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["center_id", "person_id"],
            ["people.center_id", "people.id"],
            name=op.f("fk_cash_transactions_center_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["enrollment_id"], ["enrollments.id"], name=op.f("fk_cash_transactions_enrollment_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_cash_transactions_payment_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["cash_transactions.id"], name=op.f("fk_cash_transactions_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_transactions")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_cash_transactions_entry_id")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_cash_transactions_reverses_id")),
    )
    op.create_index(
        "ix_cash_transactions_cashbox_id_occurred_at_id",
        "cash_transactions",
        ["cashbox_id", "occurred_at", "id"],
        unique=False,
    )
    op.create_index("ix_cash_transactions_enrollment_id", "cash_transactions", ["enrollment_id"], unique=False)
    op.create_index("ix_cash_transactions_payment_id", "cash_transactions", ["payment_id"], unique=False)
    op.create_table(
        "gateway_effects",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("transaction_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("applied_at", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('PAID', 'REFUNDED', 'VOIDED')", name=op.f("ck_gateway_effects_kind_known")),
        sa.CheckConstraint("provider IN ('PAYMOB', 'TELEGRAM')", name=op.f("ck_gateway_effects_provider_known")),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_gateway_effects_amount_positive")),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name=op.f("fk_gateway_effects_center_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_gateway_effects_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_effects")),
        sa.UniqueConstraint(
            "provider", "transaction_id", "kind", name=op.f("uq_gateway_effects_provider_transaction_id_kind")
        ),
    )
    op.create_index("ix_gateway_effects_payment_id", "gateway_effects", ["payment_id"], unique=False)
    op.create_table(
        "gateway_orders",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=True),
        sa.Column("checkout_url", sa.Text(), nullable=True),
        sa.Column("class_package_id", sa.Uuid(), nullable=True),
        sa.Column("student_package_id", sa.Uuid(), nullable=True),
        sa.Column("shown", DOCUMENT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("inquire_at", INSTANT, nullable=True),
        sa.Column("inquiries", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("provider IN ('PAYMOB', 'TELEGRAM')", name=op.f("ck_gateway_orders_provider_known")),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name=op.f("fk_gateway_orders_center_id")),
        sa.ForeignKeyConstraint(
            ["class_package_id"], ["class_packages.id"], name=op.f("fk_gateway_orders_class_package_id")
        ),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_gateway_orders_payment_id")),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("pk_gateway_orders")),
        sa.UniqueConstraint("provider", "order_id", name=op.f("uq_gateway_orders_provider_order_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_gateway_orders_reference")),
    )
    op.create_index(
        "ix_gateway_orders_due",
        "gateway_orders",
        ["inquire_at"],
        unique=False,
        sqlite_where=sa.text("inquire_at IS NOT NULL"),
        postgresql_where=sa.text("inquire_at IS NOT NULL"),
    )
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("called_at", INSTANT, nullable=True),
        sa.Column("inquire_at", INSTANT, nullable=True),
        sa.Column("inquiries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("transaction_id", sa.Text(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("(status = 'ASKED') = (ended_at IS NULL)", name=op.f("ck_refunds_ended_whole")),
        sa.CheckConstraint("status IN ('ASKED', 'CONFIRMED', 'REFUSED')", name=op.f("ck_refunds_status_known")),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refunds_amount_positive")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_refunds_asked_by")),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name=op.f("fk_refunds_center_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_refunds_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
    )
    op.create_index("ix_refunds_payment_id", "refunds", ["payment_id"], unique=False)
    op.create_index(
        "uq_refunds_one_open",
        "refunds",
        ["payment_id"],
        unique=True,
        sqlite_where=sa.text("status = 'ASKED'"),
        postgresql_where=sa.text("status = 'ASKED'"),
    )


def _add_broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("center_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("unreachable", sa.Integer(), nullable=False),
        sa.Column("muted", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("written_until", sa.Uuid(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("stopped_by", sa.Uuid(), nullable=True),
        sa.Column("stopped_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        *(sa.Column(name, sa.Integer(), server_default="0", nullable=False) for name in _OUTCOMES),
        sa.Column("screen_person_id", sa.Uuid(), nullable=True),
        sa.Column("screen_message_id", sa.BigInteger(), nullable=True),
        sa.Column("followed_until", INSTANT, nullable=True),
        sa.CheckConstraint(
            "audience IN ('SESSION', 'CLASS', 'BRANCH', 'CENTER')", name=op.f("ck_broadcasts_audience_known")
        ),
        sa.CheckConstraint("state IN ('WRITING', 'SENDING', 'DONE', 'STOPPED')", name=op.f("ck_broadcasts_state_known")),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_broadcasts_text_not_empty")),
        sa.CheckConstraint("reached > 0 AND unreachable >= 0 AND muted >= 0", name=op.f("ck_broadcasts_reaches_somebody")),
        sa.CheckConstraint(
            "sent >= 0 AND unknown >= 0 AND failed >= 0 AND dropped >= 0", name=op.f("ck_broadcasts_outcome_not_negative")
        ),
        sa.CheckConstraint("(state = 'STOPPED') = (stopped_at IS NOT NULL)", name=op.f("ck_broadcasts_stopped_whole")),
        sa.CheckConstraint("state <> 'DONE' OR ended_at IS NOT NULL", name=op.f("ck_broadcasts_done_is_ended")),
        sa.CheckConstraint("ended_at IS NULL OR state IN ('DONE', 'STOPPED')", name=op.f("ck_broadcasts_ended_is_over")),
        sa.CheckConstraint(
            "(screen_person_id IS NULL) = (screen_message_id IS NULL)", name=op.f("ck_broadcasts_screen_whole")
        ),
        sa.ForeignKeyConstraint(["center_id"], ["centers.id"], name=op.f("fk_broadcasts_center_id")),
        sa.ForeignKeyConstraint(
            ["center_id", "author_id"], ["people.center_id", "people.id"], name=op.f("fk_broadcasts_center_id_author_id")
        ),
        sa.ForeignKeyConstraint(["stopped_by"], ["people.id"], name=op.f("fk_broadcasts_stopped_by")),
        sa.ForeignKeyConstraint(["screen_person_id"], ["people.id"], name=op.f("fk_broadcasts_screen_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
    )
    op.create_index("ix_broadcasts_center_id_created_at_id", "broadcasts", ["center_id", "created_at", "id"])
    op.create_index(
        "ix_broadcasts_under_way",
        "broadcasts",
        ["center_id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _add_lookups() -> None:
    """Add indexes that tables of any size are looked up by: the roles of a person, the seats of a session, what is done."""
    op.create_index("ix_role_assignments_person_id", "role_assignments", ["person_id"])
    op.create_index("ix_enrollments_session_id", "enrollments", ["session_id"])
    op.create_index("ix_waitlist_entries_session_id", "waitlist_entries", ["session_id"])
    op.create_index("ix_standing_attempts_session_id", "standing_attempts", ["session_id"])
    op.create_index("ix_student_packages_class_id", "student_packages", ["class_id"])
    for name, table, instant, condition in (
        ("ix_notifications_done", "notifications", "created_at", "status != 'PENDING'"),
        ("ix_outbox_done", "outbox", "occurred_at", "delivered_at IS NOT NULL"),
    ):
        op.create_index(
            name, table, ["center_id", instant], sqlite_where=sa.text(condition), postgresql_where=sa.text(condition)
        )
    op.create_index(
        "ix_sessions_end_due",
        "sessions",
        ["center_id", "ends_at"],
        sqlite_where=sa.text("status = 'SCHEDULED' AND end_warned_at IS NULL"),
        postgresql_where=sa.text("status = 'SCHEDULED' AND end_warned_at IS NULL"),
    )
