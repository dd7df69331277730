"""Messages that follow what goes on without their reader's tap: rosters, broadcasts, work on many cases.

Each is drawn anew through the Bot API where it stands, in its reader's language, in the center's present name and time.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.telegram.client import TokenKeepingBot
from bot.telegram.limits import Outcome, PersonUnreachableError, deliver
from bot.telegram.replies import inline_keyboard
from domain.broadcasts.views import BroadcastCard
from domain.clock import Clock
from domain.enrollments.door_screens import RosterPage
from domain.enrollments.door_views import Watcher
from domain.enrollments.errand_ports import ErrandProgress
from domain.organization.model import Center
from domain.organization.views import OrganizationViews
from handlers.i18n import Translator
from handlers.screens import Screen
from handlers.team.broadcasts_view import card_screen
from handlers.team.decisions_view import progress_screen
from handlers.team.door_view import roster

_LOGGER = logging.getLogger(__name__)
_ROSTER_SECONDS: Final = 20.0  # later, somebody has tapped again anyway
_PROGRESS_SECONDS: Final = 5.0  # the next piece, or the next look, draws it anew


@dataclass(frozen=True, slots=True)
class FollowedScreens:
    """The messages of one center's people that are drawn anew."""

    bot: TokenKeepingBot
    center: Center
    organization: OrganizationViews
    clock: Clock

    async def redraw(
        self,
        *,
        telegram_id: int,
        message_id: int | None,
        language: str | None,
        draw: Callable[[Translator], Screen],
        within_seconds: float,
    ) -> Outcome | None:
        """Edit a message, and return how that ended; None where it is not there any more, or nobody is to be reached."""
        center = await self.organization.find_served(center_id=self.center.id) or self.center  # edited since?
        screen = draw(Translator(language or center.default_language, ZoneInfo(center.timezone)))
        try:
            delivery = await deliver(
                lambda: self.bot.call(
                    "editMessageText",
                    text=str(screen.text),
                    chat_id=telegram_id,
                    message_id=message_id,
                    parse_mode=ParseMode.HTML,
                    reply_markup=inline_keyboard(screen),
                ),
                is_repeatable=True,
                deadline_seconds=within_seconds,
            )
        except (PersonUnreachableError, BadRequest) as refusal:
            _LOGGER.info("a message that was followed is not there any more (%s)", refusal)
            return None
        return delivery.outcome


@dataclass(frozen=True, slots=True)
class TelegramRosterScreens:
    """See ``domain.enrollments.door_screens.RosterScreens``."""

    screens: FollowedScreens

    async def redraw(self, watcher: Watcher, page: RosterPage) -> bool:
        """Edit the message that shows the roster. A message that looks like that already is as good as redrawn."""
        outcome = await self.screens.redraw(
            telegram_id=watcher.telegram_id,
            message_id=watcher.message_id,
            language=watcher.language,
            draw=lambda translator: roster(translator, page, now=self.screens.clock.now()),
            within_seconds=_ROSTER_SECONDS,
        )
        if outcome is Outcome.NOT_DELIVERED:
            _LOGGER.warning("a roster was not redrawn")
        return outcome is not None


@dataclass(frozen=True, slots=True)
class TelegramBroadcastScreens:
    """See ``domain.broadcasts.following.BroadcastScreens``."""

    screens: FollowedScreens

    async def redraw(self, card: BroadcastCard) -> bool:
        """Edit the message. One that could not be reached in time is as good as there, while there are more looks."""
        watched = card.watched
        if watched is None:
            return False
        outcome = await self.screens.redraw(
            telegram_id=watched.telegram_id,
            message_id=watched.message_id,
            language=watched.language,
            draw=lambda translator: card_screen(translator, card, now=self.screens.clock.now()),
            within_seconds=_PROGRESS_SECONDS,
        )
        is_drawn = outcome in {Outcome.DELIVERED, Outcome.UNCHANGED}
        return is_drawn or (outcome is not None and card.ended_at is None)


@dataclass(frozen=True, slots=True)
class TelegramErrandScreens:
    """See ``domain.enrollments.in_pieces.ErrandScreens``."""

    screens: FollowedScreens

    async def redraw(self, progress: ErrandProgress) -> None:
        """Edit the message; one that is not there any more is let be."""
        if progress.telegram_id is None:
            return
        await self.screens.redraw(
            telegram_id=progress.telegram_id,
            message_id=progress.message_id,
            language=progress.language,
            draw=lambda translator: progress_screen(translator, progress),
            within_seconds=_PROGRESS_SECONDS,
        )
