"""Messages to people that are still to be sent or were, and what admins should look at."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from domain.notifications.model import NotificationStatus
from storage.tables.types import Document, EnumText, Instant, id_column, metadata, one_of

notifications = Table(
    "notifications",
    metadata,
    id_column(),
    Column("center_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("occurrence", Text, nullable=False),  # tells repetitions of one kind about one subject apart
    Column("data", Document, nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("send_after", Instant, nullable=False),  # business time: quiet hours
    Column("status", EnumText(NotificationStatus), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("claimed_until", Instant),  # database time
    Column("sent_at", Instant),
    Column("message_id", BigInteger),
    Column("last_error", Text),
    UniqueConstraint("person_id", "kind", "subject_id", "occurrence"),
    ForeignKeyConstraint(["center_id", "person_id"], ["people.center_id", "people.id"]),
    one_of("status", NotificationStatus),
    CheckConstraint("priority BETWEEN 0 AND 3", name="priority_known"),
    CheckConstraint("attempts >= 0", name="attempts_not_negative"),
)
_IS_PENDING = notifications.c.status == NotificationStatus.PENDING
Index(
    "ix_notifications_pending",
    notifications.c.priority,
    notifications.c.send_after,
    notifications.c.id,
    sqlite_where=_IS_PENDING,
    postgresql_where=_IS_PENDING,
)

alerts = Table(
    "alerts",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("data", Document, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("resolved_at", Instant),
    Column("resolved_by", Uuid, ForeignKey("people.id")),
    UniqueConstraint("center_id", "kind", "subject_id"),
)
_IS_OPEN = alerts.c.resolved_at.is_(None)
Index(
    "ix_alerts_open",
    alerts.c.center_id,
    alerts.c.created_at,
    alerts.c.id,
    sqlite_where=_IS_OPEN,
    postgresql_where=_IS_OPEN,
)
