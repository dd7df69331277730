"""What handlers return: screens, answers to taps, messages. Plain data; who sends it is none of their business."""

from dataclasses import dataclass, field
from enum import StrEnum

from markupsafe import Markup

from domain.ids import PersonId


class Style(StrEnum):
    """How a button looks, in Telegram's words."""

    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: plain label, and callback data of 1 to 64 bytes or an address that it opens."""

    label: str
    data: str = ""
    style: Style | None = None
    url: str | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """A message that is edited in place: Telegram's HTML and inline buttons."""

    text: Markup
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class PhoneRequest:
    """A message whose keyboard can share the person's phone, or type what skips it."""

    text: Markup
    share_label: str
    skip_label: str


@dataclass(frozen=True, slots=True)
class KeyboardGone:
    """A message that takes the keyboard of a PhoneRequest away."""

    text: Markup


@dataclass(frozen=True, slots=True)
class Document:
    """A file that stays in the chat: its name, its bytes, and what is written below it (at most 1024 characters)."""

    file_name: str
    content: bytes
    caption: Markup


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture (PNG) that stays in the chat, with what is written below it (at most 1024 characters) and buttons."""

    content: bytes
    caption: Markup
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Invoice:
    """A message with a button that pays in the chat (title at most 32 characters, description 255)."""

    title: str
    description: str
    payload: str
    currency: str
    amount_minor: int


Message = Screen | PhoneRequest | KeyboardGone | Document | Photo | Invoice


@dataclass(frozen=True, slots=True)
class PreCheckout:
    """The answer to Telegram's question before a payment: why not, or nothing where it may be made."""

    refusal: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What pops up on a tap: plain text of at most 200 characters; an alert must be closed by hand."""

    text: str = ""
    is_alert: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """All that a person is told of one update.

    ``screen`` replaces the message that was tapped (or is sent, where there is none to replace); ``messages`` are sent,
    and stay: before the screen, or after it. ``answer`` is for taps, which are always answered. ``commands``
    are what the person's command list is from now on, where their role or language changed.

    ``spent_message_id`` is a message whose buttons are of no use any more: they are taken away. Where the screen may be a
    question to ``asked_id``, whoever sends it notes the message that it became, so that it is spent in its turn.

    ``picture`` takes the place of the message that was tapped, as a screen does. A picture that was tapped cannot become
    a text: it stays, and the screen comes below it, unless ``takes_picture_away``.
    """

    screen: Screen | None = None
    messages: tuple[Message, ...] = ()
    screen_comes_first: bool = False
    picture: Photo | None = None
    takes_picture_away: bool = False
    answer: Answer = field(default_factory=Answer)
    commands: tuple[tuple[str, str], ...] | None = None
    pre_checkout: PreCheckout | None = None
    spent_message_id: int | None = None
    asked_id: PersonId | None = None
