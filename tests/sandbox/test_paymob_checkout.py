"""The checkout page's own requests: whose checkout it is, and where the browser goes."""

import asyncio
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.sandbox.paymob_clients import ACCOUNT, Merchant


async def keys(merchant: Merchant, **changes: Any) -> dict[str, str]:
    order = await merchant.driver.get(f"paymob/orders/{await merchant.checkout(**changes)}")
    return {"publicKey": ACCOUNT.public_key, "clientSecret": order["client_secret"]}


async def press(merchant: Merchant, action: str, keys: dict[str, str], status: int = 200, **more: Any) -> Any:
    url = f"{merchant.url}/paymob/unifiedcheckout/attempt"
    async with merchant.http.post(url, json={**keys, "action": action, **more}) as response:
        assert response.status == status, await response.text()
        return await response.json()


async def look(merchant: Merchant, keys: dict[str, str]) -> tuple[int, Any]:
    async with merchant.http.get(f"{merchant.url}/paymob/unifiedcheckout/intention", params=keys) as response:
        return response.status, await response.json()


async def test_shows_what_there_is_to_pay(merchant: Merchant) -> None:
    status, shown = await look(merchant, await keys(merchant, payment_methods=[11, 12]))
    assert (status, shown["merchant"], shown["amount_cents"], shown["state"]) == (200, "Nile Studio", 45_000, "open")
    assert shown["methods"] == [{"id": 11, "kind": "card"}, {"id": 12, "kind": "wallet"}]
    assert 1790 < shown["expires_in_seconds"] <= 1800


@pytest.mark.parametrize("wrong", [{"publicKey": "other"}, {"clientSecret": "other"}, {"clientSecret": "payment-1"}])
async def test_wrong_keys_show_nothing(merchant: Merchant, wrong: dict[str, str]) -> None:
    assert (await look(merchant, await keys(merchant) | wrong))[0] == 404
    await press(merchant, "pay", await keys(merchant) | wrong, 404)


async def test_paying_leads_back_with_flat_keys(merchant: Merchant) -> None:
    paid = await press(merchant, "pay", await keys(merchant))
    parts = urlsplit(paid["redirect"])
    back = {key: values[0] for key, values in parse_qs(parts.query).items()}
    assert (parts.netloc, back["from"], back["success"], back["pending"]) == ("merchant.example", "paymob", "true", "false")
    assert (back["order"], back["merchant_order_id"]) == (str(paid["order_id"]), "payment-1")
    assert back["hmac"] == (await merchant.callbacks())[0]["hmac"]


async def test_page_does_not_wait_for_the_merchant(merchant: Merchant) -> None:
    await merchant.fault("delayed")
    paid = await asyncio.wait_for(press(merchant, "pay", await keys(merchant)), 5)
    assert (paid["state"], merchant.bodies) == ("paid", [])


async def test_leaving_leads_back_with_nothing(merchant: Merchant) -> None:
    left = await press(merchant, "leave", await keys(merchant))
    assert (left["redirect"], left["state"]) == ("https://merchant.example/return?from=paymob", "open")
    assert await merchant.callbacks() == []


async def test_declined_can_be_tried_again(merchant: Merchant) -> None:
    mine = await keys(merchant)
    declined = await press(merchant, "decline", mine)
    assert (declined["state"], declined["was_declined"]) == ("open", True)
    assert (await press(merchant, "pay_twice", mine))["state"] == "paid"
    assert [obj["success"] for obj in (callback["obj"] for callback in await merchant.callbacks())] == [False, True, True]


async def test_refuses_what_is_not_offered_or_has_expired(merchant: Merchant) -> None:
    mine = await keys(merchant)
    await press(merchant, "pay", mine, 400, integration_id=12)
    await merchant.driver.post("clock", advance_minutes=30)
    await press(merchant, "pay", mine, 400)
    assert (await look(merchant, mine))[1]["state"] == "expired"
