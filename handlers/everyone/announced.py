"""What the button under an announcement opens: in a message of its own, because the announcement is to stay."""

from domain.permissions import Role
from handlers.buttons.broadcasts import SeeAnnounced
from handlers.context import Context
from handlers.everyone.switches import open_switches
from handlers.screens import Reply
from handlers.student import flows as student
from handlers.tap import Taps
from handlers.team import session_card


async def see(context: Context, data: SeeAnnounced) -> Reply:
    """Show the session that it is about, or which messages one gets."""
    if data.session_id is None:
        shown = (await open_switches(context)).screen
        return Reply(messages=() if shown is None else (shown,))
    draw = student.session_screen if context.actor.role is Role.STUDENT else session_card.session_screen
    return Reply(messages=(await draw(context, data.session_id),))


TAPS: Taps = {SeeAnnounced: see}
