"""Shows somebody the commands of the role that they have now, through the Bot API: a role taken away ends there, too."""

import logging
from zoneinfo import ZoneInfo

from telegram.constants import BotCommandScopeType
from telegram.error import BadRequest

from bot.telegram.client import TokenKeepingBot
from bot.telegram.limits import Outcome, PersonUnreachableError, deliver
from domain.ids import CenterId, PersonId
from domain.people.admin_views import PeopleAdminViews
from domain.people.profile import FindMember
from handlers.commands import commands_for
from handlers.i18n import Translator

_LOGGER = logging.getLogger(__name__)
_SECONDS = 30.0


class NotShownError(Exception):
    """Telegram could not be reached in time: to be done again."""


class TelegramCommandLists:
    """A subscriber of what changes people's roles: the list of their chat is drawn anew from the roles they hold now."""

    def __init__(self, bot: TokenKeepingBot, *, people: PeopleAdminViews, find_member: FindMember) -> None:
        self._bot = bot
        self._people = people
        self._find_member = find_member

    async def __call__(self, center_id: CenterId, person_id: PersonId) -> None:
        """Show them. Raises NotShownError; guests, and whoever was erased, blocked the bot or never wrote, have no list."""
        telegram_id = await self._people.find_telegram_id(center_id=center_id, person_id=person_id)
        if telegram_id is None:
            return
        member = await self._find_member(center_id=center_id, telegram_id=telegram_id)
        if member is None:
            return
        language = member.language or member.center.default_language
        commands = commands_for(Translator(language, ZoneInfo(member.center.timezone)), member.actor.role)
        try:
            delivery = await deliver(
                lambda: self._bot.call(
                    "setMyCommands",
                    commands=[{"command": name, "description": text} for name, text in commands],
                    scope={"type": BotCommandScopeType.CHAT, "chat_id": telegram_id},
                ),
                is_repeatable=True,
                deadline_seconds=_SECONDS,
            )
        except (PersonUnreachableError, BadRequest) as refusal:
            _LOGGER.info("a list of commands has no chat any more (%s)", refusal)
            return
        if delivery.outcome is Outcome.NOT_DELIVERED:
            raise NotShownError
