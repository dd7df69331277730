"""What a center consists of before anybody does anything: its row, its accounts, a branch with its cashbox."""

from dataclasses import dataclass
from datetime import datetime

from domain.finance.model import CENTER_ACCOUNTS, AccountKind
from domain.ids import AccountId, BranchId, CenterId, new_id
from domain.writes.base import Write
from domain.writes.catalogue import AddAccount, AddBranch, AddCashbox, AddCenter

DEFAULT_CHECK_IN_OPENS_MINUTES = 60
DEFAULT_RESERVATION_MINUTES = 15
DEFAULT_HORIZON_DAYS = 28
DEFAULT_LARGEST_AMOUNT_MINOR = 10_000_000  # EGP 100,000: nobody types more by intention


@dataclass(frozen=True, slots=True)
class OpeningSettings:
    """What a center starts with; later it is edited in the chat."""

    name: str
    currency: str
    timezone: str
    default_language: str


def open_center(center_id: CenterId, settings: OpeningSettings, *, bot_id: int | None, now: datetime) -> list[Write]:
    """Return the writes of a new center and its own accounts."""
    return [
        AddCenter(
            id=center_id,
            bot_id=bot_id,
            name=settings.name,
            currency=settings.currency,
            timezone=settings.timezone,
            default_language=settings.default_language,
            check_in_opens_minutes=DEFAULT_CHECK_IN_OPENS_MINUTES,
            reservation_minutes=DEFAULT_RESERVATION_MINUTES,
            horizon_days=DEFAULT_HORIZON_DAYS,
            largest_amount_minor=DEFAULT_LARGEST_AMOUNT_MINOR,
            created_at=now,
        ),
        *(AddAccount(AccountId(new_id()), center_id, kind, now) for kind in CENTER_ACCOUNTS),
    ]


def open_branch(
    branch_id: BranchId, *, center_id: CenterId, cashbox_id: AccountId, name: str, address: str | None, now: datetime
) -> list[Write]:
    """Return the writes of a new branch and its one cashbox."""
    return [
        AddBranch(branch_id, center_id, name, address, now),
        AddAccount(cashbox_id, center_id, AccountKind.CASHBOX, now),
        AddCashbox(cashbox_id, center_id, branch_id, 0),
    ]
