"""Which pictures there are, and which screens of the code each of them shows: the test that none is missing reads it."""  # noqa: INP001 -- a script beside the documents, not a package

from dataclasses import dataclass

from docs.screenshots_not_yet import NOT_YET


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in each language, ``<name>-<language>.png``; ``shows`` names the functions whose messages are on it.

    A function is named by its module below ``handlers`` and its own name.
    """

    name: str
    caption: str
    shows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pictures that belong together, in the order in which a person comes upon them."""

    title: str
    pictures: tuple[Picture, ...]


def _of(module: str, *pictures: tuple[str, str, str]) -> tuple[Picture, ...]:
    """Return the pictures (name, function, caption) of one module's screens."""
    return tuple(Picture(name, caption, (f"{module}.{function}",)) for name, function, caption in pictures)


CHAPTERS = (
    Chapter(
        "First contact",
        (
            *_of("everyone.joining_view", ("language", "ask_language", "A stranger sends /start: which language?")),
            *_of("everyone.joining_view", ("name", "ask_name", "The name that Telegram knows, a tap from being accepted.")),
            Picture(
                "phone",
                "The phone number, by Telegram's own button; it may be skipped.",
                ("everyone.joining_view.named", "everyone.joining_view.ask_phone"),
            ),
            *_of("student.home_view", ("welcome", "home", "First contact is done: the next classes of all kinds.")),
        ),
    ),
    Chapter(
        "Finding a class",
        (
            *_of(
                "student.home_view",
                ("home", "home", "Home: the next sessions of one's own classes, and one's next booking."),
                ("classes", "session_list", "All classes, soonest first, the full ones too."),
            ),
            *_of(
                "student.calendar_view",
                ("calendar", "month_screen", "The month: free seats, full days, own bookings."),
                ("calendar-class", "choice_screen", "Narrowing the calendar to a class."),
                ("calendar-branch", "choice_screen", "Narrowing it to a branch."),
                ("calendar-narrowed", "month_screen", "The month of one class at one branch."),
            ),
            *_of("student.calendar_day_view", ("day", "day_screen", "One day's sessions.")),
        ),
    ),
    Chapter(
        "Booking",
        (
            *_of(
                "student.session_view",
                ("session-credit", "session_card", "A session that a credit pays for."),
                ("session-wallet", "session_card", "One that the wallet pays for."),
                ("session-short", "session_card", "Neither credits nor money: the way on is a package."),
                ("session-full", "session_card", "A full session."),
                ("session-late", "session_card", "A session so near that it cannot be cancelled once booked."),
                ("refused-full", "session_card", "The last seat went while the card was open."),
                ("refused-terms", "session_card", "The price changed while the card was open: nothing is booked unseen."),
            ),
            *_of("student.booking_view", ("booked", "booking_card", "Booked.")),
        ),
    ),
    Chapter(
        "My bookings",
        (
            *_of(
                "student.booking_view",
                ("bookings", "bookings", "What is ahead."),
                ("bookings-none", "bookings", "Nothing is ahead."),
                ("booking", "booking_card", "A booking that a credit paid for."),
                ("cancel", "ask_cancel", "Cancelling asks once, and says what comes back."),
                ("cancelled", "booking_card", "Cancelled, with its money step by step."),
                ("refused-late", "booking_card", "Too late to cancel."),
                ("booking-past", "booking_card", "A booking that was attended."),
            ),
            *_of(
                "student.history_view",
                ("history", "history", "What lies behind."),
                ("history-none", "history", "Nothing lies behind yet."),
                ("history-filter", "ask_filter", "Which ones, and in which order?"),
                ("history-class", "ask_class", "Of which class?"),
                ("history-narrowed", "history", "The past bookings of one class."),
                ("history-search", "ask_words", "Looking for words."),
                ("history-found", "history", "What was found for them."),
            ),
            *_of(
                "student.calendar_export_view",
                ("calendar-file", "calendar_document", "A booking as a file for one's own calendar."),
                (
                    "feed",
                    "feed_screen",
                    "A feed of all bookings for one's own calendar, where the bot has a public address.",
                ),
                ("feed-renew", "ask_renew_screen", "Renewing its address asks once."),
            ),
        ),
    ),
    Chapter(
        "Packages and wallet",
        (
            *_of(
                "student.packages_view",
                ("packages", "packages", "Credits by class, and the packages owned."),
                ("packages-none", "packages", "No package yet."),
                ("package", "package", "One package, and what its credits were used for."),
                ("shop", "shop", "The shop, with what one session comes to."),
                ("shop-class", "shop", "The packages of one class."),
                ("offer", "offer", "Exactly what buying would do."),
                ("refused-offer", "offer", "The price changed while the offer was open: nothing is bought unseen."),
                ("offer-missing", "offer", "Not enough money for it."),
                ("bought", "package", "Bought."),
            ),
            *_of(
                "student.wallet_view",
                ("wallet", "wallet", "The wallet: free, locked and for which booking, and the statement."),
                ("wallet-older", "wallet", "An older page of the statement."),
                ("wallet-empty", "wallet", "An empty wallet."),
            ),
        ),
    ),
    Chapter(
        "Profile and help",
        (
            *_of(
                "everyone.profile_view",
                ("profile", "profile", "What the studio knows of one, each thing a tap from being changed."),
                ("reminders-off", "profile", "A reminder switched off."),
                ("profile-name", "ask_name", "Another name."),
                ("profile-renamed", "profile", "The new name is kept."),
            ),
            Picture(
                "profile-phone",
                "Another phone number, by Telegram's own button.",
                ("everyone.profile_view.phone_asked", "everyone.profile_view.ask_phone"),
            ),
            *_of("everyone.profile", ("my-data", "send_my_data", "Everything that is kept about one, as a file.")),
            *_of("everyone.joining_view", ("language-again", "ask_language", "Another language.")),
            *_of(
                "everyone.help_view",
                ("help", "student_help", "Help, by what one can do now."),
            ),
            *_of(
                "student.home_view",
                ("typed", "home", "Something typed that nobody asked for."),
                ("refused-stale", "home", "A button that is not understood any more."),
            ),
        ),
    ),
    Chapter(
        "Being erased",
        _of(
            "everyone.erasure_view",
            ("erase", "ask_erase", "Whoever still owns something is asked about that first."),
            ("erase-give-up", "ask_give_up", "Asked once more, by the amounts."),
            ("erase-unsettled", "ask_erase", "Not while a class is unsettled."),
            ("erase-nothing", "ask_erase", "Whoever owns nothing is asked once."),
            ("erased", "erased", "Goodbye."),
        ),
    ),
    Chapter(
        "The team",
        (
            *_of(
                "team.view",
                ("staff-home", "home", "A receptionist's home."),
                ("admin-home", "home", "The owner's home."),
            ),
            *_of(
                "team.session_list_view",
                ("team-classes", "session_list", "All classes, as the team sees them."),
            ),
            *_of(
                "team.session_card_view",
                ("team-session", "team_card", "A session and its seats."),
            ),
            *_of("everyone.help_view", ("team-help", "team_help", "The team's help.")),
            *_of("everyone.role_view", ("roles", "ask_role", "Whoever has several roles chooses one.")),
            *_of("everyone.switches_view", ("switches", "switches", "Which messages one gets.")),
        ),
    ),
    Chapter(
        "An evening at the door",
        (
            *_of(
                "team.session_card_view",
                ("door-before", "team_card", "Shortly before a class: opening check-in."),
                ("door-open", "team_card", "Check-in is open."),
            ),
            *_of(
                "team.door_view",
                ("roster", "roster", "Who comes, and how each pays."),
                ("roster-marked", "roster", "One tap has marked a head, one more takes it back."),
                ("roster-search", "ask_name", "Looking for somebody by name."),
                ("roster-found", "found_heads", "Who has that in the name."),
                ("roster-everyone", "ask_everyone", "Marking everyone at once says first what is taken."),
            ),
            *_of(
                "desk.people_view",
                ("walk-in", "ask_whom", "Somebody walks in with cash: who is it?"),
                ("guest-name", "ask_guest_name", "A new guest's name."),
                ("guest-phone", "ask_guest_phone", "A guest's phone number, which may be left out."),
            ),
            *_of("desk.seats_view", ("walk-in-seat", "confirm_seat", "The seat and its price, before the cash is taken.")),
            *_of(
                "team.session_card_view", ("walk-in-done", "team_card", "The cash is in the drawer, the guest has a seat.")
            ),
            *_of("team.view", ("staff-today", "home", "The receptionist's home in the evening.")),
        ),
    ),
    Chapter(
        "Cash",
        (
            *_of("desk.cashbox_view", ("drawer", "drawer", "The drawer: what is in it, and what moved.")),
            *_of(
                "desk.cashbox_view",
                ("movement", "movement", "One movement of the drawer."),
                ("bank", "to_bank", "Taking money out of the drawer to the bank."),
            ),
            *_of(
                "desk.counting_view",
                ("count", "ask_total", "Counting the drawer."),
                ("count-confirm", "confirm", "What the count differs by is said before it is written down."),
            ),
            *_of("desk.day_view", ("day-summary", "day_summary", "The day's money.")),
            *_of(
                "desk.people_view",
                ("desk-found", "found", "Somebody at the desk, found by name."),
                ("desk-person", "person_card", "What the desk can do for a person."),
            ),
            *_of("desk.wallets_view", ("desk-top-up", "top_up", "Cash into a wallet.")),
        ),
    ),
    Chapter(
        "Running the timetable",
        (
            *_of("team.timetable_view", ("timetable", "timetable", "The rules that make the sessions.")),
            *_of("team.timetable_view", ("rule", "rule_card", "One rule of the timetable.")),
            *_of("team.holidays_view", ("holidays", "holiday_list", "The holidays.")),
            *_of(
                "team.session_card_view",
                ("session-change", "edit_menu", "What of a session can be changed."),
                ("session-seats", "ask_capacity", "Another number of seats."),
                ("call-off-reason", "ask_reason", "Calling a session off asks why."),
                ("call-off", "confirm_cancel", "What calling off would do, before it is done."),
            ),
        ),
    ),
)
"""Every screen that is photographed."""

EXTRA_PICTURES = ("chat-en.png", "chat-ar.png", "page.png")
"""The README's: a whole chat in each language, and the demo's page."""

WITHOUT_PICTURE: dict[str, str] = dict.fromkeys(NOT_YET, "Nobody has photographed it yet.")
"""Functions whose messages are on no picture, each with the reason."""

SCREENS = tuple(picture.name for chapter in CHAPTERS for picture in chapter.pictures)
"""The names of all screens."""
