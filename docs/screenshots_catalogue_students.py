"""The pictures of what students see, chapter by chapter."""  # noqa: INP001 -- a script beside the documents, not a package

from docs.screenshots_picture import Chapter, Picture, of

CHAPTERS = (
    Chapter(
        "First contact",
        (
            *of("everyone.joining_view", ("language", "ask_language", "A stranger sends /start: which language?")),
            *of("everyone.joining_view", ("name", "ask_name", "The name that Telegram knows, a tap from being accepted.")),
            Picture(
                "phone",
                "The phone number, by Telegram's own button; it may be skipped.",
                ("everyone.joining_view.named", "everyone.joining_view.ask_phone"),
            ),
            *of("student.home_view", ("welcome", "home", "First contact is done: the next classes of all kinds.")),
        ),
    ),
    Chapter(
        "Finding a class",
        (
            *of(
                "student.home_view",
                ("home", "home", "Home: the next sessions of one's own classes, and one's next booking."),
                ("classes", "session_list", "All classes, soonest first, the full ones too."),
            ),
            *of(
                "student.calendar_view",
                ("calendar", "month_screen", "The month: free seats, full days, own bookings."),
                ("calendar-class", "choice_screen", "Narrowing the calendar to a class."),
                ("calendar-branch", "choice_screen", "Narrowing it to a branch."),
                ("calendar-narrowed", "month_screen", "The month of one class at one branch."),
            ),
            *of("student.calendar_day_view", ("day", "day_screen", "One day's sessions.")),
        ),
    ),
    Chapter(
        "Booking",
        (
            *of(
                "student.session_view",
                ("session-credit", "session_card", "A session that a credit pays for."),
                ("session-wallet", "session_card", "One that the wallet pays for."),
                ("session-short", "session_card", "Neither credits nor money: the way on is a package."),
                ("session-full", "session_card", "A full session."),
                ("session-late", "session_card", "A session so near that it cannot be cancelled once booked."),
                ("refused-full", "session_card", "The last seat went while the card was open."),
                ("refused-terms", "session_card", "The price changed while the card was open: nothing is booked unseen."),
            ),
            *of("student.booking_view", ("booked", "booking_card", "Booked.")),
        ),
    ),
    Chapter(
        "My bookings",
        (
            *of(
                "student.booking_view",
                ("bookings", "bookings", "What is ahead."),
                ("bookings-none", "bookings", "Nothing is ahead."),
                ("booking", "booking_card", "A booking that a credit paid for."),
                ("cancel", "ask_cancel", "Cancelling asks once, and says what comes back."),
                ("cancelled", "booking_card", "Cancelled, with its money step by step."),
                ("refused-late", "booking_card", "Too late to cancel."),
                ("booking-past", "booking_card", "A booking that was attended."),
            ),
            *of(
                "student.history_view",
                ("history", "history", "What lies behind."),
                ("history-none", "history", "Nothing lies behind yet."),
                ("history-filter", "ask_filter", "Which ones, and in which order?"),
                ("history-class", "ask_class", "Of which class?"),
                ("history-narrowed", "history", "The past bookings of one class."),
                ("history-search", "ask_words", "Looking for words."),
                ("history-found", "history", "What was found for them."),
            ),
            Picture("ticket", "A booking's ticket, which the reception scans.", ()),
            *of(
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
            *of(
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
            *of(
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
            *of(
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
            *of("everyone.profile", ("my-data", "send_my_data", "Everything that is kept about one, as a file.")),
            *of("everyone.joining_view", ("language-again", "ask_language", "Another language.")),
            *of(
                "everyone.help_view",
                ("help", "student_help", "Help, by what one can do now, and the guide's topics."),
            ),
            *of(
                "everyone.guide_view", ("guide-page", "page", "A page of the guide: a picture of the way, and a few lines.")
            ),
            *of(
                "student.home_view",
                ("typed", "home", "Something typed that nobody asked for."),
                ("refused-stale", "home", "A button that is not understood any more."),
            ),
        ),
    ),
    Chapter(
        "Being erased",
        of(
            "everyone.erasure_view",
            ("erase", "ask_erase", "Whoever still owns something is asked about that first."),
            ("erase-give-up", "ask_give_up", "Asked once more, by the amounts."),
            ("erase-unsettled", "ask_erase", "Not while a class is unsettled."),
            ("erase-nothing", "ask_erase", "Whoever owns nothing is asked once."),
            ("erased", "erased", "Goodbye."),
        ),
    ),
    Chapter(
        "Paying online",
        of(
            "student.pay_view",
            ("pay-seat", "payment", "Pay and book: the seat is held while one pays."),
            ("pay-lapsed", "news", "It was not paid in time."),
            ("pay-top-up", "top_up", "Topping up: an amount is a tap."),
            ("pay-amount", "ask_amount", "Another amount is typed."),
            ("pay-confirm", "confirm_amount", "Asked once, by the amount."),
            ("pay-link", "payment", "The link to the gateway's page."),
            ("pay-news", "news", "It is paid."),
            ("pay-twice", "surplus_news", "Paid twice: the money is in the wallet."),
            ("pay-package", "payment", "A package that is paid for online."),
            ("pay-phone", "phone_needed", "The gateway wants a phone number."),
        ),
    ),
    Chapter(
        "Waiting, and always coming",
        (
            Picture("waiting", "On the waitlist of a full class.", ("student.session_view.session_card",)),
            *of(
                "student.waiting_news_view",
                ("news-offer", "offer_message", "A seat is free, and held."),
                ("news-lapsed", "lapsed_message", "Nobody answered: it went to the next."),
                ("news-line-closed", "closed_message", "The class that one waited for is called off."),
                ("news-last-credit", "last_credit_message", "One credit is left."),
            ),
            *of("student.waitlist_view", ("seat-offer", "offer", "What taking the offered seat would do.")),
            *of(
                "student.standing_view",
                ("standing", "question", "Every week at this hour?"),
                ("standing-made", "outcomes", "What became of each class."),
                ("standings", "standing_bookings", "One's standing bookings."),
            ),
        ),
    ),
    Chapter(
        "Messages to students",
        of(
            "notifications_view",
            ("news-reminder", "reminder", "The class is near."),
            ("news-booked", "booked", "The reception has given one a seat."),
            ("news-cancelled", "cancelled", "The studio has cancelled one's seat."),
            ("news-moved", "moved", "A class was moved."),
            ("news-off", "called_off", "A class was called off."),
            ("news-back", "back", "It takes place after all."),
            ("news-absent", "missed", "One was not marked present."),
            ("news-decided", "decided", "The owner has decided."),
            ("news-merged", "merged", "Two profiles became one."),
        ),
    ),
)
"""In the order in which a student comes upon them."""
