"""The sentences for refusals around people and the center: roles, settings, what is in use."""

from markupsafe import Markup

from domain.errors import (
    BranchInUseError,
    ClassInUseError,
    InviteNotValidError,
    LastAdminError,
    NameTakenError,
    RefusalError,
    SettingFrozenError,
    StillOwnedError,
    UnsettledBookingsError,
)
from handlers.i18n import Translator


def center_sentence(tr: Translator, error: RefusalError) -> Markup | None:
    """Return what is said of a refusal around people and the center; None for any other."""
    match error:
        case InviteNotValidError():
            return tr.text("This invitation was used already or has expired. Please ask for a new one.")
        case UnsettledBookingsError():
            return tr.text("A class of yours is going on or is not settled yet, so you cannot be erased at the moment.")
        case StillOwnedError():
            return tr.text("What you own has changed in the meantime: please look again, then confirm.")
        case NameTakenError():
            return tr.text("There is a branch of this name already: {name}", name=error.name)
        case SettingFrozenError(reason="posted"):
            return tr.text("The currency can't be changed any more: money is written down in it.")
        case SettingFrozenError(reason="priced"):
            return tr.text("That currency has another small unit than the prices you have. Put your classes away first.")
        case SettingFrozenError():
            return tr.text("The time zone can't be changed while classes are in the calendar.")
        case BranchInUseError() | ClassInUseError():
            return tr.text("It cannot be put away yet: something still depends on it.")
        case LastAdminError():
            return tr.text("Somebody has to stay an admin: make another one first.")
        case _:
            return None
