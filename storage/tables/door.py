"""The door: cases that an admin decides, cash in and out of a drawer, counts, and whose roster shows which session."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from domain.enrollments.model import DecisionKind, DecisionOutcome
from domain.finance.model import CashDirection, CashKind
from storage.tables.types import Document, EnumText, Instant, id_column, metadata, one_of

decisions = Table(
    "decisions",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("enrollment_id", Uuid, ForeignKey("enrollments.id"), nullable=False),
    Column("kind", EnumText(DecisionKind), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),  # what charging takes, or has taken already
    Column("created_at", Instant, nullable=False),
    Column("reminded_at", Instant),
    Column("decided_at", Instant),
    Column("decided_by", Uuid, ForeignKey("people.id")),
    Column("outcome", EnumText(DecisionOutcome)),
    one_of("kind", DecisionKind),
    CheckConstraint("outcome IN ('CHARGED', 'RELEASED')", name="outcome_known"),
    CheckConstraint("amount_minor >= 0", name="amount_not_negative"),
    CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decided_whole"),
    Index("ix_decisions_enrollment_id", "enrollment_id"),
)
_IS_OPEN = decisions.c.decided_at.is_(None)
Index("uq_decisions_one_open", decisions.c.enrollment_id, unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN)
Index(
    "ix_decisions_open",
    decisions.c.center_id,
    decisions.c.created_at,
    decisions.c.id,
    sqlite_where=_IS_OPEN,
    postgresql_where=_IS_OPEN,
)

cash_transactions = Table(
    "cash_transactions",
    metadata,
    id_column(),
    Column("center_id", Uuid, nullable=False),
    Column("cashbox_id", Uuid, ForeignKey("cashboxes.id"), nullable=False),
    Column("direction", EnumText(CashDirection), nullable=False),
    Column("kind", EnumText(CashKind), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("person_id", Uuid),  # whose money it is; None: the center's
    Column("enrollment_id", Uuid, ForeignKey("enrollments.id")),
    Column("payment_id", Uuid, ForeignKey("payments.id")),
    Column("reverses_id", Uuid, ForeignKey("cash_transactions.id")),
    Column("entry_id", Uuid, nullable=False),
    Column("reason", Text),
    Column("actor_id", Uuid, ForeignKey("people.id")),
    Column("occurred_at", Instant, nullable=False),
    ForeignKeyConstraint(
        ["center_id", "entry_id"], ["entries.center_id", "entries.id"], deferrable=True, initially="DEFERRED"
    ),
    ForeignKeyConstraint(["center_id", "person_id"], ["people.center_id", "people.id"]),
    UniqueConstraint("reverses_id"),  # corrected at most once
    UniqueConstraint("entry_id"),
    one_of("direction", CashDirection),
    one_of("kind", CashKind),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    CheckConstraint("(kind = 'CORRECTION') = (reverses_id IS NOT NULL)", name="correction_names_what"),
    Index("ix_cash_transactions_cashbox_id_occurred_at_id", "cashbox_id", "occurred_at", "id"),
    Index("ix_cash_transactions_enrollment_id", "enrollment_id"),
    Index("ix_cash_transactions_payment_id", "payment_id"),
)

cash_counts = Table(
    "cash_counts",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("cashbox_id", Uuid, ForeignKey("cashboxes.id"), nullable=False),
    Column("counted_minor", BigInteger, nullable=False),
    Column("recorded_minor", BigInteger, nullable=False),
    Column("denominations", Document),  # how many of each, by the worth of one in minor units
    Column("counted_by", Uuid, ForeignKey("people.id"), nullable=False),
    Column("counted_at", Instant, nullable=False),
    CheckConstraint("counted_minor >= 0", name="counted_not_negative"),
    CheckConstraint("recorded_minor >= 0", name="recorded_not_negative"),
    Index("ix_cash_counts_cashbox_id_counted_at_id", "cashbox_id", "counted_at", "id"),
)

door_screens = Table(
    "door_screens",
    metadata,
    Column("person_id", Uuid, ForeignKey("people.id"), primary_key=True),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("session_id", Uuid, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("page", Integer, nullable=False),
    Column("drawn_at", Instant, nullable=False),
    Index("ix_door_screens_session_id", "session_id"),
)
