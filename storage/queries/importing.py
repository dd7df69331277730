"""What an import must fit to."""

import sqlalchemy as sa

from domain.finance.model import AccountKind
from domain.ids import AccountId, CenterId, ClassId
from domain.people.importing import KnownCenter, folded_title
from storage.database import Database
from storage.prepared import Query, outside
from storage.tables.catalogue import classes
from storage.tables.money import accounts
from storage.tables.organization import people

_CLASSES = Query(
    sa.select(classes.c.id, classes.c.title).where(
        classes.c.center_id == outside("center_id"), classes.c.archived_at.is_(None)
    ),
    lambda class_id, title: (folded_title(title), ClassId(class_id)),
)
_PHONES = Query(
    sa.select(people.c.phone).where(people.c.center_id == outside("center_id"), people.c.phone.is_not(None)), str
)
_ACCOUNTS = Query(
    sa.select(accounts.c.kind, accounts.c.id).where(
        accounts.c.center_id == outside("center_id"),
        sa.literal_column("accounts.kind IN ('OPENING_BALANCES', 'DEFERRED_REVENUE')"),
    ),
    lambda kind, account_id: (kind, AccountId(account_id)),
)


async def known_center(database: Database, center_id: CenterId) -> KnownCenter:
    """Return the center's classes, phones and accounts."""
    of_center = dict(await database.fetch(_ACCOUNTS, center_id=center_id))
    return KnownCenter(
        center_id=center_id,
        classes=dict(await database.fetch(_CLASSES, center_id=center_id)),
        phones=frozenset(await database.fetch(_PHONES, center_id=center_id)),
        opening_account_id=of_center[AccountKind.OPENING_BALANCES],
        deferred_account_id=of_center[AccountKind.DEFERRED_REVENUE],
    )
