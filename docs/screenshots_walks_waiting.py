"""The walks of those who wait for a seat, and of those who always come."""  # noqa: INP001 -- a script beside the documents, not a package

from bot.example.cast import BALLET, KARATE, YOGA
from docs.screenshots_backstage import Backstage
from docs.screenshots_camera import Camera
from docs.screenshots_cast import Cast

_OFFER_MINUTES = 16
_OTHER_CLASSES = (1, 3, 4)  # with those of the standing booking, all credits but one
_REASON = {"en": "She asked for it by phone", "ar": "طلبت ذلك هاتفيًا"}


async def come_always(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph a standing booking, and the news of the last credit."""
    await camera.visit(cast.student.slug)
    await camera.choose(BALLET.title, place=2)
    await camera.choose("🔁")
    await camera.shoot("standing")
    await camera.confirm()
    await camera.shoot("standing-made")
    await camera.tap("🔁 My standing bookings")
    await camera.shoot("standings")
    for place in _OTHER_CLASSES:
        await camera.say("/start")
        await camera.choose(BALLET.title, place=place)
        await camera.confirm()
    await camera.settle()
    await camera.shoot("news-last-credit", holding="🎟️ You have one credit left for {title}.")


async def wait(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph a full class that two wait for, and that one gives a seat of back."""
    for role in (cast.admin, cast.staff):
        if role.own_telegram_id is not None:
            await camera.give_phone(role)
    for role in (cast.newcomer, cast.student):
        await camera.visit(role.slug)
        await camera.tap("📅 All classes")
        await camera.choose(YOGA.title)
        await camera.tap("⏳ Join the waitlist")
    await camera.shoot("waiting")
    await _give_a_seat_back(camera, cast)


async def be_offered(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph the offer, and what becomes of one that nobody answers."""
    await camera.visit(cast.newcomer.slug, is_greeted=False)
    await camera.shoot("news-offer", holding="🎉 <b>A seat is free for you</b>")
    await camera.tap("Take the seat")
    await camera.shoot("seat-offer")
    await camera.tap("No, pass it on")
    await camera.let_pass(_OFFER_MINUTES)
    await camera.visit(cast.student.slug, is_greeted=False)
    await camera.shoot("news-lapsed", holding="⌛ The time to take your seat is over: it went to the next in line.")


async def wait_in_vain(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph what those who wait are told of a class that is called off."""
    await camera.visit(cast.admin.slug)
    await camera.say("/sessions")
    await camera.choose(KARATE.title)
    await camera.tap("✏️ Change")
    await camera.tap("🪑 Number of seats")
    await camera.answer("9")
    await camera.visit(cast.student.slug)
    await camera.tap("📅 All classes")
    await camera.choose(KARATE.title)
    await camera.tap("⏳ Join the waitlist")
    await camera.visit(cast.admin.slug)
    await camera.say("/sessions")
    await camera.choose(KARATE.title)
    await camera.tap("❌ Cancel the class")
    await camera.choose("", place=0)
    await camera.tap("Yes, cancel the class")
    await camera.settle()
    await camera.visit(cast.student.slug, is_greeted=False)
    await camera.shoot("news-line-closed", holding="The class that you were waiting for does not take place.")


async def _give_a_seat_back(camera: Camera, cast: Cast) -> None:
    await camera.visit(cast.admin.slug)
    await camera.say("/sessions")
    await camera.choose(YOGA.title)
    await camera.tap("↩️ Give a seat back")
    await camera.choose("", place=0)
    await camera.answer(_REASON[cast.language])
    await camera.settle()


WAITING = (come_always, wait, be_offered, wait_in_vain)
"""The walks of those who wait, on a demo of their own."""
