"""What admins should look at about money from outside: kinds of alert, and the writes that raise them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.events import AlertRaised
from domain.ids import CenterId, PaymentId, new_id
from domain.permissions import system_actor
from domain.writes.base import Write
from domain.writes.messages import RaiseAlert
from domain.writes.record import event_row


class GatewayAlert(StrEnum):
    """Why somebody should look. The subject is the report or the refund that it is about."""

    MISMATCH = "GATEWAY_MISMATCH"  # a report that is not about what we asked for: no money has moved
    UNREADABLE = "GATEWAY_UNREADABLE"
    UNKNOWN_ORDER = "GATEWAY_UNKNOWN_ORDER"
    PAID_TWICE = "GATEWAY_PAID_TWICE"
    PAID_LATE = "GATEWAY_PAID_LATE"
    TAKEN_BACK = "GATEWAY_TAKEN_BACK"  # a refund or chargeback behind our back
    REFUND_REFUSED = "GATEWAY_REFUND_REFUSED"
    PARKED = "GATEWAY_PARKED"  # a report that cannot be processed


def alert(
    kind: GatewayAlert,
    subject_id: UUID,
    *,
    center_id: CenterId,
    now: datetime,
    payment_id: PaymentId | None = None,
    amount_minor: int = 0,
    loss_minor: int = 0,
) -> list[Write]:
    """Return the writes that show something to the admins and tell them, once for each subject."""
    data = {
        "payment_id": payment_id.hex if payment_id is not None else None,
        "amount_minor": amount_minor,
        "loss_minor": loss_minor,
    }
    raised = RaiseAlert(new_id(), center_id, kind, subject_id, data, now)
    return [raised, event_row(AlertRaised(raised.id), actor=system_actor(center_id), now=now)]
