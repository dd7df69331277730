"""Home, language and role, and the guide: taps and commands that everybody has."""

from handlers.callback_data import OpenHome, OpenLanguages, PickRole
from handlers.commands import commands_for
from handlers.context import Context
from handlers.everyone import guide, joining_view, role_view
from handlers.home import home_screen, with_member
from handlers.screens import Reply
from handlers.tap import Taps, without_data


async def open_home(context: Context) -> Reply:
    """Show the first screen."""
    return Reply(await home_screen(context))


async def open_languages(context: Context) -> Reply:
    """Ask which language to speak."""
    return Reply(joining_view.ask_language(context.tr, center_name=context.member.center.name, is_first_contact=False))


async def open_roles(context: Context) -> Reply:
    """Ask which of one's roles to act in."""
    return Reply(role_view.ask_role(context.tr, roles=context.member.roles, acting=context.actor.role))


async def pick_role(context: Context, data: PickRole) -> Reply:
    """Act in another of one's roles from now on."""
    await context.services.switch_role(member=context.member, role=data.role)
    member = await context.services.meet_person(
        center_id=context.member.center.id, telegram_id=context.member.telegram_id, name=context.member.name
    )
    context = with_member(context, member)
    return Reply(await home_screen(context), commands=commands_for(context.tr, context.actor.role))


TAPS: Taps = {
    OpenHome: without_data(open_home),
    **guide.TAPS,
    OpenLanguages: without_data(open_languages),
    PickRole: pick_role,
}
