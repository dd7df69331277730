"""What `rollcall doctor` says of paying online: whether the gateway takes our keys."""

from bot.gateways.choice import paymob_of
from bot.settings import Settings
from domain.finance.gateway import GatewayDownError, GatewayOutcomeUnknownError, GatewayRefusedError
from domain.finance.gateway_model import Gateway

_NO_ORDER = "1"  # Paymob tells who asks for it that there is none, but only by a valid key


async def look_at_gateway(settings: Settings) -> tuple[str, str | None]:
    """Return how it is, and what to do (None: nothing)."""
    if settings.gateway is None:
        return "off: people pay at the reception", None
    if settings.gateway is Gateway.TELEGRAM:
        return "Telegram Payments; refunds are made by hand, at the provider", None
    try:
        async with paymob_of(settings, our_url=lambda: settings.public_url or "") as paymob:
            await paymob.inquire(_NO_ORDER)
    except GatewayRefusedError as refusal:
        if refusal.args[:1] != (404,):
            return "Paymob does not take the key", "copy ROLLCALL_PAYMOB_API_KEY again from Paymob's dashboard"
    except (GatewayDownError, GatewayOutcomeUnknownError) as error:
        return f"Paymob cannot be asked ({error})", "check this machine's way to the internet, and ROLLCALL_PAYMOB_BASE_URL"
    if settings.paymob_owner is None:
        return "Paymob takes the key", "set ROLLCALL_PAYMOB_OWNER, so that reports of another account's are found out"
    return "Paymob takes the key", None
