"""What happened, in the past tense: written to the outbox in the transaction that made it so.

An event says "look at X", not "do Y": subscribers read the present state. They may see it twice, late, or out of order.
"""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened to the object ``subject_id``. Only its subclasses are recorded."""

    kind: ClassVar[str] = ""
    subject_id: UUID


@dataclass(frozen=True, slots=True)
class SessionBooked(Event):
    """A student took a seat; the subject is the enrollment."""

    kind: ClassVar[str] = "enrollment.booked"


@dataclass(frozen=True, slots=True)
class EnrollmentCancelled(Event):
    """A seat was given back; the subject is the enrollment."""

    kind: ClassVar[str] = "enrollment.cancelled"


@dataclass(frozen=True, slots=True)
class PackageBought(Event):
    """A student bought a package; the subject is the student package."""

    kind: ClassVar[str] = "package.bought"


@dataclass(frozen=True, slots=True)
class PersonJoined(Event):
    """A person finished first contact; the subject is the person."""

    kind: ClassVar[str] = "person.joined"


@dataclass(frozen=True, slots=True)
class PersonErased(Event):
    """A person was forgotten at their own wish; the subject is the row that is left of them."""

    kind: ClassVar[str] = "person.erased"


@dataclass(frozen=True, slots=True)
class RoleGranted(Event):
    """A person was given a role; the subject is the person."""

    kind: ClassVar[str] = "role.granted"


@dataclass(frozen=True, slots=True)
class RoleRevoked(Event):
    """A role was taken from a person; the subject is the person."""

    kind: ClassVar[str] = "role.revoked"
