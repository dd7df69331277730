"""Checks that whatever a row points at is there, and in the row's own center.

Made from the declared foreign keys, so that no table is forgotten: while the database enforces them, most find nothing.
"""

from functools import partial
from typing import Any

import sqlalchemy as sa

from domain.finance.model import WalletOwner
from storage.audit.check import NOTHING, Check, Selection, among
from storage.tables import metadata
from storage.tables.money import wallets
from storage.tables.organization import people


def _astray(column: sa.Column[Any], parent: sa.Table, only: Selection) -> sa.Select[Any]:
    """Select rows whose parent is missing or in another center: the expected center, and the parent's if there is one."""
    child, target = column.table, parent.alias("parent")
    if "center_id" in parent.c:
        found: sa.ColumnElement[Any] = target.c.center_id
        is_astray = found.is_distinct_from(child.c.center_id)
    else:
        found, is_astray = NOTHING, target.c.id.is_(None)
    identity = next(iter(child.primary_key))
    return (
        sa.select(identity, child.c.center_id, found)
        .select_from(child.outerjoin(target, target.c.id == column))
        .where(only(child.c.center_id), column.is_not(None), is_astray)
    )


def _owners_astray(only: Selection) -> sa.Select[Any]:
    """Do the same for the owners of wallets, which are of two kinds and therefore without a foreign key."""
    return (
        sa.select(wallets.c.id, wallets.c.center_id, people.c.center_id)
        .select_from(wallets.outerjoin(people, people.c.id == wallets.c.owner_id))
        .where(
            only(wallets.c.center_id),
            among(wallets.c.owner_kind, WalletOwner.STUDENT, WalletOwner.STAFF),
            people.c.center_id.is_distinct_from(wallets.c.center_id),
        )
    )


def _of_foreign_keys() -> list[Check]:
    """Return a check for each foreign key of each table that knows its center, e.g. ``wrong_session_id``."""
    checks = []
    for child in metadata.sorted_tables:
        for key in sorted(child.foreign_key_constraints, key=lambda constraint: str(constraint.name)):
            column = key.elements[-1].parent  # of (center_id, session_id) and of session_id alone
            if "center_id" in child.c:
                find = partial(_astray, column, key.referred_table)
                checks.append(Check(f"wrong_{column.name}", child.name, find))
    return checks


CHECKS = (*_of_foreign_keys(), Check("wrong_owner_id", "wallets", _owners_astray))
