"""The sentences for refusals around a seat: booking, cancelling, waiting, attendance."""

from markupsafe import Markup

from domain.errors import (
    AlreadyEnrolledError,
    AttendanceNotOpenError,
    CorrectionClosedError,
    LateCancellationError,
    NotCancellableError,
    NotMarkableError,
    RefusalError,
    ReservationLapsedError,
    SeatNotHoldableError,
    SeatsFreeError,
    SessionFullError,
    SessionNotOpenError,
    TermsChangedError,
    TooManySeatsHeldError,
    UncollectableError,
)
from handlers.i18n import Translator

_MINUTES_AN_HOUR = 60


def seat_sentence(tr: Translator, error: RefusalError) -> Markup | None:  # noqa: C901, PLR0912 -- one case for each refusal
    """Return what is said of a refusal around a seat; None for any other."""
    match error:
        case SessionFullError():
            return tr.text("Session is full: the last seat was just taken. You can wait for one, or choose another class.")
        case SeatsFreeError():
            return tr.text("There is a seat again: you need not wait, you can book it.")
        case ReservationLapsedError():
            return tr.text("The seat is not held for you any more: the time for it is over.")
        case AlreadyEnrolledError():
            return tr.text("You already have a seat in this class.")
        case SessionNotOpenError():
            return tr.text("Session is not open for booking: it has begun, or was cancelled. Please choose another one.")
        case TermsChangedError():
            return tr.text("Something changed since you opened this: please look again, then confirm.")
        case LateCancellationError():
            return _late_cancellation(tr, error)
        case NotCancellableError():
            return tr.text("This booking can no longer be cancelled. Please call the studio if something is wrong.")
        case AttendanceNotOpenError(is_over=True):
            return tr.text("The class is finished: tap a name to correct whether they came.")
        case AttendanceNotOpenError():
            return tr.text("Attendance is marked once check-in is open. Open it from the class, then mark.")
        case NotMarkableError():
            return tr.text("This seat is not booked any more, so there is nobody to mark.")
        case CorrectionClosedError():
            return tr.text(
                "Attendance could be corrected until {moment}. It stays as it is now.", moment=tr.moment(error.closed_at)
            )
        case UncollectableError():
            return tr.text(
                "Only {available} is free in the wallet: {amount} cannot be taken yet. Wait for a top-up, or release it.",
                available=tr.money(error.available_minor, error.currency),
                amount=tr.money(error.amount_minor, error.currency),
            )
        case TooManySeatsHeldError():
            return tr.ntext(
                "{n} seat is held for you already and not paid yet. Pay for it or let it go first.",
                "{n} seats are held for you already and not paid yet. Pay for one or let one go first.",
                error.most,
            )
        case SeatNotHoldableError():
            return tr.text("It is too late to hold a seat while you pay. Top up your wallet first, then book.")
        case _:
            return None


def _late_cancellation(tr: Translator, error: LateCancellationError) -> Markup:
    hours, minutes = divmod(error.window_minutes, _MINUTES_AN_HOUR)
    if minutes == 0 and hours > 0:
        return tr.ntext(
            "Cannot cancel less than {n} hour before the class. If you can't come, please call the studio.",
            "Cannot cancel less than {n} hours before the class. If you can't come, please call the studio.",
            hours,
        )
    return tr.ntext(
        "Cannot cancel less than {n} minute before the class. If you can't come, please call the studio.",
        "Cannot cancel less than {n} minutes before the class. If you can't come, please call the studio.",
        error.window_minutes,
    )
