"""Which commands exist, for whom, and what they say they do. Telegram shows the list of the role and language."""

from domain.permissions import Role
from handlers.i18n import Translator

STUDENT_COMMANDS = ("start", "calendar", "bookings", "packages", "wallet", "profile", "language", "role", "help", "cancel")
TEAM_COMMANDS = ("start", "today", "sessions", "cashbox", "packages", "timetable", "language", "role", "help", "cancel")
ADMIN_COMMANDS = (
    "start",
    "today",
    "sessions",
    "reports",
    "payments",
    "wallets",
    "cashbox",
    "packages",
    "timetable",
    "people",
    "settings",
    "language",
    "role",
    "help",
    "cancel",
)


def commands_for(tr: Translator, role: Role | None) -> tuple[tuple[str, str], ...]:
    """Return the commands of a role with their descriptions; before first contact is finished, only the first."""
    texts = {
        "start": tr.plain("Home"),
        "calendar": tr.plain("Calendar of classes"),
        "bookings": tr.plain("My bookings"),
        "packages": tr.plain("My packages, and buying one"),
        "reports": tr.plain("Reports, charts and files"),
        "people": tr.plain("People, roles and invitations"),
        "settings": tr.plain("Settings and branches"),
        "wallet": tr.plain("My wallet and its statement"),
        "today": tr.plain("The classes of today"),
        "sessions": tr.plain("All classes"),
        "timetable": tr.plain("Timetable and holidays"),
        "cashbox": tr.plain("Cash in the drawer"),
        "payments": tr.plain("All payments, and refunds"),
        "wallets": tr.plain("Anybody's wallet, and transfers"),
        "profile": tr.plain("My name, phone and reminders"),
        "language": tr.plain("Change the language"),
        "role": tr.plain("Switch between my roles"),
        "help": tr.plain("What I can do here"),
        "cancel": tr.plain("Leave what I am being asked"),
    }
    if role is not None and role is not Role.STUDENT:
        texts["packages"] = tr.plain("Packages: prices, and what is on sale")
    names = (
        STUDENT_COMMANDS
        if role is Role.STUDENT
        else ADMIN_COMMANDS
        if role is Role.ADMIN
        else TEAM_COMMANDS
        if role is not None
        else ("start", "language")
    )
    return tuple((name, texts[name]) for name in names)
