"""The first screen of whoever asks, in the role they act in."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from domain.people.model import Member
from domain.permissions import Role
from handlers.admin import set_up
from handlers.context import Context
from handlers.i18n import Translator
from handlers.screens import Screen
from handlers.student import flows as student
from handlers.team import flows as team


async def home_screen(context: Context) -> Screen:
    """Return the first screen of the role that the member acts in."""
    if context.actor.role is None:
        return no_role(context.tr)
    if context.actor.role is Role.STUDENT:
        return await student.home(context)
    return await set_up.first_screen(context) or await team.home(context)


def no_role(tr: Translator) -> Screen:
    """Say that there is nothing to do for whoever holds no role (any more)."""
    return Screen(tr.lines(tr.text("You have no role here at the moment. Please ask at the reception.")), ())


def with_member(context: Context, member: Member, *, language: str | None = None) -> Context:
    """Return the context for the member as they are now."""
    spoken = language or member.language or context.tr.language
    return replace(context, member=member, tr=Translator(spoken, ZoneInfo(member.center.timezone)))
