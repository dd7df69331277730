"""Guarded writes: what a use case decided, as a list of small facts to be made true together or not at all.

For each kind storage keeps one prepared statement. Where a statement's condition finds nothing to change, the guard has
failed, the transaction is rolled back, and the use case looks and decides again.

Rows are locked in one order everywhere, or transactions deadlock: wallet, package, cashbox, enrollment, then everything
that only this transaction knows, and the session last, because its row is the one that many people want at once.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar


class LockRank(IntEnum):
    """The place of a write in a transaction: the unit of work sorts by it."""

    SETUP = 0
    PERSON = 5
    WALLET = 10
    PACKAGE = 20
    CASHBOX = 25
    ENROLLMENT = 30
    RECORD = 40
    ENTRY = 45  # seals its postings, so it comes after them
    SESSION = 50


@dataclass(frozen=True, slots=True)
class Write:
    """One guarded change. Field names are the statement's parameters."""

    rank: ClassVar[LockRank] = LockRank.RECORD


class GuardFailedError(Exception):
    """A write's condition did not hold when it was applied: somebody else was first. Nothing was kept."""

    def __init__(self, write: Write) -> None:
        super().__init__(type(write).__name__)
        self.write = write


class ConflictError(Exception):
    """The database could not run the transaction now: deadlock, busy, or away before the commit. Nothing was kept."""


class UnknownOutcomeError(Exception):
    """The connection was lost while committing: the writes may or may not have been kept. Ask by id, then decide."""


class DatabaseAwayError(Exception):
    """The database cannot be reached. Nothing was kept; the same again will do when it is back."""
