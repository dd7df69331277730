"""Refusals: what the business says no to, and why. They carry a code and data, never prose.

The sentence that a person reads, in their language and with what to do next, is written in ``handlers/error_texts.py``
from the code and the fields. Anything else that is raised is a fault: it is logged with a reference, and answered with it.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

from domain.ids import BranchId, ClassId, ClassPackageId, EnrollmentId, SessionId


@dataclass(eq=False)
class RefusalError(Exception):
    """A business rule said no, and nothing of the operation was kept."""

    code: ClassVar[str] = "refused"

    @property
    def parameters(self) -> dict[str, Any]:
        """The refusal's data by name, for its sentence and for the logs."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        """Return the code and the data: for logs, not for people."""
        return f"{self.code} {self.parameters}" if self.parameters else self.code


@dataclass(eq=False)
class NotFoundError(RefusalError):
    """There is no such thing, or it belongs to another person, branch or center: the answer is the same."""

    code: ClassVar[str] = "not_found"
    what: str


@dataclass(eq=False)
class NotPermittedError(RefusalError):
    """The actor's role may not do this at all. To them it looks as if it did not exist."""

    code: ClassVar[str] = "not_permitted"
    operation: str


@dataclass(eq=False)
class SessionFullError(RefusalError):
    """Every seat is taken."""

    code: ClassVar[str] = "session_full"
    session_id: SessionId


@dataclass(eq=False)
class SessionNotOpenError(RefusalError):
    """The session has started, ended, or was cancelled."""

    code: ClassVar[str] = "session_not_open"
    session_id: SessionId


@dataclass(eq=False)
class AlreadyEnrolledError(RefusalError):
    """The student has a seat in this session already."""

    code: ClassVar[str] = "already_enrolled"
    enrollment_id: EnrollmentId


@dataclass(eq=False)
class InsufficientFundsError(RefusalError):
    """Neither a package credit for the class nor enough free money in the wallet."""

    code: ClassVar[str] = "insufficient_funds"
    class_id: ClassId
    price_minor: int
    available_minor: int
    currency: str


@dataclass(eq=False)
class TermsChangedError(RefusalError):
    """Price, time or way of paying differ from what the person confirmed: they are asked again."""

    code: ClassVar[str] = "terms_changed"
    session_id: SessionId


@dataclass(eq=False)
class PackageNotOnSaleError(RefusalError):
    """The package is not sold any more; what was bought of it goes on."""

    code: ClassVar[str] = "package_not_on_sale"
    class_package_id: ClassPackageId


@dataclass(eq=False)
class OfferChangedError(RefusalError):
    """Price or sessions of a package differ from what the person confirmed: they are asked again."""

    code: ClassVar[str] = "offer_changed"
    class_package_id: ClassPackageId


@dataclass(eq=False)
class WalletTooLowError(RefusalError):
    """There is not enough free money in the wallet for a package."""

    code: ClassVar[str] = "wallet_too_low"
    class_package_id: ClassPackageId
    price_minor: int
    available_minor: int
    currency: str


@dataclass(eq=False)
class LateCancellationError(RefusalError):
    """The cancellation window has closed."""

    code: ClassVar[str] = "late_cancellation"
    enrollment_id: EnrollmentId
    window_minutes: int
    free_cancel_until: datetime


@dataclass(eq=False)
class NotCancellableError(RefusalError):
    """The booking has ended otherwise: attended, missed, or its session is over or cancelled."""

    code: ClassVar[str] = "not_cancellable"
    enrollment_id: EnrollmentId


@dataclass(eq=False)
class InvalidInputError(RefusalError):
    """What the person typed or sent does not fit. ``reason`` is a stable word, e.g. ``too_long``."""

    code: ClassVar[str] = "invalid_input"
    field: str
    reason: str
    limit: int | None = None


@dataclass(eq=False)
class NameTakenError(RefusalError):
    """Another branch of the center has this name."""

    code: ClassVar[str] = "name_taken"
    name: str


@dataclass(eq=False)
class SettingFrozenError(RefusalError):
    """A setting of the center cannot be changed any more, or not now. ``reason``: ``posted``, ``priced``, ``to_come``."""

    code: ClassVar[str] = "setting_frozen"
    reason: str


@dataclass(eq=False)
class BranchInUseError(RefusalError):
    """A branch cannot be put away while sessions, people or money depend on it."""

    code: ClassVar[str] = "branch_in_use"
    branch_id: BranchId


@dataclass(eq=False)
class ClassInUseError(RefusalError):
    """A class cannot be put away while it is in the timetable."""

    code: ClassVar[str] = "class_in_use"
    class_id: ClassId


@dataclass(eq=False)
class LastAdminError(RefusalError):
    """Somebody has to stay an admin of the center."""

    code: ClassVar[str] = "last_admin"


@dataclass(eq=False)
class UnsettledBookingsError(RefusalError):
    """A class of the person's is going on, or its money is not decided yet: they cannot be erased before it is."""

    code: ClassVar[str] = "unsettled_bookings"


@dataclass(eq=False)
class StillOwnedError(RefusalError):
    """The person owns something else by now than they agreed to give up: they are asked again."""

    code: ClassVar[str] = "still_owned"
    money_minor: int
    credits: int
    currency: str


@dataclass(eq=False)
class InviteNotValidError(RefusalError):
    """The invite link was used, has expired, or never existed."""

    code: ClassVar[str] = "invite_not_valid"


@dataclass(eq=False)
class OutOfDateError(RefusalError):
    """What was tapped or followed is not ours, or not any more: forged, cut off, of another version or another role."""

    code: ClassVar[str] = "out_of_date"


@dataclass(eq=False)
class BusyError(RefusalError):
    """Too many others at this very moment; the same tap again will do."""

    code: ClassVar[str] = "busy"
