"""Paymob's callbacks: how they are signed and delivered, and everything that can be done to them."""

from typing import Any

import pytest

from bot.sandbox.paymob.signing import sign, signed_text
from tests.sandbox.paymob_clients import Merchant

PUBLISHED = {
    "amount_cents": 100000,
    "created_at": "2024-06-13T11:33:44.592345",
    "currency": "EGP",
    "error_occured": False,
    "has_parent_transaction": False,
    "id": 192036465,
    "integration_id": 4097558,
    "is_3d_secure": True,
    "is_auth": False,
    "is_capture": False,
    "is_refunded": False,
    "is_standalone_payment": True,
    "is_voided": False,
    "order": {"id": 217503754},
    "owner": 302852,
    "pending": False,
    "source_data": {"pan": "2346", "sub_type": "MasterCard", "type": "card"},
    "success": True,
}
PUBLISHED_TEXT = (
    "1000002024-06-13T11:33:44.592345EGPfalsefalse1920364654097558truefalsefalsefalsetruefalse217503754302852false"
    "2346MasterCardcardtrue"
)
PUBLISHED_DIGEST = (
    "fa8ac0b7f3852e60c50e7fdd4ea5ef0bda96030c19dea1d55df8c76d6c08ab18"
    "77774662cbb04981dc84839ad4da560bcc8cb53b8973548657f7e8f8d2e79930"
)


class TestSignature:
    def test_fits_the_published_example(self) -> None:
        assert signed_text("TRANSACTION", PUBLISHED) == PUBLISHED_TEXT
        assert sign("04DC1A9490B8CC2094C011FC055ADCDB", "TRANSACTION", PUBLISHED) == PUBLISHED_DIGEST

    def test_null_is_nothing(self) -> None:
        unsigned = PUBLISHED | {"source_data": {"pan": None, "sub_type": "MasterCard", "type": "card"}}
        assert signed_text("TRANSACTION", unsigned) == PUBLISHED_TEXT.replace("2346Master", "Master")

    def test_saved_cards_sign_other_fields(self) -> None:
        names = ("card_subtype", "created_at", "email", "id", "masked_pan", "merchant_id", "order_id", "token")
        assert signed_text("TOKEN", dict(zip(names, "abcdefgh", strict=True))) == "abcdefgh"


class TestDelivery:
    async def test_payment_is_reported_with_its_signature(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout()
        await merchant.act(order_id, "pay")
        (callback,) = await merchant.callbacks()
        assert (callback["state"], callback["attempts"], callback["subject"]) == ("delivered", [200], "payment")
        (obj,) = merchant.objects
        assert (obj["order"]["id"], obj["success"], obj["owner"], obj["integration_id"]) == (order_id, True, 77, 11)
        assert merchant.is_genuine()

    async def test_failed_attempt_is_reported_too(self, merchant: Merchant) -> None:
        await merchant.act(await merchant.checkout(), "decline")
        await merchant.callbacks()
        assert [(obj["success"], obj["pending"]) for obj in merchant.objects] == [(False, False)]

    async def test_paying_twice_gives_two_transactions(self, merchant: Merchant) -> None:
        await merchant.act(await merchant.checkout(), "pay_twice")
        await merchant.callbacks()
        assert [obj["success"] for obj in merchant.objects] == [True, True]
        assert len({obj["id"] for obj in merchant.objects}) == 2

    async def test_refund_is_reported_as_a_child(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout()
        (paid,) = (await merchant.act(order_id, "pay"))["transaction_ids"]
        await merchant.act(order_id, "refund", amount_cents=500)
        await merchant.callbacks()
        child = merchant.objects[1]
        assert (child["has_parent_transaction"], child["parent_transaction"], child["is_refund"]) == (True, paid, True)
        assert (child["amount_cents"], merchant.is_genuine()) == (500, True)

    async def test_void_is_reported_as_a_child_and_on_the_payment(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout()
        (paid,) = (await merchant.act(order_id, "pay"))["transaction_ids"]
        await merchant.act(order_id, "void")
        await merchant.callbacks()
        said = [(obj["id"] == paid, obj["is_voided"], obj["is_void"]) for obj in merchant.objects]
        assert said == [(True, False, False), (False, False, True), (True, True, False)]

    async def test_saved_card_is_reported_as_a_token(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout()
        await merchant.act(order_id, "save_card")
        (callback,) = await merchant.callbacks()
        assert (callback["type"], callback["obj"]["order_id"]) == ("TOKEN", str(order_id))
        assert merchant.is_genuine()

    async def test_comes_again_until_it_is_taken(self, merchant: Merchant) -> None:
        merchant.answers = [500, 503]
        await merchant.act(await merchant.checkout(), "pay")
        (callback,) = await merchant.callbacks()
        assert callback["attempts"] == [500, 503, 200]
        assert len(set(merchant.bodies)) == 1

    async def test_refused_one_does_not_come_again(self, merchant: Merchant) -> None:
        merchant.answers = [401]
        await merchant.act(await merchant.checkout(), "pay")
        (callback,) = await merchant.callbacks()
        assert (callback["state"], callback["attempts"]) == ("refused", [401])

    async def test_merchant_who_is_away_is_given_up_in_the_end(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout(notification_url="http://127.0.0.1:9/nobody")
        await merchant.act(order_id, "pay")
        (callback,) = await merchant.callbacks(wait=20)
        assert (callback["state"], len(callback["attempts"])) == ("given_up", 8)

    async def test_without_an_address_nothing_is_sent(self, merchant: Merchant) -> None:
        await merchant.act(await merchant.checkout(notification_url=None), "pay")
        (callback,) = await merchant.callbacks()
        assert callback["state"] == "no_address"


class TestTime:
    async def test_checkout_expires_by_the_business_clock(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout(expiration=600)
        await merchant.driver.post("clock", advance_minutes=10)
        assert (await merchant.driver.get(f"paymob/orders/{order_id}"))["state"] == "expired"
        await merchant.act(order_id, "pay", 400)
        assert (await merchant.act(order_id, "pay", late=True))["order"]["state"] == "paid"

    async def test_checkout_is_expired_by_hand(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout(expiration=None)
        assert (await merchant.act(order_id, "expire"))["state"] == "expired"

    async def test_kiosk_payment_is_pending_until_it_is_settled(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout(payment_methods=[13])
        assert (await merchant.act(order_id, "pay"))["order"]["state"] == "pending"
        await merchant.act(order_id, "settle", success=False)
        await merchant.callbacks()
        assert [(obj["pending"], obj["success"]) for obj in merchant.objects] == [(True, False), (False, False)]
        await merchant.act(order_id, "settle", 400)


class TestTrouble:
    async def pay(self, merchant: Merchant, kind: str, **rule: Any) -> list[dict[str, Any]]:
        await merchant.fault(kind, count=1, **rule)
        await merchant.act(await merchant.checkout(), "pay")
        return await merchant.callbacks()

    async def test_duplicated_is_the_same_to_the_byte(self, merchant: Merchant) -> None:
        await self.pay(merchant, "duplicated", copies=5)
        assert (len(merchant.bodies), len(set(merchant.bodies)), merchant.most_at_once) == (5, 1, 1)

    async def test_duplicated_arrives_at_once(self, merchant: Merchant) -> None:
        await self.pay(merchant, "duplicated", copies=10, concurrently=True, identical=False)
        assert (len(merchant.bodies), len(set(merchant.bodies))) == (10, 10)
        assert merchant.most_at_once > 1
        assert all(merchant.is_genuine(index) for index in range(10))

    async def test_delayed_waits_for_its_release(self, merchant: Merchant) -> None:
        (callback,) = await self.pay(merchant, "delayed")
        assert (callback["state"], merchant.bodies) == ("held", [])
        await merchant.driver.post(f"paymob/callbacks/{callback['n']}/release")
        assert [callback["state"] for callback in await merchant.callbacks()] == ["delivered"]
        await merchant.driver.post(f"paymob/callbacks/{callback['n']}/release", 400)

    async def test_everything_held_is_released_at_once(self, merchant: Merchant) -> None:
        await merchant.fault("delayed")
        await merchant.act(await merchant.checkout(), "pay_twice")
        assert (await merchant.driver.post("paymob/callbacks/release"))["released"] == [1, 2]
        assert [callback["state"] for callback in await merchant.callbacks()] == ["delivered"] * 2

    async def test_reordered_comes_after_the_next(self, merchant: Merchant) -> None:
        await merchant.fault("reordered", count=1)
        order_id = await merchant.checkout()
        await merchant.act(order_id, "decline")
        await merchant.act(order_id, "pay")
        await merchant.callbacks()
        assert [obj["success"] for obj in merchant.objects] == [True, False]

    async def test_lost_never_comes_until_it_is_sent_again(self, merchant: Merchant) -> None:
        (callback,) = await self.pay(merchant, "lost")
        assert (callback["state"], merchant.bodies) == ("lost", [])
        again = await merchant.driver.post(f"paymob/callbacks/{callback['n']}/resend", 201)
        await merchant.callbacks()
        assert (again["resent_of"], merchant.is_genuine()) == (callback["n"], True)

    @pytest.mark.parametrize("kind", ["forged", "tampered_signed"])
    async def test_signature_does_not_fit(self, merchant: Merchant, kind: str) -> None:
        await self.pay(merchant, kind)
        assert not merchant.is_genuine()

    async def test_unsigned_fields_can_say_anything(self, merchant: Merchant) -> None:
        await self.pay(merchant, "tampered_unsigned", changes={"order.merchant_order_id": "payment-9"})
        assert (merchant.objects[0]["order"]["merchant_order_id"], merchant.is_genuine()) == ("payment-9", True)

    async def test_digits_slide_under_the_signature(self, merchant: Merchant) -> None:
        await self.pay(merchant, "slid_digits")
        assert (merchant.objects[0]["amount_cents"], merchant.is_genuine()) == (4_500, True)

    @pytest.mark.parametrize(
        ("kind", "field", "value"),
        [
            ("wrong_amount", "amount_cents", 1),
            ("wrong_currency", "currency", "USD"),
            ("wrong_integration", "integration_id", 1),
            ("wrong_owner", "owner", 1),
        ],
    )
    async def test_lie_is_signed(self, merchant: Merchant, kind: str, field: str, value: object) -> None:
        await self.pay(merchant, kind)
        assert (merchant.objects[0][field], merchant.is_genuine()) == (value, True)

    async def test_wrong_money_is_wrong_for_inquiries_too(self, merchant: Merchant) -> None:
        order_id = await merchant.checkout()
        paid = await merchant.act(order_id, "pay", amount_cents=100, currency="USD")
        _, body = await merchant.get(f"/api/acceptance/transactions/{paid['transaction_ids'][0]}", await merchant.token())
        assert (body["amount_cents"], body["currency"]) == (100, "USD")

    @pytest.mark.parametrize(
        ("kind", "expected", "ids"),
        [
            ("pending_then_success", [(True, False), (False, True)], 1),
            ("failed_then_success", [(False, False), (False, True)], 2),
            ("success_then_failed", [(False, True), (False, False)], 2),
        ],
    )
    async def test_attempts_take_turns(
        self, merchant: Merchant, kind: str, expected: list[tuple[bool, bool]], ids: int
    ) -> None:
        await self.pay(merchant, kind)
        assert [(obj["pending"], obj["success"]) for obj in merchant.objects] == expected
        assert len({obj["id"] for obj in merchant.objects}) == ids

    async def test_pending_waits_to_be_settled(self, merchant: Merchant) -> None:
        await self.pay(merchant, "pending_then_success", wait=True)
        assert [obj["pending"] for obj in merchant.objects] == [True]
        await merchant.act(merchant.objects[0]["order"]["id"], "settle")
        await merchant.callbacks()
        assert merchant.objects[1]["success"] is True

    async def test_resent_with_changes_is_signed_or_not(self, merchant: Merchant) -> None:
        await merchant.act(await merchant.checkout(), "pay")
        for is_signed in (False, True):
            await merchant.driver.post("paymob/callbacks/1/resend", 201, changes={"success": False}, sign=is_signed)
            await merchant.callbacks()
            assert merchant.is_genuine() is is_signed

    async def test_faults_choose_their_callbacks_and_end(self, merchant: Merchant) -> None:
        await merchant.fault("lost", callbacks=["refund"])
        order_id = await merchant.checkout()
        await merchant.act(order_id, "pay")
        await merchant.act(order_id, "refund")
        assert [callback["state"] for callback in await merchant.callbacks()] == ["delivered", "lost"]
        async with merchant.http.delete(f"{merchant.url}/sandbox/paymob/faults") as response:
            assert await response.json() == {"faults": []}
