"""Invitations to the team: for what, which are open, and the link itself."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from domain.people.admin_views import InviteLine
from domain.people.team import InviteRecord
from handlers.buttons.members import AskInvite, EndInvite, ListInvites, ListPeople, MakeInvite
from handlers.callback_data import encode
from handlers.everyone.role_view import role_name
from handlers.i18n import Translator
from handlers.screens import Button, Screen, Style
from handlers.student.home_view import home_row

MOST_BRANCHES: Final = 60  # a keyboard has room for 100 buttons
_MOST_SHOWN: Final = 20


def ask_invite(tr: Translator, choices: Sequence[tuple[MakeInvite, str | None]]) -> Screen:
    """Return for what somebody can be invited."""
    return Screen(
        tr.lines(
            tr.text("<b>Invite to the team</b>"),
            tr.text("You get a link that works once, within a week. Send it to the one whom you mean."),
            tr.text("Staff run the classes and the cashbox of their branch; admins do everything."),
        ),
        (
            *((Button(_choice(tr, branch_name), encode(data)),) for data, branch_name in choices),
            (Button(tr.plain("📨 Invitations"), encode(ListInvites())), *home_row(tr)),
        ),
    )


def invites(tr: Translator, lines: Sequence[InviteLine]) -> Screen:
    """Return the open invitations, each to be taken back with a tap."""
    return Screen(
        tr.lines(
            tr.text("<b>Invitations</b>"),
            *(
                tr.text("• {what}, until {day}", what=_what(tr, each), day=tr.day(each.expires_at))
                for each in lines[:_MOST_SHOWN]
            ),
            tr.text("Tap one to take it back.") if lines else tr.text("No invitation is open."),
        ),
        (
            *(
                (Button(tr.plain("✖️ {what}", what=_what(tr, each)), encode(EndInvite(each.invite_id))),)
                for each in lines[:_MOST_SHOWN]
            ),
            (Button(tr.plain("👋 Invite to the team"), encode(AskInvite()), Style.PRIMARY),),
            (Button(tr.plain("👥 People"), encode(ListPeople(None, is_search=False))), *home_row(tr)),
        ),
    )


def link_caption(tr: Translator, invite: InviteRecord, *, link: str, center_name: str) -> Markup:
    """Return what stands below an invitation's QR image."""
    return tr.lines(
        tr.text("<b>{center}</b> invites you as {role}.", center=center_name, role=role_name(tr, invite.role)),
        link,
        tr.text("It works once, until {day}.", day=tr.day(invite.expires_at)),
    )


def _choice(tr: Translator, branch_name: str | None) -> str:
    return tr.plain("Staff at {branch}", branch=branch_name) if branch_name is not None else tr.plain("Admin")


def _what(tr: Translator, line: InviteLine) -> str:
    return _choice(tr, line.branch_name)
