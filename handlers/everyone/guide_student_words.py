"""What the guide says to students: a few sentences a page."""

from markupsafe import Markup

from handlers.guide_topics import GuideTopic
from handlers.i18n import Translator


def sentences(tr: Translator, topic: GuideTopic) -> tuple[Markup, ...]:
    """Return the sentences of a page; none where it is no page of theirs."""
    match topic:
        case GuideTopic.BOOK:
            return (
                tr.text("Home shows your next classes. More are under All classes and in the Calendar."),
                tr.text("Tap a class: its card says when and where, how it is paid, and until when it can be cancelled."),
                tr.text(
                    "Tap the green button, and the seat is yours. Credits are used first; money stays locked in your "
                    "wallet until the class."
                ),
                tr.text("You always come at that hour? 🔁 on the card books every week for you."),
            )
        case GuideTopic.CANCEL:
            return (
                tr.text("Open the booking under My bookings, and tap Cancel this booking. You are asked once."),
                tr.text(
                    "Until the time on its card everything comes back: the credit to its package, the money to your wallet."
                ),
                tr.text("After that it cannot be cancelled here. What staying away costs stands on the card, too."),
                tr.text(
                    "If the studio cancels a class, you get everything back. If it moves one, you can cancel free of "
                    "charge."
                ),
            )
        case GuideTopic.CREDITS:
            return (
                tr.text("A package is a number of classes at a better price. Its credits never expire."),
                tr.text(
                    "Packages, Buy a package: choose one, read what a class comes to, and pay from your wallet or online."
                ),
                tr.text(
                    "Booking uses the oldest credits first. Under Packages you see what is left, and what each was used "
                    "for."
                ),
            )
        case GuideTopic.WALLET:
            return (
                tr.text(
                    "Your wallet pays for classes without a package. It shows what you can spend, what is locked and "
                    "for which class, and every movement."
                ),
                tr.text("Top it up online, or with cash at the reception."),
                tr.text(
                    "It is short? Where the studio takes payments online, the class's card has Pay and book: your seat "
                    "is held while you pay."
                ),
                tr.text("Cash at the door works as well: the reception gives you the seat."),
            )
        case GuideTopic.WAITLIST:
            return (
                tr.text("The class is full? Tap Join the waitlist on its card. It costs nothing."),
                tr.text("When a seat is free, you get a message, and it is held for you until the time that it says."),
                tr.text(
                    "Take the seat, or pass it on. In silence it goes to the next in line. Nothing is booked without "
                    "your tap."
                ),
            )
        case GuideTopic.TICKET:
            return (
                tr.text("A booking has a Ticket: show its code at the door, and the reception finds you at once."),
                tr.text("Reminders come before the class. My profile switches them off and on."),
                tr.text("Add to calendar puts a booking into your phone's calendar."),
            )
        case GuideTopic.MY_DATA:
            return (
                tr.text("My profile has your name, phone, language and messages: tap one to change it."),
                tr.text("My data sends you everything that is kept about you, as a file."),
                tr.text("Erase me removes you for good. Before that you read what you would give up."),
            )
        case _:
            return ()
