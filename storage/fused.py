"""Several inserts in one statement, where nobody can tell the difference: PostgreSQL's round trips are most of a booking.

What a transaction only writes down (hold, payment, event, audit row, postings) does not depend on each other's being
visible, so consecutive inserts of rank RECORD travel as one data-modifying WITH. It answers how many rows each of them
inserted: a guard that fails is still known by name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from domain.writes.base import GuardFailedError, LockRank, Write
from storage.guards import Guarded, guarded, is_insert

_BACKEND = "postgresql"
_MOST_TOGETHER = 8  # keeps statements short and few; a booking has four
_PLACEHOLDER = re.compile(r"\$(\d+)")


@dataclass(frozen=True, slots=True)
class Fused:
    """One statement for several writes of certain kinds, in this order."""

    sql: str
    parts: tuple[Guarded, ...]

    def arguments(self, writes: Sequence[Write]) -> list[Any]:
        """Return the driver's arguments of all the writes."""
        return [argument for part, write in zip(self.parts, writes, strict=True) for argument in part.arguments(write)]


def statements_of(writes: Sequence[Write]) -> Iterator[list[Write]]:
    """Yield the writes in order, those that may travel together as one list."""
    for is_record, group in groupby(writes, key=_may_be_fused):
        if is_record:
            records = list(group)
            for start in range(0, len(records), _MOST_TOGETHER):
                yield records[start : start + _MOST_TOGETHER]
        else:
            for write in group:
                yield [write]


def fused(writes: Sequence[Write]) -> Fused:
    """Return the statement for writes of these kinds."""
    kinds = tuple(type(write) for write in writes)
    found = _PREPARED.get(kinds)
    if found is None:
        found = _PREPARED[kinds] = _fuse(tuple(guarded(kind, _BACKEND) for kind in kinds))
    return found


def check_counts(writes: Sequence[Write], counts: Sequence[int]) -> None:
    """Raise GuardFailedError for the first write that inserted nothing."""
    for write, count in zip(writes, counts, strict=True):
        if count != 1:
            raise GuardFailedError(write)


_PREPARED: dict[tuple[type[Write], ...], Fused] = {}


def _may_be_fused(write: Write) -> bool:
    return write.rank is LockRank.RECORD and is_insert(type(write))


def _fuse(parts: tuple[Guarded, ...]) -> Fused:
    inserts, taken = [], 0
    for place, part in enumerate(parts):
        inserts.append(f"w{place} AS ({_renumbered(part.sql, by=taken)} RETURNING 1)")
        taken += len(set(_PLACEHOLDER.findall(part.sql)))
    counts = ", ".join(f"(SELECT count(*) FROM w{place})" for place in range(len(parts)))
    return Fused(f"WITH {', '.join(inserts)} SELECT {counts}", parts)


def _renumbered(sql: str, *, by: int) -> str:
    return _PLACEHOLDER.sub(lambda found: f"${int(found[1]) + by}", sql)
