"""Redraws the message that shows how a broadcast is doing, through the Bot API."""

import logging
from zoneinfo import ZoneInfo

from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.telegram.client import TokenKeepingBot
from bot.telegram.limits import Outcome, PersonUnreachableError, deliver
from bot.telegram.replies import inline_keyboard
from domain.broadcasts.views import BroadcastCard
from domain.clock import Clock
from domain.organization.model import Center
from domain.organization.views import OrganizationViews
from handlers.i18n import Translator
from handlers.team.broadcasts_view import card_screen

_LOGGER = logging.getLogger(__name__)
_SECONDS = 5.0  # the next look draws it anew


class TelegramBroadcastScreens:
    """See ``domain.broadcasts.following.BroadcastScreens``."""

    def __init__(self, bot: TokenKeepingBot, *, center: Center, organization: OrganizationViews, clock: Clock) -> None:
        self._bot = bot
        self._center = center
        self._organization = organization
        self._clock = clock

    async def redraw(self, card: BroadcastCard) -> bool:
        """Edit the message. One that could not be reached in time is as good as there, while there are more looks."""
        watched = card.watched
        if watched is None:
            return False
        center = await self._organization.find_served(center_id=self._center.id) or self._center  # edited since?
        translator = Translator(watched.language or center.default_language, ZoneInfo(center.timezone))
        screen = card_screen(translator, card, now=self._clock.now())
        try:
            delivery = await deliver(
                lambda: self._bot.call(
                    "editMessageText",
                    text=str(screen.text),
                    chat_id=watched.telegram_id,
                    message_id=watched.message_id,
                    parse_mode=ParseMode.HTML,
                    reply_markup=inline_keyboard(screen),
                ),
                is_repeatable=True,
                deadline_seconds=_SECONDS,
            )
        except PersonUnreachableError:
            return False
        except BadRequest as refusal:
            _LOGGER.info("a message that followed a broadcast is not there any more (%s)", refusal.message)
            return False
        is_drawn = delivery.outcome in {Outcome.DELIVERED, Outcome.UNCHANGED}
        return is_drawn or card.ended_at is None
