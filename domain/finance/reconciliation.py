"""Cash reconciliation of a branch's day: what the seats paid in cash should have brought, and what came in for them.

Both sides are counted over the CASH enrollments, cancelled ones left out, of the day's FINISHED sessions; what was taken
counts on the session's day, whenever it was taken, less corrections. Top-ups are outside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ids import SessionId
from domain.sessions.model import SessionStatus


class Match(StrEnum):
    """How a day's cash compares with its seats."""

    MATCHED = "MATCHED"
    OVER = "OVER"
    UNDER = "UNDER"


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was expected and what came in, in minor units."""

    expected_minor: int
    actual_minor: int

    @property
    def discrepancy_minor(self) -> int:
        """Actual less expected: above zero where more came in."""
        return self.actual_minor - self.expected_minor

    @property
    def match(self) -> Match:
        """Whether the two sides agree."""
        if self.discrepancy_minor == 0:
            return Match.MATCHED
        return Match.OVER if self.discrepancy_minor > 0 else Match.UNDER


@dataclass(frozen=True, slots=True)
class SessionCash:
    """A session of a branch's day: its heads, and the cash of its seats side by side.

    ``heads`` are the seats that were not cancelled, ``attended`` those who came, ``cash_heads`` those who paid in cash.
    """

    session_id: SessionId
    class_title: str
    starts_at: datetime
    status: SessionStatus
    heads: int
    attended: int
    cash_heads: int
    expected_minor: int
    taken_minor: int


def reconcile(sessions: Iterable[SessionCash]) -> Reconciliation:
    """Compare the cash of the finished ones among a day's sessions; those that go on are not counted yet."""
    finished = [session for session in sessions if session.status is SessionStatus.FINISHED]
    return Reconciliation(
        expected_minor=sum(session.expected_minor for session in finished),
        actual_minor=sum(session.taken_minor for session in finished),
    )
