"""The whole product without Telegram: an example center, a stand-in for Telegram in the browser, and the real bot."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import run_bot
from bot.example.cast import CENTER, OWNER, PEOPLE, ExamplePerson
from bot.example.load import load_example_center
from bot.sandbox import Landmark, MovableClock, PaymobAccount, Sandbox, SandboxPerson, run_sandbox
from bot.sandbox.paymob.mount import PREFIX as PAYMOB_PREFIX
from bot.settings import Settings
from domain.ids import PersonId
from handlers.i18n import LANGUAGES, Translator
from storage.database import Database
from storage.engine import open_database
from storage.queries.organization import CENTERS
from storage.queries.sessions import StoredSessionViews

BOT_ID = 7_000_000
_TOKEN = f"{BOT_ID}:demo"
_NEVER_WROTE, _STRANGERS = "Never wrote to the bot", "Strangers"
_BEFORE_CLASS = timedelta(hours=1)


async def run_demo(
    database_path: Path,
    *,
    port: int,
    stop: asyncio.Event,
    say: Callable[[str], None],
    clock: MovableClock | None = None,
    public_url: str | None = None,
    is_empty: bool = False,
    weeks_of_past: int = 0,
) -> None:
    """Serve the demo on a loopback port until ``stop`` is set; ``say`` is told the one URL to open.

    Its clock is the machine's, or the given one. With a public address there are calendar feeds, but the local gateway does
    not find the bot. An empty one has no example center: its first admin is led through setting one up; else people
    have come to it for so many weeks. The database's schema must be current. Raises OSError where the port is taken.
    """
    clock = clock if clock is not None else MovableClock()
    account = PaymobAccount(merchant_name=CENTER.name, currency=CENTER.currency)
    owner = next(person for person in PEOPLE if person.slug == OWNER)
    url = f"sqlite+aiosqlite:///{database_path}"
    database = open_database(url)
    try:
        if not is_empty:
            await load_example_center(database, clock=clock, bot_id=BOT_ID, weeks_of_past=weeks_of_past)
        sandbox = Sandbox(
            token=_TOKEN,
            bot_username="nile_studio_bot",
            bot_name=CENTER.name,
            clock=clock,
            people=[_sandbox_person(person, is_known=not is_empty or person is owner) for person in PEOPLE],
            landmarks=_landmarks(database, clock),
            paymob=account,
            time_zone=CENTER.timezone,
        )
        async with run_sandbox(sandbox, port=port) as running:
            settings = Settings(  # type: ignore[call-arg]
                _env_file=None,  # the demo is not to read anybody's .env
                bot_token=SecretStr(_TOKEN),
                admin_ids=frozenset({owner.telegram_id}) if is_empty else frozenset(),
                telegram_api_url=running.url,
                database_url=url,
                http_port=0,
                public_url=public_url,
                payment_gateway="paymob",
                paymob_base_url=f"{running.url}{PAYMOB_PREFIX}",
                paymob_checkout_url=None,
                paymob_secret_key=SecretStr(account.secret_key),
                paymob_public_key=SecretStr(account.public_key),
                paymob_api_key=SecretStr(account.api_key),
                paymob_hmac_secret=SecretStr(account.hmac_secret),
                paymob_integration_ids=account.integration_ids,
                paymob_owner=account.owner,
                webhook_secret=None,  # nor anybody's environment: the demo polls
                log_level="WARNING",
            )
            say(f"{running.url}/?person={owner.slug if is_empty else 'mona'}")
            await run_bot(settings, database=database, clock=clock, stop=stop)
    finally:
        await database.close()


def _sandbox_person(person: ExamplePerson, *, is_known: bool) -> SandboxPerson:
    return SandboxPerson(
        id=person.telegram_id,
        slug=person.slug,
        first_name=person.first_name,
        last_name=person.last_name,
        language_code=person.language,
        phone=person.phone,
        note=person.note if is_known else _NEVER_WROTE,
        group=person.group if is_known else _STRANGERS,
    )


def _landmarks(database: Database, clock: MovableClock) -> Callable[[], Awaitable[Sequence[Landmark]]]:
    """Return what finds the instants worth moving the demo's clock to."""
    views = StoredSessionViews(database)

    async def find() -> Sequence[Landmark]:
        after = clock.now() + _BEFORE_CLASS
        centers = await database.fetch(CENTERS)
        if not centers:
            return []
        center = centers[0].center
        nobody, zone = PersonId(center.id), ZoneInfo(center.timezone)
        found = await views.list_upcoming(center_id=center.id, reader_id=nobody, now=after, limit=1)
        if not found:
            return []
        title, starts_at = found[0].class_title, found[0].starts_at
        speakers = {language: Translator(language, zone) for language in LANGUAGES}
        return [
            Landmark(
                {language: tr.plain("1 hour before {title}", title=title) for language, tr in speakers.items()},
                starts_at - _BEFORE_CLASS,
            ),
            Landmark({language: tr.plain("{title} begins", title=title) for language, tr in speakers.items()}, starts_at),
        ]

    return find
