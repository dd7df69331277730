"""What every refusal is, and the refusals of every subject."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar


@dataclass(eq=False)
class RefusalError(Exception):
    """A business rule said no, and nothing of the operation was kept."""

    code: ClassVar[str] = "refused"

    @property
    def parameters(self) -> dict[str, Any]:
        """The refusal's data by name, for its sentence and for the logs."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        """Return the code and the data: for logs, not for people."""
        return f"{self.code} {self.parameters}" if self.parameters else self.code


@dataclass(eq=False)
class NotFoundError(RefusalError):
    """There is no such thing, or it belongs to another person, branch or center: the answer is the same."""

    code: ClassVar[str] = "not_found"
    what: str


@dataclass(eq=False)
class NotPermittedError(RefusalError):
    """The actor's role may not do this at all. To them it looks as if it did not exist."""

    code: ClassVar[str] = "not_permitted"
    operation: str


@dataclass(eq=False)
class InvalidInputError(RefusalError):
    """What the person typed or sent does not fit. ``reason`` is a stable word, e.g. ``too_long``."""

    code: ClassVar[str] = "invalid_input"
    field: str
    reason: str
    limit: int | None = None


@dataclass(eq=False)
class OutOfDateError(RefusalError):
    """What was tapped or followed is not ours, or not any more: forged, cut off, of another version or another role."""

    code: ClassVar[str] = "out_of_date"


@dataclass(eq=False)
class BusyError(RefusalError):
    """Too many others at this very moment; the same tap again will do."""

    code: ClassVar[str] = "busy"
