"""The walks of the team through an evening: the door, the cash, and what the owner does."""  # noqa: INP001 -- a script beside the documents, not a package

from datetime import timedelta

from bot.example.cast import BALLET
from docs.screenshots_backstage import Backstage
from docs.screenshots_camera import Camera
from docs.screenshots_cast import Cast

_EARLIER = timedelta(minutes=10)
_SEARCHED = "Dina"
_COUNTED = "9375"


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
    await camera.tap("📋 Roster")
    await camera.tap("✅ Everyone attended")
    await camera.shoot("roster-everyone")
    await camera.tap("✅ Yes, everyone attended")
    await camera.tap("◀️ Class")


async def take_cash(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph a guest who walks in and pays, and the drawer afterwards."""
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


async def close_the_evening(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph the drawer, its count, and the day."""
    await camera.say("/start")
    await camera.shoot("staff-today")
    await camera.tap("🏦 Cashbox")
    await camera.shoot("drawer")
    await camera.choose("+", place=0)
    await camera.shoot("movement")
    await camera.tap("◀️ Cashbox")
    await camera.tap("🏦 To the bank")
    await camera.shoot("bank")
    await camera.tap("◀️ Cashbox")
    await camera.tap("🧮 Count")
    await camera.shoot("count")
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
    await camera.say("/start")
    await camera.tap("🔔 My messages")
    await camera.shoot("switches")


async def manage(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph what the owner does: the timetable, and a class that is called off."""
    await camera.visit(cast.admin.slug)
    await camera.tap("🔁 Timetable")
    await camera.shoot("timetable")
    await camera.choose(BALLET.title)
    await camera.shoot("rule")
    await camera.say("/start")
    await camera.tap("🔁 Timetable")
    await camera.tap("🏖️ Holidays")
    await camera.shoot("holidays")
    await camera.say("/start")
    await camera.tap("📅 All classes")
    await camera.choose(BALLET.title, place=1)
    await camera.tap("✏️ Change")
    await camera.shoot("session-change")
    await camera.tap("🪑 Number of seats")
    await camera.shoot("session-seats")
    await camera.tap("◀️ Back")
    await camera.tap("❌ Cancel the class")
    await camera.shoot("call-off-reason")
    await camera.choose("", place=0)
    await camera.shoot("call-off")


EVENING = (stand_at_the_door, take_cash, close_the_evening, manage)
"""The walks of an evening, on a demo of their own, in the order that each leaves for the next what it needs."""
