"""What a mark does to a seat: one plan for taps, for undoing them, for settling a finished class and for corrections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.enrollments.door_ports import SeatFacts
from domain.enrollments.model import DecisionKind, EnrollmentStatus
from domain.enrollments.seat_money import (
    Locked,
    Money,
    Taken,
    delivery_writes,
    missing_minor,
    money_now,
    money_when_attended,
    money_when_missed,
    money_while_open,
    money_writes,
)
from domain.events import AttendanceMarked, DecisionOpened, EnrollmentCaptured, EnrollmentMissed
from domain.finance.model import PaymentMethod
from domain.ids import DecisionId, new_id
from domain.permissions import Actor, Operation
from domain.sessions.model import AbsenteePolicy
from domain.writes.base import Write
from domain.writes.door import AddDecision, MarkSeat, RequireSession, WithdrawDecision
from domain.writes.record import audit_row, event_row


class Mark(StrEnum):
    """What staff can say of a head: the button says what is to be, so that a second press changes nothing."""

    NONE = "NONE"  # not looked at yet
    ATTENDED = "ATTENDED"
    ABSENT = "ABSENT"


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does it, when, and as which operation it is written down."""

    actor: Actor
    operation: Operation
    now: datetime


def mark_of(facts: SeatFacts) -> Mark:
    """Return the mark that a seat has."""
    if facts.attended_at is not None:
        return Mark.ATTENDED
    return Mark.ABSENT if facts.marked_absent_at is not None else Mark.NONE


def is_charged_by_wallet(facts: SeatFacts) -> bool:
    """Whether the seat's price is locked in a wallet, or was taken from one."""
    return facts.method is PaymentMethod.WALLET


def open_mark_writes(facts: SeatFacts, mark: Mark, doing: Doing) -> list[Write]:
    """Return the writes of a tap while the class goes on; none, where the seat has that mark already."""
    if mark_of(facts) is mark:
        return []
    target = money_when_attended(facts) if mark is Mark.ATTENDED else money_while_open(facts)
    is_locked = is_charged_by_wallet(facts) and isinstance(target, Locked)
    status = EnrollmentStatus.LOCKED if is_locked else EnrollmentStatus.PAID
    return [
        *_move_money(facts, target, doing),
        *delivery_writes(facts, is_delivered=mark is Mark.ATTENDED, actor=doing.actor, now=doing.now),
        *_marked(facts, status, mark, doing),
        event_row(AttendanceMarked(facts.session_id), actor=doing.actor, now=doing.now),
        RequireSession(facts.session_id, facts.session_status),
    ]


def capture_writes(facts: SeatFacts, doing: Doing) -> list[Write]:
    """Return the writes that take the price of a STRICT seat when check-in has opened; none, where it is taken."""
    if facts.status is not EnrollmentStatus.LOCKED or facts.policy is not AbsenteePolicy.STRICT:
        return []
    return [
        *_move_money(facts, Taken(facts.price_minor), doing),
        *_marked(facts, EnrollmentStatus.PAID, mark_of(facts), doing),
        RequireSession(facts.session_id, facts.session_status),
    ]


def attended_writes(facts: SeatFacts, doing: Doing) -> list[Write]:
    """Return the writes that make a seat of a finished class attended.

    Where what had been released is spent, attendance stands all the same, and the charge becomes a case for an admin.
    """
    target = money_when_attended(facts)
    missing = missing_minor(facts, target)
    money = _open_case(facts, DecisionKind.UNCOLLECTED, missing, doing) if missing else _move_money(facts, target, doing)
    return [
        *_withdraw(facts),
        *money,
        *delivery_writes(facts, is_delivered=True, actor=doing.actor, now=doing.now),
        *_marked(facts, EnrollmentStatus.PAID, Mark.ATTENDED, doing),
    ]


def missed_writes(facts: SeatFacts, mark: Mark, doing: Doing) -> list[Write]:
    """Return the writes that make a seat of a finished class a NO_SHOW, with what its policy asks for."""
    target = money_when_missed(facts)
    is_undecided = is_charged_by_wallet(facts) and isinstance(target, Locked)
    return [
        *_withdraw(facts),
        *_move_money(facts, target, doing),
        *delivery_writes(facts, is_delivered=True, actor=doing.actor, now=doing.now),
        *_marked(facts, EnrollmentStatus.NO_SHOW, mark, doing),
        *(_open_case(facts, DecisionKind.NO_SHOW, facts.price_minor, doing) if is_undecided else ()),
        event_row(EnrollmentMissed(facts.enrollment_id), actor=doing.actor, now=doing.now),
    ]


def left_alone_writes(facts: SeatFacts, doing: Doing) -> list[Write]:
    """Return the writes for a seat of a class that the clock finished, and in which nobody had been marked at all.

    What is locked stays locked and what is taken stays taken until an admin decides; STRICT is taken now at the latest.
    Cash and free seats leave nothing to decide.
    """
    if facts.method not in {PaymentMethod.WALLET, PaymentMethod.PACKAGE}:
        return missed_writes(facts, mark_of(facts), doing)
    is_strict = facts.policy is AbsenteePolicy.STRICT and is_charged_by_wallet(facts)
    target = Taken(facts.price_minor) if is_strict else money_now(facts)
    status = EnrollmentStatus.PAID if is_strict else facts.status
    amount_minor = facts.price_minor if is_charged_by_wallet(facts) else facts.credit_value_minor
    return [
        *_move_money(facts, target, doing),
        *_marked(facts, status, mark_of(facts), doing),
        *_open_case(facts, DecisionKind.NOBODY_MARKED, amount_minor, doing),
    ]


def charged_writes(facts: SeatFacts, doing: Doing) -> list[Write]:
    """Return the writes that keep the whole price of a seat of which nobody knows whether its holder came."""
    return [
        *_move_money(facts, Taken(facts.price_minor, is_fee=True), doing),
        *delivery_writes(facts, is_delivered=True, actor=doing.actor, now=doing.now),
        *_marked(facts, EnrollmentStatus.NO_SHOW, mark_of(facts), doing),
    ]


def _move_money(facts: SeatFacts, target: Money, doing: Doing) -> list[Write]:
    writes = money_writes(facts, target, actor=doing.actor, now=doing.now)
    if writes and isinstance(target, Taken) and target.amount_minor > 0:
        writes.append(event_row(EnrollmentCaptured(facts.enrollment_id), actor=doing.actor, now=doing.now))
    return writes


def _withdraw(facts: SeatFacts) -> Sequence[Write]:
    return (WithdrawDecision(facts.open_case.id),) if facts.open_case is not None else ()


def _open_case(facts: SeatFacts, kind: DecisionKind, amount_minor: int, doing: Doing) -> list[Write]:
    return [
        AddDecision(
            id=DecisionId(new_id()),
            center_id=doing.actor.center_id,
            enrollment_id=facts.enrollment_id,
            kind=kind,
            amount_minor=amount_minor,
            created_at=doing.now,
        ),
        event_row(DecisionOpened(facts.enrollment_id), actor=doing.actor, now=doing.now),
    ]


def _marked(facts: SeatFacts, status: EnrollmentStatus, mark: Mark, doing: Doing) -> list[Write]:
    return [
        MarkSeat(
            enrollment_id=facts.enrollment_id,
            was_status=facts.status,
            was_attended_at=facts.attended_at,
            was_absent_at=facts.marked_absent_at,
            status=status,
            attended_at=(facts.attended_at or doing.now) if mark is Mark.ATTENDED else None,
            marked_absent_at=(facts.marked_absent_at or doing.now) if mark is Mark.ABSENT else None,
        ),
        audit_row(
            doing.operation,
            actor=doing.actor,
            now=doing.now,
            object_type="enrollment",
            object_id=facts.enrollment_id,
            before={"status": facts.status, "mark": mark_of(facts)},
            after={"status": status, "mark": mark},
        ),
    ]
