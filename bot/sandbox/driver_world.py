"""The drivers' JSON about everything but people: the clock, trouble, raw updates, the record of calls, live events."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import orjson
from aiohttp import web

from bot.sandbox import driver_bodies as bodies
from bot.sandbox.driver_routes import DriverError, json_response, read_body, read_query
from bot.sandbox.faults import FaultRule
from bot.sandbox.methods import METHODS
from bot.sandbox.people import Landmark
from bot.sandbox.world import World

_KEEP_ALIVE_SECONDS = 15.0

LandmarkSource = Callable[[], Awaitable[Sequence[Landmark]]]


class WorldDriver:
    """Handlers for `/sandbox/clock`, `/sandbox/faults`, `/sandbox/updates`, `/sandbox/calls` and `/sandbox/events`."""

    def __init__(self, world: World, landmarks: LandmarkSource | None, time_zone: str | None = None) -> None:
        self._world = world
        self._time_zone = time_zone
        self._landmarks = landmarks

    def add_to(self, application: web.Application) -> None:
        """Register the routes."""
        router = application.router
        router.add_get("/sandbox/clock", self.clock)
        router.add_post("/sandbox/clock", self.move_clock)
        router.add_get("/sandbox/faults", self.faults)
        router.add_post("/sandbox/faults", self.add_fault)
        router.add_delete("/sandbox/faults", self.clear_faults)
        router.add_post("/sandbox/updates", self.add_update)
        router.add_get("/sandbox/calls", self.calls)
        router.add_get("/sandbox/events", self.events)

    async def clock(self, _request: web.Request) -> web.Response:
        """Tell the business time, the zone to show it in, and the instants worth moving to."""
        landmarks = await self._landmarks() if self._landmarks is not None else ()
        targets = [{"label": dict(landmark.label), "at": landmark.at.isoformat()} for landmark in landmarks]
        zone = {} if self._time_zone is None else {"time_zone": self._time_zone}
        return json_response({"now": self._world.clock.now().isoformat(), "landmarks": targets, **zone})

    async def move_clock(self, request: web.Request) -> web.Response:
        """Move the business time."""
        body = await read_body(request, bodies.ClockMove)
        clock = self._world.clock
        try:
            now = clock.move_to(body.to) if body.to else clock.advance(timedelta(minutes=body.advance_minutes or 0))
        except OverflowError as error:
            raise DriverError(400, "the clock does not reach that far") from error
        self._world.events.publish("clock", now=now.isoformat())
        return await self.clock(request)

    async def faults(self, _request: web.Request) -> web.Response:
        """List the trouble in force."""
        return json_response({"faults": self._world.faults.as_json()})

    async def add_fault(self, request: web.Request) -> web.Response:
        """Make trouble."""
        rule = await read_body(request, FaultRule)
        if unknown := set(rule.methods or ()) - METHODS.keys():
            raise DriverError(400, f"methods: the sandbox has no {', '.join(sorted(unknown))}")
        self._world.faults.add(rule)
        return json_response({"faults": self._world.faults.as_json()}, 201)

    async def clear_faults(self, _request: web.Request) -> web.Response:
        """End all trouble."""
        self._world.faults.clear()
        return json_response({"faults": []})

    async def add_update(self, request: web.Request) -> web.Response:
        """Queue an update exactly as it comes."""
        body = await read_body(request, bodies.RawUpdate)
        try:
            return json_response({"update_id": self._world.updates.put_raw(body.update)}, 201)
        except ValueError as error:
            raise DriverError(400, str(error)) from error

    async def calls(self, request: web.Request) -> web.Response:
        """Return the bot's calls after one's number."""
        return json_response({"calls": self._world.calls.after(read_query(request, bodies.CallsView).after)})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream what happens, as server-sent events."""
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        response = web.StreamResponse(headers=headers)
        with self._world.events.listen() as listener:
            await response.prepare(request)
            await response.write(b": here\n\n")
            try:
                while True:
                    await response.write(await _next_chunk(listener))
            except ConnectionError:
                return response  # the page was closed


async def _next_chunk(listener: asyncio.Queue[dict[str, object]]) -> bytes:
    try:
        async with asyncio.timeout(_KEEP_ALIVE_SECONDS):
            event = await listener.get()
    except TimeoutError:
        return b": still here\n\n"
    return b"data: " + orjson.dumps(event) + b"\n\n"
