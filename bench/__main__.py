"""``python -m bench``: measures, prints, and writes the figures as JSON."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import orjson

from bench.audit import audit
from bench.booking import hot, spread, sqlite
from bench.broadcast import broadcast
from bench.burst import burst
from bench.callbacks import callbacks
from bench.figures import NotMeasurableError, Result
from bench.ground import Ground
from bench.history import history
from bench.machine import Machine, describe_machine
from bench.oversell import oversell
from bench.reports import reports
from bench.scale import FULL
from bench.tap import tap
from bench.ticks import ticks

PARTS: Mapping[str, Callable[[Ground], Result]] = {
    "booking-postgresql-spread": spread,
    "booking-postgresql-hot": hot,
    "booking-sqlite": sqlite,
    "oversell": oversell,
    "audit": audit,
    "history-postgresql": partial(history, backend="postgresql"),
    "history-sqlite": partial(history, backend="sqlite"),
    "reports": reports,
    "tap": tap,
    "callbacks-sqlite": partial(callbacks, backend="sqlite"),
    "callbacks-postgresql": partial(callbacks, backend="postgresql"),
    "burst-sqlite": partial(burst, backend="sqlite"),
    "burst-postgresql": partial(burst, backend="postgresql"),
    "ticks-sqlite": partial(ticks, backend="sqlite"),
    "ticks-postgresql": partial(ticks, backend="postgresql"),
    "broadcast-sqlite": partial(broadcast, backend="sqlite"),
    "broadcast-postgresql": partial(broadcast, backend="postgresql"),
}


def main(words: Sequence[str] | None = None) -> int:
    """Measure what was asked for. A missed target is said, and is no failure: a slow machine is no fault in the code."""
    options = _options(words)
    with Ground(replace(FULL, rounds=options.rounds)) as ground:
        machine = describe_machine(ground.server_url())
        print(f"{machine.as_text()}\n", flush=True)
        results = []
        for name in options.only:
            try:
                result = PARTS[name](ground)
            except NotMeasurableError as reason:
                print(f"{name}\n  not measured: {reason}\n", flush=True)
            else:
                print(f"{result.as_text()}\n", flush=True)
                results.append(result)
    options.json.write_bytes(as_json(machine, results))
    missed = [verdict.label for result in results for verdict in result.verdicts if not verdict.is_met]
    print(f"{len(missed)} targets missed" if missed else "every target met", end="; ")
    print(f"all figures: {options.json}; again: make bench ARGS='--only {' '.join(options.only)}'")
    return 0


def as_json(machine: Machine, results: Sequence[Result]) -> bytes:
    """Return everything that was found, for machines."""
    found = {"machine": machine.as_json(), "results": [result.as_json() for result in results]}
    return orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, each part beside its floor.")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=FULL.rounds, help="of each part, interleaved with its floor")
    parser.add_argument("--json", type=Path, default=Path("bench-results.json"), metavar="FILE")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
