"""One message that nobody waits for, sent once: the sender decides what is to be done with how it ended."""

from typing import Any

from telegram import InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.backoff import told_seconds
from bot.telegram.client import TokenKeepingBot
from bot.telegram.limits import UNREACHABLE_SIGNS
from bot.telegram.replies import inline_keyboard
from bot.telegram.transport import ConnectionFailedError
from handlers.screens import Photo, Screen
from scheduler.sender import Arrival, Attempt

_SERVER_TROUBLE = ("http status 5", "internal server error", "bad gateway", "service unavailable", "gateway timeout")


class TelegramMessenger:
    """See ``scheduler.sender.Messenger``."""

    def __init__(self, bot: TokenKeepingBot) -> None:
        self._bot = bot

    async def send(self, telegram_id: int, content: Screen | Photo) -> Attempt:
        """Try once, and tell how it ended."""
        try:
            message_id = await self._call(telegram_id, content)
        except TelegramError as fault:
            return _ended(fault)
        return Attempt(Arrival.SENT, message_id=message_id)

    async def _call(self, telegram_id: int, content: Screen | Photo) -> int | None:
        keyboard = inline_keyboard(content)
        if isinstance(content, Photo):
            photo = await self._bot.send_photo(
                telegram_id,
                content.content,
                caption=str(content.caption),
                parse_mode=ParseMode.HTML,
                reply_markup=InlineKeyboardMarkup.de_json(keyboard, self._bot) if keyboard is not None else None,
            )
            return photo.message_id
        sent: Any = await self._bot.call(
            "sendMessage", chat_id=telegram_id, text=str(content.text), parse_mode=ParseMode.HTML, reply_markup=keyboard
        )
        return sent.get("message_id") if isinstance(sent, dict) else None


def _ended(fault: TelegramError) -> Attempt:
    """Tell what a fault means for a message. BadRequest and TimedOut are network errors to the library, not to us."""
    text = fault.message.lower()
    match fault:
        case RetryAfter():
            return Attempt(Arrival.THROTTLED, wait_seconds=told_seconds(fault), error=fault.message)
        case Forbidden():
            return Attempt(Arrival.UNREACHABLE, error=fault.message)
        case BadRequest() if any(sign in text for sign in UNREACHABLE_SIGNS):
            return Attempt(Arrival.UNREACHABLE, error=fault.message)
        case BadRequest():
            return Attempt(Arrival.REFUSED, error=fault.message)
        case ConnectionFailedError() | InvalidToken():
            return Attempt(Arrival.AWAY, error=fault.message)
        case NetworkError() if not isinstance(fault, TimedOut) and any(sign in text for sign in _SERVER_TROUBLE):
            return Attempt(Arrival.AWAY, error=fault.message)
        case NetworkError():
            return Attempt(Arrival.UNKNOWN, error=fault.message)
        case _:
            return Attempt(Arrival.REFUSED, error=fault.message)
