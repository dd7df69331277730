"""For every kind of guarded write on messages, alerts and events: one that finds its row, and those that must find none."""

from dataclasses import replace
from uuid import UUID

from domain.ids import DecisionId, new_id
from domain.notifications.model import AlertKind
from domain.sessions.model import SessionStatus
from domain.writes.base import Write
from domain.writes.messages import (
    NoteDecisionReminded,
    NoteDigestMade,
    NoteEarlyReminders,
    NoteEndWarned,
    NoteLateReminders,
    NoteStartWarned,
    NoteWindowClosed,
    ParkEvent,
    RaiseAlert,
    ResolveAlert,
    UnparkEvent,
)
from domain.writes.record import AddEvent
from tests.builders.notices import message_to
from tests.cast import Cast
from tests.factories import sql_id

NOBODY = UUID(int=7)
NOTES = (NoteEarlyReminders, NoteLateReminders, NoteWindowClosed, NoteStartWarned, NoteEndWarned)


async def messages_cases(cast: Cast) -> list[tuple[Write, dict[str, Write]]]:
    """Return each write that passes with those that are stopped, by what is wrong with them."""
    world, now = cast.world, cast.world.clock.now()
    pending, parked = [AddEvent(new_id(), world.center_id, "test.happened", new_id(), None, now) for _ in range(2)]
    await world.database.apply([pending, parked, ParkEvent(parked.id, "no", now)])
    park = ParkEvent(pending.id, "no", now)
    alert = RaiseAlert(new_id(), world.center_id, AlertKind.EVENT_PARKED, pending.id, {}, now)
    resolve = ResolveAlert(world.center_id, alert.id, None, now)
    again = UnparkEvent(world.center_id, parked.id)
    elsewhere = cast.elsewhere.center_id
    digest = NoteDigestMade(world.center_id, None, now.date())
    return [
        (park, {"parked": replace(park, event_id=parked.id), "not there": replace(park, event_id=NOBODY)}),
        (alert, {}),
        (resolve, {"elsewhere": replace(resolve, center_id=elsewhere), "not there": replace(resolve, alert_id=NOBODY)}),
        (again, {"elsewhere": replace(again, center_id=elsewhere), "not there": replace(again, event_id=NOBODY)}),
        (message_to(world, cast.owner.id), {}),
        *await _session_cases(cast),
        await _decision_case(cast),
        (digest, {"made by another": replace(digest, was=now.date())}),
    ]


async def _session_cases(cast: Cast) -> list[tuple[Write, dict[str, Write]]]:
    now, session = cast.world.clock.now(), cast.session
    begun = await cast.world.add_session(cast.taught, status=SessionStatus.CHECKING_IN)
    notes = [kind(session.id, session.starts_at, now) for kind in NOTES]
    return [
        (
            note,
            {
                "moved": replace(note, expected_starts_at=now),
                "opened": replace(note, session_id=begun.id, expected_starts_at=begun.starts_at),
            },
        )
        for note in notes
    ]


async def _decision_case(cast: Cast) -> tuple[Write, dict[str, Write]]:
    now, decision_id = cast.world.clock.now(), DecisionId(new_id())
    await cast.world.database.execute(
        "INSERT INTO decisions (id, center_id, enrollment_id, kind, amount_minor, created_at) "
        f"SELECT '{sql_id(decision_id)}', center_id, id, 'NO_SHOW', 0, created_at FROM enrollments "
        f"WHERE id = '{sql_id(cast.booking.id)}'"
    )
    note = NoteDecisionReminded(decision_id, now)
    return note, {"not there": replace(note, decision_id=DecisionId(NOBODY))}
