"""The walks of the team through the timetable and the classes that are planned, moved, changed and called off."""  # noqa: INP001 -- a script beside the documents, not a package

from bot.example.cast import BALLET, YOGA
from docs.screenshots_backstage import Backstage
from docs.screenshots_camera import Camera
from docs.screenshots_cast import Cast

_HOLIDAY = {"en": "Founders' day", "ar": "عيد التأسيس"}
_THURSDAY = 2  # the day after tomorrow: two classes are booked then


async def plan_the_weeks(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph a new rule of the timetable from its class to its confirmation, and the end of one."""
    if cast.admin.own_telegram_id is not None:
        await camera.give_phone(cast.admin)
    await camera.visit(cast.admin.slug)
    await camera.say("/timetable")
    await camera.shoot("timetable")
    await camera.tap("➕ New rule")
    await camera.shoot("rule-class")
    await camera.choose(YOGA.title)
    await camera.choose("", place=1)
    for place in (1, 3):
        await camera.choose("", place=place)
    await camera.shoot("rule-weekdays")
    await camera.tap("Go on ▶️")
    await camera.choose("18:00")
    await camera.shoot("rule-start")
    await camera.choose("", place=0)
    await camera.shoot("rule-confirm")
    await camera.confirm()
    await camera.shoot("rule")
    await camera.tap("🛑 End this rule")
    await camera.shoot("rule-end")


async def change_a_rule(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph what of a rule can be different from a day on."""
    for place, screen in enumerate(("rule-days", "rule-time", "rule-teacher", "rule-seats")):
        await _open_rule(camera)
        await camera.choose("✏️", place=place)
        await camera.shoot(screen)
    await _open_rule(camera)
    await camera.choose("🗓️")
    await camera.shoot("rule-from")
    await _open_rule(camera)
    await camera.choose("✏️", place=3)
    await camera.answer("10")
    await camera.shoot("rule-change")


async def _open_rule(camera: Camera) -> None:
    await camera.say("/timetable")
    await camera.choose(BALLET.title)
    await camera.tap("✏️ Change it")


async def close_for_a_day(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph a holiday: its name, the classes that stay, and taking it back."""
    await camera.say("/timetable")
    await camera.tap("🏖️ Holidays")
    await camera.tap("➕ New holiday")
    await camera.choose("", place=0)  # all branches
    await camera.choose("", place=_THURSDAY)
    await camera.shoot("holiday-name")
    await camera.answer(_HOLIDAY[cast.language])
    await camera.shoot("holiday-kept")
    await camera.say("/timetable")
    await camera.tap("🏖️ Holidays")
    await camera.shoot("holidays")
    await camera.choose(_HOLIDAY[cast.language])
    await camera.shoot("holiday-remove")


async def look_through_classes(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph the list of all classes and what narrows it."""
    for label, screen in (
        ("🔖 Status", "classes-status"),
        ("🗓️ Day", "classes-day"),
        ("🎓 Class", "classes-class"),
        ("📍 Branch", "classes-branch"),
    ):
        await camera.say("/sessions")
        await camera.tap(label)
        await camera.shoot(screen)


async def add_a_class(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph an extra class from its title to its end."""
    await camera.say("/start")
    await camera.tap("➕ Extra class")
    await camera.shoot("extra-class")
    await camera.choose(YOGA.title)
    await camera.shoot("extra-branch")
    await camera.choose("", place=0)
    await camera.shoot("extra-day")
    await camera.choose("", place=2)
    await camera.shoot("extra-time")
    await camera.choose("20:00")
    await camera.shoot("extra-confirm")
    await camera.confirm()
    await camera.tap("🗑️ Delete")
    await camera.shoot("session-delete")


async def change_a_class(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph what can be changed of a planned class, and what that does."""
    await _open_ballet(camera)
    await camera.tap("✏️ Change")
    await camera.shoot("session-change")
    await camera.tap("👤 Teacher")
    await camera.shoot("session-teacher")
    await camera.tap("◀️ Back")
    await camera.tap("✏️ Change")
    await camera.tap("🪑 Number of seats")
    await camera.shoot("session-seats")
    await camera.tap("◀️ Back")
    await camera.tap("✏️ Change")
    await camera.tap("🗓️ Day and time")
    await camera.choose("", place=1)
    await camera.choose("19:00")
    await camera.shoot("session-move")


async def call_off(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph giving one seat back, and calling a class off."""
    await _open_ballet(camera)
    await camera.tap("↩️ Give a seat back")
    await camera.shoot("override-seats")
    await camera.choose("", place=0)
    await camera.shoot("override")
    await _open_ballet(camera)
    await camera.tap("❌ Cancel the class")
    await camera.shoot("call-off-reason")
    await camera.tap("✍️ Another reason")
    await camera.shoot("call-off-other")
    await _open_ballet(camera)
    await camera.tap("❌ Cancel the class")
    await camera.choose("", place=0)
    await camera.shoot("call-off")


async def _open_ballet(camera: Camera) -> None:
    await camera.say("/sessions")
    await camera.choose(BALLET.title, place=1)


PLANNING = (
    plan_the_weeks,
    change_a_rule,
    close_for_a_day,
    look_through_classes,
    add_a_class,
    change_a_class,
    call_off,
)
"""The walks through planning, on a demo of their own."""
