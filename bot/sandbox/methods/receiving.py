"""Methods by which a bot learns what happened, and answers taps."""

import re
from typing import Any
from urllib.parse import urlsplit

from orjson import Fragment

from bot.sandbox.entities import utf16_length
from bot.sandbox.errors import bad_request
from bot.sandbox.queries import QueryAnswer
from bot.sandbox.schema import Parameters
from bot.sandbox.webhooks import DEFAULT_MAX_CONNECTIONS, Webhook
from bot.sandbox.world import World

MAX_UPDATES = 100
MAX_WEBHOOK_CONNECTIONS = 100
LONGEST_POLL_SECONDS = 50
MAX_ANSWER = 200
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ANSWER_LINKS = ("https://t.me/", "http://t.me/", "t.me/", "tg://")


async def get_updates(world: World, parameters: Parameters) -> Any:
    """Confirm what is below `offset` and return what follows."""
    if "allowed_updates" in parameters:
        world.updates.allowed = tuple(parameters["allowed_updates"])
    updates = await world.updates.poll(
        offset=parameters.get("offset", 0),
        limit=min(max(parameters.get("limit", MAX_UPDATES), 1), MAX_UPDATES),
        seconds=min(parameters.get("timeout", 0), LONGEST_POLL_SECONDS),
        has_webhook=world.webhooks.webhook is not None,
    )
    return [Fragment(update.body) for update in updates]


async def set_webhook(world: World, parameters: Parameters) -> Any:
    """Begin to deliver updates by HTTP; an empty address ends it. Unlike Telegram's, it need not be HTTPS."""
    if not parameters["url"]:
        return await delete_webhook(world, parameters)
    parts = urlsplit(parameters["url"])
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = parameters.get("secret_token", "")
    if secret and _SECRET.fullmatch(secret) is None:
        raise bad_request("secret token contains unallowed characters")
    if parameters.get("drop_pending_updates"):
        world.updates.forget_all()
    if "allowed_updates" in parameters:
        world.updates.allowed = tuple(parameters["allowed_updates"])
    connections = parameters.get("max_connections", DEFAULT_MAX_CONNECTIONS)
    world.webhooks.start(
        Webhook(
            url=parameters["url"],
            secret_token=secret,
            max_connections=min(max(connections, 1), MAX_WEBHOOK_CONNECTIONS),
            has_custom_certificate="certificate" in parameters,
            ip_address=parameters.get("ip_address", ""),
        )
    )
    return True


async def delete_webhook(world: World, parameters: Parameters) -> Any:
    """Go back to long polling."""
    if parameters.get("drop_pending_updates"):
        world.updates.forget_all()
    world.webhooks.stop()
    return True


async def get_webhook_info(world: World, _parameters: Parameters) -> Any:
    """Tell where updates go and how delivery fares."""
    return world.webhooks.info()


async def answer_callback_query(world: World, parameters: Parameters) -> Any:
    """Answer a tap, once and in time."""
    text, url = parameters.get("text", ""), parameters.get("url", "")
    if utf16_length(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not url.startswith(_ANSWER_LINKS):
        raise bad_request("URL_INVALID")
    answer = QueryAnswer(text, parameters.get("show_alert", False), url)
    query = world.queries.answer(parameters["callback_query_id"], answer)
    if text:
        world.events.publish("alert", person=query.person_id, text=text, show_alert=answer.show_alert)
    return True
