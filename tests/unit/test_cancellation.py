from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.enrollments.cancellation import CancelEnrollment, Cancellation, check_cancellable, what_comes_back
from domain.enrollments.model import EnrollmentStatus, MadeGood
from domain.enrollments.ports import CancellationFacts
from domain.errors import LateCancellationError, NotCancellableError, NotFoundError, NotPermittedError, RefusalError
from domain.finance.model import EntryCause, PaymentMethod, PaymentStatus
from domain.packages.model import StudentPackageStatus
from domain.permissions import Actor, Role
from domain.sessions.model import SessionStatus
from domain.writes.base import Write
from domain.writes.money import (
    AddEntry,
    AddPosting,
    CreditWallet,
    EndPayment,
    ReleaseHold,
    RequireRefundedPackage,
    ReturnCredit,
    UnlockMoney,
)
from domain.writes.record import AddAuditRow, AddEvent
from domain.writes.seats import CancelSeat, GiveSeatBack
from storage.unit_of_work import unit_of_work_factory
from tests.factories import FixedClock
from tests.unit.facts import (
    CREDIT,
    NOW,
    OTHER_STUDENT,
    PRICE,
    STUDENT,
    WALLET,
    cancellation_facts,
    captured,
    paid_by_credit,
)
from tests.unit.fake_database import FakeDatabase

REFUNDED = StudentPackageStatus.REFUNDED
FREE = {"method": None, "payment_id": None, "payment_status": None, "payment_minor": None}
CASES: dict[str, tuple[CancellationFacts, MadeGood, int, set[type[Write]]]] = {
    "lock": (cancellation_facts(), MadeGood.UNLOCKED, PRICE, {UnlockMoney, ReleaseHold, EndPayment}),
    "capture": (captured(), MadeGood.RETURNED, PRICE, {CreditWallet, EndPayment, AddPosting, AddEntry}),
    "credit": (paid_by_credit(), MadeGood.CREDIT, 0, {ReturnCredit, EndPayment}),
    "credit of an exhausted package": (
        paid_by_credit(package_status=StudentPackageStatus.EXHAUSTED),
        MadeGood.CREDIT,
        0,
        {ReturnCredit, EndPayment},
    ),
    "credit of a refunded package": (
        paid_by_credit(package_status=REFUNDED),
        MadeGood.RETURNED,
        33,
        {RequireRefundedPackage, CreditWallet, EndPayment, AddPosting, AddEntry},
    ),
    "credit of a refunded package that was free": (
        paid_by_credit(package_status=REFUNDED, credit_value_minor=0, payment_minor=0),
        MadeGood.RETURNED,
        0,
        {RequireRefundedPackage, EndPayment},
    ),
    "cash": (captured(method=PaymentMethod.CASH), MadeGood.NOTHING_CASH, 0, set()),
    "nothing": (captured(price_minor=0, **FREE), MadeGood.NOTHING_FREE, 0, set()),
}
ALWAYS: set[type[Write]] = {CancelSeat, AddEvent, AddAuditRow, GiveSeatBack}


async def cancel(
    database: FakeDatabase, facts: CancellationFacts, *, actor: Actor = STUDENT, now: datetime = NOW
) -> Cancellation:
    use_case = CancelEnrollment(unit_of_work_factory(database), FixedClock(now))
    return await use_case(actor=actor, enrollment_id=facts.enrollment_id)


class TestWhatComesBack:
    @pytest.mark.parametrize("paid_by", CASES)
    async def test_is_what_was_paid(self, paid_by: str) -> None:
        facts, made_good, amount_minor, money = CASES[paid_by]
        database = FakeDatabase(facts)
        expected = Cancellation(facts.enrollment_id, made_good, amount_minor)
        assert what_comes_back(facts) == await cancel(database, facts) == expected
        ((*writes,),) = database.applied
        assert {type(write) for write in writes} == ALWAYS | money

    async def test_of_a_credit_is_exactly_what_it_took(self) -> None:
        facts = paid_by_credit()
        database = FakeDatabase(facts)
        await cancel(database, facts)
        assert ReturnCredit(CREDIT.id, 33) in database.applied[0]

    async def test_of_a_lock_is_exactly_what_is_held(self) -> None:
        facts = cancellation_facts()
        database = FakeDatabase(facts)
        await cancel(database, facts)
        assert UnlockMoney(WALLET.id, PRICE) in database.applied[0]
        assert facts.payment_id is not None
        ended = EndPayment(facts.payment_id, PaymentStatus.PENDING, PaymentStatus.CANCELLED, 0, NOW)
        assert ended in database.applied[0]

    @pytest.mark.parametrize(
        ("facts", "cause", "amount_minor"),
        [
            (captured(), EntryCause.CAPTURE_RETURNED, PRICE),
            (paid_by_credit(package_status=REFUNDED), EntryCause.CREDIT_PAID_BACK, 33),
        ],
    )
    async def test_as_money_is_posted_to_the_wallet(
        self, facts: CancellationFacts, cause: EntryCause, amount_minor: int
    ) -> None:
        database = FakeDatabase(facts)
        await cancel(database, facts)
        postings = {write.account_id: write.amount_minor for write in database.applied[0] if isinstance(write, AddPosting)}
        source = facts.earned_wallet_account_id if cause is EntryCause.CAPTURE_RETURNED else facts.deferred_account_id
        assert postings == {source: amount_minor, WALLET.id: -amount_minor}
        assert [write.cause for write in database.applied[0] if isinstance(write, AddEntry)] == [cause]

    async def test_of_a_seat_cancelled_before_is_the_first_outcome(self) -> None:
        facts = cancellation_facts(
            status=EnrollmentStatus.CANCELLED, made_good=MadeGood.CREDIT, package_status=REFUNDED, made_good_minor=0
        )
        database = FakeDatabase(facts)
        later = facts.starts_at + timedelta(days=9)
        assert await cancel(database, facts, now=later) == Cancellation(facts.enrollment_id, MadeGood.CREDIT, 0)
        assert database.applied == []


class TestWindow:
    def test_is_open_until_its_last_instant(self) -> None:
        facts = cancellation_facts()
        check_cancellable(facts, now=facts.free_cancel_until)
        with pytest.raises(LateCancellationError) as caught:
            check_cancellable(facts, now=facts.free_cancel_until + timedelta(microseconds=1))
        assert caught.value.parameters == {
            "enrollment_id": facts.enrollment_id,
            "window_minutes": 120,
            "free_cancel_until": facts.free_cancel_until,
        }

    def test_of_no_length_is_open_until_the_start(self) -> None:
        facts = cancellation_facts(free_cancel_until=cancellation_facts().starts_at)
        check_cancellable(facts, now=facts.starts_at)
        with pytest.raises(LateCancellationError):
            check_cancellable(facts, now=facts.starts_at + timedelta(microseconds=1))


class TestRefusals:
    @pytest.mark.parametrize(
        "over",
        [
            {"status": EnrollmentStatus.NO_SHOW},
            {"status": EnrollmentStatus.HELD},
            {"attended_at": NOW},
            *({"session_status": status} for status in SessionStatus if status.value not in {"SCHEDULED", "CHECKING_IN"}),
        ],
        ids=str,
    )
    async def test_of_what_is_over_keep_nothing(self, over: dict[str, Any]) -> None:
        facts = cancellation_facts(**over)
        database = FakeDatabase(facts)
        with pytest.raises(NotCancellableError):
            await cancel(database, facts)
        assert database.applied == []

    async def test_of_a_late_one_keep_nothing(self) -> None:
        database = FakeDatabase(cancellation_facts())
        with pytest.raises(LateCancellationError):
            await cancel(database, cancellation_facts(), now=cancellation_facts().starts_at)
        assert database.applied == []

    @pytest.mark.parametrize(
        ("actor", "refusal"),
        [
            (OTHER_STUDENT, NotFoundError),
            (Actor(STUDENT.center_id, STUDENT.person_id, Role.STAFF), NotPermittedError),
            (Actor(STUDENT.center_id, STUDENT.person_id, Role.ADMIN), NotPermittedError),
            (Actor(STUDENT.center_id, STUDENT.person_id, None), NotPermittedError),
            (Actor(STUDENT.center_id, STUDENT.person_id, Role.STUDENT, is_blocked=True), NotPermittedError),
        ],
    )
    async def test_of_who_may_not_keep_nothing(self, actor: Actor, refusal: type[RefusalError]) -> None:
        database = FakeDatabase(cancellation_facts())
        with pytest.raises(refusal):
            await cancel(database, cancellation_facts(), actor=actor)
        assert database.applied == []

    async def test_of_what_is_not_there(self) -> None:
        with pytest.raises(NotFoundError):
            await cancel(FakeDatabase(), cancellation_facts())
