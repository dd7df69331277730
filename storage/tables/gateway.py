"""Money from outside: what was asked of a gateway, what it said, what that did to the books, and what was refunded.

Whatever a gateway says is kept as it came, before anybody acts on it; what it does is unique by provider, transaction and
kind, for ever.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from domain.finance.gateway_model import Gateway, GatewayEffect, RefundStatus
from storage.tables.types import Document, EnumText, Instant, id_column, metadata, one_of

gateway_orders = Table(
    "gateway_orders",
    metadata,
    id_column("payment_id", ForeignKey("payments.id")),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("provider", EnumText(Gateway), nullable=False),
    Column("reference", Text, nullable=False),  # ours, saved before the gateway is asked
    Column("order_id", Text),  # theirs, and signed by them
    Column("checkout_url", Text),
    Column("class_package_id", Uuid, ForeignKey("class_packages.id")),  # what is bought as soon as it is paid
    Column("student_package_id", Uuid),  # the id that the package will have
    Column("shown", Document),  # the terms that were confirmed
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("inquire_at", Instant),  # when the gateway is asked again; None: it need not be
    Column("inquiries", Integer, nullable=False, server_default="0"),
    UniqueConstraint("reference"),
    UniqueConstraint("provider", "order_id"),
    one_of("provider", Gateway),
)
_IS_ASKED = gateway_orders.c.inquire_at.is_not(None)
Index("ix_gateway_orders_due", gateway_orders.c.inquire_at, sqlite_where=_IS_ASKED, postgresql_where=_IS_ASKED)

gateway_events = Table(
    "gateway_events",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("provider", EnumText(Gateway), nullable=False),
    Column("body_hash", Text, nullable=False),  # SHA-256
    Column("body", Text, nullable=False),
    Column("order_id", Text),
    Column("transaction_id", Text),
    Column("received_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", Instant),  # database time; None: at once
    Column("processed_at", Instant),
    Column("parked_at", Instant),
    Column("outcome", Text),  # a stable word for what it came to
    UniqueConstraint("provider", "body_hash"),
    one_of("provider", Gateway),
    Index("ix_gateway_events_order_id", "order_id"),
)
_IS_DUE = gateway_events.c.processed_at.is_(None) & gateway_events.c.parked_at.is_(None)
Index(
    "ix_gateway_events_pending",
    gateway_events.c.due_at,
    gateway_events.c.id,
    sqlite_where=_IS_DUE,
    postgresql_where=_IS_DUE,
)

gateway_effects = Table(
    "gateway_effects",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("provider", EnumText(Gateway), nullable=False),
    Column("transaction_id", Text, nullable=False),
    Column("kind", EnumText(GatewayEffect), nullable=False),
    Column("payment_id", Uuid, ForeignKey("payments.id"), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("applied_at", Instant, nullable=False),
    UniqueConstraint("provider", "transaction_id", "kind"),
    one_of("provider", Gateway),
    one_of("kind", GatewayEffect),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    Index("ix_gateway_effects_payment_id", "payment_id"),
)

refunds = Table(
    "refunds",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("payment_id", Uuid, ForeignKey("payments.id"), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("status", EnumText(RefundStatus), nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by", Uuid, ForeignKey("people.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("called_at", Instant),  # the gateway was asked, once: a call without an answer is inquired after, not repeated
    Column("inquire_at", Instant),
    Column("inquiries", Integer, nullable=False, server_default="0"),
    Column("transaction_id", Text),  # the gateway's own
    Column("ended_at", Instant),
    one_of("status", RefundStatus),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    CheckConstraint("(status = 'ASKED') = (ended_at IS NULL)", name="ended_whole"),
    Index("ix_refunds_payment_id", "payment_id"),
)
_IS_OPEN = refunds.c.status == RefundStatus.ASKED
Index("uq_refunds_one_open", refunds.c.payment_id, unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN)
