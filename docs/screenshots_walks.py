"""The walks through the bot that come past every screen, one for each part of it."""  # noqa: INP001 -- a script beside the documents, not a package

from datetime import timedelta

from bot.example.cast import BALLET, KARATE, MATHS, YOGA
from docs.screenshots_backstage import Backstage
from docs.screenshots_camera import Camera
from docs.screenshots_cast import Cast

_STEP_MINOR = 1_000
_CREDITS_USED = 3
_TOP_UPS_MINOR = (5_000, 10_000, 2_500, 5_000, 20_000, 7_500)
_SHORTLY = timedelta(hours=1)
_SEARCHED = "Salma"
_BRANCH = "Maadi"


async def meet(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph first contact: language, name, phone."""
    await camera.visit(cast.stranger)
    await camera.shoot("language")
    await camera.choose({"en": "English", "ar": "العربية"}[cast.language])
    await camera.shoot("name")
    await camera.choose("", place=0)
    await camera.wait_for_keyboard()
    await camera.shoot("phone")
    await camera.share_phone()
    await camera.shoot("welcome")


async def own_nothing(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph what a student sees who has neither credits nor money nor bookings, and how they leave."""
    await camera.visit(cast.newcomer.slug)
    await camera.tap("📅 All classes")
    await camera.choose(KARATE.title)
    await camera.shoot("session-short")
    await camera.tap("🎁 Packages for this class")
    await camera.shoot("shop-class")
    await camera.choose(KARATE.package[0])
    await camera.shoot("offer-missing")
    for command, screen in (("/packages", "packages-none"), ("/wallet", "wallet-empty"), ("/bookings", "bookings-none")):
        await camera.say(command)
        await camera.shoot(screen)
    await camera.tap("Past")
    await camera.shoot("history-none")
    await camera.say("/profile")
    await camera.tap("🗑️ Erase me")
    await camera.shoot("erase-nothing")
    await camera.tap("Erase me for good")
    await camera.shoot("erased")


async def look_around(camera: Camera, cast: Cast, backstage: Backstage) -> None:
    """Photograph every kind of session card, and booking with credits."""
    await camera.visit(cast.student.slug)
    await camera.choose(BALLET.title, place=1)
    await camera.shoot("session-credit")
    await camera.confirm()
    for place in range(2, _CREDITS_USED + 1):
        await camera.tap("🏠 Home")
        await camera.choose(BALLET.title, place=place)
        await camera.confirm()
    await camera.tap("🏠 Home")
    await camera.shoot("home")
    await camera.tap("📅 All classes")
    await camera.shoot("classes")
    await camera.choose(YOGA.title)
    await camera.shoot("session-full")
    await camera.tap("📅 All classes")
    await camera.choose(BALLET.title)
    await camera.shoot("session-late")
    await camera.tap("📅 All classes")
    await camera.choose(KARATE.title)
    with backstage.filled(KARATE.title):
        await camera.confirm()
        await camera.shoot("refused-full")


async def buy(camera: Camera, _cast: Cast, backstage: Backstage) -> None:
    """Photograph the shop, and buying a package from the wallet."""
    await camera.say("/packages")
    await camera.tap("🛍️ Buy a package")
    await camera.shoot("shop")
    await camera.choose(MATHS.package[0])
    await camera.shoot("offer")
    backstage.raise_price("class_packages", title=MATHS.package[0], step_minor=_STEP_MINOR)
    await camera.confirm()
    await camera.shoot("refused-offer")
    await camera.confirm()
    await camera.shoot("bought")


async def book_and_cancel(camera: Camera, cast: Cast, backstage: Backstage) -> None:
    """Photograph a booking from its confirmation to its end."""
    await camera.say("/start")
    await camera.tap("📅 All classes")
    await camera.choose(YOGA.title, place=1)
    await camera.shoot("session-wallet")
    backstage.raise_price("classes", title=YOGA.title, step_minor=_STEP_MINOR)
    await camera.confirm()
    await camera.shoot("refused-terms")
    await camera.confirm()
    await camera.shoot("booked")
    await camera.say("/wallet")
    await camera.shoot("wallet")
    await camera.choose(YOGA.title)
    await camera.tap("Cancel this booking")
    await camera.shoot("cancel")
    await camera.tap("Yes, cancel it")
    await camera.shoot("cancelled")
    await backstage.top_up(cast.student, *_TOP_UPS_MINOR)
    await camera.say("/wallet")
    await camera.tap("Older ▶️")
    await camera.shoot("wallet-older")


async def keep_a_calendar(camera: Camera, _cast: Cast, _backstage: Backstage) -> None:
    """Photograph the calendar, and what takes bookings into other calendars."""
    await camera.say("/calendar")
    await camera.shoot("calendar")
    await camera.choose("•")
    await camera.shoot("day")
    await camera.say("/calendar")
    await camera.tap("Class: all")
    await camera.shoot("calendar-class")
    await camera.choose(BALLET.title)
    await camera.tap("Branch: all")
    await camera.shoot("calendar-branch")
    await camera.choose(_BRANCH)
    await camera.shoot("calendar-narrowed")
    await camera.say("/bookings")
    await camera.shoot("bookings")
    await camera.tap("🔗 My calendar feed")
    await camera.shoot("feed")
    await camera.tap("🔄 Renew the address")
    await camera.shoot("feed-renew")
    await camera.say("/bookings")
    await camera.choose(BALLET.title)
    await camera.shoot("booking")
    await camera.receive("🎫 Ticket")
    await camera.shoot("ticket", holding="Show this at the door.")
    await camera.say("/bookings")
    await camera.choose(BALLET.title)
    await camera.receive("📆 Add to calendar")
    await camera.shoot("calendar-file", holding=".ics")


async def manage_profile(camera: Camera, cast: Cast, _backstage: Backstage) -> None:
    """Photograph the profile and its questions, help, and what is said to what does not fit."""
    await camera.say("/profile")
    await camera.shoot("profile")
    await camera.tap("🔕 {when}: switch off", when=camera.tr.plain("A day before"))
    await camera.shoot("reminders-off")
    await camera.tap("✏️ Name")
    await camera.shoot("profile-name")
    await camera.say(cast.student.name)
    await camera.shoot("profile-renamed")
    await camera.tap("📱 Phone")
    await camera.wait_for_keyboard()
    await camera.shoot("profile-phone")
    await camera.say("/profile")
    await camera.receive("📄 My data")
    await camera.shoot("my-data", holding=".json")
    await camera.say("/profile")
    await camera.tap("🗑️ Erase me")
    await camera.shoot("erase")
    await camera.tap("Give it up and go on")
    await camera.shoot("erase-give-up")
    for command, screen in (("/language", "language-again"), ("/help", "help")):
        await camera.say(command)
        await camera.shoot(screen)
    await camera.tap("📅 Booking")
    await camera.shoot("guide-page")
    await camera.say({"en": "Hello?", "ar": "مرحبًا؟"}[cast.language])
    await camera.shoot("typed")
    await camera.say("/start")
    await camera.press_gone()
    await camera.shoot("refused-stale")


async def work(camera: Camera, cast: Cast, backstage: Backstage) -> None:
    """Photograph what the team sees."""
    for role in (cast.staff, cast.admin):
        if role.own_telegram_id is not None:
            await camera.give_phone(role)
    await camera.visit(cast.staff.slug)
    await camera.shoot("staff-home")
    await camera.tap("📅 All classes")
    await camera.shoot("team-classes")
    await camera.choose(KARATE.title)
    await camera.shoot("team-session")
    await camera.say("/help")
    await camera.shoot("team-help")
    backstage.make_student_too(cast.admin)
    await camera.visit(cast.admin.slug)
    await camera.shoot("admin-home")
    await camera.say("/role")
    await camera.shoot("roles")


async def look_back(camera: Camera, cast: Cast, backstage: Backstage) -> None:
    """Let time pass, and photograph what is too late, unsettled, or lies behind."""
    backstage.quiet(cast.student)
    await camera.visit(cast.student.slug)
    await camera.tap("🎟️ My bookings")
    await camera.choose(BALLET.title)
    await camera.move_clock(backstage.start_of_booking(cast.student, place=0) - _SHORTLY)
    await camera.tap("Cancel this booking")
    await camera.shoot("refused-late")
    backstage.let_pass(cast.student)
    await camera.move_clock(backstage.start_of_booking(cast.student, place=_CREDITS_USED - 1) + _SHORTLY / 2)
    await camera.settle()
    await camera.say("/profile")
    await camera.tap("🗑️ Erase me")
    await camera.shoot("erase-unsettled")
    await camera.say("/packages")
    await camera.shoot("packages")
    await camera.choose(BALLET.package[0])
    await camera.shoot("package")
    await camera.say("/bookings")
    await camera.tap("Past")
    await camera.shoot("history")
    await camera.choose("✔️")
    await camera.shoot("booking-past")
    await camera.say("/bookings")
    await camera.tap("Past")
    await camera.tap("⚙️ Filter and sort")
    await camera.shoot("history-filter")
    await camera.tap("🎓 Class")
    await camera.shoot("history-class")
    await camera.choose(YOGA.title)
    await camera.shoot("history-narrowed")
    await camera.tap("✖️ Show all")
    await camera.tap("🔎 Search")
    await camera.shoot("history-search")
    await camera.say(_SEARCHED)
    await camera.shoot("history-found")


WALKS = (meet, own_nothing, look_around, buy, book_and_cancel, keep_a_calendar, manage_profile, work, look_back)
"""All walks, in the order that each leaves for the next what it needs."""
