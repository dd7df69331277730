"""Orders of exports: rows for a worker."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
)

from domain.reports.exporting import ExportKind, ExportStatus, FileFormat
from storage.tables.types import EnumText, Instant, id_column, metadata, one_of

exports = Table(
    "exports",
    metadata,
    id_column(),
    Column("center_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False),  # who ordered it, and gets it
    Column("kind", EnumText(ExportKind), nullable=False),
    Column("file_format", EnumText(FileFormat), nullable=False),
    Column("first_day", Date, nullable=False),  # local days, both included
    Column("last_day", Date, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("status", EnumText(ExportStatus), nullable=False, server_default=ExportStatus.WAITING.value),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("claimed_until", Instant),  # database time
    Column("message_id", BigInteger),  # the message that shows how far it is
    Column("row_count", BigInteger),
    Column("ended_at", Instant),
    Column("last_error", Text),
    ForeignKeyConstraint(["center_id", "person_id"], ["people.center_id", "people.id"]),
    one_of("kind", ExportKind),
    one_of("file_format", FileFormat),
    one_of("status", ExportStatus),
    CheckConstraint("first_day <= last_day", name="days_in_order"),
    CheckConstraint("attempts >= 0", name="attempts_not_negative"),
    CheckConstraint("(status = 'WAITING') = (ended_at IS NULL)", name="ended_whole"),
)
_WAITS = exports.c.status == ExportStatus.WAITING
Index("ix_exports_waiting", exports.c.created_at, exports.c.id, sqlite_where=_WAITS, postgresql_where=_WAITS)
