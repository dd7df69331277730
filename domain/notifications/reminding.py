"""What the clock tells people about sessions: reminders, who comes, that nobody has opened check-in.

Each due session is found by a query on the sessions themselves, and claimed by the write that marks the step as done, in
the transaction that writes the messages: any number of schedulers may look, and none writes them twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from domain.clock import Clock
from domain.ids import CenterId
from domain.notifications.kinds import MANNERS, Audience, NotificationKind
from domain.notifications.ports import DueSession, NoticeSettings, SessionStep
from domain.notifications.telling import notices
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.messages import (
    NoteDecisionReminded,
    NoteEarlyReminders,
    NoteEndWarned,
    NoteLateReminders,
    NoteStartWarned,
    NoteWindowClosed,
)

_AT_ONCE: Final = 50  # the next look finds what is left
DECISION_PATIENCE: Final = timedelta(hours=48)
_OUT_OF_DATE: Final = timedelta(days=1)  # warnings of what was missed while nothing ran
_MARKS: Mapping[SessionStep, type[NoteEarlyReminders]] = MappingProxyType(
    {
        SessionStep.EARLY_REMINDER: NoteEarlyReminders,
        SessionStep.LATE_REMINDER: NoteLateReminders,
        SessionStep.WINDOW_CLOSED: NoteWindowClosed,
        SessionStep.START_WARNING: NoteStartWarned,
        SessionStep.END_WARNING: NoteEndWarned,
    }
)
_TOLD: Mapping[SessionStep, tuple[NotificationKind, Audience]] = MappingProxyType(
    {
        SessionStep.EARLY_REMINDER: (NotificationKind.REMINDER_EARLY, Audience.REMINDED),
        SessionStep.LATE_REMINDER: (NotificationKind.REMINDER_LATE, Audience.REMINDED),
        SessionStep.WINDOW_CLOSED: (NotificationKind.TEAM_WHO_COMES, Audience.STAFF),
        SessionStep.START_WARNING: (NotificationKind.TEAM_NOT_OPENED, Audience.STAFF),
        SessionStep.END_WARNING: (NotificationKind.TEAM_NEVER_OPENED, Audience.TEAM),
    }
)


@dataclass(frozen=True, slots=True)
class Span:
    """Between which instants a session's start (or end, or the end of its window) lies for a step to be due."""

    after: datetime
    until: datetime


def due_span(step: SessionStep, settings: NoticeSettings, *, now: datetime) -> Span | None:
    """Return for which sessions a step is due now; None where the center does without it."""
    match step:
        case SessionStep.EARLY_REMINDER if settings.early_reminder_minutes:
            return Span(now, now + timedelta(minutes=settings.early_reminder_minutes))
        case SessionStep.LATE_REMINDER if settings.late_reminder_minutes:
            return Span(now, now + timedelta(minutes=settings.late_reminder_minutes))
        case SessionStep.WINDOW_CLOSED:
            return Span(now, now)
        case SessionStep.START_WARNING | SessionStep.END_WARNING:
            return Span(now - _OUT_OF_DATE, now)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class RemindOfSessions:
    """Do one step for every session for which it is due."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    step: SessionStep

    async def __call__(self, center_id: CenterId) -> int:
        """Return for how many sessions it was done."""
        now = self.clock.now()
        async with self.new_unit_of_work() as work:
            settings = await work.notifications.find_settings(center_id=center_id)
            span = due_span(self.step, settings, now=now) if settings is not None else None
            if settings is None or span is None:
                return 0
            due = await work.notifications.list_due_sessions(
                self.step, center_id=center_id, after=span.after, until=span.until, limit=_AT_ONCE
            )
        done = 0
        for session in due:
            done += await self._do(center_id, session, settings=settings, now=now)
        return done

    async def _do(self, center_id: CenterId, due: DueSession, *, settings: NoticeSettings, now: datetime) -> bool:
        kind, audience = _TOLD[self.step]

        async def decide(work: UnitOfWork) -> bool:
            still_due = await work.notifications.is_due(
                self.step, center_id=center_id, session_id=due.session_id, starts_at=due.starts_at
            )
            if not still_due:
                return False  # another scheduler was first, or the session was moved
            messages: list[Write] = []
            if not self._comes_too_late(due, settings, now=now):
                readers = await work.notifications.list_readers(
                    audience,
                    center_id=center_id,
                    subject_id=due.session_id,
                    switch=MANNERS[kind].switch,
                    booked_until=self._booked_until(due, settings),
                )
                messages.extend(
                    notices(
                        readers,
                        kind,
                        center_id=center_id,
                        subject_id=due.session_id,
                        settings=settings,
                        now=now,
                        occurrence=due.starts_at.isoformat(),
                    )
                )
            work.add(*messages, _MARKS[self.step](due.session_id, due.starts_at, now))
            await work.commit()
            return True

        return await decide_and_commit(self.new_unit_of_work, decide)

    def _booked_until(self, due: DueSession, settings: NoticeSettings) -> datetime:
        """Return when the reminder was due: who booked later knows."""
        early = self.step is SessionStep.EARLY_REMINDER
        minutes = settings.early_reminder_minutes if early else settings.late_reminder_minutes
        return due.starts_at - timedelta(minutes=minutes)

    def _comes_too_late(self, due: DueSession, settings: NoticeSettings, *, now: datetime) -> bool:
        """Whether the early reminder would come together with the late one: nothing ran for a while."""
        is_early = self.step is SessionStep.EARLY_REMINDER
        return is_early and now >= due.starts_at - timedelta(minutes=settings.late_reminder_minutes)


@dataclass(frozen=True, slots=True)
class RemindOfDecisions:
    """Remind the admins of cases that have waited for two days; of each case once."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, center_id: CenterId) -> int:
        """Return of how many cases they were reminded."""

        async def decide(work: UnitOfWork) -> int:
            now = self.clock.now()
            waiting = await work.notifications.list_waiting_decisions(
                center_id=center_id, opened_until=now - DECISION_PATIENCE, limit=_AT_ONCE
            )
            settings = await work.notifications.find_settings(center_id=center_id)
            if not waiting or settings is None:
                return 0
            kind = NotificationKind.DECISIONS_WAIT
            admins = await work.notifications.list_readers(
                Audience.ADMINS, center_id=center_id, subject_id=center_id, switch=MANNERS[kind].switch
            )
            work.add(
                *(NoteDecisionReminded(decision_id, now) for decision_id in waiting),
                *notices(
                    admins,
                    kind,
                    center_id=center_id,
                    subject_id=center_id,
                    settings=settings,
                    now=now,
                    occurrence=str(waiting[0]),
                ),
            )
            await work.commit()
            return len(waiting)

        return await decide_and_commit(self.new_unit_of_work, decide)
