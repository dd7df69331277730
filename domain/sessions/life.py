"""The life of a session as one table: from where to where, by which operation, and what is said to have happened.

Everything that is not in the table does not happen: not by a person, not by the clock.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain.errors import InvalidTransitionError
from domain.events import (
    Event,
    SessionCanceled,
    SessionCheckedIn,
    SessionFinished,
    SessionMissed,
    SessionRescheduled,
    SessionStarted,
)
from domain.ids import SessionId
from domain.permissions import Operation
from domain.sessions.model import SessionStatus

FORGOTTEN_AFTER: Final = timedelta(minutes=60)
"""So long after its end the clock closes a session that people have left open."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One step of a session's life. ``operation`` is what it takes, and what the audit log calls it."""

    was: SessionStatus
    becomes: SessionStatus
    operation: Operation
    event: type[Event]


_S = SessionStatus
TRANSITIONS: Final = (
    Transition(_S.SCHEDULED, _S.CHECKING_IN, Operation.CHECK_IN_SESSION, SessionCheckedIn),
    Transition(_S.CHECKING_IN, _S.CONDUCTING, Operation.START_SESSION, SessionStarted),
    Transition(_S.CONDUCTING, _S.FINISHED, Operation.FINISH_SESSION, SessionFinished),
    Transition(_S.SCHEDULED, _S.CANCELED, Operation.CANCEL_SESSION, SessionCanceled),
    Transition(_S.CHECKING_IN, _S.CANCELED, Operation.CANCEL_SESSION, SessionCanceled),
    Transition(_S.CONDUCTING, _S.CANCELED, Operation.CANCEL_SESSION, SessionCanceled),
    Transition(_S.CANCELED, _S.SCHEDULED, Operation.RESCHEDULE_SESSION, SessionRescheduled),
)
"""What people may do."""

TRANSITIONS_BY_CLOCK: Final = (
    Transition(_S.SCHEDULED, _S.MISSED, Operation.MANAGE_SESSIONS, SessionMissed),
    Transition(_S.CHECKING_IN, _S.FINISHED, Operation.FINISH_SESSION, SessionFinished),
    Transition(_S.CONDUCTING, _S.FINISHED, Operation.FINISH_SESSION, SessionFinished),
)
"""What the clock does with sessions that nobody has opened, or closed."""

_BY_PERSON = {(each.was, each.becomes): each for each in TRANSITIONS}
_BY_CLOCK = {(each.was, each.becomes): each for each in TRANSITIONS_BY_CLOCK}


def transition(session_id: SessionId, was: SessionStatus, becomes: SessionStatus) -> Transition:
    """Return what a person's step from one status to another is. Raises InvalidTransitionError where there is none."""
    found = _BY_PERSON.get((was, becomes))
    if found is None:
        raise InvalidTransitionError(session_id=session_id, was=was, becomes=becomes)
    return found


def transition_by_clock(was: SessionStatus, becomes: SessionStatus) -> Transition | None:
    """Return what the clock's step is, or None where it has nothing to do."""
    return _BY_CLOCK.get((was, becomes))


def next_status(status: SessionStatus) -> SessionStatus | None:
    """Return where the one big button leads: the next step of a session that goes as planned."""
    return {
        _S.SCHEDULED: _S.CHECKING_IN,
        _S.CHECKING_IN: _S.CONDUCTING,
        _S.CONDUCTING: _S.FINISHED,
    }.get(status)


def can_be_cancelled(status: SessionStatus) -> bool:
    """Whether the center can still cancel the session."""
    return (status, _S.CANCELED) in _BY_PERSON
