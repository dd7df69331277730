"""Brings exports to their chat: one message that shows how far it is, and the files."""

import asyncio
from typing import Final

from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest

from bot.telegram.client import TokenKeepingBot
from bot.telegram.limits import Outcome, PersonUnreachableError, deliver
from bot.telegram.replies import inline_keyboard
from handlers.screens import Screen
from scheduler.exporting import NobodyThereError, NotSentError, Piece

_SENT: Final = {Outcome.DELIVERED, Outcome.UNCHANGED}


class TelegramExportCourier:
    """See ``scheduler.exporting.ExportCourier``."""

    def __init__(self, bot: TokenKeepingBot) -> None:
        self._bot = bot

    async def show(self, telegram_id: int, content: Screen, *, message_id: int | None) -> int | None:
        """Edit the message; where there is none, or none any more, send one."""
        said = {
            "chat_id": telegram_id,
            "text": str(content.text),
            "parse_mode": ParseMode.HTML,
            "reply_markup": inline_keyboard(content),
        }
        try:
            if message_id is not None and await self._edited(said, message_id):
                return message_id
            sent = await deliver(lambda: self._bot.call("sendMessage", **said), is_repeatable=False)
            await deliver(
                lambda: self._bot.call("sendChatAction", chat_id=telegram_id, action=ChatAction.UPLOAD_DOCUMENT),
                is_repeatable=True,
            )
        except PersonUnreachableError as gone:
            raise NobodyThereError(str(gone)) from gone
        found = sent.result.get("message_id") if isinstance(sent.result, dict) else None
        return int(found) if found is not None else None

    async def _edited(self, said: dict[str, object], message_id: int) -> bool:
        try:
            delivery = await deliver(
                lambda: self._bot.call("editMessageText", message_id=message_id, **said), is_repeatable=True
            )
        except BadRequest:
            return False  # it was deleted meanwhile
        return delivery.outcome in _SENT

    async def send(self, telegram_id: int, piece: Piece) -> None:
        """Send a file; what may not have arrived is sent again later, with the whole order."""
        content = await asyncio.to_thread(piece.path.read_bytes)
        try:
            delivery = await deliver(
                lambda: self._bot.send_document(
                    telegram_id, content, filename=piece.name, disable_content_type_detection=True
                ),
                is_repeatable=False,
            )
        except PersonUnreachableError as gone:
            raise NobodyThereError(str(gone)) from gone
        if delivery.outcome not in _SENT:
            raise NotSentError(delivery.outcome.value)
