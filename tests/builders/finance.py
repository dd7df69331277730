"""Transfers between wallets, as an admin confirms them, and what is in a wallet then."""

from uuid import UUID

from domain.finance.model import WalletOwner
from domain.finance.transferring import TransferMoney
from domain.finance.wallets_admin import Transfer, WalletRef
from domain.ids import new_id
from storage.queries.wallets_admin import StoredWalletAdminViews
from storage.unit_of_work import unit_of_work_factory
from tests.factories import Person, World


def student_wallet(person: Person) -> WalletRef:
    """Name somebody's wallet as a student."""
    return WalletRef(WalletOwner.STUDENT, person.id)


def staff_wallet(person: Person) -> WalletRef:
    """Name somebody's wallet as one of the team."""
    return WalletRef(WalletOwner.STAFF, person.id)


def center_wallet(world: World) -> WalletRef:
    """Name the center's own wallet."""
    return WalletRef(WalletOwner.CENTER, world.center_id)


async def transfer(
    world: World,
    admin: Person,
    source: WalletRef,
    target: WalletRef,
    amount_minor: int = 5_000,
    *,
    transfer_id: UUID | None = None,
    reason: str = "paid for the sister",
) -> Transfer:
    """Let an admin confirm a transfer."""
    return await TransferMoney(unit_of_work_factory(world.database), world.clock)(
        actor=admin.actor,
        transfer_id=transfer_id or new_id(),
        source=source,
        target=target,
        amount_minor=amount_minor,
        reason=reason,
    )


async def balance_of(world: World, ref: WalletRef) -> int:
    """Return what is in a wallet."""
    card = await StoredWalletAdminViews(world.database).find_card(center_id=world.center_id, ref=ref)
    assert card is not None
    return card.balance_minor
