"""The walks of the owner through the center's administration: people, team, catalogue, settings, and who did what."""  # noqa: INP001 -- a script beside the documents, not a package

from bot.example.cast import BALLET
from docs.screenshots_backstage import Backstage
from docs.screenshots_camera import Camera
from docs.screenshots_cast import Cast
from domain.organization.fields import Field
from handlers.admin.field_words import label

_SEARCHED = "Dina"
_NOTE = {"en": "Knee injury, no jumps", "ar": "إصابة في الركبة، بدون قفز"}
_WAIVED = {"en": "Moved away, agreed by phone", "ar": "انتقلت للسكن بعيدًا، اتفقنا هاتفيًا"}
_BRANCH = "Maadi"


async def look_after_people(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph the people, a card, and what is asked before something is done to somebody."""
    if cast.admin.own_telegram_id is not None:
        await camera.give_phone(cast.admin)
    await camera.visit(cast.admin.slug)
    await camera.tap("👥 People")
    await camera.shoot("people")
    await _open_person(camera, cast.student.name)
    await camera.tap("✏️ Name")
    await camera.shoot("person-name")
    await camera.tap("◀️ Back")
    await camera.tap("📝 Note")
    await camera.shoot("person-note")
    await camera.answer(_NOTE[cast.language])
    await camera.shoot("person")
    await camera.tap("⛔ Block")
    await camera.shoot("person-block")
    await camera.tap("◀️ Back")
    await camera.tap("🗑️ Erase")
    await camera.shoot("person-erase-reason")
    await camera.answer(_WAIVED[cast.language])
    await camera.shoot("person-erase")
    await camera.tap("No, keep")
    await camera.receive("📄 Their data")
    await camera.shoot("person-data", holding=".json")


async def merge(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph how two rows of one person become one."""
    await _open_person(camera, cast.newcomer.name)
    await camera.tap("🤝 Merge with another")
    await camera.shoot("merge-search")
    await camera.answer(_SEARCHED)
    await camera.shoot("merge-found")
    await camera.choose(_SEARCHED)
    await camera.shoot("merge")


async def keep_the_team(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph invitations, and how a role is taken away."""
    await _open_person(camera, cast.staff.name)
    await camera.choose("➖")
    await camera.shoot("take-role")
    await camera.say("/people")
    await camera.tap("👋 Invite to the team")
    await camera.shoot("invite")
    await camera.receive_by(0)
    await camera.shoot("invite-link", holding="t.me")
    await camera.say("/people")
    await camera.tap("📨 Invitations")
    await camera.shoot("invites")


async def keep_the_catalogue(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph classes, packages and branches."""
    await camera.say("/start")
    await camera.tap("🎓 Classes")
    await camera.shoot("class-list")
    await camera.tap("🔎 Search")
    await camera.shoot("catalogue-search")
    await camera.answer(BALLET.title)
    await camera.choose(BALLET.title)
    await camera.shoot("class-card")
    await camera.choose(f"✏️ {label(camera.tr, Field.PRICE)}")
    await camera.shoot("class-price")
    await camera.tap("◀️ Back")
    await camera.tap("🗄️ Put away")
    await camera.shoot("class-away")
    await camera.say("/packages")
    await camera.shoot("package-list")
    await camera.tap("🎓 Of one class")
    await camera.shoot("package-classes")
    await camera.choose(BALLET.title)
    await camera.choose(BALLET.package[0])
    await camera.shoot("package-card")
    await camera.tap("🗄️ Put away")
    await camera.shoot("package-away")


async def keep_the_settings(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph the settings and the branches."""
    await camera.say("/settings")
    await camera.shoot("settings")
    await camera.tap("📍 Branches")
    await camera.shoot("branches")
    await camera.choose(_BRANCH)
    await camera.shoot("branch")
    await camera.tap("🗄️ Put away")
    await camera.shoot("branch-away")


async def look_into_the_log(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph who did what."""
    await camera.say("/start")
    await camera.tap("📜 Audit log")
    await camera.shoot("audit-log")
    await camera.choose("", place=0)
    await camera.shoot("audit-row")
    await camera.tap("◀️ Back")
    await camera.tap("🔎 Narrow")
    await camera.shoot("audit-filter")
    await camera.tap("◀️ Back")
    await camera.receive("📄 As a file")
    await camera.shoot("audit-file", holding=".csv")


async def _open_person(camera: Camera, name: str) -> None:
    await camera.say("/people")
    await camera.tap("🔎 Search")
    await camera.answer(name)
    await camera.choose(name)


ADMINISTRATION = (
    look_after_people,
    merge,
    keep_the_team,
    keep_the_catalogue,
    keep_the_settings,
    look_into_the_log,
)
"""The walks of an administration, on a demo of their own."""
