"""`rollcall invite`: prints a single-use link that gives a role."""

import argparse
from typing import Any

from telegram.error import TelegramError

from bot.commands.runtime import database_of, require_schema, run_async
from bot.settings import Settings, SettingsError, load_settings
from bot.telegram.client import build_bot
from bot.wiring import served_center
from domain.clock import SystemClock
from domain.ids import BranchId, CenterId
from domain.people.roles import INVITE_LIFETIME, InviteFromServer
from domain.permissions import Role
from handlers.start_payload import invite_payload
from storage.database import Database
from storage.queries.organization import BRANCHES
from storage.unit_of_work import unit_of_work_factory


def add_to(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("invite", help="print a single-use link that gives a role")
    parser.add_argument("--role", required=True, choices=["admin", "staff"])
    parser.add_argument("--branch", help="the branch of a member of staff, by name")
    parser.set_defaults(execute=execute)


def execute(options: argparse.Namespace) -> int:
    """Make the invitation, and print its link."""
    settings = load_settings()
    _ = settings.token
    role = Role(options.role.upper())
    if role is Role.STAFF and not options.branch:
        raise SettingsError("Staff work at a branch: say which with --branch NAME.")
    require_schema(settings)
    print(run_async(_invite(settings, role, options.branch if role is Role.STAFF else None)))
    return 0


async def _invite(settings: Settings, role: Role, branch: str | None) -> str:
    clock = SystemClock()
    username = await _username(settings)
    async with database_of(settings) as database:
        center = await served_center(database, settings, clock=clock)
        branch_id = await _branch_id(database, center.id, branch) if branch is not None else None
        invite = InviteFromServer(unit_of_work_factory(database), clock)
        code = await invite(center_id=center.id, role=role, branch_id=branch_id)
    link = f"https://t.me/{username}?start={invite_payload(code)}"
    return f"{link}\nIt works once, within {INVITE_LIFETIME.days} days."


async def _branch_id(database: Database, center_id: CenterId, name: str) -> BranchId:
    branches = await database.fetch(BRANCHES, center_id=center_id)
    for branch in branches:
        if branch.name.casefold() == name.strip().casefold():
            return branch.branch_id
    there = ", ".join(branch.name for branch in branches) or "none yet"
    raise SettingsError(f"There is no branch {name!r}; there is: {there}.")


async def _username(settings: Settings) -> str:
    bot = build_bot(token=settings.token, api_url=settings.telegram_api_url)
    try:
        await bot.initialize()
    except TelegramError as error:
        raise SettingsError(f"Telegram cannot be asked for the bot's name: {error.message}.") from None
    else:
        return bot.username
    finally:
        await bot.shutdown()
