"""Questions that are answered by typing: a step of the person's dialog row, so that they outlive a restart.

A flow has a step of its own for each of its questions. An answer that is only carried on (an amount before it is confirmed,
words to search for) moves the dialog by ``TakeAnswer``; an answer that changes something moves it in the transaction of
its use case, by ``answered``. Either way the row remembers the message: delivered again, it answers nothing.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from domain.clock import Clock
from domain.errors import NotFoundError, OutOfDateError
from domain.ids import PersonId
from domain.people.model import IDLE, Dialog, Member
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.base import GuardFailedError
from domain.writes.people import MoveDialog, PlaceQuestion

PREFIX: Final = "ask."
ANSWERED: Final = "answered"
"""Where an idle dialog's data keep the step that its last consumed message answered."""


DRAFT: Final = "draft"
"""Where an idle dialog's data keep the step whose answers so far they still are."""


def is_asking(dialog: Dialog) -> bool:
    """Whether a question of this kind is open."""
    return dialog.step.startswith(PREFIX)


def answered_step(dialog: Dialog, message_id: int | None) -> str | None:
    """Return the step that this very message answered before, if it did: it was delivered again."""
    step = dialog.data.get(ANSWERED)
    return step if dialog.step == IDLE and isinstance(step, str) and dialog.has_consumed(message_id) else None


def draft_of(dialog: Dialog, step: str) -> Mapping[str, Any] | None:
    """Return what was answered before a step was left, where that is still kept."""
    return dialog.data if dialog.step == IDLE and dialog.data.get(DRAFT) == step else None


def answered(
    member: Member, step: str, *, message_id: int | None, now: datetime, data: Mapping[str, Any] | None = None
) -> MoveDialog:
    """Return the write that closes an open question with the message that answered it.

    Raises OutOfDateError where the question is not open, or this message answered it before.
    """
    dialog = member.dialog
    if dialog.step != step or dialog.has_consumed(message_id):
        raise OutOfDateError
    kept = {**(dialog.data if data is None else data), ANSWERED: step}
    return MoveDialog(member.person_id, dialog.version, IDLE, kept, message_id, now)


@dataclass(frozen=True, slots=True)
class Ask:
    """Open a question; the same one asked again stays as it is."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, member: Member, step: str, shown_on: int | None, data: Mapping[str, Any] | None = None
    ) -> Member:
        """Return the member with the question open.

        ``shown_on`` is the message that becomes the question, if one does; ``data`` is what the answer will need, as
        plain JSON.
        """
        if not step.startswith(PREFIX):
            raise ValueError(step)
        wanted = dict(data or {})

        async def decide(work: UnitOfWork) -> Member:
            current = await reload_member(work, member)
            dialog = current.dialog
            message_id = shown_on or dialog.question_message_id
            if (dialog.step, dict(dialog.data), dialog.question_message_id) == (step, wanted, message_id):
                return current
            consumed, now = dialog.consumed_message_id, self.clock.now()
            work.add(MoveDialog(current.person_id, dialog.version, step, wanted, consumed, now, message_id))
            await work.commit()
            return await reload_member(work, member)

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class TakeAnswer:
    """Take a typed answer that changes nothing yet, and go on to the next step, or close the question (None)."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, member: Member, step: str, message_id: int | None, next_step: str | None, data: Mapping[str, Any]
    ) -> Member:
        """Return the member as they stand then; where this message was taken before, as they stand already."""

        async def decide(work: UnitOfWork) -> Member:
            current = await reload_member(work, member)
            dialog = current.dialog
            if dialog.step != step or dialog.has_consumed(message_id):
                return current
            kept = dict(data) if next_step is not None else {**data, ANSWERED: step}
            now, place = self.clock.now(), dialog.question_message_id if message_id is None else None
            work.add(MoveDialog(current.person_id, dialog.version, next_step or IDLE, kept, message_id, now, place))
            await work.commit()
            return await reload_member(work, member)

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class StopAsking:
    """Close an open question without an answer.

    ``keeps_draft`` leaves what was answered so far with the idle dialog, until something else is asked.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, member: Member, keeps_draft: bool = False) -> Member:
        """Return the member; where no such question is open, nothing changes."""

        async def decide(work: UnitOfWork) -> Member:
            current = await reload_member(work, member)
            dialog = current.dialog
            if not is_asking(dialog):
                return current
            data, now = {**dialog.data, DRAFT: dialog.step} if keeps_draft else {}, self.clock.now()
            work.add(MoveDialog(current.person_id, dialog.version, IDLE, data, dialog.consumed_message_id, now))
            await work.commit()
            return await reload_member(work, member)

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class NoteQuestion:
    """Remember which message asks: its buttons are taken away once it is answered or left."""

    new_unit_of_work: UnitOfWorkFactory

    async def __call__(self, *, person_id: PersonId, message_id: int) -> None:
        """Keep it with what is asked now; where nothing is, nothing changes."""
        with suppress(GuardFailedError):
            async with self.new_unit_of_work() as work:
                work.add(PlaceQuestion(person_id, message_id))
                await work.commit()


async def reload_member(work: UnitOfWork, member: Member) -> Member:
    """Return the member as they are now. Raises NotFoundError for somebody who was erased meanwhile."""
    current = await work.people.find_member(center_id=member.center.id, telegram_id=member.telegram_id)
    if current is None:
        raise NotFoundError(what="person")
    return current
