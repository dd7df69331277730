"""The methods of the Bot API that the sandbox acts out, by their names at Telegram."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.sandbox.methods import editing, payments, profile, receiving, sending
from bot.sandbox.schema import Parameters
from bot.sandbox.world import World

Method = Callable[[World, Parameters], Awaitable[Any]]

METHODS: Mapping[str, Method] = {
    "answerCallbackQuery": receiving.answer_callback_query,
    "answerPreCheckoutQuery": payments.answer_pre_checkout_query,
    "deleteMessage": editing.delete_message,
    "deleteMyCommands": profile.delete_my_commands,
    "deleteWebhook": receiving.delete_webhook,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "editMessageText": editing.edit_message_text,
    "getChatMenuButton": profile.get_chat_menu_button,
    "getFile": profile.get_file,
    "getMe": profile.get_me,
    "getMyCommands": profile.get_my_commands,
    "getMyDescription": profile.get_my_description,
    "getMyShortDescription": profile.get_my_short_description,
    "getUpdates": receiving.get_updates,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendChatAction": sending.send_chat_action,
    "sendDocument": sending.send_document,
    "sendInvoice": payments.send_invoice,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "setChatMenuButton": profile.set_chat_menu_button,
    "setMyCommands": profile.set_my_commands,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "setWebhook": receiving.set_webhook,
}
