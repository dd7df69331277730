"""A broadcast to thousands beside people who tap: how fast it goes, and how much longer a tap takes meanwhile."""

import asyncio
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bench.center import FIRST_TELEGRAM_ID
from bench.crowd import Crowd, fill_crowd
from bench.figures import Measure, Result, at_least, at_most, exactly
from bench.ground import Ground, run
from bench.phones import Card, Phones, PhonesFailedError
from bench.processes import Process, ProcessFailedError, our_bot, sandbox
from bench.scale import Scale
from domain.broadcasts.model import BroadcastAudience, NewBroadcast, Progress, Target
from domain.broadcasts.sending import SendBroadcast, StopBroadcast
from domain.clock import SystemClock
from domain.ids import BroadcastId, new_id
from storage.database import Database
from storage.engine import open_database
from storage.repositories.broadcasts import count_progress
from storage.unit_of_work import unit_of_work_factory

_LABELS = ("Yes, cancel", "Cancel this booking", "Book for", "Ballet", "Home")
_PAUSE_SECONDS = 0.5
_LONGEST_DELAY_MILLISECONDS = 200.0
_RATE_TARGET = 24.0  # of the sender's 25 a second
_SETTLED_SECONDS = 2.0
_PATIENCE_SECONDS = 60.0
_LOOK_AGAIN_SECONDS = 0.05
_TEXT = "Announcement number {}"


@dataclass(frozen=True, slots=True)
class _Window:
    """Milliseconds of each tap in a while without a broadcast and in one with it, and what the broadcast did then."""

    alone: tuple[float, ...]
    beside: tuple[float, ...]
    written_seconds: float
    sent_per_second: float
    failed: int


def broadcast(ground: Ground, backend: str) -> Result:
    """Measure on one database."""
    scale = ground.scale
    template, folder = ground.template(backend, fill_crowd), ground.new_folder()
    with (
        ground.copy_of(template) as database_url,
        sandbox(folder, scale, first_telegram_id=FIRST_TELEGRAM_ID, people_count=scale.broadcast_people) as url,
        our_bot(folder, database_url=database_url, api_url=url) as process,
    ):
        windows, told_twice = run(_measured(url, database_url, template.contents, scale, process))
    alone = Measure("tap, nothing else going on", "ms", _all(each.alone for each in windows), is_latency=True)
    beside = Measure("tap, beside a broadcast", "ms", _all(each.beside for each in windows), is_latency=True)
    rates = tuple(each.sent_per_second for each in windows)
    return Result(
        f"broadcast-{backend}",
        f"{scale.tappers} people tap, each {_PAUSE_SECONDS:g} s after the last answer (open, book, cancel, home): "
        f"{scale.broadcast_windows} times {scale.broadcast_seconds:g} s of that alone, then beside a broadcast to "
        f"{scale.broadcast_people:,} people, which is stopped then; how long all of it takes is reckoned from its rate",
        (
            alone,
            Measure("  slowest of each time", "ms", tuple(max(each.alone) for each in windows)),
            beside,
            Measure("  slowest of each time", "ms", tuple(max(each.beside) for each in windows)),
            Measure("all messages written down", "s", tuple(each.written_seconds for each in windows)),
            Measure("messages sent", "/s", rates),
            Measure(
                f"{scale.broadcast_people:,} messages, at that rate", "s", tuple(_whole(scale, rate) for rate in rates)
            ),
        ),
        (
            at_most("median tap longer by, ms", _longer(windows, statistics.median), _LONGEST_DELAY_MILLISECONDS),
            at_most("99 % longer by, ms", _longer(windows, _percentile_99), _LONGEST_DELAY_MILLISECONDS),
            at_most("slowest longer by, ms", _longer(windows, max), _LONGEST_DELAY_MILLISECONDS),
            at_least("messages sent a second", statistics.median(rates), _RATE_TARGET),
            exactly("told in vain", sum(each.failed for each in windows), 0),
            exactly("told twice", told_twice, 0),
        ),
    )


def _all(windows: Iterable[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(sample for samples in windows for sample in samples)


def _whole(scale: Scale, rate: float) -> float:
    return scale.broadcast_people / rate


def _longer(windows: Sequence[_Window], figure: Callable[[Sequence[float]], float]) -> float:
    """Return by how much a figure of the taps is larger beside the broadcast, in the middle one of the windows."""
    return statistics.median(figure(each.beside) - figure(each.alone) for each in windows)


def _percentile_99(samples: Sequence[float]) -> float:
    return Measure("", "", tuple(samples), is_latency=True).percentile_99


async def _measured(url: str, database_url: str, crowd: Crowd, scale: Scale, process: Process) -> tuple[list[_Window], int]:
    database = open_database(database_url, pool_size=2)
    try:
        async with Phones(url) as phones:
            cards = await phones.open_cards((place, crowd.session_id) for place in range(scale.tappers))
            await _tap_all(phones, cards, seconds=_SETTLED_SECONDS)  # so that nothing is measured cold
            windows = [await _window(phones, cards, database, crowd, scale, str(n)) for n in range(scale.broadcast_windows)]
            return windows, await phones.count_chats_told_twice(_TEXT.format(0))
    except PhonesFailedError as failure:
        raise ProcessFailedError(process.last_words()) from failure
    finally:
        await database.close()


async def _window(
    phones: Phones, cards: list[Card], database: Database, crowd: Crowd, scale: Scale, number: str
) -> _Window:
    alone = await _tap_all(phones, cards, seconds=scale.broadcast_seconds)
    begun = time.monotonic()
    broadcast_id = await _send(database, crowd, _TEXT.format(number))
    written = asyncio.create_task(_written_seconds(database, broadcast_id, scale.broadcast_people, begun))
    sent_before, at_before = await _sent_by(database, broadcast_id)
    beside = await _tap_all(phones, cards, seconds=scale.broadcast_seconds)
    sent, at = await _sent_by(database, broadcast_id)
    await written
    await _stop(database, crowd, broadcast_id)
    return _Window(
        alone=tuple(1000 * each for each in alone),
        beside=tuple(1000 * each for each in beside),
        written_seconds=written.result(),
        sent_per_second=(sent.sent - sent_before.sent) / (at - at_before),
        failed=sent.failed + sent.unknown,
    )


async def _tap_all(phones: Phones, cards: list[Card], *, seconds: float) -> list[float]:
    """Let everybody tap for a while, each beginning a little after the one before."""
    until, step = time.monotonic() + seconds, _PAUSE_SECONDS / len(cards)

    async def one(place: int, card: Card) -> list[float]:
        await asyncio.sleep(place * step)
        return await phones.tap_through(card, _LABELS, pause_seconds=_PAUSE_SECONDS, until=until)

    taken = await asyncio.gather(*(one(place, card) for place, card in enumerate(cards)))
    return [each for of_one in taken for each in of_one]


async def _send(database: Database, crowd: Crowd, text: str) -> BroadcastId:
    """Press the button, as it were: what follows is the running bot's affair."""
    target = Target(BroadcastAudience.CENTER, crowd.admin.center_id)
    new = NewBroadcast(BroadcastId(new_id()), target, text)
    await SendBroadcast(unit_of_work_factory(database), SystemClock())(actor=crowd.admin, broadcast=new)
    return new.id


async def _stop(database: Database, crowd: Crowd, broadcast_id: BroadcastId) -> None:
    await StopBroadcast(unit_of_work_factory(database), SystemClock())(actor=crowd.admin, broadcast_id=broadcast_id)


async def _written_seconds(database: Database, broadcast_id: BroadcastId, people: int, begun: float) -> float:
    """Wait until there is a message for everybody, and return how long that took."""
    while time.monotonic() - begun < _PATIENCE_SECONDS:
        found = await count_progress(database, broadcast_id)
        if found.sent + found.unknown + found.failed + found.dropped + found.left >= people:
            return time.monotonic() - begun
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)
    raise PhonesFailedError("the broadcast's messages were not written in time")


async def _sent_by(database: Database, broadcast_id: BroadcastId) -> tuple[Progress, float]:
    return await count_progress(database, broadcast_id), time.monotonic()
