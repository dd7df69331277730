"""Roles: their names, and switching between one's own."""

from collections.abc import Sequence

from domain.permissions import Role
from handlers.callback_data import OpenHome, PickRole, encode
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style


def role_name(tr: Translator, role: Role | None) -> str:
    """Return what a role is called."""
    match role:
        case Role.ADMIN:
            return tr.plain("admin")
        case Role.STAFF:
            return tr.plain("staff")
        case _:
            return tr.plain("student")


def ask_role(tr: Translator, *, roles: Sequence[Role], acting: Role | None) -> Screen:
    """Ask which of one's roles to act in."""
    home = (Button(tr.plain("🏠 Home"), encode(OpenHome())),)
    if len(roles) < 2:  # noqa: PLR2004 -- one role leaves nothing to choose
        return Screen(tr.lines(tr.text("You are here as {role}.", role=role_name(tr, acting))), (home,))
    return Screen(
        tr.lines(tr.text("You are here as {role}.", role=role_name(tr, acting)), tr.text("Who would you like to be?")),
        (
            *(
                (Button(role_name(tr, role), encode(PickRole(role)), Style.PRIMARY if role is acting else None),)
                for role in roles
            ),
            home,
        ),
    )
