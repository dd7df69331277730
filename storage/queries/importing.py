"""What an import must fit to."""

import sqlalchemy as sa

from domain.finance.model import AccountKind, EntryCause, WalletOwner
from domain.ids import AccountId, CenterId, ClassId
from domain.people.importing import PACKAGE_NAME, KnownCenter, KnownPerson, folded_title
from storage.database import Database
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.catalogue import class_packages, classes, student_packages
from storage.tables.money import accounts, entries, wallets
from storage.tables.organization import people

_CLASSES = Query(
    sa.select(classes.c.id, classes.c.title).where(
        classes.c.center_id == outside("center_id"), classes.c.archived_at.is_(None)
    ),
    lambda class_id, title: (folded_title(title), ClassId(class_id)),
)
_opened_with = class_packages.alias("opened_with")
_HAS_OPENING = sa.or_(
    sa.select(entries.c.id)
    .where(entries.c.subject_id == people.c.id, entries.c.cause == constant(EntryCause.OPENING_BALANCE))
    .exists(),
    sa.select(student_packages.c.id)
    .select_from(student_packages.join(_opened_with, _opened_with.c.id == student_packages.c.class_package_id))
    .where(student_packages.c.student_id == people.c.id, _opened_with.c.name == constant(PACKAGE_NAME))
    .exists(),
)
_PEOPLE = Query(
    sa.select(people.c.phone, people.c.id, wallets.c.id, people.c.phone_verified_at.is_not(None), _HAS_OPENING)
    .select_from(
        people.outerjoin(
            wallets, (wallets.c.owner_id == people.c.id) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT))
        )
    )
    .where(people.c.center_id == outside("center_id"), people.c.phone.is_not(None)),
    KnownPerson,
)
_ACCOUNTS = Query(
    sa.select(accounts.c.kind, accounts.c.id).where(
        accounts.c.center_id == outside("center_id"),
        sa.literal_column("accounts.kind IN ('OPENING_BALANCES', 'DEFERRED_REVENUE')"),
    ),
    lambda kind, account_id: (kind, AccountId(account_id)),
)


async def known_center(database: Database, center_id: CenterId) -> KnownCenter:
    """Return the center's classes, people with phones, and accounts."""
    of_center = dict(await database.fetch(_ACCOUNTS, center_id=center_id))
    return KnownCenter(
        center_id=center_id,
        classes=dict(await database.fetch(_CLASSES, center_id=center_id)),
        people={person.phone: person for person in await database.fetch(_PEOPLE, center_id=center_id)},
        opening_account_id=of_center[AccountKind.OPENING_BALANCES],
        deferred_account_id=of_center[AccountKind.DEFERRED_REVENUE],
    )
