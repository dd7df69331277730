"""Everybody taps at once through the whole bot: a burst with a slow Bot API, then many people on few seats."""

from dataclasses import dataclass

from bench.center import FIRST_TELEGRAM_ID, BenchCenter, fill_center
from bench.figures import Measure, Result, at_most, exactly
from bench.ground import Ground, run
from bench.phones import BOOKED_SIGN, FULL_SIGN, Phones, PhonesFailedError
from bench.processes import ProcessFailedError, our_bot, sandbox
from bench.scale import Scale
from domain.ids import SessionId
from storage.audit import audit
from storage.engine import open_database

_BURST_SECONDS = 3.0
_RUSH_SECONDS = 10.0
_MOST_ROUNDS = 3  # each is a fresh database, sandbox and bot


@dataclass(frozen=True, slots=True)
class _Crowd:
    """How long a crowd took until all were told, and what they read then."""

    seconds: float
    booked: int
    full: int
    otherwise: int
    refused_calls: int


@dataclass(frozen=True, slots=True)
class _Round:
    burst: _Crowd
    rush: _Crowd
    discrepancies: int


def burst(ground: Ground, backend: str) -> Result:
    """Measure both crowds on one database."""
    scale = ground.scale
    rounds = [_one_round(ground, backend) for _ in range(min(scale.rounds, _MOST_ROUNDS))]
    bursts, rushes = [each.burst for each in rounds], [each.rush for each in rounds]
    return Result(
        f"burst-{backend}",
        f"{scale.burst_people} people tap at once, each call of the Bot API takes {scale.bot_api_seconds * 1000:.0f} ms; "
        f"then {scale.people:,} people tap at once for {scale.scarce_seats} seats; until the last one is told",
        (
            Measure("burst, all booked and told", "s", tuple(each.seconds for each in bursts)),
            Measure("rush, all told", "s", tuple(each.seconds for each in rushes)),
        ),
        (
            at_most("burst, slowest round, s", max(each.seconds for each in bursts), _BURST_SECONDS),
            exactly("burst, fewest booked and told", min(each.booked for each in bursts), scale.burst_people),
            at_most("rush, slowest round, s", max(each.seconds for each in rushes), _RUSH_SECONDS),
            exactly("rush, most booked", max(each.booked for each in rushes), scale.scarce_seats),
            exactly("rush, fewest booked", min(each.booked for each in rushes), scale.scarce_seats),
            exactly("told anything else, any round", max(each.otherwise for each in (*bursts, *rushes)), 0),
            exactly("calls refused, any round", max(each.refused_calls for each in (*bursts, *rushes)), 0),
            exactly("discrepancies in the audit", max(each.discrepancies for each in rounds), 0),
        ),
    )


def _one_round(ground: Ground, backend: str) -> _Round:
    template, folder = ground.template(backend, fill_center), ground.new_folder()
    with ground.copy_of(template) as database_url:
        with (
            sandbox(folder, ground.scale, first_telegram_id=FIRST_TELEGRAM_ID) as url,
            our_bot(folder, database_url=database_url, api_url=url) as process,
        ):
            try:
                crowds = run(_crowds(url, template.contents, ground.scale))
            except PhonesFailedError as failure:
                raise ProcessFailedError(process.last_words()) from failure
        return _Round(*crowds, discrepancies=run(_count_discrepancies(database_url)))


async def _crowds(url: str, center: BenchCenter, scale: Scale) -> tuple[_Crowd, _Crowd]:
    early = range(scale.people, scale.people + scale.warm_up_people)
    async with Phones(url) as phones:
        await phones.tap_all(await phones.open_cards((place, center.early_session) for place in early))
        wanted = [(place, center.spread[place % len(center.spread)]) for place in range(scale.burst_people)]
        slow = await _crowd(phones, wanted, bot_api_seconds=scale.bot_api_seconds)
        rush = await _crowd(phones, [(place, center.scarce) for place in range(scale.people)], bot_api_seconds=0)
    return slow, rush


async def _crowd(phones: Phones, wanted: list[tuple[int, SessionId]], *, bot_api_seconds: float) -> _Crowd:
    cards = await phones.open_cards(wanted)
    await phones.slow_down(bot_api_seconds)
    told = await phones.tap_all(cards)
    await phones.slow_down(0)
    texts = await phones.screens(cards)
    booked = sum(text.startswith(BOOKED_SIGN) for text in texts)
    full = sum(FULL_SIGN in text for text in texts)
    return _Crowd(told.seconds, booked, full, len(texts) - booked - full, told.refused_calls)


async def _count_discrepancies(database_url: str) -> int:
    database = open_database(database_url)
    try:
        return len(await audit(database))
    finally:
        await database.close()
