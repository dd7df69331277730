"""Alerts: what admins should look at, until one of them has seen to it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.clock import Clock
from domain.errors import NotFoundError
from domain.notifications.model import AlertKind
from domain.notifications.ports import OpenAlert
from domain.permissions import Actor, Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import Write
from domain.writes.messages import ResolveAlert, UnparkEvent
from domain.writes.record import audit_row


@dataclass(frozen=True, slots=True)
class SeeToAlert:
    """Take an alert off the admins' list; what was given up is tried again first, where that is asked for.

    Raises NotFoundError where somebody else has seen to it.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, alert_id: UUID, tries_again: bool) -> OpenAlert:
        """Return what the alert was about."""
        require(actor, Operation.VIEW_AUDIT_LOG)

        async def decide(work: UnitOfWork) -> OpenAlert:
            alert = await work.notifications.find_open_alert(center_id=actor.center_id, alert_id=alert_id)
            if alert is None:
                raise NotFoundError(what="alert")
            now = self.clock.now()
            again: list[Write] = []
            if tries_again and alert.kind == AlertKind.EVENT_PARKED:
                again.append(UnparkEvent(actor.center_id, alert.subject_id))
            after: dict[str, Any] = {"resolved": True, "tries_again": bool(again)}
            work.add(
                *again,
                ResolveAlert(actor.center_id, alert_id, actor.recorded_id, now),
                audit_row(
                    Operation.VIEW_AUDIT_LOG, actor=actor, now=now, object_type="alert", object_id=alert_id, after=after
                ),
            )
            await work.commit()
            return alert

        return await decide_and_commit(self.new_unit_of_work, decide)
