"""The processor time of a whole booking tap through the running bot, beside a bot that only answers and edits."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from bench.center import FIRST_TELEGRAM_ID, BenchCenter, fill_center
from bench.figures import Measure, NotMeasurableError, Result, at_most, median_ratio
from bench.ground import BACKENDS, Ground, run
from bench.phones import BOOKED_SIGN, Phones, PhonesFailedError, at_once
from bench.processes import BARE_PYTHON, Process, ProcessFailedError, bare_bot, can_count_cpu, our_bot, sandbox
from domain.ids import SessionId

_CROWDS = {"one at a time": 1, "sixteen at a time": 16}
_BARE = "bare aiogram"
_TARGET = 1.0


@dataclass(slots=True)
class _Contestant:
    """A bot with a sandbox of its own, and its samples by crowd: milliseconds of processor time a tap."""

    url: str
    process: Process
    samples: dict[str, list[float]] = field(default_factory=lambda: {crowd: [] for crowd in _CROWDS})


def tap(ground: Ground) -> Result:
    """Measure our bot on both databases and the bare one, taking turns round by round."""
    if not can_count_cpu():
        raise NotMeasurableError("it reads processor times as Linux shows them")
    if not BARE_PYTHON.exists():
        raise NotMeasurableError(f"the bot to compare with needs {BARE_PYTHON}, which `make bench` makes")
    center = ground.template("sqlite", fill_center).contents
    with contextlib.ExitStack() as stack:
        contestants = {f"rollcall on {backend}": stack.enter_context(_ours(ground, backend)) for backend in BACKENDS} | {
            _BARE: stack.enter_context(_bare(ground))
        }
        centers = {f"rollcall on {backend}": ground.template(backend, fill_center).contents for backend in BACKENDS}
        run(_measure(ground, contestants, centers | {_BARE: center}))
    pairs = list(product(_CROWDS, contestants))
    return Result(
        "tap",
        f"a booking tap: update in, seat committed, tap answered, screen edited; {ground.scale.taps} taps a round; "
        "beside an aiogram bot that answers and edits alone; the database server's and the sandbox's time not counted",
        tuple(Measure(f"{name}, {crowd}", "ms CPU", tuple(contestants[name].samples[crowd])) for crowd, name in pairs),
        tuple(
            at_most(
                f"{name} to bare, {crowd}",
                median_ratio(contestants[name].samples[crowd], contestants[_BARE].samples[crowd]),
                _TARGET,
            )
            for crowd, name in pairs
            if name != _BARE
        ),
    )


@contextlib.contextmanager
def _ours(ground: Ground, backend: str) -> Iterator[_Contestant]:
    folder = ground.new_folder()
    template = ground.template(backend, fill_center)
    with (
        ground.copy_of(template) as database_url,
        sandbox(folder, ground.scale, first_telegram_id=FIRST_TELEGRAM_ID) as url,
        our_bot(folder, database_url=database_url, api_url=url) as process,
    ):
        yield _Contestant(url, process)


@contextlib.contextmanager
def _bare(ground: Ground) -> Iterator[_Contestant]:
    folder: Path = ground.new_folder()
    with (
        sandbox(folder, ground.scale, first_telegram_id=FIRST_TELEGRAM_ID) as url,
        bare_bot(folder, api_url=url) as process,
    ):
        yield _Contestant(url, process)


async def _measure(ground: Ground, contestants: dict[str, _Contestant], centers: dict[str, BenchCenter]) -> None:
    scale = ground.scale
    for name, contestant in contestants.items():
        early = range(scale.people, scale.people + scale.warm_up_people)
        await _book(contestant, [(place, centers[name].early_session) for place in early], limit=16)
    places = iter(range(scale.people))
    for _round, (crowd, limit) in product(range(scale.rounds), _CROWDS.items()):
        block = [next(places) for _ in range(scale.taps)]
        for name, contestant in contestants.items():
            sessions = centers[name].spread
            wanted = [(place, sessions[place % len(sessions)]) for place in block]
            contestant.samples[crowd].append(await _book(contestant, wanted, limit=limit))


async def _book(contestant: _Contestant, wanted: list[tuple[int, SessionId]], *, limit: int) -> float:
    """Open the cards, then measure the taps; return the milliseconds of processor time of one."""
    async with Phones(contestant.url) as phones:
        try:
            cards = await phones.open_cards(wanted)
            before = contestant.process.cpu_milliseconds()
            await at_once(cards, phones.book, limit=limit)
            used = contestant.process.cpu_milliseconds() - before
            texts = await phones.screens(cards)
        except PhonesFailedError as failure:
            raise ProcessFailedError(contestant.process.last_words()) from failure
    if not all(text.startswith(BOOKED_SIGN) for text in texts):
        raise PhonesFailedError(next(text for text in texts if not text.startswith(BOOKED_SIGN)))
    return used / len(cards)
