import sqlite3
from dataclasses import replace

import asyncpg
import pytest
from sqlalchemy import CheckConstraint

from domain.ids import EnrollmentId, SessionId, new_id
from domain.permissions import Role
from domain.writes.base import GuardFailedError
from domain.writes.people import AddRole
from domain.writes.seats import AddEnrollment
from storage.tables import metadata
from tests.cast import Cast
from tests.factories import sql_id
from tests.storage import door_cases
from tests.storage.broadcast_cases import BROADCAST_VIOLATIONS
from tests.storage.cash_violations import CASH_VIOLATIONS
from tests.storage.errand_cases import ERRAND_VIOLATIONS
from tests.storage.gateway_violations import GATEWAY_VIOLATIONS
from tests.storage.insert_cases import insert_cases
from tests.storage.messages_violations import MESSAGES_VIOLATIONS
from tests.storage.reports_cases import REPORTS_VIOLATIONS
from tests.storage.waitlist_violations import WAITLIST_VIOLATIONS

REFUSED = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)

# What each CHECK refuses. New constraints want a line here.
VIOLATIONS = {
    **door_cases.VIOLATIONS,
    **REPORTS_VIOLATIONS,
    **ERRAND_VIOLATIONS,
    "ck_accounts_kind_known": "UPDATE accounts SET kind = 'NONSENSE'",
    "ck_cashboxes_balance_not_negative": "UPDATE cashboxes SET balance_minor = -1",
    "ck_centers_check_in_opens_positive": "UPDATE centers SET check_in_opens_minutes = 0",
    "ck_centers_currency_iso": "UPDATE centers SET currency = 'LE'",
    "ck_centers_horizon_positive": "UPDATE centers SET horizon_days = 0",
    "ck_centers_largest_amount_positive": "UPDATE centers SET largest_amount_minor = 0",
    "ck_centers_reservation_positive": "UPDATE centers SET reservation_minutes = 0",
    "ck_class_packages_price_not_negative": "UPDATE class_packages SET price_minor = -1",
    "ck_class_packages_session_count_positive": "UPDATE class_packages SET session_count = 0",
    "ck_classes_absentee_policy_known": "UPDATE classes SET absentee_policy = 'NONSENSE' WHERE no_show_fee_percent = 0",
    "ck_classes_capacity_positive": "UPDATE classes SET capacity = 0",
    "ck_classes_duration_positive": "UPDATE classes SET duration_minutes = 0",
    "ck_classes_fee_is_a_percentage": "UPDATE classes SET no_show_fee_percent = 101 WHERE absentee_policy = 'FLEXIBLE'",
    "ck_classes_fee_only_when_flexible": "UPDATE classes SET no_show_fee_percent = 9 WHERE absentee_policy = 'STRICT'",
    "ck_classes_price_not_negative": "UPDATE classes SET price_minor = -1",
    "ck_classes_window_not_negative": "UPDATE classes SET cancellation_window_minutes = -1",
    "ck_dialogs_version_positive": "UPDATE dialogs SET version = 0",
    "ck_enrollments_attended_or_absent": "UPDATE enrollments SET attended_at = created_at, marked_absent_at = created_at",
    "ck_enrollments_cancelled_whole": "UPDATE enrollments SET cancelled_at = created_at WHERE status = 'PAID'",
    "ck_enrollments_credit_value_not_negative": "UPDATE enrollments SET credit_value_minor = -1",
    "ck_enrollments_fee_is_a_percentage": "UPDATE enrollments SET no_show_fee_percent = 101",
    "ck_enrollments_held_whole": "UPDATE enrollments SET held_until = created_at",
    "ck_enrollments_locked_means_wallet": "UPDATE enrollments SET method = 'CASH' WHERE status = 'LOCKED'",
    "ck_enrollments_made_good_known": "UPDATE enrollments SET made_good = 'NONSENSE'",
    "ck_enrollments_made_good_not_negative": "UPDATE enrollments SET made_good_minor = -1",
    "ck_enrollments_method_known": (
        "UPDATE enrollments SET method = 'NONSENSE', student_package_id = NULL WHERE status = 'PAID'"
    ),
    "ck_enrollments_package_has_credit": "UPDATE enrollments SET student_package_id = NULL WHERE method = 'PACKAGE'",
    "ck_enrollments_paid_somehow": (
        "UPDATE enrollments SET method = NULL, student_package_id = NULL WHERE status = 'PAID'"
    ),
    "ck_enrollments_policy_known": "UPDATE enrollments SET policy = 'NONSENSE'",
    "ck_enrollments_price_not_negative": "UPDATE enrollments SET price_minor = -1",
    "ck_enrollments_status_known": "UPDATE enrollments SET status = 'NONSENSE' WHERE status = 'PAID'",
    "ck_holds_amount_positive": "UPDATE holds SET amount_minor = 0",
    "ck_holds_captured_whole": "UPDATE holds SET status = 'CAPTURED', resolved_at = created_at",
    "ck_holds_captured_within_amount": (
        "UPDATE holds SET status = 'CAPTURED', resolved_at = created_at, captured_minor = amount_minor + 1"
    ),
    "ck_holds_resolved_whole": "UPDATE holds SET resolved_at = created_at",
    "ck_holds_status_known": "UPDATE holds SET status = 'NONSENSE', resolved_at = created_at",
    "ck_invites_redeemed_whole": "UPDATE invites SET redeemed_at = created_at",
    "ck_invites_role_known": "UPDATE invites SET role = 'STUDENT'",
    "ck_invites_staff_have_a_branch": "UPDATE invites SET role = 'STAFF'",
    "ck_muted_notifications_kind_known": "INSERT INTO muted_notifications SELECT id, 'NONSENSE' FROM people",
    "ck_outbox_attempts_not_negative": "UPDATE outbox SET attempts = -1",
    "ck_payments_ended_whole": "UPDATE payments SET ended_at = NULL WHERE status = 'COMPLETED'",
    "ck_payments_method_known": "UPDATE payments SET method = 'NONSENSE'",
    "ck_payments_purpose_known": "UPDATE payments SET purpose = 'NONSENSE'",
    "ck_payments_refunded_whole": "UPDATE payments SET status = 'REFUNDED' WHERE status = 'COMPLETED'",
    "ck_payments_refunded_within_amount": "UPDATE payments SET refunded_minor = amount_minor + 1",
    "ck_payments_status_known": "UPDATE payments SET status = 'NONSENSE' WHERE status = 'COMPLETED'",
    "ck_people_acting_role_known": "UPDATE people SET acting_role = 'NONSENSE'",
    "ck_people_name_length": "UPDATE people SET name = ''",
    "ck_people_not_merged_into_itself": "UPDATE people SET merged_into_id = id",
    "ck_people_verified_phone_present": "UPDATE people SET phone_verified_at = created_at",
    "ck_role_assignments_role_known": "UPDATE role_assignments SET role = 'NONSENSE' WHERE branch_id IS NULL",
    "ck_role_assignments_staff_have_a_branch": "UPDATE role_assignments SET role = 'STAFF' WHERE branch_id IS NULL",
    "ck_sessions_capacity_positive": "UPDATE sessions SET capacity = 0, seats_taken = 0",
    "ck_sessions_ends_after_start": "UPDATE sessions SET ends_at = starts_at",
    "ck_sessions_never_oversold": "UPDATE sessions SET seats_taken = capacity + 1",
    "ck_sessions_occurrence_of_rule": "UPDATE sessions SET original_local_date = local_date WHERE rule_id IS NULL",
    "ck_sessions_status_known": "UPDATE sessions SET status = 'NONSENSE'",
    "ck_student_packages_active_while_credits_left": "UPDATE student_packages SET status = 'EXHAUSTED'",
    "ck_student_packages_credits_within_total": "UPDATE student_packages SET credits_left = credits_total + 1",
    "ck_student_packages_no_value_without_credits": "UPDATE student_packages SET credits_left = 0, status = 'EXHAUSTED'",
    "ck_student_packages_refunded_whole": "UPDATE student_packages SET refunded_at = purchased_at",
    "ck_student_packages_status_known": (
        "UPDATE student_packages SET status = 'NONSENSE', credits_left = 0, value_left_minor = 0"
    ),
    "ck_student_packages_value_within_price": "UPDATE student_packages SET value_left_minor = price_minor + 1",
    "ck_timetable_rules_ends_after_start": "UPDATE timetable_rules SET ends_on = '2020-01-01'",
    "ck_wallets_never_below_locked": "UPDATE wallets SET locked_minor = balance_minor + 1",
    "ck_wallets_owner_kind_known": "UPDATE wallets SET owner_kind = 'NONSENSE'",
    **MESSAGES_VIOLATIONS,
    **WAITLIST_VIOLATIONS,
    **CASH_VIOLATIONS,
    **BROADCAST_VIOLATIONS,
}
VIOLATIONS |= GATEWAY_VIOLATIONS
OTHER_VIOLATIONS = {
    "ck_people_name_length": f"UPDATE people SET name = '{'x' * 65}'",
    "ck_sessions_never_oversold": "UPDATE sessions SET seats_taken = -1",
    "ck_wallets_never_below_locked": "UPDATE wallets SET locked_minor = -1",
    "ck_student_packages_credits_within_total": (
        "UPDATE student_packages SET credits_left = -1, value_left_minor = 0, status = 'EXHAUSTED'"
    ),
}
ELSEWHERE = {
    "ck_entries_cause_known",  # a journal row cannot be changed, and its trigger speaks before the CHECK
    "ck_postings_amount_not_zero",  # in the journal's own tests
    "ck_payments_amount_not_negative",  # below zero, a payment is also refunded beyond its amount
}


async def fill(cast: Cast) -> None:
    """Let every table have rows."""
    for case in insert_cases(cast):
        await cast.world.database.apply(case.rows)


class TestChecks:
    @pytest.mark.parametrize("violations", [VIOLATIONS, OTHER_VIOLATIONS])
    async def test_refuse_by_name(self, cast: Cast, violations: dict[str, str]) -> None:
        await fill(cast)
        for name, statement in violations.items():
            with pytest.raises(REFUSED, match=name):
                await cast.world.database.execute(statement)

    def test_are_all_tried(self) -> None:
        declared = {
            str(constraint.name)
            for table in metadata.tables.values()
            for constraint in table.constraints
            if isinstance(constraint, CheckConstraint)
        }
        assert declared - set(VIOLATIONS) - ELSEWHERE == set()


class TestUniqueSeats:
    @pytest.mark.parametrize(
        ("status", "held"), [("PAID", "NULL, NULL"), ("HELD", "created_at, 'OFFER'"), ("NO_SHOW", "NULL, NULL")]
    )
    async def test_hold_for_every_status_but_cancelled(self, cast: Cast, status: str, held: str) -> None:
        contract = (
            "center_id, session_id, student_id, method, price_minor, policy, no_show_fee_percent, free_cancel_until, "
            "student_package_id, credit_value_minor, created_at"
        )
        with pytest.raises(REFUSED, match=r"uq_enrollments_one_seat_each|enrollments\.session_id"):
            await cast.world.database.execute(
                f"INSERT INTO enrollments (id, status, held_until, reserved_for, {contract}) "
                f"SELECT '{sql_id(new_id())}', '{status}', {held}, {contract} FROM enrollments"
            )

    async def test_let_a_cancelled_one_be_followed_by_another(self, cast: Cast) -> None:
        await cast.world.cancel(cast.owner, cast.booking.id)
        again = await cast.world.book(cast.owner, cast.session)
        await cast.world.cancel(cast.owner, again.id)
        await cast.world.book(cast.owner, cast.session)


class TestUniqueRoles:
    async def test_may_be_given_again_after_they_were_revoked(self, cast: Cast) -> None:
        world, staff_id = cast.world, cast.staff.id
        again = AddRole(new_id(), world.center_id, staff_id, Role.STAFF, world.branch.id, None, world.clock.now())
        with pytest.raises(GuardFailedError):
            await world.database.apply([again])
        await world.database.execute(
            f"UPDATE role_assignments SET revoked_at = granted_at WHERE person_id = '{sql_id(staff_id)}'"
        )
        await world.database.apply([again])


class TestForeignKeys:
    async def test_keep_a_seat_in_its_center(self, cast: Cast) -> None:
        seat = next(write for case in insert_cases(cast) for write in case.rows if isinstance(write, AddEnrollment))
        foreign = replace(seat, id=EnrollmentId(new_id()), student_id=cast.outsider.id)
        nowhere = replace(seat, id=EnrollmentId(new_id()), session_id=SessionId(new_id()))
        for write in (foreign, nowhere):
            with pytest.raises(GuardFailedError):  # as if somebody had deleted the session at this moment
                await cast.world.database.apply([write])
