"""A bare aiogram bot: answers every tap and edits the screen, and does nothing else. What a booking tap is held against.

Run by the interpreter of an environment of its own, which has nothing of ours: ``bare_bot.py API_URL TOKEN``. It sends
what our bot sends: the same texts, as many buttons, the same formatting.
"""

import asyncio
import sys

import uvloop
from aiogram import Bot, Dispatcher  # type: ignore[import-not-found]  # it is there where this runs
from aiogram.client.session.aiohttp import AiohttpSession  # type: ignore[import-not-found]  # it is there where this runs
from aiogram.client.telegram import TelegramAPIServer  # type: ignore[import-not-found]  # it is there where this runs
from aiogram.enums import ParseMode  # type: ignore[import-not-found]  # it is there where this runs
from aiogram.types import (  # type: ignore[import-not-found]  # it is there where this runs
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

_PLACE = """🗓 Tuesday, 24 November, 18:00 – 19:00
📍 Maadi, 12 Road 9
👤 Salma Nabil
"""
_CARD = f"""<b>Ballet I</b> · Beginners
{_PLACE}
🟢 5 seats left
💳 EGP 80 is locked in your wallet until class.
↩️ Free to cancel until Tue 24 Nov, 16:00.
If you don't come, nothing is charged."""
_BOOKED = f"""✅ Booked: <b>Ballet I</b> · Beginners
{_PLACE}
💳 EGP 80 is locked in your wallet for this class.
↩️ Free to cancel until Tue 24 Nov, 16:00."""
_DATA = "1b" + "A" * 59  # as long as the data of our own confirm button


def _keyboard(first: str) -> InlineKeyboardMarkup:
    below = [
        InlineKeyboardButton(text="🎟 My bookings", callback_data="1m" + "A" * 32),
        InlineKeyboardButton(text="🏠 Home", callback_data="1h"),
    ]
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=first, callback_data=_DATA)], below])


async def _started(message: Message) -> None:
    await message.answer(_CARD, parse_mode=ParseMode.HTML, reply_markup=_keyboard("Book for EGP 80"))


async def _tapped(query: CallbackQuery) -> None:
    await query.answer("Booked ✅")
    if isinstance(query.message, Message):
        keyboard = _keyboard("Cancel this booking")
        await query.message.edit_text(_BOOKED, parse_mode=ParseMode.HTML, reply_markup=keyboard)


async def _main(api_url: str, token: str) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api_url)))
    dispatcher = Dispatcher()
    dispatcher.message.register(_started)
    dispatcher.callback_query.register(_tapped)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_main(*sys.argv[1:]))
