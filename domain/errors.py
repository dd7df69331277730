"""Refusals: what the business says no to, and why. They carry a code and data, never prose.

The sentence that a person reads, in their language and with what to do next, is written in ``handlers/error_texts.py``
from the code and the fields. Anything else that is raised is a fault: it is logged with a reference, and answered with it.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar

from domain.ids import BranchId, CashTransactionId, ClassId, ClassPackageId, EnrollmentId, PaymentId, PersonId, SessionId


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
class ReservationLapsedError(RefusalError):
    """The seat that was held for the person is held no more."""

    code: ClassVar[str] = "reservation_lapsed"
    session_id: SessionId


@dataclass(eq=False)
class SeatsFreeError(RefusalError):
    """Nobody need wait for the session: it has free seats."""

    code: ClassVar[str] = "seats_free"
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
class AttendanceNotOpenError(RefusalError):
    """Attendance is marked from check-in until the session is finished."""

    code: ClassVar[str] = "attendance_not_open"
    session_id: SessionId
    is_over: bool


@dataclass(eq=False)
class NotMarkableError(RefusalError):
    """The seat was cancelled, or is only held for somebody."""

    code: ClassVar[str] = "not_markable"
    session_id: SessionId


@dataclass(eq=False)
class CorrectionClosedError(RefusalError):
    """Attendance can be corrected until 24 hours after the end."""

    code: ClassVar[str] = "correction_closed"
    session_id: SessionId
    closed_at: datetime


@dataclass(eq=False)
class UncollectableError(RefusalError):
    """What an admin wants to charge is not free in the wallet."""

    code: ClassVar[str] = "uncollectable"
    amount_minor: int
    available_minor: int
    currency: str


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
class AmountTooLargeError(RefusalError):
    """A typed amount is above the center's limit: nobody means so much."""

    code: ClassVar[str] = "amount_too_large"
    limit_minor: int
    currency: str


@dataclass(eq=False)
class WalkInClosedError(RefusalError):
    """No seat of this session is sold at the desk: it is over, was cancelled, or is of another day."""

    code: ClassVar[str] = "walk_in_closed"
    session_id: SessionId


@dataclass(eq=False)
class VisitorEnrolledError(RefusalError):
    """The person at the desk has a seat in this session already."""

    code: ClassVar[str] = "visitor_enrolled"
    session_id: SessionId
    person_id: PersonId


@dataclass(eq=False)
class CashboxTooLowError(RefusalError):
    """There is less in the drawer than is to be taken out of it."""

    code: ClassVar[str] = "cashbox_too_low"
    branch_id: BranchId
    balance_minor: int
    currency: str


@dataclass(eq=False)
class CashboxChangedError(RefusalError):
    """Cash went in or out since the count was compared with what is recorded: it is compared again."""

    code: ClassVar[str] = "cashbox_changed"
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
class DeskWalletTooLowError(RefusalError):
    """There is less free money in the person's wallet than is to be paid out, or taken back."""

    code: ClassVar[str] = "desk_wallet_too_low"
    available_minor: int
    currency: str


@dataclass(eq=False)
class NotAGuestError(RefusalError):
    """Cash is paid out to guests alone: whoever has Telegram spends their wallet in the chat."""

    code: ClassVar[str] = "not_a_guest"
    person_id: PersonId


@dataclass(eq=False)
class CashNotCorrectableError(RefusalError):
    """A movement of the drawer cannot be corrected: it was before, was followed by others, or is of another kind."""

    code: ClassVar[str] = "cash_not_correctable"
    transaction_id: CashTransactionId


@dataclass(eq=False)
class CashDayOverError(RefusalError):
    """Staff correct on the same day; later an admin does."""

    code: ClassVar[str] = "cash_day_over"
    transaction_id: CashTransactionId


@dataclass(eq=False)
class PhoneKnownError(RefusalError):
    """A new guest's phone is somebody's already: they are offered instead."""

    code: ClassVar[str] = "phone_known"
    person_id: PersonId


@dataclass(eq=False)
class PhoneTakenError(RefusalError):
    """Somebody else has verified this phone as their own."""

    code: ClassVar[str] = "phone_taken"


@dataclass(eq=False)
class MergeNotNowError(RefusalError):
    """One of two people has a seat reserved at this moment: they are merged when that has ended."""

    code: ClassVar[str] = "merge_not_now"
    person_id: PersonId


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
class InvalidTransitionError(RefusalError):
    """A session's life does not go from where it stands to what was asked for."""

    code: ClassVar[str] = "invalid_transition"
    session_id: SessionId
    was: str
    becomes: str


@dataclass(eq=False)
class CheckInTooEarlyError(RefusalError):
    """Check-in is opened some time before the start at the earliest."""

    code: ClassVar[str] = "check_in_too_early"
    session_id: SessionId
    opens_at: datetime


@dataclass(eq=False)
class SessionChangedError(RefusalError):
    """The session is at another time by now than the person was shown: they are asked again."""

    code: ClassVar[str] = "session_changed"
    session_id: SessionId


@dataclass(eq=False)
class SessionNotEditableError(RefusalError):
    """What was to be changed is fixed in the session's present status."""

    code: ClassVar[str] = "session_not_editable"
    session_id: SessionId
    status: str


@dataclass(eq=False)
class SessionInUseError(RefusalError):
    """Somebody is, or was, in the session or waits for it: it can be cancelled, but not deleted."""

    code: ClassVar[str] = "session_in_use"
    session_id: SessionId


@dataclass(eq=False)
class CapacityTooSmallError(RefusalError):
    """More seats are taken than the session would have."""

    code: ClassVar[str] = "capacity_too_small"
    session_id: SessionId
    seats_taken: int


@dataclass(eq=False)
class NotMadeGoodYetError(RefusalError):
    """A cancelled session cannot be rescheduled while somebody who was in it still waits for their money or credit."""

    code: ClassVar[str] = "not_made_good_yet"
    session_id: SessionId
    seats_left: int


@dataclass(eq=False)
class HolidayExistsError(RefusalError):
    """The day is a holiday there already."""

    code: ClassVar[str] = "holiday_exists"


@dataclass(eq=False)
class BusyError(RefusalError):
    """Too many others at this very moment; the same tap again will do."""

    code: ClassVar[str] = "busy"


@dataclass(eq=False)
class PaymentGatewayError(RefusalError):
    """The gateway could not be asked. The payment waits until its time is up: the same again may do."""

    code: ClassVar[str] = "payment_gateway_error"
    payment_id: PaymentId


@dataclass(eq=False)
class PaymentEndedError(RefusalError):
    """The payment is over, one way or another: it cannot be paid or let go any more."""

    code: ClassVar[str] = "payment_ended"
    payment_id: PaymentId


@dataclass(eq=False)
class OnlinePaymentsOffError(RefusalError):
    """There is no paying online here: the center takes money at its reception."""

    code: ClassVar[str] = "online_payments_off"


@dataclass(eq=False)
class PhoneNeededError(RefusalError):
    """The gateway insists on a phone number, and the person has not given one."""

    code: ClassVar[str] = "phone_needed"


@dataclass(eq=False)
class TooManySeatsHeldError(RefusalError):
    """The person has as many seats held by unpaid links as anybody may."""

    code: ClassVar[str] = "too_many_seats_held"
    most: int


@dataclass(eq=False)
class SeatNotHoldableError(RefusalError):
    """The cancellation window has closed, and no seat is held from then on: it can only be booked at once."""

    code: ClassVar[str] = "seat_not_holdable"
    session_id: SessionId


@dataclass(eq=False)
class NotRefundableError(RefusalError):
    """There is nothing of this payment or package to give back, or another refund of it is under way."""

    code: ClassVar[str] = "not_refundable"


@dataclass(eq=False)
class RefundTooLargeError(RefusalError):
    """More than what is left of the payment, or than the wallet can give: ``most_minor`` is what is possible."""

    code: ClassVar[str] = "refund_too_large"
    most_minor: int
    currency: str


@dataclass(eq=False)
class BroadcastTooLongError(RefusalError):
    """The text of a message to many is longer than what can be sent; lengths are in characters."""

    code: ClassVar[str] = "broadcast_too_long"
    length: int
    limit: int


@dataclass(eq=False)
class NobodyToTellError(RefusalError):
    """A message to many would reach nobody: nobody belongs to them, or nobody of them can be reached."""

    code: ClassVar[str] = "nobody_to_tell"
    unreachable: int
    muted: int


@dataclass(eq=False)
class BroadcastRepeatedError(RefusalError):
    """The very same text went to the same people a moment ago: whether that is meant is asked once more."""

    code: ClassVar[str] = "broadcast_repeated"
