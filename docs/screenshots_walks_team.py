"""The walks of the team through an evening: the door, and the cash."""  # noqa: INP001 -- a script beside the documents, not a package

from datetime import timedelta

from bot.example.cast import BALLET
from docs.screenshots_backstage import Backstage
from docs.screenshots_camera import Camera
from docs.screenshots_cast import Cast

_EARLIER = timedelta(minutes=10)
_SEARCHED = "Dina"
_COUNTED = "9375"
_KNOWN_PHONE = "0100 123 4563"
_RIGHT_AMOUNT = "70"
_WHY = {"en": "Typed 80 instead of 70", "ar": "كُتب 80 بدلًا من 70"}


async def stand_at_the_door(camera: Camera, cast: Cast, backstage: Backstage) -> None:
    """Photograph check-in and the marks, a guest who pays cash, and the end of a class."""
    for role in (cast.staff, cast.admin):
        if role.own_telegram_id is not None:
            await camera.give_phone(role)
    await camera.move_clock(backstage.start_of_class(BALLET.title) - _EARLIER)
    await camera.visit(cast.staff.slug)
    await camera.settle()
    await camera.say("/start")
    await camera.choose(BALLET.title)
    await camera.shoot("door-before")
    await camera.tap("🚪 Open check-in")
    await camera.shoot("door-open")
    await camera.tap("📋 Roster")
    await camera.shoot("roster")
    await camera.choose("⬜")
    await camera.shoot("roster-marked")
    await camera.tap("🔍 Look for somebody")
    await camera.shoot("roster-search")
    await camera.say(_SEARCHED)
    await camera.shoot("roster-found")
    await camera.choose(_SEARCHED)
    await camera.shoot("head")
    await camera.tap("📋 Roster")
    await camera.tap("✅ Everyone attended")
    await camera.shoot("roster-everyone")
    await camera.tap("✅ Yes, everyone attended")
    await camera.tap("◀️ Class")


async def take_cash(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph a guest who walks in and pays, and one whose phone is somebody's already."""
    await camera.tap("💵 Walk-in cash")
    await camera.tap("➕ New guest")
    await camera.answer(cast.newcomer.name)
    await camera.answer(_KNOWN_PHONE)
    await camera.shoot("guest-known")
    await camera.say("/start")
    await camera.choose(BALLET.title)
    await camera.tap("💵 Walk-in cash")
    await camera.shoot("walk-in")
    await camera.tap("➕ New guest")
    await camera.shoot("guest-name")
    await camera.say({"en": "Farida Nabil", "ar": "فريدة نبيل"}[cast.language])
    await camera.shoot("guest-phone")
    await camera.tap("Without a phone")
    await camera.shoot("walk-in-seat")
    await camera.confirm()
    await camera.shoot("walk-in-done")


async def close_the_evening(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph the drawer, its count, and the day."""
    await camera.say("/start")
    await camera.shoot("staff-today")
    await camera.tap("🏦 Cashbox")
    await camera.shoot("drawer")
    await camera.choose("+", place=0)
    await camera.shoot("movement")
    await camera.tap("✏️ Correct it")
    await camera.shoot("correct-reason")
    await camera.answer(_WHY[cast.language])
    await camera.shoot("correct-amount")
    await camera.answer(_RIGHT_AMOUNT)
    await camera.shoot("correct-confirm")
    await camera.say("/cashbox")
    await camera.tap("🏦 To the bank")
    await camera.shoot("bank")
    await camera.tap("◀️ Cashbox")
    await camera.tap("🧮 Count")
    await camera.shoot("count")
    await camera.tap("💶 By notes and coins")
    await camera.answer("45 2 1 0 3")
    await camera.shoot("count-notes")
    await camera.say("/cashbox")
    await camera.tap("🧮 Count")
    await camera.say(_COUNTED)
    await camera.shoot("count-confirm")
    await camera.tap("◀️ Cashbox")
    await camera.tap("📊 The day")
    await camera.shoot("day-summary")
    await camera.say("/start")
    await camera.tap("👤 Person at the desk")
    await camera.say(_SEARCHED)
    await camera.shoot("desk-found")
    await camera.choose(_SEARCHED)
    await camera.shoot("desk-person")
    await camera.tap("💵 Top up")
    await camera.shoot("desk-top-up")
    await camera.tap("◀️ Back")
    await camera.tap("💸 Pay out")
    await camera.shoot("desk-pay-out")
    await camera.say("/start")
    await camera.tap("🔔 My messages")
    await camera.shoot("switches")


EVENING = (stand_at_the_door, take_cash, close_the_evening)
"""The walks of an evening, on a demo of their own, in the order that each leaves for the next what it needs."""
