"""The walks of the owner through the books of a center that has been open for weeks: reports, payments, wallets."""  # noqa: INP001 -- a script beside the documents, not a package

from docs.screenshots_backstage import Backstage
from docs.screenshots_camera import Camera
from docs.screenshots_cast import Cast

_SEARCHED = "Dina"
_AMOUNT = "50"
_PAYMENTS_AS_CSV = 8
_WHY = {"en": "Paid for her sister", "ar": "دفعت عن أختها"}


async def read_reports(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph the reports, their period, a chart and a file."""
    if cast.admin.own_telegram_id is not None:
        await camera.give_phone(cast.admin)
    for role in (cast.student, cast.admin):
        await camera.visit(role.slug)  # nobody can be written to before
    await camera.shoot("admin-home")
    await camera.say("/reports")
    await camera.shoot("reports")
    await camera.tap("🎓 Revenue by class")
    await camera.shoot("report")
    await camera.receive("📊 Chart")
    await camera.shoot("report-chart", holding="")
    await camera.say("/reports")
    await camera.tap("🎓 Revenue by class")
    await camera.receive("📗 Excel")
    await camera.shoot("report-file", holding=".xlsx")
    await camera.say("/reports")
    await camera.choose("📅")
    await camera.shoot("report-periods")
    await camera.tap("📆 From … to …")
    await camera.shoot("report-day")
    await camera.say("/reports")
    await camera.tap("📤 Exports")
    await camera.shoot("exports")
    await camera.receive_by(_PAYMENTS_AS_CSV)
    await camera.settle()
    await camera.shoot("export-done", holding="")


async def look_through_payments(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph the payments, what narrows them, and a payment with its journal."""
    await camera.say("/payments")
    await camera.shoot("payments")
    await camera.tap("🔎 Narrow")
    await camera.choose("✅")
    await camera.choose("✅", place=0)
    await camera.shoot("payment")
    await camera.tap("📒 Journal")
    await camera.shoot("payment-journal")
    await camera.say("/payments")
    await camera.tap("🔎 Narrow")
    await camera.shoot("payments-narrow")
    await camera.tap("🏢 Branch")
    await camera.shoot("payments-branch")
    await camera.say("/payments")
    await camera.tap("👤 Of one person")
    await camera.shoot("payments-whose")
    await camera.answer(cast.student.name)
    await camera.shoot("payments-payers")


async def look_into_wallets(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph what the center owes, one wallet, and a transfer."""
    await camera.say("/wallets")
    await camera.shoot("wallets")
    await camera.tap("🔎 Whose wallet?")
    await camera.shoot("wallet-whose")
    await camera.answer(_SEARCHED)
    await camera.shoot("wallet-owners")
    await camera.choose(_SEARCHED)
    await camera.shoot("wallet-card")
    await camera.choose(camera.tr.plain("topped up in cash"))
    await camera.shoot("entry")
    await camera.say("/wallets")
    await camera.tap("🔎 Whose wallet?")
    await camera.answer(_SEARCHED)
    await camera.choose(_SEARCHED)
    await camera.tap("🔁 Transfer to another wallet")
    await camera.shoot("transfer-target")
    await camera.answer(cast.student.name)
    await camera.choose(cast.student.name)
    await camera.shoot("transfer-amount")
    await camera.answer(_AMOUNT)
    await camera.shoot("transfer-reason")
    await camera.answer(_WHY[cast.language])
    await camera.shoot("transfer")
    await camera.choose("", place=0)
    await camera.settle()
    await camera.visit(cast.student.slug, is_greeted=False)
    await camera.shoot("news-transfer", holding="🔁 {amount} was moved into your wallet.")
    await camera.visit(cast.admin.slug)


async def look_at_drawers(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph the drawers side by side, and their counts."""
    await camera.say("/cashbox")
    await camera.shoot("drawers")
    await camera.choose("Maadi")
    await camera.tap("🧮 Counts")
    await camera.shoot("counts")
    await camera.choose("", place=0)
    await camera.shoot("count-record")


async def look_at_a_booking(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph somebody's bookings, and one with all that happened to it."""
    await camera.say("/people")
    await camera.tap("🔎 Search")
    await camera.answer(_SEARCHED)
    await camera.choose(_SEARCHED)
    await camera.tap("🎟️ Bookings")
    await camera.shoot("person-bookings")
    await camera.choose("", place=0)
    await camera.shoot("enrollment")
    await camera.tap("🧾 Payments")
    await camera.shoot("enrollment-payments")


BOOKS = (read_reports, look_through_payments, look_into_wallets, look_at_drawers, look_at_a_booking)
"""The walks through the books, on a demo with weeks behind it."""
