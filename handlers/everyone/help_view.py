"""Help: what one can do, in the role one acts in, and only what exists."""

from domain.permissions import Role
from handlers.callback_data import OpenHome, encode
from handlers.commands import commands_for
from handlers.i18n import Formatted, Translator
from handlers.screens import Button, Screen


def help_screen(tr: Translator, *, role: Role | None) -> Screen:
    """Return the commands with what they do."""
    intro = (
        tr.text("Find a class on the home screen, tap it, and confirm. A booking can be cancelled until the time shown.")
        if role is Role.STUDENT
        else tr.text("The home screen shows the coming classes and their seats.")
    )
    return Screen(
        tr.lines(
            tr.text("<b>Help</b>"),
            intro,
            "",
            *(
                tr.text("/{command} – {description}", command=Formatted(command), description=description)
                for command, description in commands_for(tr, role)
            ),
        ),
        ((Button(tr.plain("🏠 Home"), encode(OpenHome())),),),
    )
