"""The words for where a session stands and why it was cancelled: the same for the team and for students."""

from domain.sessions.model import CancelReason, SessionStatus
from handlers.i18n import Translator

_ICONS = {
    SessionStatus.SCHEDULED: "🕒",
    SessionStatus.CHECKING_IN: "🚪",
    SessionStatus.CONDUCTING: "▶️",
    SessionStatus.FINISHED: "✔️",
    SessionStatus.CANCELED: "❌",
    SessionStatus.MISSED: "⚠️",
}


def status_icon(status: SessionStatus) -> str:
    """Return the sign of a status."""
    return _ICONS[status]


def status_name(tr: Translator, status: SessionStatus) -> str:
    """Return where a session stands, in a word or two."""
    match status:
        case SessionStatus.SCHEDULED:
            return tr.plain("Scheduled")
        case SessionStatus.CHECKING_IN:
            return tr.plain("Check-in open")
        case SessionStatus.CONDUCTING:
            return tr.plain("Going on")
        case SessionStatus.FINISHED:
            return tr.plain("Finished")
        case SessionStatus.CANCELED:
            return tr.plain("Cancelled")
        case SessionStatus.MISSED:
            return tr.plain("Did not take place")


def reason_text(tr: Translator, kept: str) -> str:
    """Return why a session was cancelled: a usual reason in the reader's language, else as it was typed."""
    match kept:
        case CancelReason.TEACHER_ILL:
            return tr.plain("The teacher cannot come")
        case CancelReason.TOO_FEW:
            return tr.plain("Too few people")
        case CancelReason.ROOM:
            return tr.plain("The room cannot be used")
        case CancelReason.HOLIDAY:
            return tr.plain("Holiday")
        case _:
            return kept
