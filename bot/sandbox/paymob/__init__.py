"""A local Paymob: the gateway's API, its checkout page, and its callbacks with everything that goes wrong with them."""

from bot.sandbox.paymob.account import PaymobAccount
from bot.sandbox.paymob.gateway import Paymob

__all__ = ["Paymob", "PaymobAccount"]
