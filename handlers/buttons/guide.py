"""What the buttons of the guide carry."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.callback_codec import CallbackData
from handlers.guide_topics import GuideTopic


@dataclass(frozen=True, slots=True)
class OpenTopic(CallbackData):
    """A page of the guide."""

    letter: ClassVar[str] = "=a"
    topic: GuideTopic


@dataclass(frozen=True, slots=True)
class CloseTopic(CallbackData):
    """From a page back to all of them."""

    letter: ClassVar[str] = "=b"


@dataclass(frozen=True, slots=True)
class CloseGuide(CallbackData):
    """From a page to the first screen."""

    letter: ClassVar[str] = "=c"
