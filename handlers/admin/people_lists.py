"""The list of people, for an admin: by name, or those that typed words are found in."""

from typing import Final

from domain.ids import PersonId
from domain.permissions import Operation, require
from handlers.admin import people_view
from handlers.buttons.members import ListPeople
from handlers.context import Context
from handlers.screens import Reply, Screen

__all__ = ["ListPeople", "open_people", "people_screen"]

_PAGE: Final = 8


async def open_people(context: Context) -> Reply:
    """Show the first page of all people."""
    return Reply(await people_screen(context, words=None))


async def people_screen(context: Context, *, words: str | None, after: PersonId | None = None) -> Screen:
    """Draw a page of people."""
    require(context.actor, Operation.MANAGE_PEOPLE)
    lines = await context.services.people.list_people(
        center_id=context.actor.center_id, words=words, limit=_PAGE + 1, after=after
    )
    return people_view.people(
        context.tr, lines[:_PAGE], words=words, has_more=len(lines) > _PAGE, is_first_page=after is None
    )
