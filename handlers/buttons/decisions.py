"""The buttons of the decision list."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.enrollments.model import DecisionOutcome
from domain.ids import DecisionId
from handlers.callback_codec import CallbackData


@dataclass(frozen=True, slots=True)
class ListCases(CallbackData):
    """A page of the open cases, counted from 0."""

    letter: ClassVar[str] = "!l"
    page: int


@dataclass(frozen=True, slots=True)
class OpenCase(CallbackData):
    """One case."""

    letter: ClassVar[str] = "!o"
    decision_id: DecisionId


@dataclass(frozen=True, slots=True)
class DecideCase(CallbackData):
    """Charge or release one case."""

    letter: ClassVar[str] = "!d"
    decision_id: DecisionId
    outcome: DecisionOutcome


@dataclass(frozen=True, slots=True)
class AskAllCases(CallbackData):
    """What charging or releasing all cases comes to."""

    letter: ClassVar[str] = "!a"
    outcome: DecisionOutcome


@dataclass(frozen=True, slots=True)
class ShowErrand(CallbackData):
    """How far the decisions on many cases have come."""

    letter: ClassVar[str] = "!p"
    errand_id: UUID


@dataclass(frozen=True, slots=True)
class ConfirmAllCases(CallbackData):
    """Charge or release all cases that were there when it was asked."""

    letter: ClassVar[str] = "!A"
    outcome: DecisionOutcome
    until: datetime
