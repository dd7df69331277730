"""The sentence for every refusal: what happened, and what to do next."""

from markupsafe import Markup

from domain.errors import (
    BusyError,
    CapacityTooSmallError,
    CheckInTooEarlyError,
    HolidayExistsError,
    InvalidInputError,
    InvalidTransitionError,
    NotMadeGoodYetError,
    OutOfDateError,
    RefusalError,
    SessionChangedError,
    SessionInUseError,
    SessionNotEditableError,
)
from domain.sessions.model import SessionStatus
from handlers.error_texts.broadcast import broadcast_sentence
from handlers.error_texts.center import center_sentence
from handlers.error_texts.desk import desk_sentence
from handlers.error_texts.money import money_sentence
from handlers.error_texts.seat import seat_sentence
from handlers.i18n import Translator
from handlers.session_words import status_name


def sentence(tr: Translator, error: RefusalError) -> Markup:
    """Return what a person reads when the business says no."""
    match error:
        case InvalidInputError():
            return broadcast_sentence(tr, error) or _invalid_input(tr, error)
        case OutOfDateError():
            return out_of_date(tr)
        case BusyError():
            return tr.text("Many people are booking at this moment. Please tap again.")
        case HolidayExistsError():
            return tr.text("That day is a holiday there already.")
        case InvalidTransitionError() | CheckInTooEarlyError() | SessionChangedError() | SessionNotEditableError():
            return _of_session(tr, error)
        case SessionInUseError() | CapacityTooSmallError() | NotMadeGoodYetError():
            return _of_session(tr, error)
        case _:
            said = (of_subject(tr, error) for of_subject in _BY_SUBJECT)
            return next((each for each in said if each is not None), not_there(tr))


_BY_SUBJECT = (seat_sentence, money_sentence, broadcast_sentence, desk_sentence, center_sentence)


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
        case "amount" | "wallet", _:
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
        case _:
            return tr.text("Please type an amount above zero, for example: 80")
