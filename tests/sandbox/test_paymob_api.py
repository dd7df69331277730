"""Paymob's API: what it takes and refuses, and what it answers about payments."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox import RunningSandbox
from tests.sandbox.paymob_clients import ACCOUNT, BILLING, Merchant


async def test_intention_is_made(merchant: Merchant) -> None:
    status, body = await merchant.post("/v1/intention/", merchant.intention(payment_methods=[11, 12]))
    assert (status, body["status"]) == (201, "intended")
    assert body["id"].startswith("pi_")
    assert isinstance(body["intention_order_id"], int)
    assert [key["integration"] for key in body["payment_keys"]] == [11, 12]
    assert body["client_secret"] not in body["id"]


REQUIRED = {"This field is required."}


@pytest.mark.parametrize(
    ("changes", "path", "texts"),
    [
        ({"amount": None}, ["amount"], REQUIRED),
        ({"amount": "45000"}, ["amount"], {"A valid integer is required."}),
        ({"amount": 450.0}, ["amount"], {"A valid integer is required."}),
        ({"amount": True}, ["amount"], {"A valid integer is required."}),
        ({"amount": 0}, ["amount"], {"Ensure this value is greater than or equal to 1."}),
        ({"payment_methods": ["11"]}, ["payment_methods"], {"A valid integer is required."}),
        ({"payment_methods": []}, ["payment_methods"], {"This list may not be empty."}),
        ({"currency": "USD"}, ["currency"], None),
        ({"items": [{"name": "x" * 51, "amount": 45_000}]}, ["items", "name"], None),
        ({"items": [{"amount": 45_000}]}, ["items", "name"], REQUIRED),
        ({"items": [{"name": "x", "amount": 44_999}]}, ["items"], None),
        ({"items": [{"name": "x", "amount": 22_500, "quantity": 2}]}, ["items"], None),
        ({"billing_data": None}, ["billing_data"], REQUIRED),
        ({"billing_data": {"first_name": "Mona"}}, ["billing_data", "phone_number"], REQUIRED),
        ({"billing_data": BILLING | {"email": "mona"}}, ["billing_data", "email"], {"Enter a valid email address."}),
        ({"billing_data": BILLING | {"last_name": ""}}, ["billing_data", "last_name"], {"This field may not be blank."}),
        ({"special_reference": None}, ["special_reference"], REQUIRED),
        ({"expiration": -5}, ["expiration"], {"Ensure this value is greater than or equal to 1."}),
        ({"notification_url": "/hook"}, ["notification_url"], {"Enter a valid URL."}),
        ({"colour": "red"}, ["colour"], {"Unknown field."}),
    ],
)
async def test_refuses_an_intention_with_a_text_for_the_field(
    merchant: Merchant, changes: dict[str, Any], path: list[str], texts: set[str] | None
) -> None:
    status, body = await merchant.post("/v1/intention/", merchant.intention(**changes))
    assert status == 400
    for key in path:
        body = body[key]
    assert texts is None or set(body) == texts
    assert (await merchant.driver.get("paymob/orders"))["orders"] == []


async def test_integration_of_somebody_else_is_not_found(merchant: Merchant) -> None:
    status, body = await merchant.post("/v1/intention/", merchant.intention(payment_methods=[11, 99]))
    assert (status, list(body)) == (404, ["detail"])


async def test_reference_is_used_once(merchant: Merchant) -> None:
    request = merchant.intention()
    assert (await merchant.post("/v1/intention/", request))[0] == 201
    status, body = await merchant.post("/v1/intention/", request)
    assert (status, list(body)) == (400, ["special_reference"])


@pytest.mark.parametrize(
    "path", ["/v1/intention/", "/api/acceptance/void_refund/refund", "/api/acceptance/void_refund/void"]
)
@pytest.mark.parametrize("key", ["", "Token sk_tes", "Bearer sk_test", "sk_test"])
async def test_refuses_without_the_secret_key(merchant: Merchant, path: str, key: str) -> None:
    status, body = await merchant.post(path, merchant.intention(), key=key)
    assert (status, list(body)) == (401, ["detail"])


@pytest.mark.parametrize(
    ("content", "kind"), [(b"{", "application/json"), (b"[]", "application/json"), (b"a=b", "text/plain")]
)
async def test_refuses_what_is_no_json_object(
    running: RunningSandbox, http: aiohttp.ClientSession, content: bytes, kind: str
) -> None:
    headers = {"Content-Type": kind, "Authorization": f"Token {ACCOUNT.secret_key}"}
    async with http.post(f"{running.url}/paymob/v1/intention/", data=content, headers=headers) as response:
        assert response.status in {400, 415}


class TestInquiry:
    async def test_order_shows_every_attempt(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout()
        await merchant.act(order_id, "decline")
        await merchant.act(order_id, "pay")
        status, body = await merchant.get(f"/api/ecommerce/orders/{order_id}", await merchant.token())
        assert status == 200
        assert [attempt["success"] for attempt in body["transactions"]] == [False, True]
        assert (body["merchant_order_id"], body["paid_amount_cents"]) == ("payment-1", 45_000)

    async def test_amounts_under_data_are_in_pounds(self, merchant: Merchant) -> None:
        paid = await merchant.act(await merchant.checkout(), "pay")
        transaction_id = paid["transaction_ids"][0]
        status, body = await merchant.get(f"/api/acceptance/transactions/{transaction_id}", await merchant.token())
        assert (status, body["amount_cents"], body["data"]["amount"]) == (200, 45_000, 450.0)

    async def test_reference_finds_the_last_attempt(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout()
        key = f"Bearer {await merchant.token()}"
        ask = {"merchant_order_id": "payment-1"}
        assert (await merchant.post("/api/ecommerce/orders/transaction_inquiry", ask, key=key))[0] == 404
        paid = await merchant.act(order_id, "pay")
        _, body = await merchant.post("/api/ecommerce/orders/transaction_inquiry", ask, key=key)
        assert body["id"] == paid["transaction_ids"][0]

    @pytest.mark.parametrize(
        "path", ["/api/acceptance/transactions/5", "/api/ecommerce/orders/5", "/api/ecommerce/orders/x"]
    )
    async def test_unknown_is_not_found(self, merchant: Merchant, path: str) -> None:
        assert (await merchant.get(path, await merchant.token()))[0] == 404
        assert (await merchant.get(path, "wrong"))[0] == 401

    async def test_token_lasts_an_hour(self, merchant: Merchant) -> None:
        path, token = f"/api/ecommerce/orders/{await merchant.checkout()}", await merchant.token()
        await merchant.driver.post("clock", advance_minutes=59)
        assert (await merchant.get(path, token))[0] == 200
        await merchant.driver.post("clock", advance_minutes=2)
        assert (await merchant.get(path, token))[0] == 401

    async def test_token_needs_the_api_key(self, merchant: Merchant) -> None:
        assert (await merchant.post("/api/auth/tokens", {"api_key": "wrong"}))[0] == 401
        assert (await merchant.post("/api/auth/tokens", {}))[0] == 400


class TestRefund:
    async def refund(self, merchant: Merchant, transaction_id: int, amount_cents: Any) -> tuple[int, Any]:
        body = {"transaction_id": transaction_id, "amount_cents": amount_cents}
        return await merchant.post("/api/acceptance/void_refund/refund", body)

    async def test_parts_add_up_to_the_whole_and_no_more(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout()
        (paid,) = (await merchant.act(order_id, "pay"))["transaction_ids"]
        status, child = await self.refund(merchant, paid, 20_000)
        assert (status, child["has_parent_transaction"], child["parent_transaction"]) == (201, True, paid)
        assert (child["is_refund"], child["success"], child["amount_cents"]) == (True, True, 20_000)
        status, body = await self.refund(merchant, paid, 25_001)
        assert (status, body["message"][:52]) == (400, "Requested Refund Amount is greater than the maximum ")
        assert (await self.refund(merchant, paid, 25_000))[0] == 201
        order = await merchant.driver.get(f"paymob/orders/{order_id}")
        parent = order["transactions"][0]
        assert (parent["refunded_amount_cents"], parent["is_refunded"]) == (45_000, True)

    async def test_part_leaves_the_payment_unmarked(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout()
        (paid,) = (await merchant.act(order_id, "pay"))["transaction_ids"]
        await self.refund(merchant, paid, 1)
        parent = (await merchant.driver.get(f"paymob/orders/{order_id}"))["transactions"][0]
        assert (parent["refunded_amount_cents"], parent["is_refunded"]) == (1, False)

    async def test_only_payments_are_refunded(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout(payment_methods=[11, 13])
        (failed,) = (await merchant.act(order_id, "decline"))["transaction_ids"]
        (kiosk,) = (await merchant.act(order_id, "pay", integration_id=13))["transaction_ids"]
        await merchant.act(order_id, "settle")
        for transaction_id in (failed, kiosk):
            assert (await self.refund(merchant, transaction_id, 1))[0] == 400
        assert (await self.refund(merchant, 5, 1))[0] == 404
        assert (await self.refund(merchant, failed, "1"))[1] == {"amount_cents": ["A valid integer is required."]}


class TestVoid:
    async def void(self, merchant: Merchant, transaction_id: int) -> tuple[int, Any]:
        return await merchant.post("/api/acceptance/void_refund/void", {"transaction_id": transaction_id})

    async def test_takes_the_payment_back_once(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout()
        (paid,) = (await merchant.act(order_id, "pay"))["transaction_ids"]
        status, child = await self.void(merchant, paid)
        assert (status, child["is_void"], child["parent_transaction"]) == (201, True, paid)
        assert (await self.void(merchant, paid))[0] == 400
        order = await merchant.driver.get(f"paymob/orders/{order_id}")
        assert (order["transactions"][0]["is_voided"], order["state"]) == (True, "open")

    async def test_is_refused_after_settlement_and_for_wallets(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout(payment_methods=[11, 12])
        (card,) = (await merchant.act(order_id, "pay"))["transaction_ids"]
        (wallet,) = (await merchant.act(order_id, "pay", integration_id=12))["transaction_ids"]
        assert (await self.void(merchant, wallet))[0] == 400
        await merchant.driver.post("clock", advance_minutes=24 * 60)
        assert (await self.void(merchant, card))[0] == 400


class TestFaults:
    async def test_error_leaves_no_order(self, merchant: Merchant) -> None:
        await merchant.fault("server_error", calls=["intention"], count=1, status=503)
        assert (await merchant.post("/v1/intention/", merchant.intention()))[0] == 503
        assert (await merchant.driver.get("paymob/orders"))["orders"] == []
        await merchant.checkout()

    @pytest.mark.parametrize("kind", ["server_error", "drop"])
    async def test_work_is_done_and_not_answered(self, merchant: Merchant, kind: str) -> None:
        await merchant.fault(kind, calls=["intention"], count=1, after_work=True)
        try:
            assert (await merchant.post("/v1/intention/", merchant.intention()))[0] == 500
        except aiohttp.ClientConnectionError:
            assert kind == "drop"
        (order,) = (await merchant.driver.get("paymob/orders"))["orders"]
        assert order["special_reference"] == "payment-1"

    async def test_unanswered_refund_is_made_and_a_repeat_makes_another(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout()
        (paid,) = (await merchant.act(order_id, "pay"))["transaction_ids"]
        await merchant.fault("drop", calls=["refund"], count=1, after_work=True)
        body = {"transaction_id": paid, "amount_cents": 100}
        with pytest.raises(aiohttp.ClientConnectionError):
            await merchant.post("/api/acceptance/void_refund/refund", body)
        await merchant.post("/api/acceptance/void_refund/refund", body)
        parent = (await merchant.driver.get(f"paymob/orders/{order_id}"))["transactions"][0]
        assert parent["refunded_amount_cents"] == 200

    async def test_hanging_call_ends_without_an_answer(self, merchant: Merchant) -> None:
        await merchant.fault("hang", calls=["token"], count=1, delay_seconds=0.01)
        with pytest.raises(aiohttp.ClientConnectionError):
            await merchant.token()
        calls = (await merchant.driver.get("paymob/calls"))["calls"]
        assert [(call["method"], call["status"]) for call in calls] == [("token", 0)]

    async def test_refund_is_refused_for_a_low_balance(self, merchant: Merchant) -> None:
        (paid,) = (await merchant.act(await merchant.checkout(), "pay"))["transaction_ids"]
        await merchant.fault("refund_refused", count=1)
        body = {"transaction_id": paid, "amount_cents": 100}
        assert (await merchant.post("/api/acceptance/void_refund/refund", body))[0] == 400
        assert (await merchant.post("/api/acceptance/void_refund/refund", body))[0] == 201

    async def test_fault_that_could_not_strike_is_refused(self, merchant: Merchant) -> None:
        for rule in ({"kind": "lost", "calls": ["refund"]}, {"kind": "slow", "callbacks": ["token"]}, {"kind": "flood"}):
            await merchant.driver.post("paymob/faults", 400, **rule)

    async def test_record_of_calls_keeps_no_key(self, merchant: Merchant) -> None:
        await merchant.checkout()
        (call,) = (await merchant.driver.get("paymob/calls"))["calls"]
        assert (call["method"], call["status"], call["parameters"]["amount"]) == ("intention", 201, 45_000)
        assert ACCOUNT.secret_key not in str(call)
