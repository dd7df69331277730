"""Help: what one can do now, in the role one acts in, and only what exists; each topic has a page of the guide."""

from markupsafe import Markup

from domain.permissions import Role
from handlers.callback_data import OpenHome, encode
from handlers.commands import commands_for
from handlers.everyone.guide_view import topic_rows
from handlers.i18n import Translator
from handlers.screens import Button, Screen


def student_help(tr: Translator, *, can_pay: bool, has_booking: bool) -> Screen:
    """Return how a student gets on: with what they can pay with and what they have booked, as it is now."""
    to_pay = (
        tr.text("🎁 When you book, the credits of your package are used first, then your wallet.")
        if can_pay
        else tr.text("🎁 To book, you need a package or money in your wallet: Packages and Wallet say how to get them.")
    )
    to_cancel = (
        tr.text("↩️ You can't come? Open your booking and cancel it: until the time shown, you get everything back.")
        if has_booking
        else tr.text("↩️ Each class says until when a booking of it can be cancelled free of charge.")
    )
    return Screen(
        tr.lines(
            tr.text("<b>Help</b>"),
            tr.text("📅 To book a class, tap it and confirm. Those that you take are on the home screen."),
            to_pay,
            to_cancel,
            tr.text("🔔 Reminders, your name and your phone number are in your profile."),
            tr.text("📖 Tap a topic: a picture and a few lines each."),
            "",
            *_commands(tr, Role.STUDENT),
        ),
        (*topic_rows(tr, Role.STUDENT), (_home(tr),)),
    )


def team_help(tr: Translator, *, role: Role | None, has_other_roles: bool) -> Screen:
    """Return how staff and admins get on."""
    return Screen(
        tr.lines(
            tr.text("<b>Help</b>"),
            tr.text("📅 The home screen shows the classes of today. Tap one to open check-in, start it and finish it."),
            tr.text("✏️ There it can be moved, changed and cancelled, too. Who is in it is told, and made good."),
            tr.text("📋 Its roster marks who came, one tap a head; a ticket is scanned with the phone's camera."),
            tr.text("💵 Walk-ins, top-ups and guests are at the desk; what is in the drawer: {command}", command="/cashbox")
            if role is Role.STAFF
            else tr.text(
                "🏦 What is in the drawers: {command}. All payments: {payments}. Wallets: {wallets}",
                command="/cashbox",
                payments="/payments",
                wallets="/wallets",
            ),
            tr.text("📊 Revenue, attendance and what is owed, as charts and files: {command}", command="/reports")
            if role is Role.ADMIN
            else None,
            tr.text("🔁 You have several roles here: {command} changes between them.", command="/role")
            if has_other_roles
            else None,
            tr.text("🌐 Everything is there in English and in Arabic: {command}", command="/language"),
            tr.text("📖 Tap a topic: a picture and a few lines each."),
            "",
            *_commands(tr, role),
        ),
        (*topic_rows(tr, role or Role.STAFF), (_home(tr),)),
    )


def _commands(tr: Translator, role: Role | None) -> tuple[Markup, ...]:
    return tuple(
        tr.text("{command} – {description}", command=f"/{command}", description=description)
        for command, description in commands_for(tr, role)
    )


def _home(tr: Translator) -> Button:
    return Button(tr.plain("🏠 Home"), encode(OpenHome()))
