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

from domain.broadcasts.model import BroadcastAudience, BroadcastState
from domain.notifications.model import NotificationStatus, Priority
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
_IS_DONE = notifications.c.status != NotificationStatus.PENDING
Index(
    "ix_notifications_done",
    notifications.c.center_id,
    notifications.c.created_at,
    sqlite_where=_IS_DONE,
    postgresql_where=_IS_DONE,
)
_IS_BROADCAST = notifications.c.priority == int(Priority.BROADCAST)  # a partial index's condition is written out
Index(
    "ix_notifications_broadcast",
    notifications.c.subject_id,
    notifications.c.status,
    sqlite_where=_IS_BROADCAST,
    postgresql_where=_IS_BROADCAST,
)

broadcasts = Table(
    "broadcasts",
    metadata,
    id_column(),
    Column("center_id", Uuid, ForeignKey("centers.id"), nullable=False),
    Column("author_id", Uuid, nullable=False),
    Column("audience", EnumText(BroadcastAudience), nullable=False),
    Column("subject_id", Uuid, nullable=False),  # a session, a class, a branch or the center, by the audience
    Column("text", Text, nullable=False),
    # Of the audience, as it was counted when it was sent.
    Column("reached", Integer, nullable=False),
    Column("unreachable", Integer, nullable=False),
    Column("muted", Integer, nullable=False),
    Column("state", EnumText(BroadcastState), nullable=False),
    Column("written_until", Uuid),  # the last person whose message is written, by id
    Column("created_at", Instant, nullable=False),
    Column("stopped_by", Uuid, ForeignKey("people.id")),
    Column("stopped_at", Instant),
    Column("ended_at", Instant),
    # What became of the messages, kept when it ended: they are forgotten after a while.
    Column("sent", Integer, nullable=False, server_default="0"),
    Column("unknown", Integer, nullable=False, server_default="0"),
    Column("failed", Integer, nullable=False, server_default="0"),
    Column("dropped", Integer, nullable=False, server_default="0"),
    # The message that shows how it is doing.
    Column("screen_person_id", Uuid, ForeignKey("people.id")),
    Column("screen_message_id", BigInteger),
    Column("followed_until", Instant),  # database time: who redraws that message
    ForeignKeyConstraint(["center_id", "author_id"], ["people.center_id", "people.id"]),
    one_of("audience", BroadcastAudience),
    one_of("state", BroadcastState),
    CheckConstraint("length(text) > 0", name="text_not_empty"),
    CheckConstraint("reached > 0 AND unreachable >= 0 AND muted >= 0", name="reaches_somebody"),
    CheckConstraint("sent >= 0 AND unknown >= 0 AND failed >= 0 AND dropped >= 0", name="outcome_not_negative"),
    CheckConstraint("(state = 'STOPPED') = (stopped_at IS NOT NULL)", name="stopped_whole"),
    CheckConstraint("state <> 'DONE' OR ended_at IS NOT NULL", name="done_is_ended"),
    CheckConstraint("ended_at IS NULL OR state IN ('DONE', 'STOPPED')", name="ended_is_over"),
    CheckConstraint("(screen_person_id IS NULL) = (screen_message_id IS NULL)", name="screen_whole"),
    Index("ix_broadcasts_center_id_created_at_id", "center_id", "created_at", "id"),
)
_IS_UNDER_WAY = broadcasts.c.ended_at.is_(None)
Index("ix_broadcasts_under_way", broadcasts.c.center_id, sqlite_where=_IS_UNDER_WAY, postgresql_where=_IS_UNDER_WAY)

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
