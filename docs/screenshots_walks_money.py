"""The walks of online money: topping up, paying for a seat and a package, and what the owner gives back."""  # noqa: INP001 -- a script beside the documents, not a package

from bot.example.cast import BALLET, CENTER, YOGA
from docs.screenshots_backstage import Backstage
from docs.screenshots_camera import Camera
from docs.screenshots_cast import Cast

_AMOUNT = "250"
_LAPSED_MINUTES = 20
_TWICE = "💳 We received {amount} twice. What you paid too much is in your wallet, for you to use."
_LAPSED = (
    "❌ It has ended without being paid, and the seat is not held for you any more. If you pay all the same, "
    "the money comes to your wallet."
)
_REASON = {"en": "Moved to another city", "ar": "انتقلت إلى مدينة أخرى"}


async def run_out_of_time(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph a seat that is held for a payment, and let go when none comes."""
    if cast.admin.own_telegram_id is not None:
        await camera.give_phone(cast.admin)
    for role in (cast.admin, cast.newcomer):  # nobody can be written to before
        await camera.visit(role.slug)
    await camera.tap("📅 All classes")
    await camera.choose(BALLET.title, place=1)
    await camera.confirm()
    await camera.shoot("pay-seat")
    await camera.let_pass(_LAPSED_MINUTES)
    await camera.shoot("pay-lapsed", holding=_LAPSED)


async def top_up(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph a top-up from the amount to the news that it is there, and paying twice."""
    await camera.say("/wallet")
    await camera.tap("➕ Top up online")
    await camera.shoot("pay-top-up")
    await camera.tap("✏️ Another amount")
    await camera.shoot("pay-amount")
    await camera.answer(_AMOUNT)
    await camera.shoot("pay-confirm")
    await camera.confirm()
    await camera.shoot("pay-link")
    await camera.pay()
    await camera.shoot("pay-news", holding="✅ {amount} received: it is in your wallet.")
    await camera.pay()
    await camera.shoot("pay-twice", holding=_TWICE)


async def buy_online(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph a package that is paid for online."""
    name, _, price_minor = YOGA.package
    await camera.say("/packages")
    await camera.tap("🛍️ Buy a package")
    await camera.choose(name)
    await camera.tap("💳 Pay {price} online", price=camera.tr.money(price_minor, CENTER.currency))
    await camera.shoot("pay-package")
    await camera.pay()


async def see_to_it(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph what the owner is told of, and the alerts."""
    await camera.visit(cast.admin.slug, is_greeted=False)
    await camera.shoot("news-alert", holding="<b>⚠️ Please look at this</b>")
    await camera.say("/start")
    await camera.choose("⚠️")
    await camera.shoot("alerts")
    await camera.choose("", place=0)
    await camera.shoot("alert")


async def give_back(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph the payments online, and refunds of both kinds."""
    await camera.say("/payments")
    await camera.choose(cast.newcomer.name, place=1)
    await camera.shoot("payment-card")
    await camera.tap("🌐 Payment service")
    await camera.shoot("payment-gateway")
    await camera.tap("◀️ Back")
    await camera.tap("↩️ Refund to the payer")
    await camera.shoot("refund-amount")
    await camera.choose("", place=0)
    await camera.shoot("refund-reason")
    await camera.answer(_REASON[cast.language])
    await camera.shoot("refund-confirm")
    await camera.say("/payments")
    await camera.choose(cast.newcomer.name, place=0)
    await camera.tap("↩️ Unused credits to the wallet")
    await camera.answer(_REASON[cast.language])
    await camera.shoot("refund-package")
    await camera.choose("", place=0)
    await camera.settle()
    await camera.visit(cast.newcomer.slug, is_greeted=False)
    await camera.shoot("news-package-refunded", holding="↩️ Its unused credits were paid back to your wallet.")


async def lack_a_phone(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph that the gateway needs a phone number."""
    await camera.visit(cast.stranger)
    await camera.choose({"en": "English", "ar": "العربية"}[cast.language])
    await camera.choose("", place=0)
    await camera.wait_for_keyboard()
    await camera.answer(camera.tr.plain("Skip"))
    await camera.say("/wallet")
    await camera.tap("➕ Top up online")
    await camera.choose("", place=0)
    await camera.shoot("pay-phone")


MONEY = (run_out_of_time, top_up, buy_online, see_to_it, give_back, lack_a_phone)
"""The walks of online money, on a demo of their own."""
