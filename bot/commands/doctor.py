"""`rollcall doctor`: looks at all that a running bot stands on; each line says ok, or what is wrong and what to do."""

import argparse
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from telegram import WebhookInfo
from telegram.error import TelegramError

from bot.commands.doctor_gateway import look_at_gateway
from bot.commands.runtime import run_async
from bot.settings import Settings, SettingsError, load_settings, misspelt_names
from bot.telegram.client import BotTokenRejectedError, build_bot
from bot.telemetry import hide_secrets
from bot.webhook import PATH
from domain.clock import SystemClock
from handlers.i18n import LANGUAGES, load_catalogs
from storage.inspection import DatabaseState, UnreadableDatabaseError, inspect_database
from storage.migrate import head_revision

_MOST_SKEW: Final = timedelta(seconds=30)
_LEAST_FREE_BYTES: Final = 200 * 1024 * 1024
_MEGABYTE: Final = 1024 * 1024
_RECENTLY: Final = timedelta(hours=1)
_MANY_WAITING: Final = 100
_TIMEOUT = aiohttp.ClientTimeout(total=10)
# Egypt has summer time again since 2023: data from before would shift every class by an hour.
_SUMMER_IN_CAIRO: Final = (datetime(2024, 7, 1, tzinfo=UTC), timedelta(hours=3))


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at and how it is; ``advice`` is what to do, None where all is well."""

    subject: str
    state: str
    advice: str | None = None

    def __str__(self) -> str:
        """Return the line. Secrets are taken out of it, whoever put them there."""
        if self.advice is None:
            return hide_secrets(f"ok  {self.subject}: {self.state}")
        return hide_secrets(f"✗   {self.subject}: {self.state} → {self.advice}")


def add_to(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("doctor", help="check settings, token, webhook, database and machine")
    parser.set_defaults(execute=execute)


def execute(_options: argparse.Namespace) -> int:
    """Print a line for each thing that was looked at; 1 where one of them is wrong."""
    is_well = True
    for finding in _findings():
        print(finding, flush=True)
        is_well = is_well and finding.advice is None
    return 0 if is_well else 1


def _findings() -> Iterator[Finding]:
    yield _catalogs()
    yield _time_zones()
    try:
        settings = load_settings()
        settings.check_webhook()
        settings.check_gateway()
        _ = settings.token
    except SettingsError as error:
        yield Finding("settings", str(error), "correct it in .env or in the environment, then run `rollcall doctor` again")
        return
    yield Finding("settings", "complete")
    for name, meant in misspelt_names():
        advice = f"write {meant}, or take the line out of .env" if meant is not None else "take the line out of .env"
        yield Finding("settings", f"there is no {name}", advice)
    yield from _database(settings)
    yield from run_async(_telegram(settings))
    yield Finding("payments online", *run_async(look_at_gateway(settings)))


def _catalogs() -> Finding:
    try:
        load_catalogs()
    except OSError:
        return Finding("languages", "the catalogs are not compiled", "run `make install`")
    return Finding("languages", ", ".join(LANGUAGES))


def _time_zones() -> Finding:
    summer, expected = _SUMMER_IN_CAIRO
    advice = "install the newest tzdata: `.venv/bin/pip install --upgrade tzdata`"
    try:
        offset = summer.astimezone(ZoneInfo("Africa/Cairo")).utcoffset()
    except ZoneInfoNotFoundError:
        return Finding("time zones", "there is no time zone data on this machine", advice)
    if offset != expected:
        return Finding("time zones", "the data is older than 2023 and knows nothing of Egypt's summer time", advice)
    return Finding("time zones", "up to date")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        state = inspect_database(settings.database_url)
    except UnreadableDatabaseError as error:
        yield Finding("database", f"cannot be reached ({error})", "check ROLLCALL_DATABASE_URL, and that the server runs")
        return
    if not state.is_there:
        yield Finding("database", "not there yet: `rollcall run` makes it")
    else:
        yield _schema(state)
    if state.file is not None:
        yield from _sqlite_file(state.file.resolve(), state)
    if settings.database_replica_url is not None:
        yield _replica(settings.database_replica_url)


def _replica(url: str) -> Finding:
    try:
        state = inspect_database(url)
    except UnreadableDatabaseError as error:
        return Finding("replica", f"cannot be reached ({error})", "check ROLLCALL_DATABASE_REPLICA_URL; it is passed over")
    if not state.is_there or state.revision != head_revision():
        return Finding("replica", f"has schema {state.revision or 'none'}", "wait until it has followed the database")
    return Finding("replica", f"schema {state.revision}, current")


def _schema(state: DatabaseState) -> Finding:
    if state.revision == head_revision():
        return Finding("database", f"schema {state.revision}, current")
    return Finding(
        "database",
        f"has schema {state.revision or 'none'}, this version needs {head_revision()}",
        "make a backup, then run `rollcall migrate`",
    )


def _sqlite_file(file: Path, state: DatabaseState) -> Iterator[Finding]:
    if state.journal_mode is not None:
        is_wal = state.journal_mode == "wal"
        advice = None if is_wal else "keep the file on a local disk, and run `rollcall migrate`, which sets it to wal"
        yield Finding("journal", f"mode {state.journal_mode}", advice)
    folder = next(parent for parent in file.parents if parent.exists())
    if not os.access(folder, os.W_OK) or (state.is_there and not os.access(file, os.W_OK)):
        yield Finding("disk", f"{file} cannot be written to", "give the user that runs the bot the right to write there")
        return
    free_bytes = shutil.disk_usage(folder).free
    said = f"{free_bytes // _MEGABYTE} MB free where the database is"
    yield Finding("disk", said, None if free_bytes >= _LEAST_FREE_BYTES else "make room: a full disk refuses every booking")


async def _telegram(settings: Settings) -> list[Finding]:
    bot = build_bot(token=settings.token, api_url=settings.telegram_api_url)
    try:
        await bot.initialize()
        found = [Finding("token", f"@{bot.username}"), _webhook(settings, await bot.get_webhook_info())]
    except BotTokenRejectedError:
        return [Finding("token", "Telegram does not accept it", "copy it again from @BotFather into ROLLCALL_BOT_TOKEN")]
    except TelegramError as error:
        return [
            Finding(
                "token",
                f"Telegram cannot be asked ({error.message})",
                "check this machine's way to the internet, and ROLLCALL_TELEGRAM_API_URL",
            )
        ]
    finally:
        await bot.shutdown()
    return [*found, await _clock(settings)]


def _webhook(settings: Settings, info: WebhookInfo) -> Finding:
    """Compare where Telegram sends updates with where this installation takes them, and ask how that goes."""
    wanted = f"{settings.public_url}{PATH}" if settings.uses_webhook else ""
    waiting = f"{info.pending_update_count} updates waiting"
    if info.url != wanted:
        there = f"posts updates to {info.url}" if info.url else "posts updates nowhere"
        mode = f"the settings say {wanted}" if wanted else "the settings say polling"
        return Finding("updates", f"Telegram {there}, {mode}", "start `rollcall run`: it tells Telegram where to")
    failed_at = info.last_error_date
    if failed_at is not None and SystemClock().now() - failed_at < _RECENTLY:
        return Finding(
            "updates",
            f"Telegram could not deliver lately ({info.last_error_message}), {waiting}",
            "check that ROLLCALL_PUBLIC_URL reaches this server from outside, by https and with a valid certificate",
        )
    if info.pending_update_count > _MANY_WAITING:
        return Finding("updates", waiting, "start `rollcall run`, or see in its log why it does not take them")
    return Finding("updates", f"{'webhook' if wanted else 'polling'}, {waiting}")


async def _clock(settings: Settings) -> Finding:
    """Compare this machine's clock with the one of Telegram's servers, by the date of an answer."""
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT) as session,
            session.get(settings.telegram_api_url, allow_redirects=False) as response,
        ):
            theirs = parsedate_to_datetime(response.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return Finding("clock", "Telegram did not say its time", "run `rollcall doctor` again in a moment")
    skew = SystemClock().now() - theirs
    seconds = round(skew.total_seconds())
    if abs(skew) > _MOST_SKEW:
        return Finding("clock", f"{seconds} s off Telegram's", "let the machine set its clock: `timedatectl set-ntp true`")
    return Finding("clock", "agrees with Telegram's")
