"""The JSON that drivers send, checked at the edge."""

from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from bot.sandbox.people import SandboxPerson

LONGEST_WAIT_SECONDS = 30.0


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewPerson(_Body):
    """Somebody who gets a phone; the id is chosen where it is absent."""

    id: int | None = Field(default=None, gt=0, lt=2**52)
    slug: str
    first_name: str = Field(min_length=1, max_length=64)
    last_name: str = Field(default="", max_length=64)
    username: str = Field(default="", max_length=32)
    language_code: str = Field(default="en", max_length=16)
    phone: str = Field(default="", max_length=32)
    note: str = Field(default="", max_length=200)
    group: str = Field(default="", max_length=200)
    has_started: bool = False

    def as_person(self, free_id: int) -> SandboxPerson:
        """Return the person; raise ValueError where the slug is none."""
        return SandboxPerson(**(self.model_dump() | {"id": self.id or free_id}))


class Say(_Body):
    """A text that a person writes."""

    text: str


class Start(_Body):
    """Start pressed, perhaps through a deep link."""

    payload: str = ""


class Tap(_Body):
    """A button tapped; `forge` sends what no button says."""

    message_id: int
    data: str
    forge: bool = False


class Pay(_Body):
    """An invoice paid; `card_declined` lets the bank refuse after the bot agreed."""

    message_id: int
    card_declined: bool = False


class ShareContact(_Body):
    """A phone number shared; another `user_id` makes it somebody else's."""

    phone: str = Field(min_length=1, max_length=32)
    user_id: int | None = Field(default=None, gt=0)


class Edit(_Body):
    """A text of one's own changed."""

    message_id: int
    text: str = Field(min_length=1)


class Photo(_Body):
    """A picture sent; without content, a small one."""

    caption: str = Field(default="", max_length=1024)


class Nothing(_Body):
    """An action that needs no word more."""


class ClockMove(_Body):
    """The clock moved: by minutes (backwards where negative) or to an instant."""

    advance_minutes: float | None = Field(default=None, ge=-5_000_000, le=5_000_000)
    to: AwareDatetime | None = None

    @model_validator(mode="after")
    def _say_one_of_both(self) -> "ClockMove":
        if (self.advance_minutes is None) == (self.to is None):
            raise ValueError("say advance_minutes or to")
        return self


class RawUpdate(_Body):
    """An update exactly as the bot shall get it, however malformed."""

    update: Any


class ChatView(_Body):
    """How a chat is looked at: at once, or when its revision is beyond `after`, within `wait` seconds."""

    after: int | None = None
    wait: float = Field(default=0.0, ge=0, le=LONGEST_WAIT_SECONDS)
    read: bool = False


class Wait(_Body):
    """How long to wait for the bot's answer."""

    wait: float = Field(default=0.0, ge=0, le=LONGEST_WAIT_SECONDS)


class CallsView(_Body):
    """From which call on the record is asked for."""

    after: int = 0
