"""Puts Paymob on the sandbox's web application: the API and the checkout page under `/paymob`, drivers beside the rest."""

from pathlib import Path

from aiohttp import web

from bot.sandbox.calls import CallLog
from bot.sandbox.page_files import PageFiles
from bot.sandbox.paymob.api import PaymobApi
from bot.sandbox.paymob.checkout import Checkout
from bot.sandbox.paymob.driver import PaymobDriver
from bot.sandbox.paymob.gateway import Paymob

PREFIX = "/paymob"
"""What follows the sandbox's address in a bot's setting for Paymob's."""
_PAGE = Path(__file__).with_name("page")


def mount(paymob: Paymob, application: web.Application) -> None:
    """Register every route, and stop deliveries when the application stops."""
    calls = CallLog()
    PaymobApi(paymob, calls).add_to(application, PREFIX)
    Checkout(paymob).add_to(application, f"{PREFIX}/unifiedcheckout")
    PageFiles(_PAGE, address=f"{PREFIX}/unifiedcheckout/", static=f"{PREFIX}/static").add_to(application)
    PaymobDriver(paymob, calls).add_to(application)

    async def close(_application: web.Application) -> None:
        await paymob.delivery.close()

    application.on_cleanup.append(close)
