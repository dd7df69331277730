"""The pictures of what the team sees: the reception first, then the owner."""  # noqa: INP001 -- a script beside the documents, not a package

from docs.screenshots_picture import Chapter, Picture, of

CHAPTERS = (
    Chapter(
        "The team",
        (
            *of(
                "team.view",
                ("staff-home", "home", "A receptionist's home."),
                ("admin-home", "home", "The owner's home."),
            ),
            *of(
                "team.session_list_view",
                ("team-classes", "session_list", "All classes, as the team sees them."),
            ),
            *of(
                "team.session_card_view",
                ("team-session", "team_card", "A session and its seats."),
            ),
            *of("everyone.help_view", ("team-help", "team_help", "The team's help.")),
            *of("everyone.role_view", ("roles", "ask_role", "Whoever has several roles chooses one.")),
            *of("everyone.switches_view", ("switches", "switches", "Which messages one gets.")),
        ),
    ),
    Chapter(
        "An evening at the door",
        (
            *of(
                "team.session_card_view",
                ("door-before", "team_card", "Shortly before a class: opening check-in."),
                ("door-open", "team_card", "Check-in is open."),
            ),
            *of(
                "team.door_view",
                ("roster", "roster", "Who comes, and how each pays."),
                ("roster-marked", "roster", "One tap has marked a head, one more takes it back."),
                ("roster-search", "ask_name", "Looking for somebody by name."),
                ("roster-found", "found_heads", "Who has that in the name."),
                ("roster-everyone", "ask_everyone", "Marking everyone at once says first what is taken."),
            ),
            *of("team.head_view", ("head", "head_card", "One head: how it pays, and its mark.")),
            *of(
                "desk.people_view",
                ("walk-in", "ask_whom", "Somebody walks in with cash: who is it?"),
                ("guest-name", "ask_guest_name", "A new guest's name."),
                ("guest-phone", "ask_guest_phone", "A guest's phone number, which may be left out."),
                ("guest-known", "phone_known", "The phone is somebody's already."),
            ),
            *of("desk.seats_view", ("walk-in-seat", "confirm_seat", "The seat and its price, before the cash is taken.")),
            *of(
                "team.session_card_view", ("walk-in-done", "team_card", "The cash is in the drawer, the guest has a seat.")
            ),
            *of("team.view", ("staff-today", "home", "The receptionist's home in the evening.")),
        ),
    ),
    Chapter(
        "Cash",
        (
            *of("desk.cashbox_view", ("drawer", "drawer", "The drawer: what is in it, and what moved.")),
            *of(
                "desk.cashbox_view",
                ("movement", "movement", "One movement of the drawer."),
                ("bank", "to_bank", "Taking money out of the drawer to the bank."),
            ),
            *of(
                "desk.counting_view",
                ("count", "ask_total", "Counting the drawer."),
                ("count-notes", "ask_notes", "By notes and coins."),
                ("count-confirm", "confirm", "What the count differs by is said before it is written down."),
            ),
            *of("desk.day_view", ("day-summary", "day_summary", "The day's money.")),
            *of(
                "desk.people_view",
                ("desk-found", "found", "Somebody at the desk, found by name."),
                ("desk-person", "person_card", "What the desk can do for a person."),
            ),
            *of(
                "desk.wallets_view",
                ("desk-top-up", "top_up", "Cash into a wallet."),
                ("desk-pay-out", "pay_out", "A guest's money is paid out."),
            ),
            *of(
                "desk.corrections_view",
                ("correct-reason", "ask_reason", "A wrong amount: why?"),
                ("correct-amount", "ask_right_amount", "What is right?"),
                ("correct-confirm", "confirm", "What correcting does."),
            ),
        ),
    ),
    Chapter(
        "Running the timetable",
        (
            *of(
                "team.timetable_view",
                ("timetable", "timetable", "The rules that make the sessions."),
                ("rule-class", "choose", "A new rule: of which class?"),
                ("rule-weekdays", "choose_weekdays", "On which days?"),
                ("rule-start", "choose_day", "From which day on?"),
                ("rule-confirm", "confirm_rule", "All of it once more."),
                ("rule", "rule_card", "One rule of the timetable."),
                ("rule-end", "ask_end", "Ending a rule."),
                ("holiday-kept", "kept_sessions", "A holiday is declared; what is booked stays, and is named."),
            ),
            *of(
                "team.rule_change_view",
                ("rule-days", "ask_days", "Other days."),
                ("rule-time", "ask_time", "Another time."),
                ("rule-teacher", "ask_teacher", "Another teacher."),
                ("rule-seats", "ask_seats", "Another number of seats."),
                ("rule-from", "ask_start", "From which day on?"),
                ("rule-change", "menu", "What would be different, and what stays."),
            ),
            *of(
                "team.holidays_view",
                ("holidays", "holiday_list", "The holidays."),
                ("holiday-name", "ask_name", "What is it called?"),
                ("holiday-remove", "ask_remove", "Making it an ordinary day again."),
            ),
        ),
    ),
    Chapter(
        "Planning and changing classes",
        (
            *of(
                "team.session_list_view",
                ("classes-day", "day_panel", "The classes of a day."),
                ("classes-status", "status_panel", "Those of a status."),
                ("classes-class", "class_panel", "Those of a class."),
                ("classes-branch", "branch_panel", "Those of a branch."),
            ),
            *of(
                "team.session_plan_view",
                ("extra-class", "choose_class", "An extra class: which?"),
                ("extra-branch", "choose_branch", "Where?"),
                ("extra-day", "choose_day", "On which day?"),
                ("extra-time", "choose_time", "At what time?"),
                ("extra-confirm", "confirm_new", "All of it once more."),
                ("session-move", "confirm_move", "What moving does."),
                ("reschedule", "confirm_move", "A cancelled class gets another time."),
            ),
            *of(
                "team.session_card_view",
                ("session-change", "edit_menu", "What of a session can be changed."),
                ("session-teacher", "ask_teacher", "Another teacher."),
                ("session-seats", "ask_capacity", "Another number of seats."),
                ("session-delete", "ask_delete", "Deleting a class that nobody is in."),
                ("call-off-reason", "ask_reason", "Calling a session off asks why."),
                ("call-off-other", "ask_other_reason", "Another reason is typed."),
                ("call-off", "confirm_cancel", "What calling off would do, before it is done."),
                ("called-off", "team_card", "Called off: how many are made good."),
            ),
            *of(
                "team.override_view",
                ("override-seats", "choose_seat", "Giving one seat back: whose?"),
                ("override", "ask_override", "What comes back, and why."),
            ),
        ),
    ),
    Chapter(
        "Messages to the team",
        (
            *of(
                "notifications_view",
                ("news-who-comes", "who_comes", "Cancelling is over: who comes."),
                ("news-not-opened", "not_opened", "It has begun, and nobody opened check-in."),
                ("news-never-opened", "never_opened", "It has ended so."),
                ("news-missed-class", "team_missed", "It counts as missed, and all are made good."),
                ("news-finished", "team_finished", "The clock has finished a class."),
                ("news-cases", "cases_open", "Absences wait for the owner's word."),
                ("news-cases-wait", "cases_wait", "They still wait."),
                ("news-alert", "alert", "Something needs a look."),
            ),
            *of("digest_view", ("digest", "digest", "The day in one message.")),
        ),
    ),
    Chapter(
        "Decisions, alerts and refunds",
        (
            *of(
                "team.decisions_view",
                ("decisions", "case_list", "What is to be decided."),
                ("decision", "case_card", "One case, and what each answer does."),
                ("decide-all", "ask_all", "All at once says first what it does."),
            ),
            *of(
                "team.alerts_view",
                ("alerts", "alert_list", "What needs a look."),
                ("alert", "alert_card", "One of them."),
            ),
            *of(
                "admin.payment_card_view",
                ("payment-card", "card", "A payment online, and what became of it."),
                ("payment-gateway", "at_gateway", "What the payment service said of it."),
            ),
            *of(
                "admin.refunds_view",
                ("refund-amount", "ask_amount", "A refund: how much?"),
                ("refund-reason", "ask_reason", "Why?"),
                ("refund-confirm", "confirm_refund", "What it does."),
                ("refund-package", "confirm_package", "Unused credits go back to the wallet."),
            ),
            *of(
                "student.packages_view",
                ("news-package-refunded", "refunded_news", "What the student reads of that."),
            ),
        ),
    ),
    Chapter(
        "Payments, wallets and drawers",
        (
            *of(
                "admin.payments_view",
                ("payments", "payments", "All payments, the latest first."),
                ("payments-narrow", "narrow", "Narrowing them."),
                ("payments-branch", "branch_panel", "To those of a branch."),
                ("payments-whose", "ask_payer", "To those of one person: who?"),
                ("payments-payers", "payers", "Who was found."),
                ("enrollment-payments", "of_seat", "Those of one booking."),
            ),
            *of(
                "admin.payment_card_view",
                ("payment", "card", "A payment."),
                ("payment-journal", "journal", "Its entries in the journal."),
            ),
            *of(
                "admin.wallets_view",
                ("wallets", "totals", "What the center owes, in all."),
                ("wallet-whose", "ask_owner", "Whose wallet?"),
                ("wallet-owners", "owners", "Who was found."),
                ("wallet-card", "card", "A wallet with its statement."),
            ),
            *of("admin.journal_view", ("entry", "entry_card", "One entry of the journal.")),
            *of(
                "admin.transfers_view",
                ("transfer-target", "ask_target", "A transfer: to whom?"),
                ("transfer-amount", "ask_amount", "How much?"),
                ("transfer-reason", "ask_reason", "Why?"),
                ("transfer", "confirm", "What it does."),
            ),
            *of("student.wallet_view", ("news-transfer", "transfer_news", "What the owner of the wallet reads.")),
            *of(
                "admin.cashboxes_view",
                ("drawers", "side_by_side", "The drawers of all branches, side by side."),
                ("counts", "counts", "When a drawer was counted."),
                ("count-record", "count", "One count."),
            ),
            *of(
                "admin.enrollment_card_view",
                ("person-bookings", "of_person", "Somebody's bookings."),
                ("enrollment", "card", "One booking, with all that happened to it."),
            ),
        ),
    ),
    Chapter(
        "Reports and exports",
        (
            *of(
                "admin.reports_view",
                ("reports", "menu", "The reports."),
                ("report", "report", "One of them."),
                ("report-chart", "picture", "The same as a chart."),
                ("report-periods", "periods", "Of which days?"),
                ("report-day", "pick_day", "From a day to a day, by tapping."),
            ),
            *of("admin.reports", ("report-file", "send_file", "The same as a file.")),
            *of(
                "admin.exports_view",
                ("exports", "exports", "Whole lists as files."),
                ("export-done", "ended", "The file is there."),
            ),
        ),
    ),
    Chapter(
        "Announcements",
        (
            *of(
                "team.broadcasts_view",
                ("announce-text", "ask_text", "What is to be said?"),
                ("announce-preview", "preview_screen", "As it is read, and how many it reaches."),
                ("announce-sent", "card_screen", "Sent: how many have got it."),
                ("announcements", "past", "The announcements so far."),
                ("announce-nobody", "nobody", "There is nobody to tell."),
            ),
            *of("student.broadcast_view", ("news-announcement", "message", "What a student reads.")),
        ),
    ),
    Chapter(
        "The set-up",
        (
            *of(
                "admin.set_up_view",
                ("set-up", "checklist", "An owner's first screen: what is to be done."),
                ("set-up-done", "checklist", "Students can book."),
            ),
            *of(
                "admin.forms_view",
                ("form", "ask", "One question at a time."),
                ("form-policy", "ask", "What an absence costs: each choice is explained."),
                ("form-weekdays", "ask", "The weekdays are switched on by tapping."),
                ("form-confirm", "confirm", "All of it once more."),
            ),
            Picture("share-link", "The link for students, to be printed or sent on.", ()),
        ),
    ),
    Chapter(
        "People and roles",
        (
            *of(
                "admin.people_view",
                ("people", "people", "Everybody."),
                ("person", "person", "One person."),
                ("person-name", "ask_name", "Another name."),
                ("person-note", "ask_notes", "A note."),
                ("person-block", "ask_block", "Blocking is asked once."),
                ("person-erase-reason", "ask_reason", "Erasing: what is still owed is waived with a reason."),
                ("person-erase", "ask_erase", "It is asked once, with all that it does."),
                ("take-role", "ask_take_role", "Taking a role away."),
            ),
            *of("admin.people", ("person-data", "send_data", "All that is kept on somebody, as a file.")),
            *of(
                "admin.merging_view",
                ("merge-search", "ask_words", "Two rows of one person: who is the other?"),
                ("merge-found", "found", "Who was found."),
                ("merge", "ask_merge", "What making them one does."),
            ),
            *of(
                "admin.invites_view",
                ("invite", "ask_invite", "An invitation: as what?"),
                ("invites", "invites", "The open invitations."),
            ),
            Picture("invite-link", "The link, which works once.", ()),
        ),
    ),
    Chapter(
        "Classes, packages and settings",
        (
            *of(
                "admin.catalogue_lists_view",
                ("class-list", "classes", "The classes."),
                ("catalogue-search", "ask_words", "Looking for one."),
                ("package-list", "products", "The packages, on sale or not."),
                ("package-classes", "product_classes", "Those of one class."),
            ),
            *of(
                "admin.catalogue_view",
                ("class-card", "class_card", "A class, and all that can be changed."),
                ("class-away", "ask_archive_class", "What is in the way of putting it away."),
                ("package-card", "package", "A package, and how often it was bought."),
                ("package-away", "ask_archive_package", "Putting it away."),
                ("branches", "branches", "The branches."),
                ("branch", "branch", "A branch, and what depends on it."),
                ("branch-away", "ask_archive_branch", "What is in the way of putting it away."),
            ),
            *of("admin.editing_view", ("class-price", "ask", "Another price, and for whom it holds.")),
            *of("admin.settings_view", ("settings", "settings", "The settings.")),
        ),
    ),
    Chapter(
        "Who did what",
        (
            *of(
                "admin.audit_log_view",
                ("audit-log", "rows", "The audit log."),
                ("audit-row", "row", "One row: before and after."),
                ("audit-filter", "choice", "Narrowing it."),
            ),
            *of("admin.audit_log", ("audit-file", "send_file", "The log as a file.")),
        ),
    ),
)
"""In the order of an evening, and of what comes more and more seldom."""
