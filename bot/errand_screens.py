"""Redraws the message that shows how far the decisions on many cases have come, through the Bot API."""

import logging
from zoneinfo import ZoneInfo

from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.telegram.client import TokenKeepingBot
from bot.telegram.limits import PersonUnreachableError, deliver
from bot.telegram.replies import inline_keyboard
from domain.enrollments.errand_ports import ErrandProgress
from domain.organization.model import Center
from domain.organization.views import OrganizationViews
from handlers.i18n import Translator
from handlers.team.decisions_view import progress_screen

_LOGGER = logging.getLogger(__name__)
_SECONDS = 5.0  # the next piece draws it anew, and whoever looks can ask


class TelegramErrandScreens:
    """See ``domain.enrollments.in_pieces.ErrandScreens``."""

    def __init__(self, bot: TokenKeepingBot, *, center: Center, organization: OrganizationViews) -> None:
        self._bot = bot
        self._center = center
        self._organization = organization

    async def redraw(self, progress: ErrandProgress) -> None:
        """Edit the message; one that is not there any more is let be."""
        if progress.telegram_id is None:
            return
        center = await self._organization.find_served(center_id=self._center.id) or self._center  # edited since?
        translator = Translator(progress.language or center.default_language, ZoneInfo(center.timezone))
        screen = progress_screen(translator, progress)
        try:
            await deliver(
                lambda: self._bot.call(
                    "editMessageText",
                    text=str(screen.text),
                    chat_id=progress.telegram_id,
                    message_id=progress.message_id,
                    parse_mode=ParseMode.HTML,
                    reply_markup=inline_keyboard(screen),
                ),
                is_repeatable=True,
                deadline_seconds=_SECONDS,
            )
        except (PersonUnreachableError, BadRequest) as refusal:
            _LOGGER.info("a message that shows an errand is not there any more (%s)", refusal)
