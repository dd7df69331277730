"""Home, help, language and role: taps and commands that everybody has."""

from domain.permissions import Operation, Role, require
from handlers.callback_data import OpenHelp, OpenHome, OpenLanguages, PickRole
from handlers.commands import commands_for
from handlers.context import Context
from handlers.everyone import help_view, joining_view, role_view
from handlers.home import home_screen, with_member
from handlers.screens import Reply
from handlers.tap import Taps, without_data


async def open_home(context: Context) -> Reply:
    """Show the first screen."""
    return Reply(await home_screen(context))


async def open_help(context: Context) -> Reply:
    """Show what one can do now, in the role one acts in."""
    require(context.actor, Operation.VIEW_SESSIONS)
    if context.actor.role is not Role.STUDENT:
        return Reply(
            help_view.team_help(context.tr, role=context.actor.role, has_other_roles=len(context.member.roles) > 1)
        )
    center_id, person_id = context.actor.center_id, context.actor.person_id
    owned = await context.services.means.find_means(center_id=center_id, student_id=person_id)
    booked = await context.services.bookings.list_upcoming(
        center_id=center_id, student_id=person_id, now=context.services.clock.now(), limit=1
    )
    can_pay = bool(owned.credits) or (owned.wallet is not None and owned.wallet.available_minor > 0)
    return Reply(help_view.student_help(context.tr, can_pay=can_pay, has_booking=bool(booked)))


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
    OpenHelp: without_data(open_help),
    OpenLanguages: without_data(open_languages),
    PickRole: pick_role,
}
