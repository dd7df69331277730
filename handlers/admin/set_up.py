"""The set-up of a center: what there is already, what is next. Nothing of it is remembered but what was made."""

from domain.errors import NotFoundError
from domain.permissions import Operation, Role, require, scope_of
from handlers.admin import set_up_view
from handlers.admin.qr_code import png_of
from handlers.buttons.admin import OpenSetUp, ShareLink
from handlers.context import Context
from handlers.screens import Photo, Reply, Screen
from handlers.tap import Taps, without_data


async def open_set_up(context: Context) -> Reply:
    """Show the checklist."""
    return Reply(await screen(context))


async def screen(context: Context) -> Screen:
    """Draw the checklist as it is now; for staff, who keep the timetable, too."""
    require(context.actor, Operation.MANAGE_TIMETABLE)
    progress = await context.services.organization.find_progress(
        center_id=context.actor.center_id, now=context.services.clock.now()
    )
    return set_up_view.checklist(
        context.tr,
        progress,
        center=context.member.center,
        name=context.member.name,
        role=context.actor.role,
        may_set_up=scope_of(context.actor, Operation.MANAGE_SETTINGS) is not None,
    )


async def first_screen(context: Context) -> Screen | None:
    """Return the checklist for an admin whose center has nothing to book yet; None for everybody else."""
    if context.actor.role is not Role.ADMIN or await is_ready(context):
        return None
    return await screen(context)


async def is_ready(context: Context) -> bool:
    """Whether students find something to book."""
    progress = await context.services.organization.find_progress(
        center_id=context.actor.center_id, now=context.services.clock.now()
    )
    return not progress.is_empty


async def share_link(context: Context) -> Reply:
    """Send the students' link with its QR image, to be hung up at the door or sent on."""
    require(context.actor, Operation.MANAGE_SETTINGS)
    username = context.services.bot_username
    if username is None:
        raise NotFoundError(what="link")
    link = f"https://t.me/{username}"
    caption = set_up_view.link_caption(context.tr, link=link, center_name=context.member.center.name)
    return Reply(messages=(Photo(png_of(link), caption),))


TAPS: Taps = {OpenSetUp: without_data(open_set_up), ShareLink: without_data(share_link)}
