"""Methods by which a bot asks for money, and lets a payment happen.

Sources: Bot API, sendInvoice and answerPreCheckoutQuery; core.telegram.org/bots/payments for currencies and limits.
"""

import re
from typing import Any

import orjson

from bot.sandbox.chats import Message
from bot.sandbox.errors import bad_request, not_simulated
from bot.sandbox.invoices import Invoice, PreCheckoutAnswer
from bot.sandbox.methods.content import remember, reply_to
from bot.sandbox.schema import Parameters
from bot.sandbox.world import World

MAX_TITLE = 32
MAX_DESCRIPTION = 255
MAX_PAYLOAD_BYTES = 128
LARGEST_TOTAL = 10**11
LEAST_TOTAL = {"EGP": 5_000, "USD": 100}
"""About one US dollar, which is the least that Telegram lets a bot ask for."""

_CURRENCIES = (
    "AED AFN ALL AMD ARS AUD AZN BAM BDT BGN BND BOB BRL BYN CAD CHF CLP CNY COP CRC CZK DKK DOP DZD EGP ETB EUR GBP GEL "
    "GTQ HKD HNL HRK HUF IDR ILS INR ISK JMD JPY KES KGS KRW KZT LBP LKR MAD MDL MNT MUR MVR MXN MYR MZN NGN NIO NOK NPR "
    "NZD PAB PEN PHP PKR PLN PYG QAR RON RSD RUB SAR SEK SGD THB TJS TRY TTD TWD TZS UAH UGX USD UYU UZS VND YER ZAR"
)
CURRENCIES = frozenset(_CURRENCIES.split())
_STARS = "XTR"
_NOT_SIMULATED = (
    "max_tip_amount",
    "suggested_tip_amounts",
    "need_name",
    "need_phone_number",
    "need_email",
    "need_shipping_address",
    "is_flexible",
)
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{0,64}")


async def send_invoice(world: World, parameters: Parameters) -> Any:
    """Send a message with a Pay button."""
    chat = world.chats.writable(parameters["chat_id"])
    if asked := [name for name in _NOT_SIMULATED if parameters.get(name)]:
        raise not_simulated(f"invoices with {asked[0]}")
    _check_texts(parameters)
    _check_provider(world, parameters)
    invoice = Invoice(parameters["payload"], parameters["currency"], _total(parameters))
    content: Message = {
        "invoice": {
            "title": parameters["title"],
            "description": parameters["description"],
            "start_parameter": parameters.get("start_parameter", ""),
            "currency": invoice.currency,
            "total_amount": invoice.total_amount,
        },
        "reply_markup": _keyboard(parameters),
    }
    if parameters.get("protect_content"):
        content["has_protected_content"] = True
    message = remember(world, chat, content | reply_to(chat, parameters))
    world.invoices.add(message["message_id"], invoice)
    return message


async def answer_pre_checkout_query(world: World, parameters: Parameters) -> Any:
    """Let a payment happen or not, within ten seconds."""
    error_message = parameters.get("error_message", "")
    if not parameters["ok"] and not error_message:
        raise bad_request("error message must be non-empty")
    world.invoices.answer(parameters["pre_checkout_query_id"], PreCheckoutAnswer(parameters["ok"], error_message))
    return True


def _check_texts(parameters: Parameters) -> None:
    if not 1 <= len(parameters["title"]) <= MAX_TITLE:
        raise bad_request("TITLE_INVALID")
    if not 1 <= len(parameters["description"]) <= MAX_DESCRIPTION:
        raise bad_request("DESCRIPTION_INVALID")
    if not 1 <= len(parameters["payload"].encode()) <= MAX_PAYLOAD_BYTES:
        raise bad_request("INVOICE_PAYLOAD_INVALID")
    if _START_PARAMETER.fullmatch(parameters.get("start_parameter", "")) is None:
        raise bad_request("START_PARAM_INVALID")


def _check_provider(world: World, parameters: Parameters) -> None:
    if parameters["currency"] == _STARS:
        raise not_simulated("Telegram Stars")
    if parameters.get("provider_token", "") != world.invoices.provider_token:
        raise bad_request("PAYMENT_PROVIDER_INVALID")
    try:
        orjson.loads(parameters.get("provider_data", "{}"))
    except orjson.JSONDecodeError as error:
        raise bad_request("DATA_JSON_INVALID") from error


def _total(parameters: Parameters) -> int:
    currency, prices = parameters["currency"], parameters["prices"]
    if currency not in CURRENCIES:
        raise bad_request("CURRENCY_INVALID")
    if not prices or not all(price["label"] for price in prices):
        raise bad_request("PRICES_INVALID")
    total = sum(price["amount"] for price in prices)
    if not LEAST_TOTAL.get(currency, 1) <= total <= LARGEST_TOTAL:
        raise bad_request("CURRENCY_TOTAL_AMOUNT_INVALID")
    return int(total)


def _keyboard(parameters: Parameters) -> dict[str, Any]:
    """Return the message's buttons, of which the first, and no other, pays."""
    markup: dict[str, Any] | None = parameters.get("reply_markup")
    if markup is None or not any(markup["inline_keyboard"]):
        return {"inline_keyboard": [[{"text": "Pay", "pay": True}]]}
    first, *others = [button for row in markup["inline_keyboard"] for button in row]
    if not first.get("pay") or any("pay" in button for button in others):
        raise bad_request("BUTTON_TYPE_INVALID")
    return markup
