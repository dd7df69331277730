"""All of the sandbox's Telegram in one place: what the methods act on and the drivers look at."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox.calls import CallLog
from bot.sandbox.chats import Chats
from bot.sandbox.clock import MovableClock
from bot.sandbox.events import EventHub
from bot.sandbox.faults import Faults
from bot.sandbox.files import FileStore
from bot.sandbox.invoices import Invoices
from bot.sandbox.people import SandboxPerson
from bot.sandbox.profile import BotProfile
from bot.sandbox.queries import CallbackQueries
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhooks import WebhookDelivery


class World:
    """One bot, its people, and everything between them."""

    def __init__(
        self,
        *,
        bot_user: dict[str, Any],
        clock: MovableClock,
        people: Sequence[SandboxPerson],
        query_lifetime_seconds: float,
        webhook_retry_seconds: float,
        provider_token: str,
    ) -> None:
        self.bot_user = bot_user
        self.bot_user_brief = {key: bot_user[key] for key in ("id", "is_bot", "first_name", "username")}
        self.clock = clock
        self.events = EventHub()
        self.chats = Chats(self.events)
        self.faults = Faults()
        self.updates = UpdateQueue(self.faults)
        self.webhooks = WebhookDelivery(self.updates, clock_seconds=self.unix_now, retry_seconds=webhook_retry_seconds)
        self.queries = CallbackQueries(lifetime_seconds=query_lifetime_seconds)
        self.invoices = Invoices(provider_token=provider_token)
        self.profile = BotProfile()
        self.files = FileStore()
        self.calls = CallLog()
        for person in people:
            self.chats.add(person)

    def unix_now(self) -> int:
        """Return the business clock's present as Telegram writes dates."""
        return int(self.clock.now().timestamp())
