"""What a chat shows while something takes longer than a moment: that we are at it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram.client import TokenKeepingBot

_MOMENT_SECONDS: Final = 0.8


@asynccontextmanager
async def shown_activity(
    bot: TokenKeepingBot, chat_id: int | None, *, after_seconds: float = _MOMENT_SECONDS
) -> AsyncIterator[None]:
    """Show the chat action once where the block takes longer than a moment; what is quick costs a timer and no call."""
    if chat_id is None:
        yield
        return
    shown: list[asyncio.Task[None]] = []
    loop = asyncio.get_running_loop()
    timer = loop.call_later(after_seconds, lambda: shown.append(loop.create_task(_show(bot, chat_id))))
    try:
        yield
    finally:
        timer.cancel()
        for task in shown:
            task.cancel()
        await asyncio.gather(*shown, return_exceptions=True)


async def _show(bot: TokenKeepingBot, chat_id: int) -> None:
    with suppress(TelegramError):  # nobody misses it
        await bot.call("sendChatAction", chat_id=chat_id, action=ChatAction.TYPING)
