"""Checks that whoever was erased is forgotten, and owns nothing any more."""

from typing import Any

import sqlalchemy as sa

from domain.people.erasure import ERASED_NAME
from storage.audit.check import ZERO, Check, Selection
from storage.repositories.enrollments import constant
from storage.tables.money import wallets
from storage.tables.organization import people, role_assignments

_IS_ERASED = people.c.erased_at.is_not(None)


def _known(only: Selection) -> sa.Select[Any]:
    """Find erased people of whom the row still says who they are, or who still hold a role."""
    has_role = (
        sa.select(role_assignments.c.id)
        .where(role_assignments.c.person_id == people.c.id, role_assignments.c.revoked_at.is_(None))
        .exists()
    )
    gone = (people.c.telegram_id, people.c.phone, people.c.language, people.c.calendar_secret)
    return sa.select(people.c.id, constant("forgotten"), constant("known")).where(
        only(people.c.center_id),
        _IS_ERASED,
        sa.or_(people.c.name != constant(ERASED_NAME), *(column.is_not(None) for column in gone), has_role),
    )


def _owning(only: Selection) -> sa.Select[Any]:
    """Find money that belongs to nobody."""
    return (
        sa.select(wallets.c.id, ZERO, wallets.c.balance_minor)
        .select_from(wallets.join(people, people.c.id == wallets.c.owner_id))
        .where(only(wallets.c.center_id), _IS_ERASED, wallets.c.balance_minor != ZERO)
    )


CHECKS = (
    Check("erased_person_known", "people", _known),
    Check("erased_person_owns", "wallets", _owning),
)
