"""Buttons of merging two people. Their letters go on where ``audit_log``'s end."""

from dataclasses import dataclass
from typing import ClassVar

from domain.ids import PersonId
from handlers.callback_codec import CallbackData


@dataclass(frozen=True, slots=True)
class AskMergeWith(CallbackData):
    """Be asked who the same person is."""

    letter: ClassVar[str] = "+j"
    person_id: PersonId


@dataclass(frozen=True, slots=True)
class AskMerge(CallbackData):
    """What making these two one would mean."""

    letter: ClassVar[str] = "+J"
    first_id: PersonId
    second_id: PersonId


@dataclass(frozen=True, slots=True)
class ConfirmMerge(CallbackData):
    """Make them one."""

    letter: ClassVar[str] = "+M"
    first_id: PersonId
    second_id: PersonId
