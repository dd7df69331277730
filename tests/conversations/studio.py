"""The whole product with a cast of people: the sandbox over HTTP, the real bot, and a database that can be looked into."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.app import run_bot
from bot.sandbox import MovableClock, PaymobAccount, Sandbox, SandboxPerson, run_sandbox
from bot.settings import Settings
from domain.enrollments.model import EnrollmentStatus
from storage.audit import audit
from storage.database import Database
from storage.engine import open_database
from tests.cast import Cast, gather_cast
from tests.conversations.ledger import Kept, kept, seats
from tests.conversations.phone import Person
from tests.factories import FixedClock, Scheduled, World
from tests.factories import Person as Member
from tests.sandbox.clients import Driver

BOT_ID = 7_000_123
TOKEN = f"{BOT_ID}:AAE-of_the_conversation_tests_0123456789"
SECRET = TOKEN.partition(":")[2]
JACK, YASMIN, PIERRE = 7_100_000_001, 7_100_000_002, 7_100_000_003
STOP_SECONDS = 15.0
PAYMOB = PaymobAccount()


@dataclass(frozen=True, slots=True)
class Studio:
    """The cast with their phones. ``clock`` is the business clock of the bot: it stands still until a test moves it."""

    cast: Cast
    sandbox: Sandbox
    driver: Driver
    clock: MovableClock
    settings: Settings

    @property
    def world(self) -> World:
        """The center that the bot serves."""
        return self.cast.world

    @property
    def database(self) -> Database:
        """The test's own way into the database, beside the bot's."""
        return self.cast.world.database

    def phone(self, slug: str) -> Person:
        """Return somebody's phone."""
        return Person(self.driver, slug)

    def give_phone(self, member: Member, slug: str, *, language: str = "en") -> Person:
        """Let a member of the center have a phone."""
        assert member.telegram_id is not None
        first_name, _, last_name = member.name.partition(" ")
        self.sandbox.add_person(
            SandboxPerson(member.telegram_id, slug, first_name, last_name=last_name, language_code=language)
        )
        return self.phone(slug)

    async def give_phones(self, how_many: int, *, money_minor: int = 0) -> list[Person]:
        """Let many new students have phones."""
        students = await self.world.add_students(how_many, money_minor=money_minor)
        return [self.give_phone(student, f"student{number}") for number, student in enumerate(students)]

    async def kept(self) -> Kept:
        """Count what the database keeps now."""
        return await kept(self.database)

    async def live_seats(self, session: Scheduled | None = None) -> list[object]:
        """Return who has a live seat in a session (the cast's, unless another is given)."""
        found = await seats(self.database, (session or self.cast.session).id)
        return [person_id for person_id, status, _ in found if status != EnrollmentStatus.CANCELLED]

    async def statuses_of(self, member: Member, session: Scheduled | None = None) -> list[tuple[str, str | None]]:
        """Return status and way of paying of every enrollment of a person in a session, cancelled ones included."""
        found = await seats(self.database, (session or self.cast.session).id)
        return [(status, method) for person_id, status, method in found if person_id == member.id]

    async def faults(self, **rule: object) -> None:
        """Make trouble on the way to or from the Bot API."""
        await self.driver.post("faults", 201, **rule)

    def calls(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of the bot's calls of one method."""
        return [call["parameters"] for call in self.sandbox.world.calls.after(0) if call["method"] == method]

    async def adds_up(self) -> None:
        """Fail where the audit finds anything."""
        assert await audit(self.database) == []

    @asynccontextmanager
    async def bot(self, *, settings: Settings | None = None) -> AsyncIterator[asyncio.Task[None]]:
        """Let the real bot serve while the block lasts, with its own way into the database; stop it in good order."""
        used, stop = settings or self.settings, asyncio.Event()
        database = open_database(used.database_url)
        task = asyncio.create_task(run_bot(used, database=database, clock=self.clock, stop=stop))
        try:
            yield task
        finally:
            stop.set()
            try:
                await asyncio.wait_for(task, STOP_SECONDS)
            finally:
                await database.close()


@asynccontextmanager
async def opened_studio(database_url: str, *, clock: FixedClock | None = None) -> AsyncIterator[Studio]:
    """Open the center and the sandbox, at the opening day unless a clock says otherwise; no bot runs yet."""
    database = open_database(database_url, pool_size=2)
    try:
        world = await World.open(database, clock=clock, bot_id=BOT_ID)
        cast = await gather_cast(world)
        business_clock = MovableClock(world.clock)
        strangers = (
            SandboxPerson(JACK, "jack", "Jack", last_name="Reed", language_code="en-GB", phone="+201001234565"),
            SandboxPerson(YASMIN, "yasmin", "ياسمين", last_name="فؤاد", language_code="ar-EG", phone="+201001234566"),
            SandboxPerson(PIERRE, "pierre", "Pierre", language_code="fr"),
        )
        sandbox = Sandbox(token=TOKEN, bot_username="studio_bot", clock=business_clock, people=strangers, paymob=PAYMOB)
        async with run_sandbox(sandbox) as running, aiohttp.ClientSession() as http:
            studio = Studio(cast, sandbox, Driver(http, running.url), business_clock, _settings(running.url, database_url))
            for slug, member in _phones(cast).items():
                studio.give_phone(member, slug)
            yield studio
    finally:
        await database.close()


def _phones(cast: Cast) -> dict[str, Member]:
    return {
        "mona": cast.owner,
        "omar": cast.member,
        "nour": cast.poor,
        "sami": cast.blocked,
        "hana": cast.staff,
        "tarek": cast.admin,
    }


def _settings(api_url: str, database_url: str) -> Settings:
    return Settings(  # type: ignore[call-arg]
        _env_file=None,  # nobody's .env
        bot_token=SecretStr(TOKEN),
        telegram_api_url=api_url,
        database_url=database_url,
        http_port=0,
        payment_gateway="paymob",
        paymob_base_url=f"{api_url}/paymob",
        paymob_secret_key=SecretStr(PAYMOB.secret_key),
        paymob_public_key=SecretStr(PAYMOB.public_key),
        paymob_api_key=SecretStr(PAYMOB.api_key),
        paymob_hmac_secret=SecretStr(PAYMOB.hmac_secret),
        paymob_integration_ids=PAYMOB.integration_ids,
        paymob_owner=PAYMOB.owner,
    )
