"""The team's buttons on sessions: their letters begin with a full stop."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar

from domain.ids import BranchId, ClassId, EnrollmentId, SessionId
from domain.sessions.model import CancelReason, SessionStatus
from domain.sessions.team_views import TeamListChoice
from handlers.callback_codec import CallbackData
from handlers.callback_lists import TeamPanel


@dataclass(frozen=True, slots=True)
class OpenToday(CallbackData):
    """The sessions of today."""

    letter: ClassVar[str] = ".a"


@dataclass(frozen=True, slots=True)
class ListTeamSessions(CallbackData):
    """A page of the team's list of sessions, counted from 0."""

    letter: ClassVar[str] = ".b"
    choice: TeamListChoice
    page: int


@dataclass(frozen=True, slots=True)
class OpenTeamPanel(CallbackData):
    """What the list can be narrowed to, a page of it counted from 0."""

    letter: ClassVar[str] = ".c"
    panel: TeamPanel
    choice: TeamListChoice
    page: int


@dataclass(frozen=True, slots=True)
class TakeStep(CallbackData):
    """Take a session to the next step of its life."""

    letter: ClassVar[str] = ".d"
    session_id: SessionId
    becomes: SessionStatus


@dataclass(frozen=True, slots=True)
class AskCancelSession(CallbackData):
    """Ask why it is to be cancelled."""

    letter: ClassVar[str] = ".e"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class PickCancelReason(CallbackData):
    """What cancelling for this reason would do; OTHER is asked for."""

    letter: ClassVar[str] = ".f"
    session_id: SessionId
    reason: CancelReason


@dataclass(frozen=True, slots=True)
class ConfirmCancelSession(CallbackData):
    """Cancel the session that begins at this instant. The words of OTHER are in the dialog."""

    letter: ClassVar[str] = ".h"
    session_id: SessionId
    reason: CancelReason
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class OpenEdit(CallbackData):
    """What can be changed of a session."""

    letter: ClassVar[str] = ".i"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class OpenMove(CallbackData):
    """Ask which day the session is to be on."""

    letter: ClassVar[str] = ".j"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class PickMoveDay(CallbackData):
    """Ask at what time of that day."""

    letter: ClassVar[str] = ".k"
    session_id: SessionId
    day: date


@dataclass(frozen=True, slots=True)
class PickMoveTime(CallbackData):
    """What moving the session there would do."""

    letter: ClassVar[str] = ".l"
    session_id: SessionId
    day: date
    at: time


@dataclass(frozen=True, slots=True)
class ConfirmMove(CallbackData):
    """Move the session, or schedule a cancelled one anew."""

    letter: ClassVar[str] = ".m"
    session_id: SessionId
    day: date
    at: time
    is_rescheduling: bool


@dataclass(frozen=True, slots=True)
class AskCapacity(CallbackData):
    """Ask how many seats there are to be."""

    letter: ClassVar[str] = ".n"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class AskTeacher(CallbackData):
    """Ask who teaches."""

    letter: ClassVar[str] = ".o"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class OpenMoveBranch(CallbackData):
    """Ask at which branch."""

    letter: ClassVar[str] = ".p"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class PickMoveBranch(CallbackData):
    """Hold the session at another branch."""

    letter: ClassVar[str] = ".q"
    session_id: SessionId
    branch_id: BranchId


@dataclass(frozen=True, slots=True)
class AskDeleteSession(CallbackData):
    """Ask whether it is to be deleted."""

    letter: ClassVar[str] = ".r"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class ConfirmDeleteSession(CallbackData):
    """Delete it."""

    letter: ClassVar[str] = ".s"
    session_id: SessionId


@dataclass(frozen=True, slots=True)
class NewSession(CallbackData):
    """Ask of which class the extra session is: a page of them, counted from 0."""

    letter: ClassVar[str] = ".t"
    page: int


@dataclass(frozen=True, slots=True)
class NewSessionBranch(CallbackData):
    """Ask at which branch."""

    letter: ClassVar[str] = ".u"
    class_id: ClassId


@dataclass(frozen=True, slots=True)
class NewSessionDay(CallbackData):
    """Ask on which day."""

    letter: ClassVar[str] = ".v"
    class_id: ClassId
    branch_id: BranchId


@dataclass(frozen=True, slots=True)
class NewSessionTime(CallbackData):
    """Ask at what time."""

    letter: ClassVar[str] = ".w"
    class_id: ClassId
    branch_id: BranchId
    day: date


@dataclass(frozen=True, slots=True)
class NewSessionConfirm(CallbackData):
    """All of it, once more."""

    letter: ClassVar[str] = ".x"
    class_id: ClassId
    branch_id: BranchId
    day: date
    at: time


@dataclass(frozen=True, slots=True)
class CreateSession(CallbackData):
    """Add it. Drawn anew, the button has another mark, and so would make another session."""

    letter: ClassVar[str] = ".y"
    mark: bytes
    class_id: ClassId
    branch_id: BranchId
    day: date
    at: time


@dataclass(frozen=True, slots=True)
class ListOverrides(CallbackData):
    """Ask whose seat an admin gives back: a page of them, counted from 0."""

    letter: ClassVar[str] = ".A"
    session_id: SessionId
    page: int


@dataclass(frozen=True, slots=True)
class AskOverride(CallbackData):
    """Give somebody's seat back: say what comes back, and ask why."""

    letter: ClassVar[str] = ".B"
    enrollment_id: EnrollmentId
    returns_cash: bool
