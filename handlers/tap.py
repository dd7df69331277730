"""What handles a tapped button: a function from the context and what the button carries to a reply."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from handlers.callback_codec import CallbackData
from handlers.context import Context
from handlers.screens import Reply

Tap = Callable[[Context, Any], Awaitable[Reply]]
Taps = Mapping[type[CallbackData], Tap]


def without_data(handler: Callable[[Context], Awaitable[Reply]]) -> Tap:
    """Return the tap of a button that carries nothing but its kind."""
    return lambda context, _data: handler(context)


def merged(*groups: Taps) -> dict[type[CallbackData], Tap]:
    """Return the taps of several flows together. Raises ValueError where two handle the same kind."""
    taps: dict[type[CallbackData], Tap] = {}
    for group in groups:
        if taps.keys() & group.keys():
            raise ValueError("two flows handle one kind of button")
        taps.update(group)
    return taps
