"""Money that goes back: asked for by an admin, made at the gateway behind our back, or refused."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.errors import NotFoundError, NotPermittedError, NotRefundableError, RefundTooLargeError
from domain.finance.gateway import GatewayDownError, GatewayOutcomeUnknownError, GatewayRefusedError
from domain.finance.gateway_model import Gateway, RefundStatus
from domain.finance.gateway_ports import OrderRow
from domain.finance.paying import package_of
from domain.finance.refunding import SettleRefundByHand
from domain.ids import RefundId, new_id
from domain.packages.refunding import RefundPackage
from storage.audit import audit
from tests.builders.gateway import Till
from tests.cast import Cast


@pytest.fixture
async def till(cast: Cast) -> AsyncIterator[Till]:
    till = Till(cast.world)
    yield till
    assert await audit(cast.world.database) == []


@pytest.fixture
async def paid(cast: Cast, till: Till) -> OrderRow:
    """EGP 100 that somebody with nothing else paid in, yesterday: it is settled, and cannot be voided."""
    order = await till.top_up(cast.poor)
    await till.paid(order)
    cast.world.clock.advance(timedelta(days=1))
    return order


class TestRefund:
    async def test_is_held_while_the_gateway_is_asked_and_then_gone(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        await till.refund(cast.admin, paid, 4_000)
        assert (await till.wallet(cast.poor), await till.status(paid)) == ((6_000, 0), ("COMPLETED", 0))
        assert await audit(cast.world.database) == []
        await till.sweep()
        assert (await till.wallet(cast.poor), await till.status(paid)) == ((6_000, 0), ("COMPLETED", 4_000))

    async def test_of_the_whole_ends_the_payment(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        await till.refund(cast.admin, paid, 10_000)
        await till.sweep()
        assert (await till.wallet(cast.poor), await till.status(paid)) == ((0, 0), ("REFUNDED", 10_000))

    async def test_twice_with_one_button_is_asked_once(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        refund_id = await till.refund(cast.admin, paid, 4_000)
        await till.refund(cast.admin, paid, 4_000, refund_id=refund_id)
        await asyncio.gather(till.sweep(), till.sweep())
        assert [each for each in till.gateway.asked if each[0] == "refund"] == [("refund", "1000", 4_000)]

    async def test_reported_before_it_is_answered_counts_once(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        till.gateway.failures = [GatewayOutcomeUnknownError()]
        await till.refund(cast.admin, paid, 4_000)
        await till.sweep()
        child = till.transaction(paid, has_parent_transaction=True, amount_cents=4_000)
        await till.hears(child)
        await till.hears({**child, "again": True})
        assert (await till.wallet(cast.poor), await till.status(paid)) == ((6_000, 0), ("COMPLETED", 4_000))
        assert await till.alerts() == []

    async def test_of_today_is_a_void(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        said = await till.paid(order)
        await till.refund(cast.admin, order, 10_000)
        await till.sweep()
        await till.hears({**said, "is_voided": True})
        assert [each[0] for each in till.gateway.asked] == ["checkout", "void"]
        assert (await till.wallet(cast.poor), await till.status(order)) == ((0, 0), ("REFUNDED", 10_000))

    async def test_of_today_that_cannot_be_voided_is_refunded(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        await till.paid(order)
        till.gateway.failures = [GatewayRefusedError(400, "only cards")]
        await till.refund(cast.admin, order, 10_000)
        await till.sweep()
        assert [each[0] for each in till.gateway.asked] == ["checkout", "void", "refund"]
        assert await till.status(order) == ("REFUNDED", 10_000)


class TestRefusedRefund:
    @pytest.mark.parametrize("amount_minor", [0, -5, 10_001])
    async def test_is_of_no_more_than_is_left(self, cast: Cast, till: Till, paid: OrderRow, amount_minor: int) -> None:
        with pytest.raises(RefundTooLargeError):
            await till.refund(cast.admin, paid, amount_minor)

    async def test_is_of_no_more_than_the_wallet_has(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        await cast.world.book(cast.poor, await cast.world.add_session(cast.taught))
        with pytest.raises(RefundTooLargeError) as caught:
            await till.refund(cast.admin, paid, 2_001)
        assert caught.value.most_minor == 2_000

    async def test_is_one_while_another_is_open(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        await till.refund(cast.admin, paid, 1_000)
        with pytest.raises(NotRefundableError):
            await till.refund(cast.admin, paid, 1_000)
        await till.sweep()

    async def test_is_nobodys_but_the_admins_of_the_center(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        for person in (cast.poor, cast.staff, cast.blocked):
            with pytest.raises(NotPermittedError):
                await till.refund(person, paid, 1_000)
        with pytest.raises(NotFoundError):
            await till.refund(await cast.elsewhere.add_admin(), paid, 1_000)

    async def test_by_the_gateway_leaves_the_money_in_the_wallet(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        till.gateway.failures = [GatewayRefusedError(400, "Insufficient balance")]
        await till.refund(cast.admin, paid, 4_000)
        await till.sweep()
        assert (await till.wallet(cast.poor), await till.status(paid)) == ((10_000, 0), ("COMPLETED", 0))
        assert await till.alerts() == ["GATEWAY_REFUND_REFUSED"]


class TestUnansweredRefund:
    async def test_is_asked_for_later_where_nobody_was_there(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        till.gateway.failures = [GatewayDownError()]
        await till.refund(cast.admin, paid, 4_000)
        await till.sweep()
        cast.world.clock.advance(timedelta(minutes=1))
        await till.sweep()
        assert await till.status(paid) == ("COMPLETED", 4_000)

    async def test_is_looked_for_and_never_asked_again(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        till.gateway.failures = [GatewayOutcomeUnknownError()]
        await till.refund(cast.admin, paid, 4_000)
        await till.sweep()
        till.finds(till.transaction(paid, has_parent_transaction=True, amount_cents=4_000))
        cast.world.clock.advance(timedelta(minutes=3))
        await till.sweep()
        assert await till.status(paid) == ("COMPLETED", 4_000)
        assert len([each for each in till.gateway.asked if each[0] == "refund"]) == 1

    async def test_that_is_not_found_was_not_made(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        till.gateway.failures = [GatewayOutcomeUnknownError()]
        await till.refund(cast.admin, paid, 4_000)
        for _ in range(90):
            await till.sweep()
            cast.world.clock.advance(timedelta(minutes=1))
        assert (await till.wallet(cast.poor), await till.status(paid)) == ((10_000, 0), ("COMPLETED", 0))
        assert len([each for each in till.gateway.asked if each[0] == "refund"]) == 1
        facts = await till.facts(paid)
        assert [each.status for each in facts.refunds] == [RefundStatus.REFUSED]

    async def test_is_not_given_up_while_the_gateway_is_down(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        till.gateway.failures = [GatewayOutcomeUnknownError(), *(GatewayDownError() for _ in range(200))]
        await till.refund(cast.admin, paid, 4_000)
        for _ in range(90):
            await till.sweep()
            cast.world.clock.advance(timedelta(minutes=1))
        facts = await till.facts(paid)
        assert [each.status for each in facts.refunds] == [RefundStatus.ASKED]


class TestBehindOurBack:
    async def test_takes_what_the_wallet_has_and_the_rest_is_a_loss(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        await cast.world.book(cast.poor, await cast.world.add_session(cast.taught))
        await till.paid(paid, has_parent_transaction=True)
        assert (await till.wallet(cast.poor), await till.status(paid)) == ((8_000, 8_000), ("REFUNDED", 10_000))
        assert await till.alerts() == ["GATEWAY_TAKEN_BACK"]

    async def test_void_is_known_by_either_of_its_reports(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        said = await till.paid(order)
        await till.keeps({**said, "is_voided": True})
        await till.process()
        assert await till.wallet(cast.poor) == (10_000, 0)
        await till.paid(order, has_parent_transaction=True)
        await till.process()
        assert (await till.wallet(cast.poor), await till.status(order)) == ((0, 0), ("REFUNDED", 10_000))

    async def test_void_without_its_own_transaction_counts_in_the_end(self, cast: Cast, till: Till) -> None:
        order = await till.top_up(cast.poor)
        said = await till.paid(order)
        await till.keeps({**said, "is_voided": True})
        for _ in range(6):
            await till.process()
        await till.paid(order, has_parent_transaction=True)
        assert (await till.wallet(cast.poor), await till.status(order)) == ((0, 0), ("REFUNDED", 10_000))

    async def test_void_of_what_was_never_counted_ends_the_payment(self, cast: Cast, till: Till) -> None:
        order = await till.pay_and_book(cast.poor, cast.session)
        await till.paid(order, is_voided=True)
        assert (await till.wallet(cast.poor), await till.status(order)) == ((0, 0), ("CANCELLED", 0))

    async def test_refund_of_a_duplicate_leaves_the_payment_valid(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        await till.paid(paid)
        await till.refund(cast.admin, paid, 10_000)
        cast.world.clock.advance(timedelta(days=1))
        await till.sweep()
        assert (await till.wallet(cast.poor), await till.status(paid)) == ((10_000, 0), ("COMPLETED", 0))

    async def test_more_than_came_is_shown_to_admins(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        await till.keeps(till.transaction(paid, has_parent_transaction=True, amount_cents=10_001))
        for _ in range(6):
            await till.process()
        assert (await till.wallet(cast.poor), await till.alerts()) == ((10_000, 0), ["GATEWAY_MISMATCH"])

    async def test_five_at_once_take_it_back_once(self, cast: Cast, till: Till, paid: OrderRow) -> None:
        child = till.transaction(paid, has_parent_transaction=True)
        for number in range(5):
            await till.keeps({**child, "attempt": number})
        await asyncio.gather(*(till.process_what_is_due() for _ in range(5)))
        await till.process()
        assert (await till.wallet(cast.poor), await till.status(paid)) == ((0, 0), ("REFUNDED", 10_000))


class TestPackageRefund:
    async def test_goes_to_the_wallet_and_from_there_to_the_card(self, cast: Cast, till: Till) -> None:
        order = await till.start(cast.poor, await till.offer(cast.taught))
        await till.paid(order)
        booked = await cast.world.book(cast.poor, cast.session)
        with pytest.raises(RefundTooLargeError):
            await till.refund(cast.admin, order, 21_000)
        refund = RefundPackage(till.units, cast.world.clock)
        refunded = await refund(
            actor=cast.admin.actor, student_package_id=package_of(order.payment_id), reason="Moved away"
        )
        assert (refunded, await till.wallet(cast.poor)) == (21_000, (21_000, 0))
        await till.refund(cast.admin, order, 21_000)
        await till.sweep()
        assert (await till.wallet(cast.poor), await till.status(order)) == ((0, 0), ("COMPLETED", 21_000))
        await cast.world.cancel(cast.poor, booked.id)
        assert await till.wallet(cast.poor) == (7_000, 0)

    async def test_is_made_once(self, cast: Cast, till: Till) -> None:
        refund = RefundPackage(till.units, cast.world.clock)
        await refund(actor=cast.admin.actor, student_package_id=cast.package_id, reason="Moved away")
        with pytest.raises(NotRefundableError):
            await refund(actor=cast.admin.actor, student_package_id=cast.package_id, reason="Moved away")

    async def test_is_an_admins(self, cast: Cast, till: Till) -> None:
        refund = RefundPackage(till.units, cast.world.clock)
        for person in (cast.owner, cast.staff):
            with pytest.raises(NotPermittedError):
                await refund(actor=person.actor, student_package_id=cast.package_id, reason="Moved away")
        with pytest.raises(NotFoundError):
            await refund(
                actor=(await cast.elsewhere.add_admin()).actor, student_package_id=cast.package_id, reason="Moved away"
            )


class TestByHand:
    @pytest.mark.parametrize(("said", "wallet", "refunded"), [("made", 6_000, 4_000), ("not made", 10_000, 0)])
    async def test_is_settled_by_what_the_admin_says(
        self, cast: Cast, till: Till, paid: OrderRow, said: str, wallet: int, refunded: int
    ) -> None:
        till.gateway.refunds_by_hand = True
        settle = SettleRefundByHand(till.units, cast.world.clock, {Gateway.PAYMOB: till.gateway})
        refund_id = await till.refund(cast.admin, paid, 4_000)
        await till.sweep()
        for _ in range(2):
            await settle(actor=cast.admin.actor, refund_id=refund_id, was_made=said == "made")
        assert (await till.wallet(cast.poor), await till.status(paid)) == ((wallet, 0), ("COMPLETED", refunded))
        with pytest.raises(NotFoundError):
            await settle(actor=cast.admin.actor, refund_id=RefundId(new_id()), was_made=True)
