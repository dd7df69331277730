"""The running bot: updates in, effects committed, replies out, until it is told to stop."""

import asyncio
import contextlib
import logging
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TypeVar
from zoneinfo import ZoneInfo

from aiohttp import web
from telegram import BotCommand, Update
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.background import Loop, Parts, Wakeups, background
from bot.command_lists import TelegramCommandLists
from bot.feeds import add_calendar_feeds
from bot.followed_screens import (
    FollowedScreens,
    TelegramBroadcastScreens,
    TelegramErrandScreens,
    TelegramRosterScreens,
)
from bot.gateways.choice import GatewayLink, opened_gateway
from bot.payments import ReturnPage, add_gateway_reports, add_return_page
from bot.settings import Settings
from bot.telegram.activity import shown_activity
from bot.telegram.backoff import Backoff, told_seconds
from bot.telegram.client import TokenKeepingBot, build_bot
from bot.telegram.exporting import TelegramExportCourier
from bot.telegram.intake import UpdateIntake
from bot.telegram.interruption import unless
from bot.telegram.lease import LeaseKeeper
from bot.telegram.polling import PollingLoop, PollingOptions
from bot.telegram.processor import PersonOrderedProcessor
from bot.telegram.pushing import TelegramMessenger
from bot.telegram.replies import ReplySender
from bot.telemetry import Metrics
from bot.web import WebServer, build_application
from bot.webhook import Webhook, add_webhook, leave_webhook, serve_webhook
from bot.wiring import Wiring, served_center, wire
from domain.clock import Clock, MovedByHand
from domain.ids import PersonId
from domain.notifications.ports import Outgoing
from domain.organization.model import Center
from domain.people.profile import FindMember
from domain.writes.base import ConflictError, DatabaseAwayError
from handlers.admin.export_files import ExportFiles
from handlers.chat import Chat
from handlers.commands import commands_for
from handlers.i18n import LANGUAGES, Translator, load_catalogs
from handlers.notifications import ComposeNotice
from scheduler.exporting import Exporter
from scheduler.relay import Relay
from scheduler.sender import Sender
from scheduler.ticks import Ticks
from storage.database import Database
from storage.leases import StoredLease
from storage.queries.organization import CENTERS
from storage.queries.owner import StoredOrganizationViews
from storage.queries.people_admin import StoredPeopleAdminViews
from storage.unit_of_work import unit_of_work_factory

T = TypeVar("T")

_LOGGER = logging.getLogger(__name__)
# Killed after ten seconds by whoever sent SIGTERM: seven for what is under way leave some for closing.
_SHUTDOWN_SECONDS = 7.0
_ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "pre_checkout_query")


async def run_bot(
    settings: Settings,
    *,
    database: Database,
    clock: Clock,
    stop: asyncio.Event,
    parts: Parts = Parts.ALL,
    reads: Database | None = None,
) -> None:
    """Serve the bot of the settings until ``stop`` is set: by webhook where there is a public address, else by polling.

    ``reads`` is what lists and sums are read from, where that is not the database itself. ``parts`` says whether this
    process takes updates, does what nobody taps for, or both. Raises SettingsError,
    BotTokenRejectedError, OSError (the port is taken).
    """
    load_catalogs()
    metrics = Metrics()
    center = await unless(_when_database_is_there(lambda: served_center(database, settings, clock=clock)), stop)
    if center is None:
        return
    wakeups, address = Wakeups(), _Address(settings.public_url)
    async with (
        opened_gateway(settings, our_url=lambda: address.url) as gateway,
        _initialized(settings, stop) as bot,
    ):
        if bot is None:
            return
        wiring = _wired(
            bot, settings, database=database, clock=clock, center=center, wakeups=wakeups, gateway=gateway, reads=reads
        )
        chat = Chat(center, wiring.services, on_refusal=metrics.count_refusal, on_fault=metrics.count_fault)
        sender = _reply_sender(bot, chat, metrics, settings)
        intake = UpdateIntake(
            bot=bot,
            processor=PersonOrderedProcessor(on_drop=_log_dropped),
            process=_process(chat, sender, metrics, bot=bot),
            on_error=_log_error,
        )
        lease = StoredLease(database, name=f"poller:{settings.bot_id}", holder=_holder())
        loop = PollingLoop(
            source=bot,
            intake=intake,
            lease=lease,
            options=PollingOptions(allowed_updates=_ALLOWED_UPDATES, shutdown_seconds=_SHUTDOWN_SECONDS),
        )
        application = _application(settings, wiring, database=database, clock=clock, metrics=metrics, bot=bot)
        webhook = _webhook(settings) if parts.takes_updates else None
        if webhook is not None:
            add_webhook(application, intake=intake, secret=webhook.secret, stop=stop)
        loops = _loops(bot, chat, wiring, database=database, wakeups=wakeups, metrics=metrics) if parts.works else ()
        async with (
            WebServer(application, host=settings.http_host, port=settings.http_port) as server,
            background(loops, wakeups=wakeups, stop=stop),
        ):
            address.note(server.url)
            if not parts.takes_updates:
                _LOGGER.info("@%s: this process works for %s, and takes no updates.", bot.username, center.name)
                await stop.wait()
                return
            await _set_default_commands(bot)
            if webhook is not None:
                _LOGGER.info("@%s serves %s by webhook.", bot.username, center.name)
                await serve_webhook(
                    bot,
                    webhook,
                    intake=intake,
                    allowed_updates=_ALLOWED_UPDATES,
                    stop=stop,
                    shutdown_seconds=_SHUTDOWN_SECONDS,
                )
            else:
                _LOGGER.info("@%s serves %s by polling.", bot.username, center.name)
                await leave_webhook(bot, stop=stop)
                await loop.run(stop)


def _wired(
    bot: TokenKeepingBot,
    settings: Settings,
    *,
    database: Database,
    clock: Clock,
    center: Center,
    wakeups: Wakeups,
    gateway: GatewayLink | None,
    reads: Database | None,
) -> Wiring:
    """Return the use cases and views of the center, with the screens that this bot draws anew by itself."""
    screens = FollowedScreens(bot, center, StoredOrganizationViews(database), clock)
    return wire(
        database,
        clock=clock,
        center=center,
        admin_ids=settings.admin_ids,
        public_url=settings.public_url,
        bot_username=bot.username,
        broadcast_screens=TelegramBroadcastScreens(screens),
        rosters=TelegramRosterScreens(screens),
        errand_screens=TelegramErrandScreens(screens),
        command_lists=TelegramCommandLists(
            bot, people=StoredPeopleAdminViews(database), find_member=FindMember(unit_of_work_factory(database))
        ),
        on_commit=wakeups.note,
        gateway=gateway,
        reads=reads,
    )


def _reply_sender(bot: TokenKeepingBot, chat: Chat, metrics: Metrics, settings: Settings) -> ReplySender:
    return ReplySender(
        bot,
        on_unreachable=_note_unreachable(chat),
        on_undelivered=lambda outcome: metrics.undelivered.labels(outcome=outcome).inc(),
        note_question=_note_question(chat),
        provider_token=settings.provider_token,
    )


def _application(
    settings: Settings, wiring: Wiring, *, database: Database, clock: Clock, metrics: Metrics, bot: TokenKeepingBot
) -> web.Application:
    """Return what is reached over HTTP: health and numbers, calendar feeds, the gateway's reports."""
    application = build_application(metrics=metrics, is_ready=lambda: _is_ready(database))
    add_calendar_feeds(
        application,
        views=wiring.services.calendar,
        organization=wiring.services.organization,
        center=wiring.center,
        clock=clock,
    )
    _add_payments(application, wiring, bot_username=None if settings.is_telegram_local else bot.username)
    return application


class _Address:
    """Where a gateway and browsers reach us: the public address, else this machine's, for who is on it."""

    def __init__(self, public_url: str | None) -> None:
        self._public_url = public_url
        self._own_url = ""

    @property
    def url(self) -> str:
        """Return it, without a path."""
        return self._public_url or self._own_url

    def note(self, own_url: str) -> None:
        """The web server listens there."""
        self._own_url = own_url


def _add_payments(application: web.Application, wiring: Wiring, *, bot_username: str | None) -> None:
    """Let the application take a gateway's reports, where there is one, and show who has paid how that stands."""
    if wiring.receive_report is None:
        return
    add_gateway_reports(application, receive=wiring.receive_report, center=wiring.center)
    add_return_page(
        application, ReturnPage(wiring.center, wiring.services.organization, wiring.services.payments, bot_username)
    )


def _loops(
    bot: TokenKeepingBot, chat: Chat, wiring: Wiring, *, database: Database, wakeups: Wakeups, metrics: Metrics
) -> tuple[Loop, ...]:
    """Return what is to run beside the taps."""
    services = wiring.services
    relay = Relay(wiring.outbox, wiring.subscribers, wakeup=wakeups.relay, on_outcome=metrics.count_event)
    ticks = Ticks(chat.center.id, wiring.jobs, wakeup=wakeups.ticks)
    if isinstance(services.clock, MovedByHand):
        services.clock.on_move(wakeups.wake)

    async def note_unreachable(message: Outgoing) -> None:
        await services.note_reachability(center_id=chat.center.id, person_id=message.person_id, is_reachable=False)

    async def send(stop: asyncio.Event) -> None:
        lease = StoredLease(database, name=f"sender:{bot.id}", holder=_holder())
        async with LeaseKeeper(lease, what="sends notifications") as keeper:
            sender = Sender(
                wiring.messages,
                TelegramMessenger(bot),
                ComposeNotice(chat.center, services, services.clock),
                wakeup=wakeups.sender,
                is_active=lambda: keeper.is_held,
                on_unreachable=note_unreachable,
                on_outcome=metrics.count_message,
            )
            await sender.run(stop)

    files = ExportFiles(chat.center, wiring.export_rows, services.organization, services.clock)
    exporter = Exporter(wiring.exports, files, TelegramExportCourier(bot), wakeup=wakeups.exports)
    loops = [relay.run, ticks.run, send, exporter.run]
    if wiring.rosters is not None:
        loops.append(wiring.rosters.run)
    if wiring.desk is not None:
        loops.append(replace(wiring.desk, wakeup=wakeups.payments).run)
    return tuple(loops)


def _webhook(settings: Settings) -> Webhook | None:
    """Return where Telegram is to post, or None for polling."""
    if settings.public_url is None or settings.webhook_secret is None:
        return None
    return Webhook(settings.public_url, settings.webhook_secret.get_secret_value())


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set ``stop`` on SIGTERM and SIGINT."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)


def _note_question(chat: Chat) -> Callable[[PersonId, int], Awaitable[None]]:
    """Return what remembers the message that asks somebody; forgotten, its buttons merely stay."""

    async def note(person_id: PersonId, message_id: int) -> None:
        try:
            await chat.services.note_question(person_id=person_id, message_id=message_id)
        except (ConflictError, DatabaseAwayError) as fault:
            _LOGGER.warning("A question's message could not be noted (%s).", fault)

    return note


def _process(
    chat: Chat, sender: ReplySender, metrics: Metrics, *, bot: TokenKeepingBot
) -> Callable[[Update], Awaitable[Callable[[], Awaitable[None]] | None]]:
    """Return what commits an update's effect and gives the reply that is still to be sent."""

    async def process(update: Update) -> Callable[[], Awaitable[None]] | None:
        metrics.updates.labels(kind=_kind(update)).inc()
        where = update.effective_chat
        with metrics.handling.time():
            async with shown_activity(bot, where.id if where is not None else None):
                reply = await _when_database_is_there(lambda: chat.handle(update))
        if reply is None and update.callback_query is None:
            return None
        return lambda: sender.send(update, reply)

    return process


async def _when_database_is_there(handle: Callable[[], Awaitable[T]]) -> T:
    """Do it again until the database can be reached: what is not done is not confirmed to Telegram either."""
    backoff = Backoff(first_seconds=0.2, most_seconds=3.0)
    while True:
        try:
            return await handle()
        except DatabaseAwayError as away:
            pause_seconds = backoff.next_delay_seconds()
            _LOGGER.warning("The database is away (%s); trying again in %.1f s.", away, pause_seconds)
            await asyncio.sleep(pause_seconds)


@asynccontextmanager
async def _initialized(settings: Settings, stop: asyncio.Event) -> AsyncIterator[TokenKeepingBot | None]:
    """Yield the bot once Telegram knows it; None where we are told to stop while Telegram cannot be reached."""
    bot = build_bot(token=settings.token, api_url=settings.telegram_api_url)
    backoff = Backoff(first_seconds=0.5, most_seconds=30.0)
    try:
        while not stop.is_set():
            try:
                await bot.initialize()
            except (NetworkError, RetryAfter) as error:
                pause_seconds = backoff.next_delay_seconds()
                if isinstance(error, RetryAfter):
                    pause_seconds = max(pause_seconds, told_seconds(error))
                _LOGGER.warning("Telegram cannot be reached (%s); trying again in %.1f s.", error.message, pause_seconds)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), pause_seconds)
            else:
                break
        yield None if stop.is_set() else bot
    finally:
        await bot.shutdown()


async def _set_default_commands(bot: TokenKeepingBot) -> None:
    """Show strangers what there is; who has a role gets the list of that role in their own chat."""
    try:
        for language in LANGUAGES:
            translator = Translator(language, zone=ZoneInfo("UTC"))
            commands = [BotCommand(name, text) for name, text in commands_for(translator, None)]
            await bot.set_my_commands(commands, language_code=language)
    except TelegramError as error:
        _LOGGER.warning("The command list could not be set (%s).", error.message)


async def _is_ready(database: Database) -> bool:
    try:
        await database.fetch(CENTERS)
    except (DatabaseAwayError, ConflictError):
        return False
    return True


def _note_unreachable(chat: Chat) -> Callable[[int], Awaitable[None]]:
    async def note(telegram_id: int) -> None:
        member = await chat.services.find_member(center_id=chat.center.id, telegram_id=telegram_id)
        if member is not None:
            await chat.services.note_reachability(center_id=chat.center.id, person_id=member.person_id, is_reachable=False)

    return note


def _kind(update: Update) -> str:
    if update.callback_query is not None:
        return "tap"
    return "message" if update.message is not None else "other"


def _holder() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def _log_dropped(update: object) -> None:
    _LOGGER.warning("update %s was dropped: too many of one person are waiting", getattr(update, "update_id", None))


def _log_error(update: Update, error: Exception) -> None:
    _LOGGER.error("update %s: the reply failed", update.update_id, exc_info=error)
