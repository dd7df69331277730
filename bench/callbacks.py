"""A gateway's callbacks at a steady rate while people book: how soon each is kept and answered, and the books after it."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import orjson

from bench.figures import Measure, Result, at_most, exactly
from bench.ground import Ground, run
from bot.gateways.desk import GatewayDesk
from bot.gateways.paymob_reports import signature_of, signed_text
from bot.payments import add_gateway_reports
from bot.telemetry import Metrics
from bot.web import WebServer, build_application
from domain.finance.gateway_model import Gateway
from domain.finance.gateway_ports import OrderRow
from domain.finance.gateway_receiving import ProcessGatewayEvents, ReceiveGatewayEvent
from domain.finance.gateway_sweeping import ExpirePayments, InquireAboutPayments
from domain.finance.refunding import ProcessRefunds
from domain.organization.model import Center
from storage.audit import audit
from storage.engine import open_database
from tests.builders.gateway import READER, SECRET, Till
from tests.factories import World

_PER_SECOND = 100
_BOOKING_AT_ONCE = 4
_TARGET_MILLISECONDS = 50.0
_DEADLINE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class _Found:
    """Milliseconds of each callback's answer, how many people were booked meanwhile, and what does not add up."""

    answers: tuple[float, ...]
    booked: int
    unpaid: int
    discrepancies: int


def callbacks(ground: Ground, backend: str) -> Result:
    """Measure on one database."""
    with ground.new_database(backend) as url:
        found = run(_measured(url, how_many=ground.scale.people))
    answers = Measure("callback kept and answered", "ms", found.answers, is_latency=True)
    return Result(
        f"callbacks-{backend}",
        f"{len(found.answers):,} callbacks at {_PER_SECOND} a second, each processed as it comes, while people book",
        (answers, Measure("bookings meanwhile", "bookings", (float(found.booked),))),
        (
            at_most("callback, 99 %, ms", answers.percentile_99, _TARGET_MILLISECONDS),
            exactly("payments not booked as paid", found.unpaid, 0),
            exactly("discrepancies in the audit", found.discrepancies, 0),
        ),
    )


async def _measured(url: str, *, how_many: int) -> _Found:
    database = open_database(url)
    try:
        till = Till(await World.open(database))
        orders = [await till.top_up(student) for student in await till.world.add_students(how_many)]
        stop = asyncio.Event()
        desk = _desk(till)
        async with _served(till, desk) as address, aiohttp.ClientSession() as http:
            working, booking = asyncio.create_task(desk.run(stop)), asyncio.create_task(_bookings(till, stop))
            answers = await _posted(http, address, [till.transaction(order) for order in orders])
            unpaid = await _unpaid(till, orders)
            stop.set()
            desk.wakeup.wake()
            await working
            booked = await booking
        return _Found(tuple(answers), booked, unpaid, len(await audit(database)))
    finally:
        await database.close()


def _desk(till: Till) -> GatewayDesk:
    units, clock, gateways = till.units, till.world.clock, {Gateway.PAYMOB: till.gateway}
    return GatewayDesk(
        till.world.center_id,
        ProcessGatewayEvents(units, clock, {Gateway.PAYMOB: READER}),
        InquireAboutPayments(units, clock, gateways),
        ExpirePayments(units, clock),
        ProcessRefunds(units, clock, gateways),
    )


@contextlib.asynccontextmanager
async def _served(till: Till, desk: GatewayDesk) -> AsyncIterator[str]:
    async def is_ready() -> bool:
        return True

    receive = ReceiveGatewayEvent(till.units, till.world.clock, READER)

    async def keep(*, center_id: Any, body: bytes, signature: str) -> bool:
        is_new = await receive(center_id=center_id, body=body, signature=signature)
        desk.wakeup.wake()
        return is_new

    application = build_application(metrics=Metrics(), is_ready=is_ready)
    center = Center(till.world.center_id, "Nile Studio", "EGP", "Africa/Cairo", "en")
    add_gateway_reports(application, receive=keep, center=center)
    async with WebServer(application, host="127.0.0.1", port=0) as server:
        yield server.url


async def _bookings(till: Till, stop: asyncio.Event) -> int:
    """Let people with money book one seat each, a few at once, until it is over."""
    taught, booked = await till.world.add_class(capacity=10_000), 0
    while not stop.is_set():
        session = await till.world.add_session(taught, starts_in=timedelta(days=1))
        students = await till.world.add_students(_BOOKING_AT_ONCE, money_minor=20_000)
        await asyncio.gather(*(till.world.book(student, session) for student in students))
        booked += len(students)
    return booked


async def _posted(http: aiohttp.ClientSession, address: str, said: list[dict[str, Any]]) -> list[float]:
    """Post at the rate, whatever the answers take; return each answer's milliseconds."""
    began, tasks = time.perf_counter(), []
    for place, transaction in enumerate(said):
        await asyncio.sleep(max(0.0, began + place / _PER_SECOND - time.perf_counter()))
        tasks.append(asyncio.create_task(_post(http, address, transaction)))
    return list(await asyncio.gather(*tasks))


async def _post(http: aiohttp.ClientSession, address: str, transaction: dict[str, Any]) -> float:
    body = orjson.dumps({"type": "TRANSACTION", "obj": transaction})
    params = {"hmac": signature_of(SECRET, signed_text("TRANSACTION", transaction))}
    began = time.perf_counter()
    async with http.post(f"{address}/payments/paymob", params=params, data=body) as response:
        response.raise_for_status()
    return (time.perf_counter() - began) * 1_000


async def _unpaid(till: Till, orders: list[OrderRow]) -> int:
    """Wait until every payment is booked as paid, to a deadline; return how many are not."""
    deadline, left = time.monotonic() + _DEADLINE_SECONDS, list(orders)
    while left and time.monotonic() < deadline:
        left = [order for order in left if (await till.status(order))[0] != "COMPLETED"]
        await asyncio.sleep(0.05 if left else 0)
    return len(left)
