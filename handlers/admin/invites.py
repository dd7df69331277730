"""Invitations to the team: made with a link and its QR image, listed, taken back."""

import secrets
from base64 import urlsafe_b64encode

from domain.errors import NotFoundError
from domain.permissions import Operation, Role, require
from handlers.admin import invites_view
from handlers.admin.qr_code import png_of
from handlers.buttons.members import AskInvite, EndInvite, ListInvites, MakeInvite
from handlers.callback_owner import INVITE_CODE_BYTES, InviteCode
from handlers.context import Context
from handlers.screens import Answer, Photo, Reply, Screen
from handlers.start_payload import invite_payload
from handlers.tap import Taps, without_data


async def ask_invite(context: Context) -> Reply:
    """Ask for what somebody is invited; each button carries the code of the link that it will make."""
    require(context.actor, Operation.MANAGE_ROLES)
    lines = await context.services.organization.list_branches(center_id=context.actor.center_id)
    choices = [(Role.STAFF, line.branch_id, line.name) for line in lines[: invites_view.MOST_BRANCHES]]
    return Reply(
        invites_view.ask_invite(
            context.tr,
            [
                (MakeInvite(InviteCode(secrets.token_bytes(INVITE_CODE_BYTES)), role, branch_id), name)
                for role, branch_id, name in [*choices, (Role.ADMIN, None, None)]
            ],
        )
    )


async def make_invite(context: Context, data: MakeInvite) -> Reply:
    """Invite, and send the link with its QR image; pressed again, the same link."""
    username = context.services.bot_username
    if username is None:
        raise NotFoundError(what="link")
    code = urlsafe_b64encode(data.code).decode()
    invite = await context.services.invite_to_role(actor=context.actor, code=code, role=data.role, branch_id=data.branch_id)
    link = f"https://t.me/{username}?start={invite_payload(code)}"
    caption = invites_view.link_caption(context.tr, invite, link=link, center_name=context.member.center.name)
    return Reply(await _list(context), messages=(Photo(png_of(link), caption),), screen_comes_first=True)


async def list_invites(context: Context) -> Reply:
    """Show the open invitations."""
    return Reply(await _list(context))


async def end_invite(context: Context, data: EndInvite) -> Reply:
    """Take an invitation back."""
    await context.services.take_invite_back(actor=context.actor, invite_id=data.invite_id)
    return Reply(await _list(context), answer=Answer(context.tr.plain("The link works no more ✅")))


async def _list(context: Context) -> Screen:
    require(context.actor, Operation.MANAGE_ROLES)
    lines = await context.services.people.list_invites(center_id=context.actor.center_id, now=context.services.clock.now())
    return invites_view.invites(context.tr, lines)


TAPS: Taps = {
    AskInvite: without_data(ask_invite),
    MakeInvite: make_invite,
    ListInvites: without_data(list_invites),
    EndInvite: end_invite,
}
