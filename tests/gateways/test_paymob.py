"""The adapter against the sandbox's Paymob, which is stricter than the real one, and against its troubles."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.gateways.breaker import CircuitBreaker
from bot.gateways.paymob import PaymobGateway, PaymobKeys
from bot.gateways.paymob_reports import PaymobReports
from bot.sandbox import MovableClock, PaymobAccount, RunningSandbox, Sandbox, run_sandbox
from domain.finance.gateway import (
    CheckoutRequest,
    GatewayDownError,
    GatewayOutcomeUnknownError,
    GatewayRefusedError,
    Payer,
)
from tests.sandbox.clients import Driver

ACCOUNT = PaymobAccount()
REQUEST = CheckoutRequest("key-1", "reference-1", 8_000, "EGP", "Ballet I", Payer("Mona Adel", "+201001234567", "en"), 900)
READER = PaymobReports(ACCOUNT.hmac_secret, frozenset(ACCOUNT.integration_ids), ACCOUNT.owner)


@pytest.fixture
async def running() -> AsyncIterator[RunningSandbox]:
    async with run_sandbox(Sandbox(token="1:x", clock=MovableClock(), paymob=ACCOUNT)) as running:
        yield running


@pytest.fixture
async def driver(running: RunningSandbox) -> AsyncIterator[Driver]:
    async with aiohttp.ClientSession() as session:
        yield Driver(session, running.url)


def keys(url: str) -> PaymobKeys:
    base = f"{url}/paymob"
    account = ACCOUNT
    return PaymobKeys(
        base,
        f"{base}/unifiedcheckout/",
        account.secret_key,
        account.public_key,
        account.api_key,
        account.integration_ids,
        lambda: "https://classes.example.com",
    )


@pytest.fixture
async def paymob(running: RunningSandbox) -> AsyncIterator[PaymobGateway]:
    async with PaymobGateway(keys(running.url)) as gateway:
        yield gateway


async def fault(driver: Driver, kind: str, **rule: Any) -> None:
    await driver.post("paymob/faults", 201, kind=kind, **rule)


class TestCheckout:
    async def test_has_an_address_and_the_order_that_is_paid(self, paymob: PaymobGateway, driver: Driver) -> None:
        checkout = await paymob.create_checkout(REQUEST)
        order = await driver.get(f"paymob/orders/{checkout.order_id}")
        assert (order["amount_cents"], order["currency"], order["special_reference"]) == (8_000, "EGP", "reference-1")
        assert checkout.url is not None
        assert order["client_secret"] in checkout.url

    async def test_is_tried_again_where_paymob_stumbles(self, paymob: PaymobGateway, driver: Driver) -> None:
        await fault(driver, "server_error", calls=["intention"], count=2)
        assert (await paymob.create_checkout(REQUEST)).order_id

    async def test_gives_up_in_the_end(self, paymob: PaymobGateway, driver: Driver) -> None:
        await fault(driver, "server_error", calls=["intention"])
        with pytest.raises((GatewayOutcomeUnknownError, GatewayDownError)):
            await paymob.create_checkout(REQUEST)
        assert len((await driver.get("paymob/calls"))["calls"]) == 3

    async def test_is_refused_with_the_name_of_what_is_wrong(self, running: RunningSandbox, paymob: PaymobGateway) -> None:
        await paymob.create_checkout(REQUEST)
        with pytest.raises(GatewayRefusedError) as caught:
            await paymob.create_checkout(REQUEST)
        assert caught.value.args == (400, "special_reference")

    async def test_nobody_answers_is_down(self) -> None:
        async with PaymobGateway(keys("http://127.0.0.1:9")) as gateway:
            with pytest.raises(GatewayDownError):
                await gateway.create_checkout(REQUEST)


class TestInquiry:
    async def test_reads_every_attempt_as_its_callbacks_are_read(self, paymob: PaymobGateway, driver: Driver) -> None:
        order_id = (await paymob.create_checkout(REQUEST)).order_id
        await driver.post(f"paymob/orders/{order_id}/pay", 200)
        await driver.post(f"paymob/orders/{order_id}/decline", 200)
        said = [READER.read(report.body) for report in await paymob.inquire(order_id)]
        assert [(each.order_id, each.is_success, each.doubt) for each in said] == [
            (order_id, True, None),
            (order_id, False, None),
        ]

    async def test_renews_a_token_that_has_ended(self, running: RunningSandbox, driver: Driver) -> None:
        async with PaymobGateway(keys(running.url)) as gateway:
            order_id = (await gateway.create_checkout(REQUEST)).order_id
            await gateway.inquire(order_id)
            await driver.post("clock", 200, advance_minutes=61)
            assert await gateway.inquire(order_id) == ()
        calls = [call["method"] for call in (await driver.get("paymob/calls"))["calls"]]
        assert calls.count("token") == 2


class TestRefund:
    async def test_is_told_by_its_own_transaction(self, paymob: PaymobGateway, driver: Driver) -> None:
        order_id = (await paymob.create_checkout(REQUEST)).order_id
        paid = (await driver.post(f"paymob/orders/{order_id}/pay", 200))["transaction_ids"][-1]
        refund_id = await paymob.refund(str(paid), amount_minor=3_000)
        reports = [READER.read(report.body) for report in await paymob.inquire(order_id)]
        assert [(each.id, each.amount_minor) for each in reports if each.has_parent] == [(refund_id, 3_000)]

    async def test_that_is_too_much_is_refused(self, paymob: PaymobGateway, driver: Driver) -> None:
        order_id = (await paymob.create_checkout(REQUEST)).order_id
        paid = (await driver.post(f"paymob/orders/{order_id}/pay", 200))["transaction_ids"][-1]
        with pytest.raises(GatewayRefusedError):
            await paymob.refund(str(paid), amount_minor=8_001)

    async def test_is_asked_once_whatever_comes_of_it(self, paymob: PaymobGateway, driver: Driver) -> None:
        order_id = (await paymob.create_checkout(REQUEST)).order_id
        paid = (await driver.post(f"paymob/orders/{order_id}/pay", 200))["transaction_ids"][-1]
        await fault(driver, "drop", calls=["refund"], after_work=True)
        with pytest.raises(GatewayOutcomeUnknownError):
            await paymob.refund(str(paid), amount_minor=8_000)
        calls = [call["method"] for call in (await driver.get("paymob/calls"))["calls"]]
        assert calls.count("refund") == 1

    async def test_of_the_same_day_can_be_a_void(self, paymob: PaymobGateway, driver: Driver) -> None:
        order_id = (await paymob.create_checkout(REQUEST)).order_id
        paid = (await driver.post(f"paymob/orders/{order_id}/pay", 200))["transaction_ids"][-1]
        assert await paymob.void(str(paid))


class TestBreaker:
    def test_opens_after_failures_in_a_row_and_lets_one_call_look(self) -> None:
        seconds = [0.0]
        breaker = CircuitBreaker(failures=2, open_seconds=10, monotonic=lambda: seconds[0])
        breaker.note_failure()
        assert breaker.admit()
        breaker.note_failure()
        assert not breaker.admit()
        seconds[0] = 10.0
        assert (breaker.admit(), breaker.admit()) == (True, False)
        breaker.note_success()
        assert breaker.admit()

    async def test_keeps_calls_away_from_a_gateway_that_is_down(self, running: RunningSandbox, driver: Driver) -> None:
        await fault(driver, "server_error")
        async with PaymobGateway(keys(running.url), breaker=CircuitBreaker(failures=3)) as gateway:
            for _ in range(5):
                with pytest.raises((GatewayDownError, GatewayOutcomeUnknownError)):
                    await gateway.create_checkout(REQUEST)
        assert len((await driver.get("paymob/calls"))["calls"]) == 3
