"""The sentence for every refusal: what happened, and what to do next."""

from markupsafe import Markup

from domain.errors import (
    AlreadyEnrolledError,
    AttendanceNotOpenError,
    BranchInUseError,
    BusyError,
    CapacityTooSmallError,
    CheckInTooEarlyError,
    ClassInUseError,
    CorrectionClosedError,
    HolidayExistsError,
    InsufficientFundsError,
    InvalidInputError,
    InvalidTransitionError,
    InviteNotValidError,
    LastAdminError,
    LateCancellationError,
    NameTakenError,
    NotCancellableError,
    NotMadeGoodYetError,
    NotMarkableError,
    NotRefundableError,
    OfferChangedError,
    OnlinePaymentsOffError,
    OutOfDateError,
    PackageNotOnSaleError,
    PaymentEndedError,
    PaymentGatewayError,
    PhoneNeededError,
    RefundTooLargeError,
    RefusalError,
    ReservationLapsedError,
    SeatNotHoldableError,
    SeatsFreeError,
    SessionChangedError,
    SessionFullError,
    SessionInUseError,
    SessionNotEditableError,
    SessionNotOpenError,
    SettingFrozenError,
    StillOwnedError,
    TermsChangedError,
    TooManySeatsHeldError,
    UncollectableError,
    UnsettledBookingsError,
    WalletTooLowError,
)
from domain.sessions.model import SessionStatus
from handlers.broadcast_error_texts import broadcast_sentence
from handlers.desk_error_texts import desk_sentence
from handlers.i18n import Translator
from handlers.session_words import status_name

_MINUTES_AN_HOUR = 60


def sentence(tr: Translator, error: RefusalError) -> Markup:  # noqa: C901, PLR0912 -- one case for each refusal
    """Return what a person reads when the business says no."""
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
        case InsufficientFundsError():
            return tr.text(
                "Insufficient package credits or wallet balance: it costs {price}, and {available} is free in your "
                "wallet. Please ask at the studio's reception.",
                price=tr.money(error.price_minor, error.currency),
                available=tr.money(error.available_minor, error.currency),
            )
        case TermsChangedError():
            return tr.text("Something changed since you opened this: please look again, then confirm.")
        case OfferChangedError():
            return tr.text("This package changed since you opened it: please look again, then confirm.")
        case PackageNotOnSaleError():
            return tr.text("This package is not sold any more. Here are the others:")
        case WalletTooLowError():
            return tr.text(
                "{missing} is missing in your wallet for this package.",
                missing=tr.money(error.price_minor - error.available_minor, error.currency),
            )
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
        case _ if (to_many := broadcast_sentence(tr, error)) is not None:
            return to_many
        case InvalidInputError():
            return _invalid_input(tr, error)
        case _ if (at_desk := desk_sentence(tr, error)) is not None:
            return at_desk
        case InviteNotValidError():
            return tr.text("This invitation was used already or has expired. Please ask for a new one.")
        case OutOfDateError():
            return out_of_date(tr)
        case UnsettledBookingsError():
            return tr.text("A class of yours is going on or is not settled yet, so you cannot be erased at the moment.")
        case StillOwnedError():
            return tr.text("What you own has changed in the meantime: please look again, then confirm.")
        case InvalidTransitionError() | CheckInTooEarlyError() | SessionChangedError() | SessionNotEditableError():
            return _of_session(tr, error)
        case SessionInUseError() | CapacityTooSmallError() | NotMadeGoodYetError():
            return _of_session(tr, error)
        case HolidayExistsError():
            return tr.text("That day is a holiday there already.")
        case PaymentGatewayError():
            return tr.text("Payment gateway error: the payment service does not answer at the moment. Please try again.")
        case PaymentEndedError():
            return tr.text("This payment is over. You can start again.")
        case OnlinePaymentsOffError():
            return tr.text("Paying online is not possible here. Please pay at the studio's reception.")
        case PhoneNeededError():
            return tr.text("The payment service needs your phone number. Please share it once, then pay.")
        case TooManySeatsHeldError():
            return tr.ntext(
                "{n} seat is held for you already and not paid yet. Pay for it or let it go first.",
                "{n} seats are held for you already and not paid yet. Pay for one or let one go first.",
                error.most,
            )
        case SeatNotHoldableError():
            return tr.text("It is too late to hold a seat while you pay. Top up your wallet first, then book.")
        case NotRefundableError():
            return tr.text("There is nothing to refund, or another refund of it is under way.")
        case RefundTooLargeError():
            return tr.text(
                "At most {amount} can go back now: what is left of the payment, and free in the wallet.",
                amount=tr.money(error.most_minor, error.currency),
            )
        case NameTakenError():
            return tr.text("There is a branch of this name already: {name}", name=error.name)
        case SettingFrozenError(reason="posted"):
            return tr.text("The currency can't be changed any more: money is written down in it.")
        case SettingFrozenError(reason="priced"):
            return tr.text("That currency has another small unit than the prices you have. Remove the classes first.")
        case SettingFrozenError():
            return tr.text("The time zone can't be changed while classes are in the calendar.")
        case BranchInUseError() | ClassInUseError():
            return tr.text("It cannot be put away yet: something still depends on it.")
        case LastAdminError():
            return tr.text("Somebody has to stay an admin: make another one first.")
        case BusyError():
            return tr.text("Many people are booking at this moment. Please tap again.")
        case _:
            return not_there(tr)


def not_there(tr: Translator) -> Markup:
    """Answer for what does not exist, or not for this person: the same for both."""
    return tr.text("This is not available any more. Here is where you can go on:")


def out_of_date(tr: Translator) -> Markup:
    """Answer to a button that we no longer understand."""
    return tr.text("That button was out of date. Here is how things stand now:")


def blocked(tr: Translator) -> Markup:
    """Answer to somebody whom the center has blocked."""
    return tr.text("You cannot use this chat at the moment. Please call the studio.")


def fault(tr: Translator, *, reference: str) -> Markup:
    """Apologise for a fault of ours, with the reference that is in the log."""
    return tr.text(
        "Sorry, something went wrong on our side. Send /start to see how things stand, then try again. If it stays so, "
        "tell the studio this number: {reference}",
        reference=reference,
    )


def _of_session(tr: Translator, error: RefusalError) -> Markup:
    match error:
        case InvalidTransitionError():
            was, becomes = SessionStatus(error.was), SessionStatus(error.becomes)
            return tr.text(
                "Invalid status transition: {was} → {becomes} ({was_name} → {becomes_name}). Here is how the class stands:",
                was=was,
                becomes=becomes,
                was_name=status_name(tr, was),
                becomes_name=status_name(tr, becomes),
            )
        case CheckInTooEarlyError():
            return tr.text("It is too early: check-in can be opened from {moment} on.", moment=tr.moment(error.opens_at))
        case SessionChangedError():
            return tr.text("This class is at another time by now: please look again, then decide.")
        case SessionNotEditableError():
            return tr.text("This can no longer be changed: {status}.", status=status_name(tr, SessionStatus(error.status)))
        case CapacityTooSmallError():
            return tr.ntext(
                "{n} seat is taken: there cannot be fewer.",
                "{n} seats are taken: there cannot be fewer.",
                error.seats_taken,
            )
        case NotMadeGoodYetError():
            return tr.ntext(
                "{n} seat is still to be made good. Please wait a moment, then try again.",
                "{n} seats are still to be made good. Please wait a moment, then try again.",
                error.seats_left,
            )
        case _:
            return tr.text("Somebody is or was in this class, or waits for it: it can be cancelled, but not deleted.")


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


def _planned_input(tr: Translator, error: InvalidInputError) -> Markup:
    match error.field, error.reason:
        case _, "too_long":
            return tr.ntext(
                "That is too long: at most {n} letter, please.",
                "That is too long: at most {n} letters, please.",
                error.limit or 0,
            )
        case "time", "past":
            return tr.text("That time is past. Please choose one that is still to come.")
        case "time", "too_far":
            return tr.text("That is more than a year away. Please choose an earlier day.")
        case "time", _:
            return tr.text("That is not a time of day. Please type one, for example: 18:30")
        case "day", "past":
            return tr.text("That day is past. Please choose one that is still to come.")
        case "day", _:
            return tr.text("That is not a day. Please type one, for example: 25/12")
        case "seats", "too_many":
            return tr.ntext("At most {n} seat, please.", "At most {n} seats, please.", error.limit or 0)
        case "seats", _:
            return tr.text("That is not a number of seats. Please type one, for example: 12")
        case _:
            return tr.text("Please type a few words.")


def _invalid_input(tr: Translator, error: InvalidInputError) -> Markup:  # noqa: C901 -- one case for each question
    match error.field, error.reason:
        case "name", "too_long":
            return tr.ntext(
                "That name is too long: at most {n} letter, please.",
                "That name is too long: at most {n} letters, please.",
                error.limit or 0,
            )
        case "name", _:
            return tr.text("That is not a name that can be shown. Please type one, for example: Mona Adel")
        case "amount", _:
            return tr.text("Please type an amount above zero, for example: 80")
        case "reason", "too_long":
            return tr.ntext(
                "That is too long: at most {n} letter, please.",
                "That is too long: at most {n} letters, please.",
                error.limit or 0,
            )
        case "reason", _:
            return tr.text("Please type the reason in a few words.")
        case "search", "too_long":
            return tr.ntext(
                "That is too long to look for: at most {n} letter, please.",
                "That is too long to look for: at most {n} letters, please.",
                error.limit or 0,
            )
        case "search", _:
            return tr.text("Please type at least one letter or digit.")
        case (("teacher" | "holiday" | "time" | "day" | "seats"), _):
            return _planned_input(tr, error)
        case "amount" | "reason" | "wallet", _:
            return _typed_of_money(tr, error)
        case "phone", "not_yours":
            return tr.text("That is somebody else's contact. Please share your own with the button, or skip.")
        case "phone", _:
            return tr.text("That is not a phone number we can use. Please share it with the button, or skip.")
        case _:
            return tr.text("That does not fit here. Please use the buttons.")


def _typed_of_money(tr: Translator, error: InvalidInputError) -> Markup:
    match error.field, error.reason:
        case "wallet", _:
            return tr.text("A transfer needs two different wallets.")
        case "amount", "too_large":
            return tr.text("That is more than can be paid at once.")
        case "amount", _:
            return tr.text("Please type an amount above zero, for example: 80")
        case "reason", "too_long":
            return tr.ntext(
                "That reason is too long: at most {n} letter, please.",
                "That reason is too long: at most {n} letters, please.",
                error.limit or 0,
            )
        case _:
            return tr.text("Please type a reason.")
