"""What decisions rest on, made without a database: everything ordinary unless a test says otherwise."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.enrollments.model import EnrollmentStatus
from domain.enrollments.ports import BookingFacts, CancellationFacts
from domain.enrollments.quote import ConfirmedTerms, quote_seat, terms_shown
from domain.finance.model import PaymentMethod, PaymentStatus, WalletState
from domain.ids import (
    AccountId,
    BranchId,
    CenterId,
    ClassId,
    EnrollmentId,
    HoldId,
    PaymentId,
    PersonId,
    SessionId,
    StudentPackageId,
    WalletId,
    new_id,
)
from domain.packages.model import CreditSource, StudentPackageStatus
from domain.permissions import Actor, Role
from domain.sessions.model import AbsenteePolicy, BookableSession, ClassTerms, SessionStatus
from tests.factories import OPENING_DAY

NOW = OPENING_DAY
PRICE = 8_000
STUDENT = Actor(CenterId(new_id()), PersonId(new_id()), Role.STUDENT)
OTHER_STUDENT = Actor(STUDENT.center_id, PersonId(new_id()), Role.STUDENT)
TERMS = ClassTerms(
    price_minor=PRICE,
    currency="EGP",
    policy=AbsenteePolicy.STRICT,
    no_show_fee_percent=0,
    cancellation_window_minutes=120,
)
SESSION = BookableSession(
    id=SessionId(new_id()),
    class_id=ClassId(new_id()),
    branch_id=BranchId(new_id()),
    status=SessionStatus.SCHEDULED,
    starts_at=NOW + timedelta(days=1),
    ends_at=NOW + timedelta(days=1, hours=1),
    capacity=12,
    seats_taken=0,
    terms=TERMS,
)
CREDIT = CreditSource(StudentPackageId(new_id()), credits_left=3, value_left_minor=100)
WALLET = WalletState(WalletId(new_id()), balance_minor=10_000, locked_minor=2_000)  # exactly the price is free


def session(*, terms: dict[str, Any] | None = None, **changes: Any) -> BookableSession:
    """Return tomorrow's session with some of it changed."""
    return replace(SESSION, terms=replace(TERMS, **(terms or {})), **changes)


def booking_facts(**changes: Any) -> BookingFacts:
    """Return what a booking rests on for somebody with just enough money and no credits."""
    facts = BookingFacts(
        session=SESSION,
        same_id=None,
        live_id=None,
        credit=None,
        wallet=WALLET,
        earned_wallet_account_id=AccountId(new_id()),
    )
    return replace(facts, **changes)


def shown(facts: BookingFacts) -> ConfirmedTerms:
    """Return what the button carries that is drawn from the same facts."""
    return terms_shown(facts.session, quote_seat(facts.session, credit=facts.credit, wallet=facts.wallet))


def cancellation_facts(**changes: Any) -> CancellationFacts:
    """Return what a cancellation rests on: a seat locked in the wallet, a day before."""
    facts = CancellationFacts(
        enrollment_id=EnrollmentId(new_id()),
        student_id=STUDENT.person_id,
        branch_id=SESSION.branch_id,
        session_id=SESSION.id,
        session_status=SessionStatus.SCHEDULED,
        starts_at=SESSION.starts_at,
        status=EnrollmentStatus.LOCKED,
        method=PaymentMethod.WALLET,
        price_minor=PRICE,
        free_cancel_until=SESSION.free_cancel_until,
        attended_at=None,
        made_good=None,
        made_good_minor=0,
        student_package_id=None,
        credit_value_minor=0,
        package_status=None,
        wallet_id=WALLET.id,
        hold_id=HoldId(new_id()),
        hold_minor=PRICE,
        payment_id=PaymentId(new_id()),
        payment_status=PaymentStatus.PENDING,
        payment_minor=PRICE,
        earned_wallet_account_id=AccountId(new_id()),
        deferred_account_id=AccountId(new_id()),
        booked_at=NOW,
        moved_at=None,
        earned_package_account_id=AccountId(new_id()),
        earned_cash_account_id=AccountId(new_id()),
    )
    return replace(facts, **changes)


def captured(**changes: Any) -> CancellationFacts:
    """Return the facts of a seat whose price was taken from the wallet."""
    paid: dict[str, Any] = {
        "status": EnrollmentStatus.PAID,
        "hold_id": None,
        "hold_minor": None,
        "payment_status": PaymentStatus.COMPLETED,
    }
    return cancellation_facts(**(paid | changes))


def paid_by_credit(**changes: Any) -> CancellationFacts:
    """Return the facts of a seat paid with a credit worth 33."""
    paid: dict[str, Any] = {
        "method": PaymentMethod.PACKAGE,
        "student_package_id": CREDIT.id,
        "credit_value_minor": 33,
        "package_status": StudentPackageStatus.ACTIVE,
        "payment_minor": 33,
    }
    return captured(**(paid | changes))
