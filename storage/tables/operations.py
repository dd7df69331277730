"""What keeps the product running and accountable: audit log, outbox, dialogs, leases."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, Uuid

from domain.permissions import Role
from storage.tables.types import Document, EnumText, Instant, id_column, metadata

audit_log = Table(
    "audit_log",
    metadata,
    id_column(),
    Column("center_id", Uuid, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_id", Uuid),  # ids, not names: a person can be erased
    Column("actor_role", EnumText(Role)),
    Column("operation", Text, nullable=False),
    Column("object_type", Text, nullable=False),
    Column("object_id", Uuid, nullable=False),
    Column("before", Document),
    Column("after", Document),
    Column("reason", Text),
    Index("ix_audit_log_center_id_at_id", "center_id", "at", "id"),
    Index("ix_audit_log_center_id_operation_at_id", "center_id", "operation", "at", "id"),
    Index("ix_audit_log_actor_id_at_id", "actor_id", "at", "id"),
    Index("ix_audit_log_object_id_at_id", "object_id", "at", "id"),
)

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    Column("center_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("actor_id", Uuid),
    Column("occurred_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", Instant),  # database time; None: at once
    Column("delivered_at", Instant),
    Column("last_error", Text),
    Column("parked_at", Instant),  # given up after a bounded number of failures, and shown to admins
    CheckConstraint("attempts >= 0", name="attempts_not_negative"),
)
_IS_DUE = outbox.c.delivered_at.is_(None) & outbox.c.parked_at.is_(None)
_IS_DONE = outbox.c.delivered_at.is_not(None)
Index("ix_outbox_done", outbox.c.center_id, outbox.c.occurred_at, sqlite_where=_IS_DONE, postgresql_where=_IS_DONE)
Index("ix_outbox_pending", outbox.c.due_at, outbox.c.id, sqlite_where=_IS_DUE, postgresql_where=_IS_DUE)

dialogs = Table(
    "dialogs",
    metadata,
    Column("person_id", Uuid, ForeignKey("people.id"), primary_key=True),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("step", Text, nullable=False),
    Column("data", Document, nullable=False),
    Column("version", Integer, nullable=False),
    Column("consumed_message_id", BigInteger),  # the last typed message that took the dialog on
    Column("question_message_id", BigInteger),  # whose buttons are of no use once the question is answered or left
    Column("updated_at", Instant, nullable=False),
    CheckConstraint("version > 0", name="version_positive"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),  # database time, never the business clock's
)
