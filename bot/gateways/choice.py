"""Which gateway the settings ask for, ready to be opened."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.gateways.paymob import PaymobGateway, PaymobKeys
from bot.gateways.paymob_reports import PaymobReports
from bot.gateways.telegram_payments import TelegramPayments, TelegramReports
from bot.settings import Settings
from domain.finance.gateway import GatewayReports, PaymentGateway
from domain.finance.gateway_model import Gateway


@dataclass(frozen=True, slots=True)
class GatewayLink:
    """The gateway that people pay through, open, and what reads its reports."""

    gateway: PaymentGateway
    reports: GatewayReports

    @property
    def gateways(self) -> Mapping[Gateway, PaymentGateway]:
        """Return it by its name: payments of another, from before the settings changed, are nobody's."""
        return {self.gateway.provider: self.gateway}


@asynccontextmanager
async def opened_gateway(settings: Settings, *, our_url: Callable[[], str]) -> AsyncIterator[GatewayLink | None]:
    """Yield the gateway of the settings while the block lasts; None where people pay at the reception."""
    if settings.gateway is None:
        yield None
        return
    if settings.gateway is Gateway.TELEGRAM:
        yield GatewayLink(TelegramPayments(), TelegramReports())
        return
    async with paymob_of(settings, our_url=our_url) as gateway:
        yield GatewayLink(gateway, paymob_reports_of(settings))


def paymob_of(settings: Settings, *, our_url: Callable[[], str]) -> PaymobGateway:
    """Return Paymob by its settings, which are complete; ``our_url`` tells where it reaches us."""
    return PaymobGateway(
        PaymobKeys(
            base_url=settings.paymob_base_url,
            checkout_url=settings.paymob_checkout_url or f"{settings.paymob_base_url}/unifiedcheckout/",
            secret_key=settings.paymob_secret_key.get_secret_value() if settings.paymob_secret_key else "",
            public_key=settings.paymob_public_key.get_secret_value() if settings.paymob_public_key else "",
            api_key=settings.paymob_api_key.get_secret_value() if settings.paymob_api_key else None,
            integration_ids=settings.paymob_integration_ids,
            our_url=our_url,
        )
    )


def paymob_reports_of(settings: Settings) -> PaymobReports:
    """Return what reads Paymob's reports by its settings."""
    secret = settings.paymob_hmac_secret
    return PaymobReports(
        hmac_secret=secret.get_secret_value() if secret is not None else "",
        integration_ids=frozenset(settings.paymob_integration_ids),
        owner=settings.paymob_owner,
    )
