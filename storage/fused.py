"""Several inserts in one statement, where nobody can tell the difference: PostgreSQL's round trips are most of a booking.

What a transaction adds (enrollment, hold, payment, event, audit row, postings) does not depend on each other's being
visible, so consecutive inserts travel as one data-modifying WITH. It answers how many rows each of them inserted: a guard
that fails is still known by name. Where an enrollment was not added, because the student has a seat already, the rows
that refer to it break their foreign key before anything is answered: that is the enrollment's guard, too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from domain.writes.base import GuardFailedError, LockRank, Write
from domain.writes.reservations import AddReservation
from domain.writes.seats import AddEnrollment
from storage.guards import Guarded, guarded, is_insert

_BACKEND = "postgresql"
_ADDING = frozenset({LockRank.ENROLLMENT, LockRank.RECORD})
_NEED_AN_ENROLLMENT = frozenset(
    {"fk_holds_enrollment_id", "fk_payments_enrollment_id", "fk_cash_transactions_enrollment_id"}
)
_NEED_A_SESSION = "fk_enrollments_center_id_session_id"  # it was deleted a moment ago
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


def missing_enrollment(writes: Sequence[Write], constraint: str | None) -> Write | None:
    """Return the enrollment that was not added, where a broken foreign key says that it, or its session, is missing."""
    if constraint not in _NEED_AN_ENROLLMENT and constraint != _NEED_A_SESSION:
        return None
    return next((write for write in writes if isinstance(write, AddEnrollment | AddReservation)), None)


_PREPARED: dict[tuple[type[Write], ...], Fused] = {}


def _may_be_fused(write: Write) -> bool:
    return write.rank in _ADDING and is_insert(type(write))


def _fuse(parts: tuple[Guarded, ...]) -> Fused:
    inserts, taken = [], 0
    for place, part in enumerate(parts):
        inserts.append(f"w{place} AS ({_renumbered(part.sql, by=taken)} RETURNING 1)")
        taken += len(set(_PLACEHOLDER.findall(part.sql)))
    counts = ", ".join(f"(SELECT count(*) FROM w{place})" for place in range(len(parts)))
    return Fused(f"WITH {', '.join(inserts)} SELECT {counts}", parts)


def _renumbered(sql: str, *, by: int) -> str:
    return _PLACEHOLDER.sub(lambda found: f"${int(found[1]) + by}", sql)
