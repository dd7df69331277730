"""The walk of an owner who has just installed the bot: from nothing to a center that can be booked."""  # noqa: INP001 -- a script beside the documents, not a package

from bot.example.cast import CENTER
from docs.screenshots_backstage import Backstage
from docs.screenshots_camera import Camera
from docs.screenshots_cast import Cast

_CLASS = {"en": "Ballet I", "ar": "باليه 1"}
_BRANCH = {"en": "Maadi", "ar": "المعادي"}
_CENTER = {"en": CENTER.name, "ar": "استوديو النيل"}


async def arrive(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Join, and see what is to be done."""
    await camera.visit(cast.owner.slug)
    await camera.choose({"en": "English", "ar": "العربية"}[cast.language])
    await camera.choose("", place=0)
    await camera.wait_for_keyboard()
    await camera.share_phone()
    await camera.shoot("set-up")


async def name_the_center(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Answer for the center and its first branch."""
    await _go_on(camera, "🏠 Center")
    await camera.shoot("form")
    await camera.answer(_CENTER[cast.language])
    for place in (0, 0, {"en": 0, "ar": 1}[cast.language]):  # the currency, the city, the language
        await camera.choose("", place=place)
    await camera.shoot("form-confirm")
    await camera.confirm()
    await _go_on(camera, "📍 Branch")
    await camera.answer(_BRANCH[cast.language])
    await camera.choose("", place=0)  # no address
    await camera.confirm()


async def make_a_class(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Answer for a class, its place in the timetable, and a package."""
    await _go_on(camera, "🎓 Class")
    await camera.answer(_CLASS[cast.language])
    for place in (0, 1, 0, 2, 3, 1):  # subject, level, teacher, price, seats, length
        await camera.choose("", place=place)
    await camera.shoot("form-policy")
    for place in (0, 2):  # everybody pays; cancelled until two hours before
        await camera.choose("", place=place)
    await camera.confirm()
    await _go_on(camera, "🗓️ Timetable")
    for place in (1, 3):  # Sunday and Tuesday
        await camera.choose("", place=place)
    await camera.shoot("form-weekdays")
    await camera.tap("Go on ▶️")
    await camera.choose("18:00")
    await camera.confirm()
    await camera.shoot("set-up-done")
    await _go_on(camera, "🎁 Package")
    for place in (1, 2, 0):  # how many, for how much, called what
        await camera.choose("", place=place)
    await camera.confirm()


async def share(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Get the link that students come by."""
    await camera.say("/settings")
    await camera.receive("🔗 Link for students")
    await camera.shoot("share-link", holding="t.me")


async def _go_on(camera: Camera, step: str) -> None:
    await camera.tap("Next: {step}", step=camera.tr.plain(step))


SET_UP = (arrive, name_the_center, make_a_class, share)
"""The walks of a set-up, in this order."""
