"""The walks through the messages that come by themselves: to a student, to the reception, to the owner."""  # noqa: INP001 -- a script beside the documents, not a package

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.example.cast import BALLET, CENTER, KARATE, YOGA
from docs.screenshots_backstage import Backstage
from docs.screenshots_camera import Camera
from docs.screenshots_cast import Cast

_REASON = {"en": "The studio is being painted", "ar": "أعمال دهان في الاستوديو"}
_SEARCHED = "Dina"


async def book(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Let a student have seats in classes of which each takes another course."""
    for role in (cast.staff, cast.admin, cast.newcomer, cast.student):
        if role in {cast.staff, cast.admin} and role.own_telegram_id is not None:
            await camera.give_phone(role)
        await camera.visit(role.slug)  # nobody can be written to before
    for title, place in ((BALLET.title, 1), (BALLET.title, 2), (KARATE.title, 0), (YOGA.title, 1)):
        await camera.say("/start")
        await camera.tap("📅 All classes")
        await camera.choose(title, place=place)
        await camera.confirm()


async def get_a_seat(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph what somebody reads whom the reception gave a seat."""
    await camera.visit(cast.staff.slug)
    await camera.choose(BALLET.title)
    await camera.tap("💵 Walk-in cash")
    await camera.answer(cast.newcomer.name)
    await camera.choose(cast.newcomer.name)
    await camera.confirm()
    await camera.tap("🚪 Open check-in")
    await camera.settle()
    await camera.visit(cast.newcomer.slug, is_greeted=False)
    await camera.shoot("news-booked", holding="✅ You are booked: <b>{title}</b>")


async def be_changed(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph what a student reads of a class that is moved, called off, and takes place after all."""
    await _override(camera, cast)
    await _open(camera, cast, YOGA.title, 1)
    await camera.tap("✏️ Change")
    await camera.tap("🗓️ Day and time")
    await camera.choose("", place=4)
    await camera.choose("11:00")
    await camera.tap("Yes, move it")
    await camera.settle()
    await _open(camera, cast, YOGA.title, 1)
    await camera.tap("❌ Cancel the class")
    await camera.tap("✍️ Another reason")
    await camera.answer(_REASON[cast.language])
    await camera.tap("Yes, cancel the class")
    await camera.settle()
    await camera.tap("🔄 Refresh")
    await camera.shoot("called-off")
    await camera.tap("🗓️ Reschedule")
    await camera.choose("", place=5)
    await camera.choose("11:00")
    await camera.shoot("reschedule")
    await camera.tap("Yes, reschedule it")
    await camera.settle()
    await _merge(camera, cast)
    await camera.visit(cast.student.slug, is_greeted=False)
    for screen, text in (
        ("news-cancelled", "❌ Your booking was cancelled by the studio: <b>{title}</b>"),
        ("news-moved", "If that does not suit you, you can cancel free of charge until it begins."),
        ("news-off", "❌ Cancelled by the studio: <b>{title}</b>"),
        ("news-back", "You were in it, and got back what you paid. Book again if you want to come."),
    ):
        await camera.shoot(screen, holding=text)
    await camera.visit(cast.newcomer.slug, is_greeted=False)
    await camera.shoot("news-merged", holding="🤝 {center} knows you by one profile now.")


async def let_the_day_pass(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph what the reception and the owner are told while nobody opens or finishes anything."""
    for day, hour, minute in ((24, 16, 50), (24, 18, 1), (24, 19, 1), (24, 20, 1), (24, 21, 1)):
        await camera.move_clock(_at(day, hour, minute))
        await camera.settle()
    await camera.visit(cast.staff.slug, is_greeted=False)
    for screen, text in (
        ("news-finished", "🏁 Finished by the clock: <b>{title}</b>"),
        ("news-not-opened", "The class has begun by the clock."),
        ("news-never-opened", "An hour after its end it counts as missed, and all get back what they paid."),
        ("news-missed-class", "❌ Missed: <b>{title}</b>"),
    ):
        await camera.shoot(screen, holding=text)
    await camera.visit(cast.admin.slug, is_greeted=False)
    await camera.shoot("digest", holding="📈 Earned: <b>{amount}</b> (a week ago {before})")


async def come_near(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph a reminder, and the list of who comes."""
    await camera.move_clock(_at(25, 16, 1))
    await camera.settle()
    await camera.visit(cast.student.slug, is_greeted=False)
    await camera.shoot("news-reminder", holding="⏰ {when}: <b>{title}</b>")
    await camera.move_clock(_at(26, 13, 1))
    await camera.settle()
    await camera.visit(cast.staff.slug, is_greeted=False)
    await camera.shoot("news-who-comes", holding="👥 {when}: <b>{title}</b>")


async def decide(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph the absences that wait for the owner's word, and what is said of them."""
    await camera.move_clock(_at(26, 15, 50))
    await camera.visit(cast.staff.slug)
    await camera.choose(KARATE.title)
    await camera.tap("🚪 Open check-in")
    await camera.tap("📋 Roster")
    await camera.choose("⬜", place=1)
    await camera.tap("◀️ Class")
    await camera.tap("▶️ Start the class")
    await camera.tap("🏁 Finish the class")
    await camera.settle()
    await camera.visit(cast.admin.slug, is_greeted=False)
    await camera.shoot("news-cases", holding="<b>{title}</b>")
    await camera.say("/start")
    await camera.choose("⚖️")
    await camera.shoot("decisions")
    await camera.tap("More ▶️")
    await camera.choose(cast.student.name)
    await camera.shoot("decision")
    await camera.tap("⚖️ All decisions")
    await camera.tap("🕊️ Release all")
    await camera.shoot("decide-all")
    await camera.tap("⚖️ All decisions")
    await camera.tap("More ▶️")
    await camera.choose(cast.student.name)
    await camera.tap("💳 Charge")
    await camera.settle()
    await camera.visit(cast.student.slug, is_greeted=False)
    await camera.shoot("news-decided", holding="The studio has decided: <b>{title}</b>")
    await camera.shoot("news-absent", holding="If that is a mistake, please tell the studio.")
    await camera.move_clock(_at(28, 17, 30))
    await camera.settle()
    await camera.visit(cast.admin.slug, is_greeted=False)
    await camera.shoot("news-cases-wait", holding="Until it is decided, the money stays locked in the student's wallet.")


async def _override(camera: Camera, cast: Cast) -> None:
    await _open(camera, cast, BALLET.title, 1)
    await camera.tap("↩️ Give a seat back")
    await camera.choose(cast.student.name)
    await camera.answer(_REASON[cast.language])
    await camera.settle()


async def _merge(camera: Camera, cast: Cast) -> None:
    await camera.say("/people")
    await camera.tap("🔎 Search")
    await camera.answer(cast.newcomer.name)
    await camera.choose(cast.newcomer.name)
    await camera.tap("🤝 Merge with another")
    await camera.answer(_SEARCHED)
    await camera.choose(_SEARCHED)
    await camera.choose("", place=0)
    await camera.settle()


async def _open(camera: Camera, cast: Cast, title: str, place: int) -> None:
    await camera.visit(cast.admin.slug)
    await camera.say("/sessions")
    await camera.choose(title, place=place)


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(CENTER.timezone))


NEWS = (book, get_a_seat, be_changed, let_the_day_pass, come_near, decide)
"""The walks through what comes by itself, on a demo of their own."""
