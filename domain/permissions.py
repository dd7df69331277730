"""Who may do what: one table of operations and roles, checked by every use case before anything else.

``owner`` and ``branch`` scopes are enforced twice: here against the object's owner or branch, and in the query that
loads the object, so that another person's, branch's or center's objects answer exactly as objects that do not exist.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from domain.errors import NotFoundError, NotPermittedError
from domain.ids import BranchId, CenterId, PersonId


class Role(StrEnum):
    """The capacity in which a person acts; whoever holds several acts in one at a time."""

    STUDENT = "STUDENT"
    STAFF = "STAFF"
    ADMIN = "ADMIN"


class Scope(StrEnum):
    """How far a permission reaches."""

    OWN = "OWN"  # the actor's own objects
    BRANCH = "BRANCH"  # objects of the branches the actor is assigned to
    CENTER = "CENTER"  # every object of the actor's center


class Operation(StrEnum):
    """Everything that can be done, by its stable name (also used in the audit log and the refusal counters)."""

    VIEW_SESSIONS = "view_sessions"
    BOOK_SESSION = "book_session"
    MANAGE_SESSIONS = "manage_sessions"
    CHECK_IN_SESSION = "check_in_session"
    START_SESSION = "start_session"
    FINISH_SESSION = "finish_session"
    CANCEL_SESSION = "cancel_session"
    RESCHEDULE_SESSION = "reschedule_session"
    CREATE_SESSION = "create_session"
    EDIT_SESSION = "edit_session"
    DELETE_SESSION = "delete_session"
    VIEW_ENROLLMENTS = "view_enrollments"
    CANCEL_ENROLLMENT = "cancel_enrollment"
    OVERRIDE_CANCELLATION = "override_cancellation"
    LOG_CASH_PAYMENT = "log_cash_payment"
    LOG_CASH_TOP_UP = "log_cash_top_up"
    PAY_OUT_GUEST_WALLET = "pay_out_guest_wallet"
    COUNT_CASHBOX = "count_cashbox"
    VIEW_CASHBOX = "view_cashbox"
    TAKE_CASH_TO_BANK = "take_cash_to_bank"
    CORRECT_CASH_SAME_DAY = "correct_cash_same_day"
    CORRECT_CASH_LATER = "correct_cash_later"
    MARK_ATTENDANCE = "mark_attendance"
    CORRECT_ATTENDANCE = "correct_attendance"
    MANAGE_PACKAGES = "manage_packages"
    MANAGE_TIMETABLE = "manage_timetable"
    EDIT_CLASS_DESCRIPTION = "edit_class_description"
    EDIT_CLASS_TERMS = "edit_class_terms"
    BUY_PACKAGE = "buy_package"
    VIEW_STUDENT_PACKAGES = "view_student_packages"
    VIEW_OWN_WALLET = "view_own_wallet"
    TOP_UP_WALLET = "top_up_wallet"
    VIEW_PAYMENTS = "view_payments"
    VIEW_ANY_WALLET = "view_any_wallet"
    TRANSFER_BETWEEN_WALLETS = "transfer_between_wallets"
    VIEW_WALLET_TOTALS = "view_wallet_totals"
    VIEW_REPORTS = "view_reports"
    REFUND_PAYMENT = "refund_payment"
    REFUND_PACKAGE = "refund_package"
    DECIDE_ENROLLMENT = "decide_enrollment"
    MERGE_PEOPLE = "merge_people"
    BROADCAST_TO_SESSION = "broadcast_to_session"
    BROADCAST_WIDELY = "broadcast_widely"
    EXPORT_DATA = "export_data"
    JOIN_WAITLIST = "join_waitlist"
    SET_STANDING_BOOKING = "set_standing_booking"
    CLAIM_GUEST_PROFILE = "claim_guest_profile"
    MANAGE_OWN_DATA = "manage_own_data"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_ROLES = "manage_roles"
    MANAGE_BRANCHES = "manage_branches"
    MANAGE_SETTINGS = "manage_settings"
    VIEW_AUDIT_LOG = "view_audit_log"


def _row(*, student: Scope | None = None, staff: Scope | None = None, admin: Scope | None = None) -> Mapping[Role, Scope]:
    cells = {Role.STUDENT: student, Role.STAFF: staff, Role.ADMIN: admin}
    return MappingProxyType({role: scope for role, scope in cells.items() if scope is not None})


_OWN, _BRANCH, _CENTER = Scope.OWN, Scope.BRANCH, Scope.CENTER
_STUDENT_ONLY = _row(student=_OWN)
_STAFF_AND_ADMIN = _row(staff=_BRANCH, admin=_CENTER)
_ADMIN_ONLY = _row(admin=_CENTER)

MATRIX: Mapping[Operation, Mapping[Role, Scope]] = MappingProxyType(
    {
        Operation.VIEW_SESSIONS: _row(student=_CENTER, staff=_CENTER, admin=_CENTER),
        Operation.BOOK_SESSION: _STUDENT_ONLY,
        Operation.MANAGE_SESSIONS: _STAFF_AND_ADMIN,
        Operation.CHECK_IN_SESSION: _STAFF_AND_ADMIN,
        Operation.START_SESSION: _STAFF_AND_ADMIN,
        Operation.FINISH_SESSION: _STAFF_AND_ADMIN,
        Operation.CANCEL_SESSION: _STAFF_AND_ADMIN,
        Operation.RESCHEDULE_SESSION: _STAFF_AND_ADMIN,
        Operation.CREATE_SESSION: _STAFF_AND_ADMIN,
        Operation.EDIT_SESSION: _STAFF_AND_ADMIN,
        Operation.DELETE_SESSION: _STAFF_AND_ADMIN,
        Operation.VIEW_ENROLLMENTS: _row(student=_OWN, staff=_BRANCH, admin=_CENTER),
        Operation.CANCEL_ENROLLMENT: _STUDENT_ONLY,
        Operation.OVERRIDE_CANCELLATION: _ADMIN_ONLY,
        Operation.LOG_CASH_PAYMENT: _row(staff=_BRANCH),
        Operation.LOG_CASH_TOP_UP: _row(staff=_BRANCH),
        Operation.PAY_OUT_GUEST_WALLET: _row(staff=_BRANCH),
        Operation.COUNT_CASHBOX: _row(staff=_BRANCH),
        Operation.VIEW_CASHBOX: _STAFF_AND_ADMIN,
        Operation.TAKE_CASH_TO_BANK: _STAFF_AND_ADMIN,
        Operation.CORRECT_CASH_SAME_DAY: _STAFF_AND_ADMIN,
        Operation.CORRECT_CASH_LATER: _ADMIN_ONLY,
        Operation.MARK_ATTENDANCE: _STAFF_AND_ADMIN,
        Operation.CORRECT_ATTENDANCE: _STAFF_AND_ADMIN,
        Operation.MANAGE_PACKAGES: _row(staff=_CENTER, admin=_CENTER),
        Operation.MANAGE_TIMETABLE: _STAFF_AND_ADMIN,
        Operation.EDIT_CLASS_DESCRIPTION: _row(staff=_CENTER, admin=_CENTER),
        Operation.EDIT_CLASS_TERMS: _ADMIN_ONLY,
        Operation.BUY_PACKAGE: _STUDENT_ONLY,
        Operation.VIEW_STUDENT_PACKAGES: _row(student=_OWN, admin=_CENTER),
        Operation.VIEW_OWN_WALLET: _STUDENT_ONLY,
        Operation.TOP_UP_WALLET: _STUDENT_ONLY,
        Operation.VIEW_PAYMENTS: _ADMIN_ONLY,
        Operation.VIEW_ANY_WALLET: _ADMIN_ONLY,
        Operation.TRANSFER_BETWEEN_WALLETS: _ADMIN_ONLY,
        Operation.VIEW_WALLET_TOTALS: _ADMIN_ONLY,
        Operation.VIEW_REPORTS: _ADMIN_ONLY,
        Operation.REFUND_PAYMENT: _ADMIN_ONLY,
        Operation.REFUND_PACKAGE: _ADMIN_ONLY,
        Operation.DECIDE_ENROLLMENT: _ADMIN_ONLY,
        Operation.MERGE_PEOPLE: _ADMIN_ONLY,
        Operation.BROADCAST_TO_SESSION: _STAFF_AND_ADMIN,
        Operation.BROADCAST_WIDELY: _ADMIN_ONLY,
        Operation.EXPORT_DATA: _ADMIN_ONLY,
        Operation.JOIN_WAITLIST: _STUDENT_ONLY,
        Operation.SET_STANDING_BOOKING: _STUDENT_ONLY,
        Operation.CLAIM_GUEST_PROFILE: _STUDENT_ONLY,
        Operation.MANAGE_OWN_DATA: _STUDENT_ONLY,
        Operation.MANAGE_PEOPLE: _ADMIN_ONLY,
        Operation.MANAGE_ROLES: _ADMIN_ONLY,
        Operation.MANAGE_BRANCHES: _ADMIN_ONLY,
        Operation.MANAGE_SETTINGS: _ADMIN_ONLY,
        Operation.VIEW_AUDIT_LOG: _ADMIN_ONLY,
    }
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a person, the role they act in (None before first contact is finished), and their branches."""

    center_id: CenterId
    person_id: PersonId
    role: Role | None
    branch_ids: frozenset[BranchId] = frozenset()
    is_blocked: bool = False

    @property
    def recorded_id(self) -> PersonId | None:
        """Who is written down as having done it: nobody, where the clock or the server did."""
        return None if self.person_id == self.center_id else self.person_id


def system_actor(center_id: CenterId) -> Actor:
    """Return the actor of what nobody asked for: the scheduler, a subscriber of events, the command line.

    It has no role, so no permission of the matrix: only use cases that are wired to no button take it.
    """
    return Actor(center_id, PersonId(center_id), None)


def scope_of(actor: Actor, operation: Operation) -> Scope | None:
    """Return how far the actor's permission for the operation reaches, or None where there is none."""
    if actor.is_blocked or actor.role is None:
        return None
    return MATRIX[operation].get(actor.role)


def require(
    actor: Actor, operation: Operation, *, owner_id: PersonId | None = None, branch_id: BranchId | None = None
) -> Scope:
    """Return the scope in which the actor may do the operation on an object of this owner and branch.

    Raises NotPermittedError where the role may not do it at all, NotFoundError where the object is out of reach: an
    object outside the scope is answered like one that does not exist. What is None is not checked.
    """
    scope = scope_of(actor, operation)
    if scope is None:
        raise NotPermittedError(operation=operation.value)
    out_of_reach = (scope is Scope.OWN and owner_id is not None and owner_id != actor.person_id) or (
        scope is Scope.BRANCH and branch_id is not None and branch_id not in actor.branch_ids
    )
    if out_of_reach:
        raise NotFoundError(what=operation.value)
    return scope
