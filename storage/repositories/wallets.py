"""Loads what moving money between wallets needs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.finance.model import EntryCause, WalletOwner, WalletState
from domain.finance.wallet_ports import TransferFacts, WalletSide
from domain.finance.wallets_admin import Transfer, WalletRef
from domain.ids import CenterId
from domain.permissions import Role
from storage.database import Database, fetch_one
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.money import entries, postings, wallets
from storage.tables.organization import centers, people, role_assignments
from storage.tables.types import EnumText

_center, _person = outside("center_id", sa.Uuid()), outside("person_id", sa.Uuid())
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns a wallet, and which others are theirs, or could be."""

    name: str
    others: tuple[WalletRef, ...]


CENTER_NAME = Query(sa.select(centers.c.name).where(centers.c.id == _center), lambda name: name)
PERSON = Query(
    sa.select(
        people.c.name,
        sa.or_(
            sa.select(_ONE)
            .where(
                role_assignments.c.person_id == people.c.id,
                role_assignments.c.revoked_at.is_(None),
                role_assignments.c.role.in_([constant(Role.STAFF), constant(Role.ADMIN)]),
            )
            .exists(),
            sa.select(_ONE)
            .where(wallets.c.owner_id == people.c.id, wallets.c.owner_kind == constant(WalletOwner.STAFF))
            .exists(),
        ),
    ).where(
        people.c.id == _person,
        people.c.center_id == _center,
        people.c.erased_at.is_(None),
        people.c.merged_into_id.is_(None),
    ),
    lambda name, is_of_team: (name, bool(is_of_team)),
)
WALLET = Query(
    sa.select(wallets.c.id, wallets.c.balance_minor, wallets.c.locked_minor).where(
        wallets.c.owner_id == outside("owner_id", sa.Uuid()),
        wallets.c.owner_kind == outside("owner_kind", EnumText(WalletOwner)),
        wallets.c.center_id == _center,
    ),
    WalletState,
)

TRANSFER = Query(
    sa.select(wallets.c.owner_kind, wallets.c.owner_id, postings.c.amount_minor)
    .select_from(
        entries.join(postings, postings.c.entry_id == entries.c.id).join(wallets, wallets.c.id == postings.c.account_id)
    )
    .where(
        entries.c.subject_id == outside("transfer_id", sa.Uuid()),
        entries.c.center_id == outside("center_id", sa.Uuid()),
        entries.c.cause == constant(EntryCause.WALLET_TRANSFER),
    )
    .order_by(postings.c.amount_minor.desc()),  # the wallet that is debited is the source
    lambda kind, owner_id, amount: (WalletRef(kind, owner_id), amount),
)
LIMITS = Query(
    sa.select(centers.c.currency, centers.c.largest_amount_minor).where(centers.c.id == outside("center_id", sa.Uuid())),
    lambda currency, largest: (currency, largest),
)


async def find_owner(database: Database, *, center_id: CenterId, ref: WalletRef) -> Owner | None:
    """Return who owns a wallet, or None for who is not there, or cannot have one of this kind.

    Everybody can have one as a student; as one of the team, who has such a role or has had such a wallet.
    """
    if ref.kind is WalletOwner.CENTER:
        name = await fetch_one(database, CENTER_NAME, center_id=center_id)
        return Owner(name, ()) if name is not None and ref.owner_id == center_id else None
    person = await fetch_one(database, PERSON, center_id=center_id, person_id=ref.owner_id)
    if person is None:
        return None
    name, is_of_team = person
    if ref.kind is WalletOwner.STAFF:
        return Owner(name, (WalletRef(WalletOwner.STUDENT, ref.owner_id),)) if is_of_team else None
    return Owner(name, (WalletRef(WalletOwner.STAFF, ref.owner_id),) if is_of_team else ())


async def find_wallet(database: Database, *, center_id: CenterId, ref: WalletRef) -> WalletState | None:
    """Return a wallet, or None where nothing was ever put into it."""
    return await fetch_one(database, WALLET, center_id=center_id, owner_id=ref.owner_id, owner_kind=ref.kind)


async def find_transfer(database: Database, *, center_id: CenterId, transfer_id: UUID) -> Transfer | None:
    """Return what was moved under an id."""
    found = await database.fetch(TRANSFER, center_id=center_id, transfer_id=transfer_id)
    if not found:
        return None
    (source, amount_minor), (target, _) = found
    return Transfer(transfer_id, source, target, amount_minor)


class StoredWallets:
    """See ``domain.finance.wallet_ports.WalletRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_transfer(self, *, center_id: CenterId, transfer_id: UUID) -> Transfer | None:
        """Return what was moved under this id before."""
        return await find_transfer(self._database, center_id=center_id, transfer_id=transfer_id)

    async def find_transfer_facts(
        self, *, center_id: CenterId, source: WalletRef, target: WalletRef
    ) -> TransferFacts | None:
        """Return both wallets."""
        limits = await fetch_one(self._database, LIMITS, center_id=center_id)
        sides = [await self._side(center_id, ref) for ref in (source, target)]
        if limits is None or sides[0] is None or sides[1] is None:
            return None
        return TransferFacts(sides[0], sides[1], *limits)

    async def _side(self, center_id: CenterId, ref: WalletRef) -> WalletSide | None:
        if await find_owner(self._database, center_id=center_id, ref=ref) is None:
            return None
        return WalletSide(ref, await find_wallet(self._database, center_id=center_id, ref=ref))
