"""The walk of an announcement: written, looked at, sent, read."""  # noqa: INP001 -- a script beside the documents, not a package

from bot.example.cast import MATHS
from docs.screenshots_backstage import Backstage
from docs.screenshots_camera import Camera
from docs.screenshots_cast import Cast

_TEXT = {
    "en": "We are closed on Friday for the holiday. See you on Saturday!",
    "ar": "نغلق يوم الجمعة بمناسبة العطلة. نراكم يوم السبت!",
}


async def announce(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph an announcement from its text to the chat of a student."""
    for role in (cast.student, cast.newcomer, cast.admin):
        if role is cast.admin and role.own_telegram_id is not None:
            await camera.give_phone(role)
        await camera.visit(role.slug)  # nobody can be written to before
    await camera.tap("📣 Announcements")
    await camera.tap("✍️ To every student")
    await camera.shoot("announce-text")
    await camera.answer(_TEXT[cast.language])
    await camera.shoot("announce-preview")
    await camera.choose("📣")
    await camera.settle()
    await camera.shoot("announce-sent")
    await camera.say("/start")
    await camera.tap("📣 Announcements")
    await camera.shoot("announcements")
    await camera.say("/start")
    await camera.tap("🎓 Classes")
    await camera.choose(MATHS.title)
    await camera.tap("📣 Write to everybody")
    await camera.shoot("announce-nobody")
    await camera.visit(cast.student.slug, is_greeted=False)
    await camera.shoot("news-announcement", holding=_TEXT[cast.language])


ANNOUNCING = (announce,)
"""The walk of an announcement, on a demo of its own."""
