"""What the guide says to the owner: a few sentences a page."""

from markupsafe import Markup

from handlers.guide_topics import GuideTopic
from handlers.i18n import Translator


def sentences(tr: Translator, topic: GuideTopic) -> tuple[Markup, ...]:  # noqa: C901 -- one case for each page
    """Return the sentences of a page; none where it is no page of theirs."""
    match topic:
        case GuideTopic.SET_UP:
            return (
                tr.text(
                    "The list asks for what a center needs: its name, a branch, a class, its times, and packages if you "
                    "sell any."
                ),
                tr.text(
                    "Tap the blue button, and answer; almost everything is a tap. Stop at any time: what you answered "
                    "is kept."
                ),
                tr.text("Then send the Link for students on, or print its code."),
            )
        case GuideTopic.PEOPLE:
            return (
                tr.text(
                    "People finds everybody by name or phone. The card shows wallet, packages and the latest bookings."
                ),
                tr.text(
                    "Invite to the team makes a link that works once, for staff of a branch or an admin. ➖ on the card "
                    "takes a role away."
                ),
                tr.text(
                    "The same person twice? Merge with another. Notes, blocking, their data and erasing are there, too."
                ),
            )
        case GuideTopic.CLASSES:
            return (
                tr.text(
                    "A class has a price, seats, a length, and until when cancelling is free. Tap ✏️ to change one: the "
                    "screen says for whom it holds."
                ),
                tr.text(
                    "Everybody pays: the price is taken when check-in opens. Who comes pays: it is taken on arrival, "
                    "and who stays away pays the fee that you set. You decide: absences wait for your word."
                ),
                tr.text("Into the timetable gives it its hours every week; holidays leave days out."),
            )
        case GuideTopic.PACKAGES:
            return (
                tr.text("A package is of one class: how many, for how much. The screen says what one comes to."),
                tr.text("Sell it no more takes it out of the shop; what was bought goes on."),
                tr.text("Unused credits can be paid back into the student's wallet."),
            )
        case GuideTopic.MONEY:
            return (
                tr.text("The digest comes every evening: earned is what classes delivered, collected is what came in."),
                tr.text("Cashbox shows every drawer, its movements and its counts."),
                tr.text(
                    "⚖️ Decisions: absences of classes where you decide are charged or released there, one by one or "
                    "all at once."
                ),
                tr.text("⚠️ Alerts name what needs a look."),
            )
        case GuideTopic.PAYMENTS:
            return (
                tr.text("Payments lists what was paid, by whom and for what. A card says what became of the money."),
                tr.text("Refund to the payer gives it back, whole or in part, while the wallet still has it."),
                tr.text(
                    "Wallets shows anybody's wallet with its statement, what the center owes in all, and moves money "
                    "from one to another."
                ),
            )
        case GuideTopic.REPORTS:
            return (
                tr.text("Choose a report and a period: revenue, or cash against what the classes should have brought."),
                tr.text(
                    "Earned and collected are different numbers, and both are there, with what is still owed to students."
                ),
                tr.text("See it as a chart, or take it out as a CSV or Excel file."),
            )
        case GuideTopic.BROADCAST:
            return (
                tr.text("Write to everybody of a class, of a branch, or of one session, from its card."),
                tr.text(
                    "You see your text as they will read it, and how many it reaches. Nothing goes out before you tap."
                ),
                tr.text(
                    "It goes out by itself, and one message shows how far it is. Who switched announcements off is left "
                    "out."
                ),
            )
        case GuideTopic.SETTINGS:
            return (
                tr.text(
                    "Tap a setting to read what it means, and to change it: reminders, quiet hours, the digest, how "
                    "long a seat is held."
                ),
                tr.text(
                    "Branches have their own staff, classes and cashbox. Invitations shows the links that are still open."
                ),
                tr.text("The currency is fixed by the first payment."),
            )
        case GuideTopic.AUDIT:
            return (
                tr.text("Every change is in the audit log: who, when, before and after, and the reason."),
                tr.text("Narrow it by kind and time; open a row for all of one person, or all on one thing."),
                tr.text("Take it out as a file for your accountant."),
            )
        case _:
            return ()
