"""Loads what decisions at the door need: a seat with its money in one query, and which seats are left to be done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from domain.enrollments.door_ports import Case, OpenCase, Reach, SeatFacts, SessionAtDoor
from domain.enrollments.model import DecisionKind, DecisionOutcome
from domain.finance.model import AccountKind, EntryCause, HoldStatus, WalletOwner, WalletState
from domain.ids import DecisionId, EnrollmentId, SessionId
from domain.permissions import Operation, Role
from storage.database import Database, fetch_one
from storage.door_guards import is_unsettled
from storage.prepared import Query, outside
from storage.repositories.enrollments import center_account, constant
from storage.tables.catalogue import sessions, student_packages
from storage.tables.door import decisions
from storage.tables.money import enrollments, entries, holds, payments, wallets
from storage.tables.operations import audit_log
from storage.tables.organization import centers, role_assignments
from storage.tables.types import EnumText

_ONE: sa.ColumnElement[int] = sa.literal_column("1")


def within_reach(center_id: sa.ColumnElement[Any], branch_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Match what a reader of the team may see: the whole center, or what is in a branch that they are assigned to now."""
    is_assigned = (
        sa.select(role_assignments.c.id)
        .where(
            role_assignments.c.person_id == outside("person_id", sa.Uuid()),
            role_assignments.c.branch_id == branch_id,
            role_assignments.c.role == constant(Role.STAFF),
            role_assignments.c.revoked_at.is_(None),
        )
        .exists()
    )
    return (center_id == outside("center_id", sa.Uuid())) & ((outside("is_everywhere", sa.Integer()) == _ONE) | is_assigned)


def reach_parameters(reach: Reach) -> dict[str, Any]:
    """Return the parameters of ``within_reach``."""
    return {
        "center_id": reach.center_id,
        "person_id": reach.person_id,
        "is_everywhere": 1 if reach.is_everywhere else 0,
    }


def _last_entry(*causes: EntryCause) -> sa.ScalarSelect[Any]:
    """Return the latest entry of a seat with one of these causes that nothing has taken back yet."""
    last, back = entries.alias(f"last_{causes[0].lower()}"), entries.alias(f"back_{causes[0].lower()}")
    return (
        sa.select(last.c.id)
        .where(
            last.c.subject_id == enrollments.c.id,
            sa.or_(*(last.c.cause == constant(cause) for cause in causes)),
            ~sa.select(back.c.id).where(back.c.reverses_id == last.c.id).exists(),
        )
        .order_by(last.c.id.desc())
        .limit(_ONE)
        .correlate(enrollments)
        .scalar_subquery()
    )


def last_outcome(*kinds: DecisionKind) -> sa.ColumnElement[Any]:
    """Return what was decided last on a seat's cases of these kinds."""
    last = decisions.alias(f"last_{kinds[0].lower()}")
    found = (
        sa.select(last.c.outcome)
        .where(
            last.c.enrollment_id == enrollments.c.id,
            last.c.decided_at.is_not(None),
            sa.or_(*(last.c.kind == constant(kind) for kind in kinds)),
        )
        .order_by(last.c.id.desc())
        .limit(_ONE)
        .correlate(enrollments)
        .scalar_subquery()
    )
    return sa.type_coerce(found, EnumText(DecisionOutcome))


_open_case = decisions.alias("open_case")
_hold_of, _payment_of = holds.alias("hold_of"), payments.alias("payment_of")

_SEAT = (
    sa.select(
        enrollments.c.id,
        enrollments.c.student_id,
        sessions.c.id,
        sessions.c.branch_id,
        sessions.c.status,
        sessions.c.starts_at,
        sessions.c.ends_at,
        enrollments.c.status,
        enrollments.c.method,
        enrollments.c.price_minor,
        enrollments.c.policy,
        enrollments.c.no_show_fee_percent,
        enrollments.c.free_cancel_until,
        enrollments.c.attended_at,
        enrollments.c.marked_absent_at,
        enrollments.c.student_package_id,
        enrollments.c.credit_value_minor,
        student_packages.c.status,
        wallets.c.id,
        wallets.c.balance_minor,
        wallets.c.locked_minor,
        _hold_of.c.id,
        _payment_of.c.id,
        _payment_of.c.status,
        _payment_of.c.amount_minor,
        _last_entry(EntryCause.BOOKING_CAPTURED, EntryCause.NO_SHOW_FEE),
        _last_entry(EntryCause.CREDIT_DELIVERED),
        _open_case.c.id,
        _open_case.c.kind,
        _open_case.c.amount_minor,
        last_outcome(DecisionKind.NO_SHOW, DecisionKind.NOBODY_MARKED),
        last_outcome(DecisionKind.UNCOLLECTED),
        center_account(enrollments.c.center_id, AccountKind.EARNED_WALLET),
        center_account(enrollments.c.center_id, AccountKind.EARNED_PACKAGE),
        center_account(enrollments.c.center_id, AccountKind.DEFERRED_REVENUE),
    )
    .select_from(
        enrollments.join(sessions, sessions.c.id == enrollments.c.session_id)
        .outerjoin(student_packages, student_packages.c.id == enrollments.c.student_package_id)
        .outerjoin(
            wallets,
            (wallets.c.owner_id == enrollments.c.student_id) & (wallets.c.owner_kind == constant(WalletOwner.STUDENT)),
        )
        .outerjoin(
            _hold_of,
            (_hold_of.c.enrollment_id == enrollments.c.id) & (_hold_of.c.status == constant(HoldStatus.OPEN)),
        )
        .outerjoin(
            _payment_of,
            (_payment_of.c.enrollment_id == enrollments.c.id)
            & sa.literal_column("payment_of.status IN ('PENDING', 'COMPLETED') AND payment_of.method <> 'GATEWAY'"),
        )
        .outerjoin(_open_case, (_open_case.c.enrollment_id == enrollments.c.id) & _open_case.c.decided_at.is_(None))
    )
    .where(
        enrollments.c.id == outside("enrollment_id", sa.Uuid()),
        within_reach(enrollments.c.center_id, sessions.c.branch_id),
    )
)


def _seat(*values: Any) -> SeatFacts:
    wallet, case = values[18:21], values[27:30]
    read = (
        *values[:18],
        WalletState(*wallet) if wallet[0] is not None else None,
        *values[21:27],
        OpenCase(*case) if case[0] is not None else None,
        *values[30:],
    )
    return SeatFacts(*read)


SEAT = Query(_SEAT, _seat)

_marked, _of_case, _cases = enrollments.alias("marked"), enrollments.alias("of_case"), decisions.alias("cases")
_WAS_FINISHED_BY_SOMEBODY = (
    sa.select(audit_log.c.id)
    .where(
        audit_log.c.object_id == sessions.c.id,
        audit_log.c.operation == constant(Operation.FINISH_SESSION),
        audit_log.c.actor_id.is_not(None),
    )
    .exists()
)
_ANYBODY_WAS_MARKED = (
    sa.select(_marked.c.id)
    .where(
        _marked.c.session_id == sessions.c.id,
        sa.or_(_marked.c.attended_at.is_not(None), _marked.c.marked_absent_at.is_not(None)),
    )
    .exists()
)
# Begun as left alone, it is settled as left alone: a correction meanwhile must not make absentees of the others.
_WAS_LEFT_ALONE = (
    sa.select(_cases.c.id)
    .select_from(_of_case.join(_cases, _cases.c.enrollment_id == _of_case.c.id))
    .where(_of_case.c.session_id == sessions.c.id, _cases.c.kind == constant(DecisionKind.NOBODY_MARKED))
    .exists()
)
SESSION = Query(
    sa.select(
        sessions.c.id,
        sessions.c.status,
        sessions.c.ends_at,
        sessions.c.settled_at,
        sa.case(
            (sa.or_(_WAS_LEFT_ALONE, ~sa.or_(_WAS_FINISHED_BY_SOMEBODY, _ANYBODY_WAS_MARKED)), _ONE),
            else_=sa.literal_column("0"),
        ),
    ).where(
        sessions.c.id == outside("session_id", sa.Uuid()),
        within_reach(sessions.c.center_id, sessions.c.branch_id),
    ),
    lambda id_, status, ends_at, settled_at, left_alone: SessionAtDoor(
        id_, status, ends_at, settled_at, is_left_alone=bool(left_alone)
    ),
)


def _seats_of_session(condition: sa.ColumnElement[bool]) -> Query[EnrollmentId]:
    return Query(
        sa.select(enrollments.c.id)
        .select_from(enrollments.join(sessions, sessions.c.id == enrollments.c.session_id))
        .where(
            sessions.c.id == outside("session_id", sa.Uuid()),
            within_reach(sessions.c.center_id, sessions.c.branch_id),
            condition,
        )
        .order_by(enrollments.c.created_at, enrollments.c.id),
        EnrollmentId,
    )


_IS_LIVE: sa.ColumnElement[bool] = sa.literal_column("enrollments.status IN ('LOCKED', 'PAID')")
_HAS_NO_MARK = enrollments.c.attended_at.is_(None) & enrollments.c.marked_absent_at.is_(None)
UNMARKED = _seats_of_session(sa.and_(_IS_LIVE, _HAS_NO_MARK))
STRICT_LOCKED = _seats_of_session(sa.literal_column("enrollments.status = 'LOCKED' AND enrollments.policy = 'STRICT'"))
UNSETTLED = _seats_of_session(is_unsettled())

_CASES = decisions.join(enrollments, enrollments.c.id == decisions.c.enrollment_id).join(
    sessions, sessions.c.id == enrollments.c.session_id
)
CASE = Query(
    sa.select(
        decisions.c.id,
        decisions.c.enrollment_id,
        decisions.c.kind,
        decisions.c.amount_minor,
        decisions.c.outcome,
        decisions.c.decided_at,
        centers.c.currency,
    )
    .select_from(_CASES.join(centers, centers.c.id == decisions.c.center_id))
    .where(decisions.c.id == outside("decision_id", sa.Uuid()), within_reach(decisions.c.center_id, sessions.c.branch_id)),
    Case,
)
OPEN_CASES = Query(
    sa.select(decisions.c.id)
    .select_from(_CASES)
    .where(
        decisions.c.decided_at.is_(None),
        decisions.c.created_at <= outside("until", decisions.c.created_at.type),
        within_reach(decisions.c.center_id, sessions.c.branch_id),
    )
    .order_by(decisions.c.created_at, decisions.c.id),
    DecisionId,
)


class StoredDoor:
    """See ``domain.enrollments.door_ports.DoorRepository``."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_seat(self, *, reach: Reach, enrollment_id: EnrollmentId) -> SeatFacts | None:
        """Return a seat with its money, or None where there is none within reach."""
        return await fetch_one(self._database, SEAT, enrollment_id=enrollment_id, **reach_parameters(reach))

    async def find_session(self, *, reach: Reach, session_id: SessionId) -> SessionAtDoor | None:
        """Return a session, or None where there is none within reach."""
        return await fetch_one(self._database, SESSION, session_id=session_id, **reach_parameters(reach))

    async def list_unmarked(self, *, reach: Reach, session_id: SessionId) -> Sequence[EnrollmentId]:
        """Return the live seats that nobody has marked, the oldest first."""
        return await self._database.fetch(UNMARKED, session_id=session_id, **reach_parameters(reach))

    async def list_strict_locked(self, *, reach: Reach, session_id: SessionId) -> Sequence[EnrollmentId]:
        """Return the seats that check-in is to capture and has not yet, the oldest first."""
        return await self._database.fetch(STRICT_LOCKED, session_id=session_id, **reach_parameters(reach))

    async def list_unsettled(self, *, reach: Reach, session_id: SessionId) -> Sequence[EnrollmentId]:
        """Return the seats of a finished session that are still to be settled, the oldest first."""
        return await self._database.fetch(UNSETTLED, session_id=session_id, **reach_parameters(reach))

    async def find_case(self, *, reach: Reach, decision_id: DecisionId) -> Case | None:
        """Return a case of the center's decision list."""
        return await fetch_one(self._database, CASE, decision_id=decision_id, **reach_parameters(reach))

    async def list_open_cases(self, *, reach: Reach, until: datetime) -> Sequence[DecisionId]:
        """Return the open cases that were there at a moment, the oldest first."""
        return await self._database.fetch(OPEN_CASES, until=until, **reach_parameters(reach))
