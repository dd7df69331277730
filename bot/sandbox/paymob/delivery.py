"""Delivers callbacks in the background: a first attempt in order for each order, then retries on their own."""

import asyncio
from weakref import WeakValueDictionary

import aiohttp

from bot.sandbox.paymob.callbacks import Callback, CallbackLog, State

MOST_ATTEMPTS = 8
_LONGEST_PAUSE_SECONDS = 60.0
_ANSWER_TIMEOUT = aiohttp.ClientTimeout(total=30)
_SUCCESS, _REFUSAL = range(200, 300), range(400, 500)
_BUSY = frozenset({408, 425, 429})


class CallbackDelivery:
    """Posts callbacks to the merchant; nobody waits for it."""

    def __init__(self, log: CallbackLog, *, retry_seconds: float) -> None:
        self.retry_seconds = retry_seconds
        self._log = log
        self._lanes: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def send(self, callback: Callback) -> None:
        """Begin to deliver a callback, unless something holds it up."""
        if callback.state != "sending":
            return
        task = asyncio.get_running_loop().create_task(self._deliver(callback))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def release(self, callback: Callback) -> None:
        """Deliver a callback that is held; everything else is left as it is."""
        if callback.state == "held":
            callback.state = "sending"
            callback.waits_for_next = False
            self.send(callback)

    async def close(self) -> None:
        """Stop, and give the connections back."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _deliver(self, callback: Callback) -> None:
        lane = self._lanes.setdefault(callback.order_id, asyncio.Lock())
        async with lane:
            state = await self._post_copies(callback)
        self._release_overtaken(callback)
        pause = self.retry_seconds
        for _ in range(MOST_ATTEMPTS - 1):
            if state != "sending":
                break
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
            state = await self._post(callback, callback.copies[0])
        callback.state = "given_up" if state == "sending" else state
        self._log.changed.notify()

    def _release_overtaken(self, callback: Callback) -> None:
        for other in self._log.kept:
            if other.waits_for_next and other.order_id == callback.order_id and other.number < callback.number:
                self.release(other)

    async def _post_copies(self, callback: Callback) -> State:
        """Post every copy once; what comes of the callback is what came of its last copy, or of none that failed."""
        if callback.concurrently:
            states = await asyncio.gather(*(self._post(callback, body) for body in callback.copies))
        else:
            states = [await self._post(callback, body) for body in callback.copies]
        return next((state for state in states if state != "delivered"), "delivered")

    async def _post(self, callback: Callback, body: bytes) -> State:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=_ANSWER_TIMEOUT)
        query, headers = {"hmac": callback.signature}, {"Content-Type": "application/json"}
        state: State = "sending"
        try:
            async with self._session.post(callback.url, params=query, data=body, headers=headers) as response:
                await response.read()
                callback.note(response.status)
                state = _state(response.status)
        except TimeoutError:
            callback.note("timed out")
        except aiohttp.ClientError as error:
            callback.note(f"failed: {error}")
        self._log.changed.notify()
        return state


def _state(status: int) -> State:
    if status in _SUCCESS:
        return "delivered"
    return "refused" if status in _REFUSAL and status not in _BUSY else "sending"
