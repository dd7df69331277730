"""Which messages one gets without having tapped for them."""

from domain.notifications.model import SWITCHES
from domain.permissions import Role
from handlers.buttons.alerts import OpenSwitches, SwitchMessage
from handlers.context import Context
from handlers.everyone import switches_view as view
from handlers.screens import Answer, Reply, Screen
from handlers.tap import Taps, without_data


async def open_switches(context: Context) -> Reply:
    """Show what can be switched off in the role one acts in."""
    return Reply(await _screen(context))


async def switch_message(context: Context, data: SwitchMessage) -> Reply:
    """Switch a kind of message on or off."""
    await context.services.set_reminder(member=context.member, kind=data.kind, is_wanted=data.is_wanted)
    said = context.tr.plain("Switched on") if data.is_wanted else context.tr.plain("Switched off")
    return Reply(await _screen(context), answer=Answer(said))


async def _screen(context: Context) -> Screen:
    muted = await context.services.profiles.find_muted(center_id=context.actor.center_id, person_id=context.actor.person_id)
    role = context.actor.role or Role.STUDENT
    return view.switches(context.tr, kinds=SWITCHES[role], muted=muted, has_profile=role is Role.STUDENT)


TAPS: Taps = {OpenSwitches: without_data(open_switches), SwitchMessage: switch_message}
