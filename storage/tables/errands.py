"""Errands: orders for many seats, carried out in pieces."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, Table, Uuid

from domain.enrollments.errand_ports import ErrandKind
from domain.enrollments.model import DecisionOutcome
from domain.permissions import Role
from storage.tables.types import EnumText, Instant, id_column, metadata, one_of

errands = Table(
    "errands",
    metadata,
    id_column(),
    Column("center_id", Uuid, nullable=False),
    Column("kind", EnumText(ErrandKind), nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("outcome", EnumText(DecisionOutcome)),
    Column("until", Instant),  # the cases that were there by then
    Column("person_id", Uuid, nullable=False),  # who ordered it, in which role
    Column("role", EnumText(Role), nullable=False),
    Column("message_id", BigInteger),  # the message of theirs that shows how far it is
    Column("total", Integer, nullable=False),
    Column("after_id", Uuid),  # the seat or case that the last piece ended with
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    ForeignKeyConstraint(["center_id", "person_id"], ["people.center_id", "people.id"]),
    one_of("kind", ErrandKind),
    one_of("role", Role),
    CheckConstraint("outcome IN ('CHARGED', 'RELEASED')", name="outcome_known"),
    CheckConstraint("total > 0", name="total_positive"),
    CheckConstraint(
        "(kind = 'DECIDE_ALL') = (outcome IS NOT NULL) AND (outcome IS NULL) = (until IS NULL)", name="decides_whole"
    ),
)
_IS_OPEN = errands.c.ended_at.is_(None)
Index(
    "uq_errands_one_open",
    errands.c.center_id,
    errands.c.kind,
    errands.c.subject_id,
    unique=True,
    sqlite_where=_IS_OPEN,
    postgresql_where=_IS_OPEN,
)
