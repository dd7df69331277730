"""Errands: what one tap asks for many seats, when they are more than a tap can wait for.

The order is a row. It is carried out in pieces, each beginning from where the last one ended: killed in between, it goes on
there; asked for twice, or by two people, it is one errand.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.enrollments.errand_ports import ErrandKind
from domain.enrollments.model import DecisionOutcome
from domain.errors import NotPermittedError
from domain.events import ErrandGoesOn
from domain.ids import new_id
from domain.permissions import Actor, Operation
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.errands import AddErrand
from domain.writes.record import audit_row, event_row

AT_ONCE: Final = 25  # seats that a tap waits for


@dataclass(frozen=True, slots=True)
class Ordered:
    """What is asked for, before it is an errand."""

    kind: ErrandKind
    subject_id: UUID
    operation: Operation
    total: int
    outcome: DecisionOutcome | None = None
    until: datetime | None = None
    message_id: int | None = None


async def order_errand(new_unit_of_work: UnitOfWorkFactory, ordered: Ordered, *, actor: Actor, now: datetime) -> UUID:
    """Order an errand, and return its id; one that is under way is looked after anew.

    Raises NotPermittedError for who has no role, and BusyError.
    """
    role = actor.role
    if role is None:
        raise NotPermittedError(operation=ordered.operation)

    async def decide(work: UnitOfWork) -> UUID:
        found = await work.errands.find_open(center_id=actor.center_id, kind=ordered.kind, subject_id=ordered.subject_id)
        errand_id = found.id if found is not None else new_id()
        if found is None:
            work.add(
                AddErrand(
                    id=errand_id,
                    center_id=actor.center_id,
                    kind=ordered.kind,
                    subject_id=ordered.subject_id,
                    outcome=ordered.outcome,
                    until=ordered.until,
                    person_id=actor.person_id,
                    role=role,
                    message_id=ordered.message_id,
                    total=ordered.total,
                    created_at=now,
                )
            )
        work.add(
            event_row(ErrandGoesOn(errand_id), actor=actor, now=now),
            audit_row(
                ordered.operation,
                actor=actor,
                now=now,
                object_type="errand",
                object_id=errand_id,
                after={"kind": ordered.kind, "subject_id": ordered.subject_id, "total": ordered.total},
            ),
        )
        await work.commit()
        return errand_id

    return await decide_and_commit(new_unit_of_work, decide)
