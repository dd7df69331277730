"""Whose branches limit what a query finds: a receptionist's own; an admin's whole center."""

from typing import Any

import sqlalchemy as sa

from storage.prepared import outside
from storage.tables.organization import role_assignments


def within_reach(branch_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Match rows of the branches that ``staff_id`` works at; all rows where that parameter is None."""
    staff_id = outside("staff_id", sa.Uuid())
    return sa.or_(
        staff_id.is_(None),
        sa.exists().where(
            role_assignments.c.person_id == staff_id,
            role_assignments.c.branch_id == branch_id,
            role_assignments.c.revoked_at.is_(None),
        ),
    )
