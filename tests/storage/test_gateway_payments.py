"""Money from outside: what is asked for, what arrives, and every way in which a report of it can be wrong."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.enrollments.model import EnrollmentStatus
from domain.errors import (
    AlreadyEnrolledError,
    InvalidInputError,
    NotFoundError,
    PaymentGatewayError,
    SeatNotHoldableError,
    TermsChangedError,
    TooManySeatsHeldError,
)
from domain.finance.gateway import ForgedReportError, GatewayDownError, GatewayOutcomeUnknownError
from domain.finance.gateway_model import GatewayEffect
from domain.finance.paying import SeatFor, TopUp, package_of, seat_of
from domain.ids import PaymentId, new_id
from storage.audit import audit
from tests.builders.gateway import Till
from tests.cast import Cast
from tests.conversations.ledger import seats, seats_taken
from tests.factories import sql_id


@pytest.fixture
async def till(cast: Cast) -> AsyncIterator[Till]:
    till = Till(cast.world)
    yield till
    assert await audit(cast.world.database) == []


class TestAsking:
    async def test_writes_it_down_before_the_gateway_is_asked(self, cast: Cast, till: Till) -> None:
        till.gateway.failures = [GatewayDownError()]
        payment_id = PaymentId(new_id())
        with pytest.raises(PaymentGatewayError):
            await till.start(cast.poor, TopUp(5_000), payment_id=payment_id)
        again = await till.start(cast.poor, TopUp(5_000), payment_id=payment_id)
        assert again.checkout_url is not None
        assert len({reference for _, reference, _ in till.gateway.asked}) == 2

    async def test_twice_with_one_button_asks_once(self, cast: Cast, till: Till) -> None:
        payment_id = PaymentId(new_id())
        first = await till.start(cast.poor, TopUp(5_000), payment_id=payment_id)
        second = await till.start(cast.poor, TopUp(5_000), payment_id=payment_id)
        assert (first.order_id, len(till.gateway.asked)) == (second.order_id, 1)

    async def test_with_somebody_elses_button_finds_nothing(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        with pytest.raises(NotFoundError):
            await till.start(cast.member, TopUp(10_000), payment_id=order.payment_id)
        with pytest.raises(NotFoundError):
            await till.drop(cast.member, order)

    @pytest.mark.parametrize("amount_minor", [0, -1, 10_000_001])
    async def test_for_an_amount_that_nobody_means_is_refused(self, cast: Cast, till: Till, amount_minor: int) -> None:
        with pytest.raises(InvalidInputError):
            await till.top_up(cast.poor, amount_minor)

    async def test_holds_a_seat_until_the_link_ends(self, cast: Cast, till: Till) -> None:
        order = await till.pay_and_book(cast.poor, cast.session)
        assert order.expires_at == cast.world.clock.now() + timedelta(minutes=15)
        assert await seats_taken(cast.world.database, cast.session.id) == 2
        with pytest.raises(AlreadyEnrolledError):
            await till.pay_and_book(cast.poor, cast.session)

    async def test_holds_no_seat_when_cancelling_would_cost(self, cast: Cast, till: Till) -> None:
        cast.world.clock.set(cast.session.starts_at - timedelta(minutes=120))
        with pytest.raises(SeatNotHoldableError):
            await till.pay_and_book(cast.poor, cast.session)

    async def test_holds_a_few_seats_of_one_person_at_most(self, cast: Cast, till: Till) -> None:
        for day in range(2, 5):
            await till.pay_and_book(cast.poor, await cast.world.add_session(cast.taught, starts_in=timedelta(days=day)))
        with pytest.raises(TooManySeatsHeldError):
            await till.pay_and_book(cast.poor, cast.session)

    async def test_for_a_seat_that_the_wallet_can_pay_asks_to_look_again(self, cast: Cast, till: Till) -> None:
        with pytest.raises(TermsChangedError):
            await till.start(cast.member, SeatFor(cast.session.id, await till.terms(cast.member, cast.session)))

    async def test_keeps_nothing_of_what_is_refused(self, cast: Cast, till: Till) -> None:
        await till.give_phone(cast.staff)
        with pytest.raises(Exception, match="not_permitted"):
            await till.top_up(cast.staff)
        assert till.gateway.asked == []


class TestPaid:
    async def test_tops_the_wallet_up(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        await till.paid(order)
        assert await till.wallet(cast.poor) == (10_000, 0)
        assert await till.status(order) == ("COMPLETED", 0)

    async def test_buys_the_package_in_the_same_transaction(self, cast: Cast, till: Till) -> None:
        order = await till.start(cast.poor, await till.offer(cast.taught))
        await till.paid(order)
        assert await till.wallet(cast.poor) == (0, 0)
        async with till.units() as work:
            bought = await work.gateway.find_package(
                center_id=cast.world.center_id, student_package_id=package_of(order.payment_id)
            )
        assert bought is not None
        assert bought.credits_left == 4

    async def test_books_the_seat_in_the_same_transaction(self, cast: Cast, till: Till) -> None:
        order = await till.pay_and_book(cast.poor, cast.session)
        await till.paid(order)
        assert await till.wallet(cast.poor) == (8_000, 8_000)
        found = await seats(cast.world.database, cast.session.id)
        assert (cast.poor.id, "LOCKED", "WALLET") in found

    async def test_is_followed_by_the_usual_cancelling(self, cast: Cast, till: Till) -> None:
        order = await till.pay_and_book(cast.poor, cast.session)
        await till.paid(order)
        await cast.world.cancel(cast.poor, seat_of(order.payment_id))
        assert await till.wallet(cast.poor) == (8_000, 0)

    async def test_stays_in_the_wallet_where_the_package_changed(self, cast: Cast, till: Till) -> None:
        wanted = await till.offer(cast.taught)
        order = await till.start(cast.poor, wanted)
        await cast.world.database.execute(
            f"UPDATE class_packages SET price_minor = 29000 WHERE id = '{sql_id(wanted.class_package_id)}'"
        )
        await till.paid(order)
        assert await till.wallet(cast.poor) == (28_000, 0)
        assert await till.status(order) == ("COMPLETED", 0)

    async def test_stays_in_the_wallet_where_the_seat_has_lapsed(self, cast: Cast, till: Till) -> None:
        order = await till.pay_and_book(cast.poor, cast.session)
        cast.world.clock.advance(timedelta(minutes=15))
        await till.paid(order)
        assert await till.wallet(cast.poor) == (8_000, 0)
        assert await seats_taken(cast.world.database, cast.session.id) == 1

    async def test_stays_in_the_wallet_where_the_class_was_moved(self, cast: Cast, till: Till) -> None:
        order = await till.pay_and_book(cast.poor, cast.session)
        later = (cast.session.starts_at + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        ends = (cast.session.starts_at + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        await cast.world.database.execute(
            f"UPDATE sessions SET starts_at = '{later}', ends_at = '{ends}' WHERE id = '{sql_id(cast.session.id)}'"
        )
        await till.paid(order)
        assert await till.wallet(cast.poor) == (8_000, 0)
        assert await seats_taken(cast.world.database, cast.session.id) == 1

    async def test_goes_to_the_wallet_of_whoever_the_payer_became(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        await cast.world.database.execute(
            f"UPDATE people SET merged_into_id = '{sql_id(cast.member.id)}' WHERE id = '{sql_id(cast.poor.id)}'"
        )
        await till.paid(order)
        assert await till.wallet(cast.member) == (40_000, 0)


class TestForged:
    async def test_is_not_even_kept(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        with pytest.raises(ForgedReportError):
            await till.hears(till.transaction(order), signature="0" * 128)
        assert (await till.outcomes(), await till.wallet(cast.poor)) == ([], (0, 0))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"amount_cents": 10_001},
            {"amount_cents": 9_999},
            {"currency": "USD"},
            {"integration_id": 12},
            {"owner": 78},
        ],
    )
    async def test_or_mistaken_moves_no_money_and_is_shown_to_admins(
        self, cast: Cast, till: Till, wrong: dict[str, object]
    ) -> None:
        order = await till.top_up(cast.poor)
        await till.paid(order, **wrong)
        assert (await till.outcomes(), await till.alerts()) == (["MISMATCH"], ["GATEWAY_MISMATCH"])
        assert (await till.wallet(cast.poor), await till.status(order)) == ((0, 0), ("PENDING", 0))

    async def test_of_another_shape_moves_no_money(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        await till.paid(order, amount_cents=1_000, created_at="02026-11-23T10:00:00")
        assert (await till.outcomes(), await till.alerts()) == (["UNREADABLE"], ["GATEWAY_UNREADABLE"])
        assert await till.wallet(cast.poor) == (0, 0)

    async def test_reference_in_a_genuine_report_is_not_looked_at(self, cast: Cast, till: Till) -> None:
        mine, theirs = await till.top_up(cast.poor), await till.top_up(cast.member)
        said = till.transaction(mine)
        said["order"] = {**said["order"], "merchant_order_id": theirs.reference}
        await till.hears(said)
        assert (await till.wallet(cast.poor), await till.wallet(cast.member)) == ((10_000, 0), (30_000, 0))

    async def test_flags_that_are_not_signed_are_not_looked_at(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        await till.paid(order, is_refund=True, refunded_amount_cents=10_000, parent_transaction=5, is_void=True)
        assert await till.wallet(cast.poor) == (10_000, 0)

    async def test_order_of_nobody_is_shown_to_admins_in_the_end(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        await till.keeps(till.transaction(order, order={"id": 1}))
        for _ in range(6):
            await till.process()
        assert (await till.outcomes(), await till.alerts()) == (["UNKNOWN_ORDER"], ["GATEWAY_UNKNOWN_ORDER"])


class TestRepeated:
    async def test_report_is_kept_once(self, cast: Cast, till: Till) -> None:
        said = till.transaction(await till.top_up(cast.poor))
        assert [await till.hears(said), await till.hears(said)] == [True, False]
        assert await till.wallet(cast.poor) == (10_000, 0)

    async def test_transaction_in_other_words_counts_once(self, cast: Cast, till: Till) -> None:
        said = till.transaction(await till.top_up(cast.poor))
        await till.hears(said)
        await till.hears({**said, "updated_at": "later"})
        assert await till.outcomes() == ["PAID", "ALREADY"]
        assert await till.wallet(cast.poor) == (10_000, 0)

    async def test_ten_at_once_count_once(self, cast: Cast, till: Till) -> None:
        order = await till.start(cast.poor, await till.offer(cast.taught))
        said = till.transaction(order)
        await asyncio.gather(*(till.keeps({**said, "attempt": number}) for number in range(10)))
        await asyncio.gather(*(till.process_what_is_due() for _ in range(10)))
        await till.process()
        assert sorted(map(str, await till.outcomes())) == ["ALREADY"] * 9 + ["PAID"]
        assert (await till.wallet(cast.poor), await till.status(order)) == ((0, 0), ("COMPLETED", 0))

    async def test_payment_is_the_customers_money(self, cast: Cast, till: Till) -> None:
        order = await till.start(cast.poor, await till.offer(cast.taught))
        await till.paid(order)
        await till.paid(order)
        assert (await till.wallet(cast.poor), await till.alerts()) == ((28_000, 0), ["GATEWAY_PAID_TWICE"])


class TestOrderOfReports:
    async def test_success_after_a_failure_counts(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        await till.paid(order, success=False)
        assert await till.status(order) == ("PENDING", 0)
        await till.paid(order)
        assert await till.status(order) == ("COMPLETED", 0)

    async def test_failure_after_a_success_changes_nothing(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        await till.paid(order)
        await till.paid(order, success=False)
        assert (await till.status(order), await till.wallet(cast.poor)) == (("COMPLETED", 0), (10_000, 0))

    async def test_pending_after_the_success_of_the_same_transaction_changes_nothing(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        said = await till.paid(order)
        await till.hears({**said, "pending": True, "success": False})
        assert (await till.outcomes(), await till.status(order)) == (["PAID", "PENDING"], ("COMPLETED", 0))

    @pytest.mark.parametrize("flags", [{"is_auth": True}, {"error_occured": True}])
    async def test_only_authorised_or_in_error_is_no_payment(self, cast: Cast, till: Till, flags: dict[str, bool]) -> None:
        order = await till.top_up(cast.poor)
        await till.paid(order, **flags)
        assert (await till.status(order), await till.wallet(cast.poor)) == (("PENDING", 0), (0, 0))

    async def test_refund_before_its_payment_waits_for_it(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        await till.keeps(till.transaction(order, has_parent_transaction=True, amount_cents=4_000))
        await till.process()
        assert await till.outcomes() == [None]
        await till.paid(order)
        await till.process()
        assert await till.wallet(cast.poor) == (6_000, 0)
        assert await till.status(order) == ("COMPLETED", 4_000)


class TestLost:
    async def test_report_is_made_up_for_by_asking(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        said = till.transaction(order)
        till.finds(said, till.transaction(order, success=False))
        await till.sweep()
        assert await till.wallet(cast.poor) == (0, 0)
        cast.world.clock.advance(timedelta(minutes=3))
        await till.sweep()
        assert await till.wallet(cast.poor) == (10_000, 0)
        await till.hears(said)
        assert await till.wallet(cast.poor) == (10_000, 0)

    async def test_report_is_asked_for_before_the_payment_expires(self, cast: Cast, till: Till) -> None:
        order = await till.pay_and_book(cast.poor, cast.session)
        cast.world.clock.advance(timedelta(minutes=14))
        await till.sweep()
        till.finds(till.transaction(order))
        cast.world.clock.advance(timedelta(minutes=1))
        await till.sweep()
        assert await till.status(order) == ("COMPLETED", 0)

    async def test_gateway_is_asked_on_until_a_day_after_the_end(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        for _ in range(30 * 4):
            cast.world.clock.advance(timedelta(minutes=15))
            await till.sweep()
        inquiries = [each for each in till.gateway.asked if each[0] == "inquire"]
        assert 26 <= len(inquiries) <= 30
        assert await till.status(order) == ("CANCELLED", 0)

    async def test_answers_of_the_gateway_are_asked_for_again(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        till.finds(till.transaction(order))
        till.gateway.failures = [GatewayOutcomeUnknownError()]
        cast.world.clock.advance(timedelta(minutes=3))
        await till.sweep()
        cast.world.clock.advance(timedelta(minutes=7))
        await till.sweep()
        assert await till.wallet(cast.poor) == (10_000, 0)


class TestExpired:
    async def test_lets_the_seat_go_once(self, cast: Cast, till: Till) -> None:
        order = await till.pay_and_book(cast.poor, cast.session)
        cast.world.clock.advance(timedelta(minutes=15))
        await asyncio.gather(till.sweep(), till.sweep())
        assert await till.status(order) == ("CANCELLED", 0)
        assert await seats_taken(cast.world.database, cast.session.id) == 1

    async def test_is_failed_where_it_was_tried(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        await till.paid(order, success=False)
        cast.world.clock.advance(timedelta(minutes=60))
        await till.sweep()
        assert await till.status(order) == ("FAILED", 0)

    @pytest.mark.parametrize("ended", ["dropped", "expired"])
    async def test_and_paid_all_the_same_is_in_the_wallet(self, cast: Cast, till: Till, ended: str) -> None:
        order = await till.pay_and_book(cast.poor, cast.session)
        if ended == "dropped":
            await till.drop(cast.poor, order)
        cast.world.clock.advance(timedelta(minutes=15))
        await till.sweep()
        await till.paid(order)
        assert (await till.wallet(cast.poor), await till.alerts()) == ((8_000, 0), ["GATEWAY_PAID_LATE"])
        assert await till.status(order) == ("CANCELLED", 0)

    async def test_and_paid_at_that_instant_is_one_of_both(self, cast: Cast, till: Till) -> None:
        order = await till.pay_and_book(cast.poor, cast.session)
        await till.keeps(till.transaction(order))
        await asyncio.gather(till.drop(cast.poor, order), till.process_what_is_due(), return_exceptions=True)
        await till.process()
        balance, locked = await till.wallet(cast.poor)
        statuses = {
            status for person, status, _ in await seats(cast.world.database, cast.session.id) if person == cast.poor.id
        }
        assert balance == 8_000
        assert (locked, statuses) in [(8_000, {EnrollmentStatus.LOCKED}), (0, {EnrollmentStatus.CANCELLED})]


class TestEffects:
    async def test_are_unique_for_ever(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        said = await till.paid(order)
        facts = await till.facts(order)
        assert facts.has(str(said["id"]), GatewayEffect.PAID)
        cast.world.clock.advance(timedelta(days=400))
        await till.hears({**said, "again": True})
        assert await till.wallet(cast.poor) == (10_000, 0)
