"""The guide in the chat: its pages by role, each a picture with a few lines; one message that is turned like a book."""

from functools import cache
from pathlib import Path

import locales
from domain.errors import OutOfDateError
from domain.permissions import Operation, Role, require
from handlers.buttons.guide import CloseGuide, CloseTopic, OpenTopic
from handlers.callback_data import OpenHelp
from handlers.context import Context
from handlers.everyone import guide_view, help_view
from handlers.guide_topics import TOPICS, GuideTopic
from handlers.home import home_screen
from handlers.screens import Reply, Screen
from handlers.tap import Taps, without_data

PICTURES = Path(locales.__file__).parent / "guide"


async def open_help(context: Context) -> Reply:
    """Show what one can do now, in the role one acts in, and the guide's pages."""
    return Reply(await _help(context))


async def open_topic(context: Context, data: OpenTopic) -> Reply:
    """Turn to a page. Raises OutOfDateError for one that is not for the role that the reader acts in (any more)."""
    require(context.actor, Operation.VIEW_SESSIONS)
    role = context.actor.role or Role.STAFF
    if data.topic not in TOPICS[role]:
        raise OutOfDateError
    png = picture(data.topic, context.tr.language)
    return Reply(picture=guide_view.page(context.tr, data.topic, role=role, png=png))


async def close_topic(context: Context) -> Reply:
    """Go back from a page to all of them."""
    return Reply(await _help(context), takes_picture_away=True)


async def close_guide(context: Context) -> Reply:
    """Go from a page to the first screen."""
    return Reply(await home_screen(context), takes_picture_away=True)


@cache
def picture(topic: GuideTopic, language: str) -> bytes:
    """Return a page's picture, which `python -m docs.screenshots` takes with those of the documents."""
    return (PICTURES / language / topic.file_name).read_bytes()


async def _help(context: Context) -> Screen:
    require(context.actor, Operation.VIEW_SESSIONS)
    if context.actor.role is not Role.STUDENT:
        has_other_roles = len(context.member.roles) > 1
        return help_view.team_help(context.tr, role=context.actor.role, has_other_roles=has_other_roles)
    center_id, person_id = context.actor.center_id, context.actor.person_id
    owned = await context.services.means.find_means(center_id=center_id, student_id=person_id)
    booked = await context.services.bookings.list_upcoming(
        center_id=center_id, student_id=person_id, now=context.services.clock.now(), limit=1
    )
    can_pay = bool(owned.credits) or (owned.wallet is not None and owned.wallet.available_minor > 0)
    return help_view.student_help(context.tr, can_pay=can_pay, has_booking=bool(booked))


TAPS: Taps = {
    OpenHelp: without_data(open_help),
    OpenTopic: open_topic,
    CloseTopic: without_data(close_topic),
    CloseGuide: without_data(close_guide),
}
