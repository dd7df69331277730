"""A stand-in for Telegram and the payment gateway, to try Rollcall without either: the demo and the tests use it."""

from bot.sandbox.clock import MovableClock
from bot.sandbox.paymob import PaymobAccount
from bot.sandbox.people import Landmark, SandboxPerson
from bot.sandbox.server import RunningSandbox, Sandbox, run_sandbox

__all__ = ["Landmark", "MovableClock", "PaymobAccount", "RunningSandbox", "Sandbox", "SandboxPerson", "run_sandbox"]
