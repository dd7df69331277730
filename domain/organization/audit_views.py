"""Who did what, when, and to what: the audit log as admins read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

from domain.ids import CenterId, PersonId
from domain.permissions import Operation, Role


class AuditAbout(StrEnum):
    """What an id narrows the log to."""

    ANYTHING = "ANYTHING"
    BY = "BY"  # done by a person
    ON = "ON"  # done to an object


class AuditGroup(StrEnum):
    """Operations that are looked for together."""

    BOOKINGS = "BOOKINGS"
    SESSIONS = "SESSIONS"
    MONEY = "MONEY"
    CATALOGUE = "CATALOGUE"
    PEOPLE = "PEOPLE"
    CENTER = "CENTER"


class AuditPeriod(StrEnum):
    """How far back the log is read."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    EVER = "EVER"


_O = Operation
_MEMBERS: Mapping[AuditGroup, frozenset[Operation]] = MappingProxyType(
    {
        AuditGroup.BOOKINGS: frozenset(
            {
                _O.BOOK_SESSION,
                _O.CANCEL_ENROLLMENT,
                _O.OVERRIDE_CANCELLATION,
                _O.MARK_ATTENDANCE,
                _O.CORRECT_ATTENDANCE,
                _O.DECIDE_ENROLLMENT,
                _O.JOIN_WAITLIST,
                _O.SET_STANDING_BOOKING,
            }
        ),
        AuditGroup.SESSIONS: frozenset(
            {
                _O.MANAGE_SESSIONS,
                _O.CHECK_IN_SESSION,
                _O.START_SESSION,
                _O.FINISH_SESSION,
                _O.CANCEL_SESSION,
                _O.RESCHEDULE_SESSION,
                _O.CREATE_SESSION,
                _O.EDIT_SESSION,
                _O.DELETE_SESSION,
                _O.MANAGE_TIMETABLE,
                _O.BROADCAST_TO_SESSION,
            }
        ),
        AuditGroup.MONEY: frozenset(
            {
                _O.LOG_CASH_PAYMENT,
                _O.LOG_CASH_TOP_UP,
                _O.PAY_OUT_GUEST_WALLET,
                _O.COUNT_CASHBOX,
                _O.TAKE_CASH_TO_BANK,
                _O.CORRECT_CASH_SAME_DAY,
                _O.CORRECT_CASH_LATER,
                _O.BUY_PACKAGE,
                _O.TOP_UP_WALLET,
                _O.TRANSFER_BETWEEN_WALLETS,
                _O.REFUND_PAYMENT,
                _O.REFUND_PACKAGE,
            }
        ),
        AuditGroup.CATALOGUE: frozenset({_O.MANAGE_PACKAGES, _O.EDIT_CLASS_DESCRIPTION, _O.EDIT_CLASS_TERMS}),
        AuditGroup.PEOPLE: frozenset(
            {_O.MANAGE_PEOPLE, _O.MANAGE_ROLES, _O.MERGE_PEOPLE, _O.MANAGE_OWN_DATA, _O.CLAIM_GUEST_PROFILE}
        ),
        AuditGroup.CENTER: frozenset(
            {
                _O.MANAGE_SETTINGS,
                _O.MANAGE_BRANCHES,
                _O.EXPORT_DATA,
                _O.BROADCAST_WIDELY,
                _O.VIEW_AUDIT_LOG,
            }
        ),
    }
)
_LENGTHS: Mapping[AuditPeriod, timedelta] = MappingProxyType(
    {AuditPeriod.DAY: timedelta(days=1), AuditPeriod.WEEK: timedelta(days=7), AuditPeriod.MONTH: timedelta(days=31)}
)


def operations_of(group: AuditGroup) -> frozenset[Operation]:
    """Return the operations of a group."""
    return _MEMBERS[group]


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which rows are read. ``about_id`` is a person's (BY) or an object's (ON)."""

    about: AuditAbout = AuditAbout.ANYTHING
    about_id: UUID | None = None
    group: AuditGroup | None = None
    period: AuditPeriod = AuditPeriod.EVER

    def since(self, now: datetime) -> datetime | None:
        """Return from when on rows are read, or None for all."""
        length = _LENGTHS.get(self.period)
        return None if length is None else now - length


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One thing that was done. Nobody's name stands there for what the clock or the server did, or who was erased."""

    id: UUID
    at: datetime
    actor_id: PersonId | None
    actor_name: str | None
    actor_role: Role | None
    operation: str
    object_type: str
    object_id: UUID
    object_name: str | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    reason: str | None


class AuditLogViews(Protocol):
    """Reads the audit log of one center."""

    async def list_rows(
        self, *, center_id: CenterId, chosen: AuditFilter, now: datetime, limit: int, after: UUID | None = None
    ) -> list[AuditRow]:
        """Return rows, the newest first, after the row that the last page ended with."""
        ...

    async def find_row(self, *, center_id: CenterId, row_id: UUID) -> AuditRow | None:
        """Return one row."""
        ...

    async def find_name(self, *, center_id: CenterId, object_id: UUID) -> str | None:
        """Return what an object is called: a person, class, package or branch."""
        ...
