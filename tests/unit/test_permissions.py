import contextlib
from dataclasses import replace

import pytest

from domain.errors import NotFoundError, NotPermittedError
from domain.ids import BranchId, CenterId, PersonId, new_id
from domain.permissions import MATRIX, Actor, Operation, Role, Scope, require, scope_of

# The domain guide's table "Who may do what", row by row: student, staff, admin. A dash: not at all. "own": the actor's
# own objects; "branch": those of the actor's branches; "all": every one of the center. What the guide groups ("manage
# sessions", "refunds") has a row for each operation here.
TABLE = """
view_sessions              all    all     all
book_session               own    -       -
manage_sessions            -      branch  all
check_in_session           -      branch  all
start_session              -      branch  all
finish_session             -      branch  all
cancel_session             -      branch  all
reschedule_session         -      branch  all
create_session             -      branch  all
edit_session               -      branch  all
delete_session             -      branch  all
view_enrollments           own    branch  all
cancel_enrollment          own    -       -
override_cancellation      -      -       all
log_cash_payment           -      branch  -
log_cash_top_up            -      branch  -
pay_out_guest_wallet       -      branch  -
count_cashbox              -      branch  -
view_cashbox               -      branch  all
take_cash_to_bank          -      branch  all
correct_cash_same_day      -      branch  all
correct_cash_later         -      -       all
mark_attendance            -      branch  all
correct_attendance         -      branch  all
manage_packages            -      all     all
manage_timetable           -      branch  all
edit_class_description     -      all     all
edit_class_terms           -      -       all
buy_package                own    -       -
view_student_packages      own    -       all
view_own_wallet            own    -       -
top_up_wallet              own    -       -
view_payments              -      -       all
view_any_wallet            -      -       all
transfer_between_wallets   -      -       all
view_wallet_totals         -      -       all
view_reports               -      -       all
refund_payment             -      -       all
refund_package             -      -       all
decide_enrollment          -      -       all
merge_people               -      -       all
broadcast_to_session       -      branch  all
broadcast_widely           -      -       all
export_data                -      -       all
join_waitlist              own    -       -
set_standing_booking       own    -       -
claim_guest_profile        own    -       -
manage_own_data            own    -       -
manage_people              -      -       all
manage_roles               -      -       all
manage_branches            -      -       all
manage_settings            -      -       all
view_audit_log             -      -       all
"""
SCOPES = {"-": None, "own": Scope.OWN, "branch": Scope.BRANCH, "all": Scope.CENTER}
CELLS = [
    (Operation(operation), role, SCOPES[cell])
    for operation, *cells in (line.split() for line in TABLE.strip().splitlines())
    for role, cell in zip((Role.STUDENT, Role.STAFF, Role.ADMIN), cells, strict=True)
]
ALLOWED = [(operation, role, scope) for operation, role, scope in CELLS if scope is not None]
HERE, ELSEWHERE = BranchId(new_id()), BranchId(new_id())
SOMEBODY, SOMEBODY_ELSE = PersonId(new_id()), PersonId(new_id())


def acting(role: Role | None) -> Actor:
    return Actor(CenterId(new_id()), SOMEBODY, role, frozenset({HERE}) if role is Role.STAFF else frozenset())


class TestMatrix:
    def test_has_a_row_for_every_operation(self) -> None:
        assert {operation for operation, _, _ in CELLS} == set(Operation) == set(MATRIX)

    @pytest.mark.parametrize(("operation", "role", "scope"), CELLS)
    def test_allows_what_the_guide_says(self, operation: Operation, role: Role, scope: Scope | None) -> None:
        assert scope_of(acting(role), operation) is scope
        if scope is not None:
            assert require(acting(role), operation) is scope
            return
        with pytest.raises(NotPermittedError) as caught:
            require(acting(role), operation)
        assert caught.value.operation == operation.value

    @pytest.mark.parametrize("operation", Operation)
    def test_allows_nothing_to_who_has_no_role(self, operation: Operation) -> None:
        with pytest.raises(NotPermittedError):
            require(acting(None), operation, owner_id=SOMEBODY, branch_id=HERE)

    @pytest.mark.parametrize("operation", Operation)
    @pytest.mark.parametrize("role", Role)
    def test_allows_nothing_to_who_is_blocked(self, operation: Operation, role: Role) -> None:
        with pytest.raises(NotPermittedError):
            require(replace(acting(role), is_blocked=True), operation, owner_id=SOMEBODY, branch_id=HERE)

    def test_cannot_be_changed(self) -> None:
        with pytest.raises(TypeError):
            MATRIX[Operation.BOOK_SESSION][Role.ADMIN] = Scope.CENTER  # type: ignore[index]


class TestReach:
    @pytest.mark.parametrize(("operation", "role", "scope"), ALLOWED)
    def test_includes_ones_own_objects_here(self, operation: Operation, role: Role, scope: Scope) -> None:
        assert require(acting(role), operation, owner_id=SOMEBODY, branch_id=HERE) is scope

    @pytest.mark.parametrize(("operation", "role", "scope"), ALLOWED)
    @pytest.mark.parametrize(
        ("ends_at", "owner_id", "branch_id"), [(Scope.OWN, SOMEBODY_ELSE, HERE), (Scope.BRANCH, SOMEBODY, ELSEWHERE)]
    )
    def test_ends_at_other_peoples_objects_and_other_branches(
        self, operation: Operation, role: Role, scope: Scope, ends_at: Scope, owner_id: PersonId, branch_id: BranchId
    ) -> None:
        refused = pytest.raises(NotFoundError) if scope is ends_at else contextlib.nullcontext()
        with refused:
            assert require(acting(role), operation, owner_id=owner_id, branch_id=branch_id) is scope

    def test_of_staff_without_a_branch_is_nowhere(self) -> None:
        nowhere = replace(acting(Role.STAFF), branch_ids=frozenset())
        with pytest.raises(NotFoundError):
            require(nowhere, Operation.MARK_ATTENDANCE, branch_id=HERE)
