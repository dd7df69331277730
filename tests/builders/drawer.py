"""What is in a drawer, and what moved in it: read past the product's own queries."""

from typing import Any

import sqlalchemy as sa

from storage.database import fetch_one
from storage.prepared import Query, outside
from storage.tables.door import cash_transactions
from storage.tables.money import cashboxes, wallets
from storage.tables.organization import people
from tests.factories import Branch, Person, World


async def drawer_minor(world: World, branch: Branch | None = None) -> int:
    """Return what is recorded to be in a branch's drawer."""
    query = Query(sa.select(cashboxes.c.balance_minor).where(cashboxes.c.id == outside("id")), int)
    found = await fetch_one(world.database, query, id=(branch or world.branch).cashbox_id)
    assert found is not None
    return found


async def wallet_minor(world: World, person: Person) -> int:
    """Return what is in somebody's wallet."""
    query = Query(sa.select(wallets.c.balance_minor).where(wallets.c.id == outside("id")), int)
    found = await fetch_one(world.database, query, id=person.owner.wallet_id)
    assert found is not None
    return found


async def movements(world: World) -> list[tuple[str, str, int]]:
    """Return direction, kind and amount of every movement of the center's drawers, the oldest first."""
    columns = (cash_transactions.c.direction, cash_transactions.c.kind, cash_transactions.c.amount_minor)
    query: Query[Any] = Query(
        sa.select(*columns)
        .where(cash_transactions.c.center_id == outside("center_id"))
        .order_by(cash_transactions.c.occurred_at, cash_transactions.c.id),
        lambda direction, kind, amount: (str(direction), str(kind), amount),
    )
    return await world.database.fetch(query, center_id=world.center_id)


async def people_count(world: World) -> int:
    """Return how many people the center knows."""
    query = Query(sa.select(sa.func.count()).select_from(people).where(people.c.center_id == outside("center_id")), int)
    found = await fetch_one(world.database, query, center_id=world.center_id)
    assert found is not None
    return found
