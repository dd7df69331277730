"""The door's guarded writes: what passes, what must be stopped, rows that are there already, and what CHECKs refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa

from domain.enrollments.model import DecisionKind, DecisionOutcome, EnrollmentStatus
from domain.ids import DecisionId, EnrollmentId, HoldId, PaymentId, SessionId, new_id
from domain.sessions.model import SessionStatus
from domain.writes import door
from storage.database import fetch_one
from storage.prepared import Query, outside
from storage.tables.money import holds, payments

if TYPE_CHECKING:
    from domain.writes.base import Write
    from tests.cast import Cast

NOBODY = UUID(int=7)
_OF_SEAT = Query(
    sa.select(holds.c.id, payments.c.id)
    .select_from(holds.join(payments, payments.c.enrollment_id == holds.c.enrollment_id))
    .where(holds.c.enrollment_id == outside("enrollment_id", sa.Uuid())),
    lambda hold_id, payment_id: (HoldId(hold_id), PaymentId(payment_id)),
)

VIOLATIONS = {
    "ck_decisions_amount_not_negative": "UPDATE decisions SET amount_minor = -1",
    "ck_decisions_decided_whole": "UPDATE decisions SET decided_at = created_at",
    "ck_decisions_kind_known": "UPDATE decisions SET kind = 'NONSENSE'",
    "ck_decisions_outcome_known": "UPDATE decisions SET outcome = 'NONSENSE', decided_at = created_at",
}


async def door_guard_cases(cast: Cast) -> list[tuple[Write, dict[str, Write]]]:
    """Return each write that passes with those that are stopped, by what is wrong with them."""
    world, now, staff = cast.world, cast.world.clock.now(), cast.staff.id
    student = await world.add_student("Laila", money_minor=8_000)
    session = await world.add_session(cast.taught, starts_in=timedelta(days=5))
    seat = await world.book(student, session)
    found = await fetch_one(world.database, _OF_SEAT, enrollment_id=seat.id)
    assert found is not None
    hold_id, payment_id = found
    other = await world.book(await world.add_student(money_minor=8_000), session)
    decided, withdrawn = (
        door.AddDecision(DecisionId(new_id()), world.center_id, each, DecisionKind.NO_SHOW, 8_000, now)
        for each in (seat.id, other.id)
    )
    finished = await world.add_session(cast.taught, status=SessionStatus.FINISHED)
    unsettled = await world.add_session(cast.taught)
    await world.book(await world.add_student(money_minor=8_000), unsettled)
    await world.database.execute(f"UPDATE sessions SET status = 'FINISHED' WHERE id = '{unsettled.id.hex}'")
    screen = door.AddDoorScreen(staff, world.center_id, session.id, 5, 0, now)
    await world.database.apply([decided, withdrawn, screen])
    locked = EnrollmentStatus.LOCKED
    marked = door.MarkSeat(seat.id, locked, None, None, EnrollmentStatus.PAID, now, None)
    captured = door.CaptureHold(hold_id, 8_000, now)
    completed = door.CompletePayment(payment_id, 8_000, now)
    decide = door.DecideCase(decided.id, DecisionOutcome.CHARGED, cast.admin.id, now)
    required = door.RequireSession(session.id, SessionStatus.SCHEDULED)
    settled = door.SettleSeats(finished.id, now)
    nobody, nothing = replace(screen, person_id=cast.admin.id).person_id, DecisionId(NOBODY)
    return [
        (
            marked,
            {
                "in another status": replace(marked, was_status=EnrollmentStatus.PAID),
                "marked by another": replace(marked, was_attended_at=now),
                "absent by another": replace(marked, was_absent_at=now),
                "no such seat": replace(marked, enrollment_id=EnrollmentId(NOBODY)),
            },
        ),
        (captured, {"no such hold": replace(captured, hold_id=HoldId(NOBODY))}),
        (completed, {"no such payment": replace(completed, payment_id=PaymentId(NOBODY))}),
        (decide, {"no such case": replace(decide, decision_id=nothing)}),
        (door.WithdrawDecision(withdrawn.id), {"no such case": door.WithdrawDecision(nothing)}),
        (
            required,
            {
                "in another status": replace(required, status=SessionStatus.FINISHED),
                "no such session": replace(required, session_id=SessionId(NOBODY)),
            },
        ),
        (
            settled,
            {
                "not finished": replace(settled, session_id=session.id),
                "with an unsettled seat": replace(settled, session_id=unsettled.id),
            },
        ),
        (
            door.MoveDoorScreen(staff, session.id, 6, 1, now),
            {"looks at no roster": door.MoveDoorScreen(nobody, session.id, 6, 1, now)},
        ),
        (door.ForgetDoorScreen(staff, 6), {"another message": door.ForgetDoorScreen(staff, 4)}),
    ]


def door_insert_rows(cast: Cast) -> list[tuple[Write, dict[str, Write]]]:
    """Return each row that goes in with those that are there already, by the key that they share with it."""
    center, now = cast.world.center_id, cast.world.clock.now()
    case = door.AddDecision(DecisionId(new_id()), center, cast.booking.id, DecisionKind.NO_SHOW, 7_000, now)
    screen = door.AddDoorScreen(cast.staff.id, center, cast.session.id, 1, 0, now)
    return [
        (case, {"id": case, "an open case of the seat": replace(case, id=DecisionId(new_id()))}),
        (screen, {"person": screen}),
    ]
