"""Sends what handlers said: the tap's answer at once, the screen edited in place, messages that stay."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from telegram import InlineKeyboardMarkup, InputMediaPhoto, Update
from telegram import Message as TelegramMessage
from telegram.constants import BotCommandScopeType, ParseMode
from telegram.error import BadRequest

from bot.telegram.client import TokenKeepingBot
from bot.telegram.limits import Outcome, PersonUnreachableError, deliver
from domain.ids import PersonId
from handlers.i18n import begins_right_to_left, set_in_direction
from handlers.screens import Button, Document, Invoice, KeyboardGone, Message, PhoneRequest, Photo, Reply, Screen

_LOGGER = logging.getLogger(__name__)
_PRE_CHECKOUT_DEADLINE_SECONDS = 9.0  # Telegram waits for ten
_ANSWER_DEADLINE_SECONDS = 15.0  # later, Telegram takes no answer to a tap
# What an edit says where the message is gone or cannot be edited any more: a new one takes its place.
_CANNOT_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")


class ReplySender:
    """Delivers replies through one bot.

    ``on_unreachable`` is told the Telegram id of whoever blocked it, ``note_question`` which message asks somebody.
    """

    def __init__(
        self,
        bot: TokenKeepingBot,
        *,
        on_unreachable: Callable[[int], Awaitable[None]],
        on_undelivered: Callable[[str], None],
        note_question: Callable[[PersonId, int], Awaitable[None]],
        provider_token: str = "",
    ) -> None:
        self._bot = bot
        self._on_unreachable = on_unreachable
        self._on_undelivered = on_undelivered
        self._note_question = note_question
        self._provider_token = provider_token

    async def send(self, update: Update, reply: Reply | None) -> None:
        """Tell the person of the update all of the reply; a tap is answered whatever happens to the rest."""
        user, query = update.effective_user, update.callback_query
        try:
            if query is not None:
                answer = reply.answer if reply is not None else None
                await asyncio.gather(
                    self._answer(query.id, answer.text if answer else "", is_alert=bool(answer and answer.is_alert)),
                    self._show(update, reply),
                )
            elif update.pre_checkout_query is not None:
                await self._answer_before_payment(update.pre_checkout_query.id, reply)
            else:
                await self._show(update, reply)
        except PersonUnreachableError:
            if user is not None:
                await self._on_unreachable(user.id)

    async def _answer(self, query_id: str, text: str, *, is_alert: bool) -> None:
        delivery = await deliver(
            lambda: self._bot.call(
                "answerCallbackQuery", callback_query_id=query_id, text=text or None, show_alert=is_alert or None
            ),
            is_repeatable=True,
            deadline_seconds=_ANSWER_DEADLINE_SECONDS,
        )
        self._note(delivery.outcome)

    async def _answer_before_payment(self, query_id: str, reply: Reply | None) -> None:
        """Let Telegram's payment go on, or stop it; unanswered for ten seconds, Telegram stops it itself."""
        answer = reply.pre_checkout if reply is not None else None
        if answer is None:
            return
        delivery = await deliver(
            lambda: self._bot.call(
                "answerPreCheckoutQuery",
                pre_checkout_query_id=query_id,
                ok=not answer.refusal,
                error_message=answer.refusal or None,
            ),
            is_repeatable=True,
            deadline_seconds=_PRE_CHECKOUT_DEADLINE_SECONDS,
        )
        self._note(delivery.outcome)

    async def _send_invoice(self, chat_id: int, invoice: Invoice) -> None:
        delivery = await deliver(
            lambda: self._bot.call(
                "sendInvoice",
                chat_id=chat_id,
                title=invoice.title,
                description=invoice.description,
                payload=invoice.payload,
                provider_token=self._provider_token,
                currency=invoice.currency,
                prices=[{"label": invoice.title, "amount": invoice.amount_minor}],
            ),
            is_repeatable=False,
        )
        self._note(delivery.outcome)

    async def _show(self, update: Update, reply: Reply | None) -> None:
        chat = update.effective_chat
        if reply is None or chat is None:
            return
        new_id = await self._show_screens(update, chat.id, reply) if reply.screen_comes_first else None
        for message in reply.messages:
            await self._send(chat.id, message)
        if not reply.screen_comes_first:
            new_id = await self._show_screens(update, chat.id, reply)
        if reply.asked_id is not None and new_id is not None:
            await self._note_question(reply.asked_id, new_id)
        if reply.spent_message_id is not None:
            await self._take_buttons_away(chat.id, reply.spent_message_id)
        if reply.commands is not None:
            await self._set_commands(chat.id, reply.commands)

    async def _set_commands(self, chat_id: int, commands: Sequence[tuple[str, str]]) -> None:
        """Show the commands of the person's role, in their language, in their chat."""
        await deliver(
            lambda: self._bot.call(
                "setMyCommands",
                commands=[{"command": name, "description": text} for name, text in commands],
                scope={"type": BotCommandScopeType.CHAT, "chat_id": chat_id},
            ),
            is_repeatable=True,
        )

    async def _show_screens(self, update: Update, chat_id: int, reply: Reply) -> int | None:
        """Show what takes the place of the tapped message; returns the new message's id where it is one that arrived."""
        new_id = None
        for each in (reply.screen, reply.picture):
            if each is not None:
                new_id = await self._show_screen(update, chat_id, each, takes_picture_away=reply.takes_picture_away)
        return new_id

    async def _show_screen(
        self, update: Update, chat_id: int, screen: Screen | Photo, *, takes_picture_away: bool
    ) -> int | None:
        """Edit the message that was tapped; where there is none to edit, or none that can become this, send a new one.

        Returns the id of a new message that is known to have arrived.
        """
        tapped = update.callback_query.message if update.callback_query is not None else None
        if not isinstance(tapped, TelegramMessage):
            return await self._send(chat_id, screen)
        if isinstance(screen, Screen) and tapped.text is None:
            new_id = await self._send(chat_id, screen)
            if takes_picture_away:
                await self._delete(chat_id, tapped.message_id)
            return new_id
        try:
            delivery = await deliver(lambda: self._edit(chat_id, tapped.message_id, screen), is_repeatable=True)
        except BadRequest as refusal:
            if not any(sign in refusal.message.lower() for sign in _CANNOT_EDIT):
                raise
            return await self._send(chat_id, screen)
        self._note(delivery.outcome)
        return None

    async def _edit(self, chat_id: int, message_id: int, screen: Screen | Photo) -> Any:
        keyboard = inline_keyboard(screen)
        if isinstance(screen, Screen):
            return await self._bot.call(
                "editMessageText",
                text=str(screen.text),
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
            )
        return await self._bot.edit_message_media(
            InputMediaPhoto(screen.content, caption=str(screen.caption), parse_mode=ParseMode.HTML),
            chat_id=chat_id,
            message_id=message_id,
            reply_markup=InlineKeyboardMarkup.de_json(keyboard, self._bot) if keyboard is not None else None,
        )

    async def _take_buttons_away(self, chat_id: int, message_id: int) -> None:
        """Leave a message without buttons; one that is gone, or has none, is as good."""
        with suppress(BadRequest):
            await deliver(
                lambda: self._bot.call("editMessageReplyMarkup", chat_id=chat_id, message_id=message_id),
                is_repeatable=True,
            )

    async def _delete(self, chat_id: int, message_id: int) -> None:
        """Take a message away; one that is two days old stays, and so does one that somebody has taken away already."""
        with suppress(BadRequest):
            await deliver(
                lambda: self._bot.call("deleteMessage", chat_id=chat_id, message_id=message_id), is_repeatable=True
            )

    async def _send(self, chat_id: int, message: Message) -> int | None:
        """Send a message that stays, and return its id where that is known and anybody asks for it."""
        if isinstance(message, Document):
            await self._send_document(chat_id, message)
            return None
        if isinstance(message, Photo):
            await self._send_photo(chat_id, message)
            return None
        if isinstance(message, Invoice):
            await self._send_invoice(chat_id, message)
            return None
        delivery = await deliver(
            lambda: self._bot.call(
                "sendMessage",
                chat_id=chat_id,
                text=str(message.text),
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(message),
            ),
            is_repeatable=False,
        )
        self._note(delivery.outcome)
        return int(delivery.result["message_id"]) if delivery.result else None

    async def _send_document(self, chat_id: int, document: Document) -> None:
        """Send a file, under the name that it gives itself; like every new message, never twice."""
        delivery = await deliver(
            lambda: self._bot.send_document(
                chat_id,
                document.content,
                filename=document.file_name,
                caption=str(document.caption),
                parse_mode=ParseMode.HTML,
                disable_content_type_detection=True,
            ),
            is_repeatable=False,
        )
        self._note(delivery.outcome)

    async def _send_photo(self, chat_id: int, photo: Photo) -> None:
        """Send a picture; like every new message, never twice."""
        keyboard = inline_keyboard(photo)
        delivery = await deliver(
            lambda: self._bot.send_photo(
                chat_id,
                photo.content,
                caption=str(photo.caption),
                parse_mode=ParseMode.HTML,
                reply_markup=InlineKeyboardMarkup.de_json(keyboard, self._bot) if keyboard is not None else None,
            ),
            is_repeatable=False,
        )
        self._note(delivery.outcome)

    def _note(self, outcome: Outcome) -> None:
        if outcome in {Outcome.UNKNOWN, Outcome.NOT_DELIVERED}:
            self._on_undelivered(outcome.value)
            _LOGGER.warning("a reply was %s", outcome.value)


def _markup(message: Screen | PhoneRequest | KeyboardGone) -> dict[str, Any] | None:
    match message:
        case Screen():
            return inline_keyboard(message)
        case PhoneRequest():
            rows = [[{"text": message.share_label, "request_contact": True}], [{"text": message.skip_label}]]
            return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}
        case KeyboardGone():
            return {"remove_keyboard": True}


def inline_keyboard(message: Screen | Photo) -> dict[str, Any] | None:
    """Return a message's buttons in the words of the Bot API, or None where there are none.

    Telegram lays the first button of a row at the left, whatever the language: where the message reads from right to
    left, its rows are turned round, so that what comes first is at the right.
    """
    if not message.rows:
        return None
    text = message.text if isinstance(message, Screen) else message.caption
    is_turned = begins_right_to_left(text)
    rows = (row[::-1] if is_turned else row for row in message.rows if row)
    return {"inline_keyboard": [[_button(button, is_right_to_left=is_turned) for button in row] for row in rows]}


def _button(button: Button, *, is_right_to_left: bool) -> dict[str, Any]:
    label = set_in_direction(button.label, is_right_to_left=is_right_to_left)
    plain = {"text": label, **({"url": button.url} if button.url is not None else {"callback_data": button.data})}
    return plain if button.style is None else {**plain, "style": button.style.value}
