"""What the guide says to the reception: a few sentences a page."""

from markupsafe import Markup

from handlers.guide_topics import GuideTopic
from handlers.i18n import Translator


def sentences(tr: Translator, topic: GuideTopic) -> tuple[Markup, ...]:
    """Return the sentences of a page; none where it is no page of theirs."""
    match topic:
        case GuideTopic.CHECK_IN:
            return (
                tr.text("Home has the classes of today. Open yours, and tap Open check-in shortly before it starts."),
                tr.text("Then Start the class, and at its end Finish the class: one big button each time."),
                tr.text(
                    "Forgot to finish? The clock does it an hour after the end. Never opened? Then the class counts as "
                    "missed, and all get back what they paid."
                ),
            )
        case GuideTopic.ROSTER:
            return (
                tr.text("Tap a name: attended. ✗ is absent, ↩️ takes it back. One tap a head."),
                tr.text(
                    "In a queue, Look for somebody by a part of the name, or scan their ticket with the phone's camera."
                ),
                tr.text("Everyone attended marks the rest at once, and says first what is taken."),
                tr.text("A mistake can be corrected until 24 hours after the end; the money follows."),
            )
        case GuideTopic.WALK_IN:
            return (
                tr.text("Somebody without a booking: open the class, Walk-in cash, and find them by name or phone."),
                tr.text("Nobody found? New guest takes a name, and a phone if they like."),
                tr.text("Take the cash, then tap the amount: the seat and the drawer are written down together."),
                tr.text("Later they can claim what they did as a guest, with the same phone, in their own chat."),
            )
        case GuideTopic.CASH:
            return (
                tr.text("Cashbox shows what is in the drawer, and each movement of it."),
                tr.text("Person at the desk: Top up puts cash into a wallet; Pay out gives a guest's money back."),
                tr.text("A wrong amount? Open the movement on the same day, and Correct it with a reason."),
                tr.text("To the bank writes down what leaves the drawer."),
            )
        case GuideTopic.COUNT:
            return (
                tr.text("Count asks for the total, or for the notes and coins one by one."),
                tr.text("A difference is shown before it is written down, as over or short."),
                tr.text("The day compares what the classes should have brought with what was taken."),
            )
        case GuideTopic.CALL_OFF:
            return (
                tr.text("Open the class, then Change: its day and time, branch, teacher and seats. Who is in it is told."),
                tr.text(
                    "Cancel the class asks why, and says what will be given back. Then everybody is told and made good "
                    "by itself."
                ),
                tr.text(
                    "Reschedule brings a cancelled class back at another time; who was in it is invited to book again."
                ),
            )
        case _:
            return ()
