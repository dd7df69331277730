"""An answer that was typed, on its way into a use case: taken and acted upon in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from domain.people.asking import answered, reload_member
from domain.people.model import Member
from domain.ports import UnitOfWork
from domain.writes.base import Write


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """A member's message, and the question that it answers."""

    member: Member
    step: str
    message_id: int | None


async def taking(work: UnitOfWork, answer: TypedAnswer | None, *, now: datetime) -> list[Write]:
    """Return the write that closes the question with its answer; none, where nothing was typed.

    Raises OutOfDateError where the question is not open any more, or this message answered it before.
    """
    if answer is None:
        return []
    current = await reload_member(work, answer.member)
    return [answered(current, answer.step, message_id=answer.message_id, now=now)]
