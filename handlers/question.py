"""One question that is answered by typing, as the flow that asks it describes it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.callback_codec import CallbackData
from handlers.context import Context
from handlers.screens import Reply


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a flow.

    ``take`` gets what was typed; where it does not fit, it asks again with a notice. ``show`` draws what is asked now, or,
    once it is answered, what came of it. ``buttons`` are the kinds that stand under the question, its confirmation
    included: whatever else is tapped leaves it. ``is_draft`` lets what was answered so far be taken up again after that.
    """

    take: Callable[[Context, str], Awaitable[Reply]]
    show: Callable[[Context], Awaitable[Reply]]
    buttons: frozenset[type[CallbackData]] = frozenset()
    is_draft: bool = False
