"""The permission matrix through the use cases: every cell, another branch and another center as columns of their own."""

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from bot.wiring import wire
from domain.broadcasts.model import NewBroadcast
from domain.enrollments.marking import Mark
from domain.enrollments.model import DecisionOutcome
from domain.errors import NotFoundError, NotPermittedError, RefusalError
from domain.ids import (
    BroadcastId,
    CashCountId,
    CashTransactionId,
    DecisionId,
    EnrollmentId,
    HolidayId,
    PaymentId,
    PersonId,
    RefundId,
    SessionId,
    StudentPackageId,
    TimetableRuleId,
    WaitlistEntryId,
    new_id,
)
from domain.organization.model import Center
from domain.people.guests import NewGuest
from domain.permissions import MATRIX, Actor, Operation, Role, Scope
from domain.reports.exporting import ExportKind, FileFormat
from domain.reports.figures import Report
from domain.reports.period import ReportPeriod
from domain.reports.reading import Asked
from domain.sessions.planning import SessionChanges
from storage.prepared import Query
from tests.builders.broadcasts import session_target, to_everybody
from tests.builders.finance import student_wallet
from tests.cast import Cast
from tests.factories import OPENING_DAY, ZONE

Do = Callable[[Any, Cast, Actor], Awaitable[object]]
_DAY, _AT = date(2026, 11, 26), time(18)
_ASKED = Asked(ReportPeriod(_DAY, _DAY), ZONE, 5)


def _terms(cast: Cast) -> Any:
    return cast.world.confirmed_terms(cast.owner, cast.session)


async def _book(services: Any, cast: Cast, actor: Actor) -> object:
    confirmed = await _terms(cast)
    id_ = EnrollmentId(new_id())
    return await services.book_session(actor=actor, session_id=cast.session.id, enrollment_id=id_, confirmed=confirmed)


async def _join(services: Any, cast: Cast, actor: Actor) -> object:
    entry_id = WaitlistEntryId(new_id())
    return await services.join_waitlist(actor=actor, session_id=cast.session.id, entry_id=entry_id)


USE_CASES: dict[Operation, Do] = {
    Operation.BOOK_SESSION: _book,
    Operation.JOIN_WAITLIST: _join,
    Operation.CANCEL_ENROLLMENT: lambda s, c, a: s.cancel_enrollment(actor=a, enrollment_id=c.booking.id),
    Operation.CHECK_IN_SESSION: lambda s, c, a: s.open_check_in(actor=a, session_id=c.session.id),
    Operation.START_SESSION: lambda s, c, a: s.start_session(actor=a, session_id=c.session.id),
    Operation.FINISH_SESSION: lambda s, c, a: s.finish_session(actor=a, session_id=c.session.id),
    Operation.EDIT_SESSION: lambda s, c, a: s.edit_session(
        actor=a, session_id=c.session.id, changes=SessionChanges(capacity=9)
    ),
    Operation.DELETE_SESSION: lambda s, c, a: s.remove_session(actor=a, session_id=c.session.id),
    Operation.RESCHEDULE_SESSION: lambda s, c, a: s.reschedule_session(actor=a, session_id=c.session.id, day=_DAY, at=_AT),
    Operation.CREATE_SESSION: lambda s, c, a: s.create_extra_session(
        actor=a,
        session_id=SessionId(new_id()),
        class_id=c.taught.id,
        branch_id=c.world.branch.id,
        day=_DAY,
        at=_AT,
    ),
    Operation.CANCEL_SESSION: lambda s, c, a: s.cancel_session(
        actor=a, session_id=c.session.id, shown_starts_at=c.session.starts_at - timedelta(days=1), reason="TEACHER"
    ),
    Operation.OVERRIDE_CANCELLATION: lambda s, c, a: s.override_cancellation(
        actor=a, enrollment_id=c.booking.id, reason="asked for it", returns_cash=False
    ),
    Operation.MARK_ATTENDANCE: lambda s, c, a: s.mark_attendance(actor=a, enrollment_id=c.booking.id, mark=Mark.ATTENDED),
    Operation.CORRECT_ATTENDANCE: lambda s, c, a: s.correct_attendance(
        actor=a, enrollment_id=c.booking.id, has_attended=True
    ),
    Operation.LOG_CASH_PAYMENT: lambda s, c, a: s.register_cash_seat(
        actor=a,
        session_id=c.session.id,
        visitor=NewGuest(PersonId(new_id()), "Guest", None),
        enrollment_id=EnrollmentId(new_id()),
        amount_minor=8_000,
    ),
    Operation.LOG_CASH_TOP_UP: lambda s, c, a: s.cash_top_up(
        actor=a,
        branch_id=c.world.branch.id,
        person_id=c.owner.id,
        transaction_id=CashTransactionId(new_id()),
        amount_minor=100,
    ),
    Operation.PAY_OUT_GUEST_WALLET: lambda s, c, a: s.pay_out_guest(
        actor=a,
        branch_id=c.world.branch.id,
        person_id=c.owner.id,
        transaction_id=CashTransactionId(new_id()),
        amount_minor=100,
    ),
    Operation.COUNT_CASHBOX: lambda s, c, a: s.count_cashbox(
        actor=a, branch_id=c.world.branch.id, count_id=CashCountId(new_id()), counted_minor=1, recorded_minor=1
    ),
    Operation.TAKE_CASH_TO_BANK: lambda s, c, a: s.take_to_bank(
        actor=a, branch_id=c.world.branch.id, transaction_id=CashTransactionId(new_id()), amount_minor=100
    ),
    Operation.BROADCAST_TO_SESSION: lambda s, c, a: s.send_broadcast(
        actor=a, broadcast=NewBroadcast(BroadcastId(new_id()), session_target(c.session.id), "Hello"), is_again=True
    ),
    Operation.BROADCAST_WIDELY: lambda s, c, a: s.send_broadcast(
        actor=a, broadcast=NewBroadcast(BroadcastId(new_id()), to_everybody(c.world), "Hello"), is_again=True
    ),
    Operation.TRANSFER_BETWEEN_WALLETS: lambda s, c, a: s.transfer_money(
        actor=a,
        transfer_id=new_id(),
        source=student_wallet(c.member),
        target=student_wallet(c.poor),
        amount_minor=100,
        reason="asked for it",
    ),
    Operation.MANAGE_TIMETABLE: lambda s, c, a: s.declare_holiday(
        actor=a,
        center=_center(c),
        holiday_id=HolidayId(new_id()),
        branch_id=c.world.branch.id,
        day=_DAY,
        name="Feast",
    ),
}
# What is asked for does not exist here: whoever may not do it is told so first, everybody else that it is not there.
BY_ROLE_ALONE: dict[Operation, Do] = {
    Operation.DECIDE_ENROLLMENT: lambda s, _, a: s.decide(
        actor=a, decision_id=DecisionId(new_id()), outcome=DecisionOutcome.CHARGED
    ),
    Operation.MERGE_PEOPLE: lambda s, c, a: s.merge_people(actor=a, stays_id=c.owner.id, goes_id=PersonId(new_id())),
    Operation.REFUND_PAYMENT: lambda s, _, a: s.refunds.refund_payment(
        actor=a, payment_id=PaymentId(new_id()), refund_id=RefundId(new_id()), amount_minor=1, reason="asked"
    ),
    Operation.REFUND_PACKAGE: lambda s, _, a: s.refunds.refund_package(
        actor=a, student_package_id=StudentPackageId(new_id()), reason="asked"
    ),
    Operation.MANAGE_TIMETABLE: lambda s, _, a: s.end_timetable_rule(
        actor=a, rule_id=TimetableRuleId(new_id()), last_day=None
    ),
    Operation.VIEW_REPORTS: lambda s, _, a: s.read_report(actor=a, report=Report.METHOD, asked=_ASKED),
    Operation.EXPORT_DATA: lambda s, _, a: s.order_export(
        actor=a, export_id=new_id(), kind=ExportKind.PEOPLE, file_format=FileFormat.CSV, period=_ASKED.period
    ),
    Operation.SET_STANDING_BOOKING: lambda s, _, a: s.stop_standing_booking(actor=a, standing_booking_id=UUID(int=1)),
}


def _center(cast: Cast) -> Center:
    return Center(cast.world.center_id, "Nile Studio", "EGP", "Africa/Cairo", "en")


def services_of(cast: Cast) -> Any:
    return wire(cast.world.database, clock=cast.world.clock, center=_center(cast), admin_ids=frozenset()).services


async def columns(cast: Cast) -> dict[str, Actor]:
    """Return everybody who asks, by their column of the matrix."""
    world = cast.world
    abroad = await world.add_branch("Zamalek")
    return {
        "owner": cast.owner.actor,
        "another student": cast.member.actor,
        "staff here": cast.staff.actor,
        "staff of another branch": (await world.add_staff("Sara", branch=abroad)).actor,
        "admin": cast.admin.actor,
        "student elsewhere": cast.outsider.actor,
        "staff elsewhere": (await cast.elsewhere.add_staff("Ali")).actor,
        "admin elsewhere": (await cast.elsewhere.add_admin("Dalia")).actor,
        "blocked": cast.blocked.actor,
        "blocked admin": replace(cast.admin.actor, is_blocked=True),
        "nobody yet": cast.unjoined.actor,
    }


def verdict(operation: Operation, column: str, actor: Actor) -> str:
    """Return what the matrix says: "not permitted", "not found", or "allowed" (a business refusal is an answer, too)."""
    scope = None if actor.is_blocked or actor.role is None else MATRIX[operation].get(actor.role)
    if scope is None:
        return "not permitted"
    is_elsewhere = column.endswith("elsewhere")
    is_out_of_reach = (scope is Scope.BRANCH and column == "staff of another branch") or (
        operation is Operation.CANCEL_ENROLLMENT and column == "another student"
    )
    return "not found" if is_elsewhere or is_out_of_reach else "allowed"


async def outcome(do: Do, services: Any, cast: Cast, actor: Actor) -> str:
    try:
        await do(services, cast, actor)
    except NotPermittedError:
        return "not permitted"
    except NotFoundError:
        return "not found"
    except RefusalError:
        return "allowed"
    return "allowed"


class TestMatrix:
    @pytest.mark.parametrize("operation", USE_CASES)
    async def test_holds_for_every_column(self, cast: Cast, operation: Operation) -> None:
        services, asking = services_of(cast), await columns(cast)
        said = {column: await outcome(USE_CASES[operation], services, cast, actor) for column, actor in asking.items()}
        assert said == {column: verdict(operation, column, actor) for column, actor in asking.items()}

    @pytest.mark.parametrize("operation", BY_ROLE_ALONE)
    async def test_holds_for_roles_where_there_is_nothing_to_reach(self, cast: Cast, operation: Operation) -> None:
        services = services_of(cast)
        for column, actor in (await columns(cast)).items():
            expected = verdict(operation, column, actor)
            said = await outcome(BY_ROLE_ALONE[operation], services, cast, actor)
            assert (said == "not permitted") == (expected == "not permitted"), column

    async def test_keeps_nothing_of_what_was_refused(self, cast: Cast) -> None:
        services, asking = services_of(cast), await columns(cast)
        before = await _rows(cast)
        for operation, do in USE_CASES.items():
            for column, actor in asking.items():
                if verdict(operation, column, actor) != "allowed":
                    with contextlib.suppress(RefusalError):
                        await do(services, cast, actor)
        assert await _rows(cast) == before
        assert cast.world.clock.now() == OPENING_DAY

    def test_has_a_use_case_for_every_operation_of_the_door_and_the_desk(self) -> None:
        of_the_team = {
            operation
            for operation, cells in MATRIX.items()
            if cells.get(Role.STAFF) is Scope.BRANCH and not operation.name.startswith(("VIEW", "MANAGE_SESSIONS"))
        }
        corrections = {Operation.CORRECT_CASH_SAME_DAY}  # in the desk's own tests: it asks by the movement's branch and day
        assert of_the_team - corrections - USE_CASES.keys() == set()


async def _rows(cast: Cast) -> list[int]:
    tables = (
        "enrollments",
        "sessions",
        "entries",
        "audit_log",
        "outbox",
        "people",
        "waitlist_entries",
        "holidays",
        "broadcasts",
    )
    return [await _count(cast, table) for table in tables]


async def _count(cast: Cast, table: str) -> int:
    query = Query(sa.select(sa.func.count()).select_from(sa.table(table)), int)
    return (await cast.world.database.fetch(query))[0]
