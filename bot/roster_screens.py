"""Redraws rosters in the chats of those who look at them, through the Bot API."""

import logging
from zoneinfo import ZoneInfo

from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.telegram.client import TokenKeepingBot
from bot.telegram.limits import Outcome, PersonUnreachableError, deliver
from bot.telegram.replies import inline_keyboard
from domain.clock import Clock
from domain.enrollments.door_screens import RosterPage
from domain.enrollments.door_views import Watcher
from domain.organization.model import Center
from domain.organization.views import OrganizationViews
from handlers.i18n import Translator
from handlers.team.door_view import roster

_LOGGER = logging.getLogger(__name__)
_SECONDS = 20.0  # later, somebody has tapped again anyway


class TelegramRosterScreens:
    """See ``domain.enrollments.door_screens.RosterScreens``."""

    def __init__(self, bot: TokenKeepingBot, *, center: Center, organization: OrganizationViews, clock: Clock) -> None:
        self._bot = bot
        self._center = center
        self._organization = organization
        self._clock = clock

    async def redraw(self, watcher: Watcher, page: RosterPage) -> bool:
        """Edit the message that shows the roster. A message that looks like that already is as good as redrawn."""
        center = await self._organization.find_served(center_id=self._center.id) or self._center  # edited since?
        translator = Translator(watcher.language or center.default_language, ZoneInfo(center.timezone))
        screen = roster(translator, page, now=self._clock.now())
        try:
            delivery = await deliver(
                lambda: self._bot.call(
                    "editMessageText",
                    text=str(screen.text),
                    chat_id=watcher.telegram_id,
                    message_id=watcher.message_id,
                    parse_mode=ParseMode.HTML,
                    reply_markup=inline_keyboard(screen),
                ),
                is_repeatable=True,
                deadline_seconds=_SECONDS,
            )
        except PersonUnreachableError:
            return False
        except BadRequest as refusal:
            _LOGGER.info("a roster is not there any more (%s)", refusal.message)
            return False
        if delivery.outcome is Outcome.NOT_DELIVERED:
            _LOGGER.warning("a roster was not redrawn")
        return True
