"""Telegram Payments: invoices, the question before a payment, and the payment."""

import asyncio
from typing import Any

import pytest
from telegram import Bot, LabeledPrice

from tests.sandbox.clients import MONA, OMAR, TOKEN, BotClient, Driver, keyboard

PROVIDER = "sandbox:TEST:provider"


def invoice(**changes: Any) -> dict[str, Any]:
    body = {
        "chat_id": MONA,
        "title": "Ballet, 8 classes",
        "description": "Valid for two months",
        "payload": "payment-1",
        "provider_token": PROVIDER,
        "currency": "EGP",
        "prices": [{"label": "8 classes", "amount": 50_000}, {"label": "Discount", "amount": -5_000}],
    }
    return body | changes


async def send(bot: BotClient, **changes: Any) -> int:
    return int((await bot.call("sendInvoice", **invoice(**changes)))["message_id"])


async def next_of(bot: BotClient, kind: str) -> Any:
    """Return the next update, which must be of this kind, and confirm it."""
    (update,) = await bot.call("getUpdates", timeout=20, limit=1)
    await bot.call("getUpdates", offset=update["update_id"] + 1)
    return update[kind]


class TestInvoice:
    async def test_shows_what_is_asked_for_and_a_button(self, bot: BotClient, driver: Driver) -> None:
        sent = await bot.call("sendInvoice", **invoice())
        assert (sent["invoice"]["total_amount"], sent["invoice"]["currency"]) == (45_000, "EGP")
        assert sent["reply_markup"] == {"inline_keyboard": [[{"text": "Pay", "pay": True}]]}
        shown = (await driver.get("chats/mona"))["messages"][-1]
        assert (shown["invoice"]["title"], shown["invoice"]["paid"]) == ("Ballet, 8 classes", False)
        assert "payment-1" not in str(shown)

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"payload": ""}, "INVOICE_PAYLOAD_INVALID"),
            ({"payload": "é" * 65}, "INVOICE_PAYLOAD_INVALID"),
            ({"title": "x" * 33}, "TITLE_INVALID"),
            ({"description": "x" * 256}, "DESCRIPTION_INVALID"),
            ({"currency": "EGX"}, "CURRENCY_INVALID"),
            ({"prices": []}, "PRICES_INVALID"),
            ({"prices": [{"label": "x", "amount": 4_999}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
            (
                {"prices": [{"label": "x", "amount": 450.5}]},
                'can\'t parse LabeledPrice: Field "amount" must be of type Integer',
            ),
            ({"provider_token": "other"}, "PAYMENT_PROVIDER_INVALID"),
            ({"provider_token": None}, "PAYMENT_PROVIDER_INVALID"),
            ({"provider_data": "{"}, "DATA_JSON_INVALID"),
            ({"start_parameter": "a b"}, "START_PARAM_INVALID"),
            ({"reply_markup": keyboard("x")}, "BUTTON_TYPE_INVALID"),
        ],
    )
    async def test_refuses_what_telegram_would(self, bot: BotClient, changes: dict[str, Any], reason: str) -> None:
        assert await bot.refusal("sendInvoice", **invoice(**changes)) == f"Bad Request: {reason}"

    async def test_first_button_pays_and_others_may_follow(self, bot: BotClient) -> None:
        pay = [{"text": "Pay now", "pay": True}]
        rows = [pay, *keyboard("cancel")["inline_keyboard"]]
        sent = await bot.call("sendInvoice", **invoice(reply_markup={"inline_keyboard": rows}))
        assert sent["reply_markup"]["inline_keyboard"] == rows
        text = await bot.refusal("sendMessage", chat_id=MONA, text="x", reply_markup={"inline_keyboard": [pay]})
        assert text == "Bad Request: BUTTON_TYPE_INVALID"

    async def test_stars_and_tips_are_not_simulated(self, bot: BotClient) -> None:
        for changes in ({"currency": "XTR"}, {"max_tip_amount": 5}, {"need_name": True}):
            assert (await bot.answer("sendInvoice", **invoice(**changes)))["error_code"] == 501


class TestPaying:
    async def test_bot_agrees_and_is_told_of_the_payment(self, bot: BotClient, driver: Driver) -> None:
        message_id = await send(bot)
        paying = asyncio.create_task(driver.post("people/mona/pay", message_id=message_id))
        query = await next_of(bot, "pre_checkout_query")
        assert (query["total_amount"], query["invoice_payload"], query["from"]["id"]) == (45_000, "payment-1", MONA)
        await bot.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
        paid = await paying
        payment = (await next_of(bot, "message"))["successful_payment"]
        assert (payment["invoice_payload"], payment["total_amount"]) == ("payment-1", 45_000)
        assert payment["telegram_payment_charge_id"] == paid["telegram_payment_charge_id"]
        assert payment["provider_payment_charge_id"] not in paid["telegram_payment_charge_id"]
        assert [message["invoice"]["paid"] for message in await invoices(driver)] == [True]
        await driver.post("people/mona/pay", status=400, message_id=message_id)

    async def test_bot_refuses_and_nothing_is_paid(self, bot: BotClient, driver: Driver) -> None:
        message_id = await send(bot)
        paying = asyncio.create_task(driver.post("people/mona/pay", message_id=message_id))
        query = await next_of(bot, "pre_checkout_query")
        await bot.refusal("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=False)
        refusal = {"ok": False, "error_message": "It is sold out"}
        await bot.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], **refusal)
        assert ((await paying)["reason"], (await paying)["error"]) == ("refused", "It is sold out")
        assert await bot.call("getUpdates") == []

    async def test_silent_bot_loses_the_payment_and_answers_too_late(self, bot: BotClient, driver: Driver) -> None:
        bot.sandbox.world.invoices.patience_seconds = 0.02
        outcome = await driver.post("people/mona/pay", message_id=await send(bot))
        assert (outcome["paid"], outcome["reason"]) == (False, "timeout")
        text = await bot.refusal("answerPreCheckoutQuery", pre_checkout_query_id=outcome["pre_checkout_query_id"], ok=True)
        assert "query is too old" in text

    async def test_agreement_is_no_payment(self, bot: BotClient, driver: Driver) -> None:
        body = {"message_id": await send(bot), "card_declined": True}
        paying = asyncio.create_task(driver.post("people/mona/pay", **body))
        query = await next_of(bot, "pre_checkout_query")
        await bot.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
        assert (await paying)["reason"] == "card_declined"
        assert await bot.call("getUpdates") == []

    async def test_question_is_answered_once(self, bot: BotClient, driver: Driver) -> None:
        paying = asyncio.create_task(driver.post("people/mona/pay", message_id=await send(bot)))
        query = await next_of(bot, "pre_checkout_query")
        await bot.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
        assert "too old" in await bot.refusal("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
        assert (await paying)["paid"] is True

    async def test_others_and_other_messages_cannot_be_paid(self, bot: BotClient, driver: Driver) -> None:
        message_id = await send(bot)
        await driver.post("people/omar/start")
        await driver.post("people/omar/pay", status=400, message_id=message_id)
        await driver.post("people/mona/pay", status=400, message_id=await bot.send())
        await bot.call("deleteMessage", chat_id=MONA, message_id=message_id)
        await driver.post("people/mona/pay", status=400, message_id=message_id)

    @pytest.mark.parametrize("kind", ["pre_checkout_twice", "payment_twice"])
    async def test_update_comes_again_under_a_new_id(self, bot: BotClient, driver: Driver, kind: str) -> None:
        await driver.post("faults", status=201, kind=kind, count=1)
        paying = asyncio.create_task(driver.post("people/mona/pay", message_id=await send(bot)))
        asked = await bot.call("getUpdates", timeout=20)
        query = asked[0]["pre_checkout_query"]
        await bot.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
        await paying
        told = await bot.call("getUpdates", offset=asked[-1]["update_id"] + 1)
        assert (len(asked), len(told)) == ((2, 1) if kind == "pre_checkout_twice" else (1, 2))
        assert [update["pre_checkout_query"] for update in asked] == [query] * len(asked)
        assert len({update["message"]["successful_payment"]["telegram_payment_charge_id"] for update in told}) == 1

    async def test_two_windows_pay_twice(self, bot: BotClient, driver: Driver) -> None:
        message_id = await send(bot)
        paying = [asyncio.create_task(driver.post("people/mona/pay", message_id=message_id)) for _ in range(2)]
        queries = [await next_of(bot, "pre_checkout_query") for _ in range(2)]
        for query in queries:
            await bot.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
        charges = {(await payment)["telegram_payment_charge_id"] for payment in paying}
        assert len(charges) == 2


async def test_known_library_understands_invoices_and_payments(bot: BotClient, driver: Driver) -> None:
    async with Bot(TOKEN, base_url=f"{bot.url}/bot") as library:
        prices = [LabeledPrice("8 classes", 45_000)]
        sent = await library.send_invoice(MONA, "Ballet", "8 classes", "p-1", "EGP", prices, provider_token=PROVIDER)
        paying = asyncio.create_task(driver.post("people/mona/pay", message_id=sent.message_id))
        (asked,) = await library.get_updates(timeout=10)
        assert asked.pre_checkout_query is not None
        await asked.pre_checkout_query.answer(ok=True)
        await paying
        (told,) = await library.get_updates(offset=asked.update_id + 1)
        assert told.message is not None
        assert told.message.successful_payment is not None
        assert told.message.successful_payment.invoice_payload == "p-1"


async def invoices(driver: Driver) -> list[dict[str, Any]]:
    return [message for message in (await driver.get("chats/mona"))["messages"] if message["invoice"]]


async def test_nobody_is_invoiced_who_never_wrote(bot: BotClient) -> None:
    assert (await bot.answer("sendInvoice", **invoice(chat_id=OMAR)))["error_code"] == 403
