"""The sentences for refusals of messages to many."""

from markupsafe import Markup

from domain.errors import (
    BroadcastRepeatedError,
    BroadcastTooLongError,
    InvalidInputError,
    NobodyToTellError,
    RefusalError,
)
from handlers.i18n import Translator


def broadcast_sentence(tr: Translator, error: RefusalError) -> Markup | None:
    """Return what a person reads, or None for what is no refusal of these."""
    match error:
        case BroadcastTooLongError():
            return tr.ntext(
                "That is too long: it has {length} letters, and {n} can be sent. Please make it shorter.",
                "That is too long: it has {length} letters, and at most {n} can be sent. Please make it shorter.",
                error.limit,
                length=error.length,
            )
        case NobodyToTellError():
            return tr.text("There is nobody to tell: nobody who can be reached belongs here now.")
        case InvalidInputError(field="broadcast"):
            return tr.text("Please type the message. Pictures and files cannot be sent to everybody.")
        case BroadcastRepeatedError():
            return tr.text("The same message went to the same people less than a minute ago. Send it once more?")
        case _:
            return None
