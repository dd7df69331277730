"""Which center a bot serves, and its branches."""

from dataclasses import dataclass

import sqlalchemy as sa

from domain.finance.model import AccountKind
from domain.ids import AccountId, BranchId, CenterId
from domain.organization.model import Center
from storage.prepared import Query, outside
from storage.repositories.enrollments import constant
from storage.tables.money import accounts, cashboxes
from storage.tables.organization import branches, centers


@dataclass(frozen=True, slots=True)
class ServedCenter:
    """A center and the Telegram id of the bot that serves it (None: no bot yet)."""

    bot_id: int | None
    center: Center


@dataclass(frozen=True, slots=True)
class BranchWithCashbox:
    """A branch and its drawer."""

    branch_id: BranchId
    name: str
    cashbox_id: AccountId


def _served(bot_id: int | None, id_: CenterId, name: str, currency: str, timezone: str, language: str) -> ServedCenter:
    return ServedCenter(bot_id, Center(id_, name, currency, timezone, language))


CENTERS = Query(
    sa.select(
        centers.c.bot_id,
        centers.c.id,
        centers.c.name,
        centers.c.currency,
        centers.c.timezone,
        centers.c.default_language,
    ).order_by(centers.c.created_at, centers.c.id),
    _served,
)

BRANCHES = Query(
    sa.select(branches.c.id, branches.c.name, cashboxes.c.id)
    .select_from(branches.join(cashboxes, cashboxes.c.branch_id == branches.c.id))
    .where(branches.c.center_id == outside("center_id"), branches.c.archived_at.is_(None))
    .order_by(branches.c.name),
    BranchWithCashbox,
)

DEFERRED_ACCOUNT = Query(
    sa.select(accounts.c.id).where(
        accounts.c.center_id == outside("center_id"), accounts.c.kind == constant(AccountKind.DEFERRED_REVENUE)
    ),
    AccountId,
)
