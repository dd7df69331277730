"""The center's settings, each a tap away from what it means."""

from domain.permissions import Operation, require
from handlers.admin import settings_view
from handlers.admin.surroundings import center_of
from handlers.buttons.admin import OpenSettings
from handlers.context import Context
from handlers.screens import Reply, Screen
from handlers.tap import Taps, without_data


async def open_settings(context: Context) -> Reply:
    """Show the settings."""
    return Reply(await screen(context))


async def screen(context: Context) -> Screen:
    """Draw the settings as they are now."""
    require(context.actor, Operation.MANAGE_SETTINGS)
    return settings_view.settings(context.tr, await center_of(context), center_id=context.actor.center_id)


TAPS: Taps = {OpenSettings: without_data(open_settings)}
