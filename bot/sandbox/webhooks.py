"""Delivery of updates by HTTP: one person's in order, different people's at once, until the bot answers 2xx."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.sandbox.updates import QueuedUpdate, UpdateQueue

DEFAULT_MAX_CONNECTIONS = 40
_LONGEST_RETRY_SECONDS = 60.0
_ANSWER_TIMEOUT = aiohttp.ClientTimeout(total=60)
_SUCCESS = range(200, 300)


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where and how the bot wants its updates."""

    url: str
    secret_token: str = ""
    max_connections: int = DEFAULT_MAX_CONNECTIONS
    has_custom_certificate: bool = False
    ip_address: str = ""


class WebhookDelivery:
    """Posts pending updates to the bot's webhook while there is one, and tries again after whatever is not a success."""

    def __init__(self, queue: UpdateQueue, *, clock_seconds: Callable[[], int], retry_seconds: float = 1.0) -> None:
        self.webhook: Webhook | None = None
        self.retry_seconds = retry_seconds
        self._queue = queue
        self._clock_seconds = clock_seconds
        self._lanes: dict[int | None, deque[QueuedUpdate]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._connections = asyncio.Semaphore(DEFAULT_MAX_CONNECTIONS)
        self._session: aiohttp.ClientSession | None = None
        self._last_error: tuple[int, str] | None = None
        queue.on_put = self._feed

    def start(self, webhook: Webhook) -> None:
        """Begin to deliver to `webhook`, first what is pending."""
        self.stop()
        self.webhook = webhook
        self._last_error = None
        self._connections = asyncio.Semaphore(webhook.max_connections)
        for update in self._queue.pending:
            self._feed(update)

    def stop(self) -> None:
        """Deliver no more; what was not confirmed stays in the queue."""
        self.webhook = None
        self._lanes = {}
        for task in self._tasks:
            task.cancel()

    async def close(self) -> None:
        """Stop, and give the connections back."""
        self.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    def info(self) -> dict[str, Any]:
        """Return the Bot API's WebhookInfo."""
        info: dict[str, Any] = {"url": "", "has_custom_certificate": False}
        if self.webhook is not None:
            info |= {
                "url": self.webhook.url,
                "has_custom_certificate": self.webhook.has_custom_certificate,
                "max_connections": self.webhook.max_connections,
            }
            if self.webhook.ip_address:
                info["ip_address"] = self.webhook.ip_address
        info["pending_update_count"] = len(self._queue.pending)
        if self._last_error is not None:
            info["last_error_date"], info["last_error_message"] = self._last_error
        if self._queue.allowed:
            info["allowed_updates"] = list(self._queue.allowed)
        return info

    def _feed(self, update: QueuedUpdate) -> None:
        webhook = self.webhook
        if webhook is None:
            return
        lane = self._lanes.get(update.person_id)
        if lane is not None:
            lane.append(update)
            return
        lane = self._lanes[update.person_id] = deque([update])
        task = asyncio.get_running_loop().create_task(self._run(webhook, update.person_id, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, webhook: Webhook, person_id: int | None, lane: deque[QueuedUpdate]) -> None:
        while lane:
            await self._deliver(webhook, lane[0])
            if not self._queue.confirm(lane[0]):
                lane.popleft()
        if self._lanes.get(person_id) is lane:
            del self._lanes[person_id]

    async def _deliver(self, webhook: Webhook, update: QueuedUpdate) -> None:
        pause = self.retry_seconds
        while True:
            async with self._connections:
                error = await self._post(webhook, update)
            if error is None:
                return
            self._last_error = (self._clock_seconds(), error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_RETRY_SECONDS)

    async def _post(self, webhook: Webhook, update: QueuedUpdate) -> str | None:
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=_ANSWER_TIMEOUT)
        try:
            async with self._session.post(webhook.url, data=update.body, headers=headers) as response:
                await response.read()
                if response.status in _SUCCESS:
                    return None
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError as error:
            return f"Connection failed: {error}"
