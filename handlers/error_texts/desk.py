"""The sentences for refusals at the desk, and of phones that are somebody's already."""

from markupsafe import Markup

from domain.errors import (
    AmountTooLargeError,
    CashboxChangedError,
    CashboxTooLowError,
    CashDayOverError,
    CashNotCorrectableError,
    DeskWalletTooLowError,
    MergeNotNowError,
    NotAGuestError,
    PhoneKnownError,
    PhoneTakenError,
    RefusalError,
    VisitorEnrolledError,
    WalkInClosedError,
)
from handlers.i18n import Translator


def desk_sentence(tr: Translator, error: RefusalError) -> Markup | None:  # noqa: C901, PLR0912 -- one case for each refusal
    """Return what a person reads, or None for what is no refusal of the desk."""
    match error:
        case AmountTooLargeError():
            limit = tr.money(error.limit_minor, error.currency)
            return tr.text("That is more than is possible here: at most {limit}. Please type it again.", limit=limit)
        case WalkInClosedError():
            return tr.text("No walk-in for this class: it is over, was cancelled, or is on another day.")
        case VisitorEnrolledError():
            return tr.text("This person has a seat in this class already: see the list of who comes.")
        case CashboxTooLowError():
            balance = tr.money(error.balance_minor, error.currency)
            return tr.text("There is only {balance} in the drawer. Please type another amount.", balance=balance)
        case CashboxChangedError():
            return tr.text("Cash moved in the drawer in the meantime: please look at the difference again.")
        case DeskWalletTooLowError():
            available = tr.money(error.available_minor, error.currency)
            return tr.text("Only {available} is free in the wallet. Please type another amount.", available=available)
        case NotAGuestError():
            return tr.text("Only guests are paid out in cash: this person has a wallet in the chat, and spends it there.")
        case CashNotCorrectableError():
            return tr.text("This cannot be corrected any more: it was corrected already, or was paid back.")
        case CashDayOverError():
            return tr.text("Only an admin can correct this now: the day is over.")
        case PhoneKnownError():
            return tr.text("This phone is known already. Is it this person?")
        case PhoneTakenError():
            return tr.text(
                "Somebody else uses this phone here. If it is yours, please ask at the studio's reception: they can put "
                "the two profiles together."
            )
        case MergeNotNowError():
            return tr.text("A seat is being reserved at this moment. Please try again in a quarter of an hour.")
        case _:
            return None
