"""Searching one's past bookings by typed words: a dialog of one question, which outlives a restart like any other.

While the question is open, the dialog's row remembers what was shown; afterwards it remembers the words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from domain.clock import Clock
from domain.enrollments.history import HistoryChoice, HistorySort, Outcome
from domain.errors import InvalidInputError, NotFoundError
from domain.folding import fold
from domain.ids import ClassId
from domain.people.model import IDLE, Dialog, Member
from domain.permissions import Operation, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.people import MoveDialog

ASK_WORDS: Final = "history.search"
WORDS_LENGTH: Final = 64
_WORDS, _CHOICE = "history_words", "history_choice"


def clean_words(text: str) -> str:
    """Return typed words in one line. Raises InvalidInputError (``empty``, ``too_long``)."""
    words = " ".join(text.split())
    if not fold(words):
        raise InvalidInputError(field="search", reason="empty")
    if len(words) > WORDS_LENGTH:
        raise InvalidInputError(field="search", reason="too_long", limit=WORDS_LENGTH)
    return words


def words_of(dialog: Dialog) -> str | None:
    """Return the words that were searched for last, or None where another question has been asked since."""
    words = dialog.data.get(_WORDS)
    return words if isinstance(words, str) else None


def choice_of(dialog: Dialog) -> HistoryChoice:
    """Return what was shown when the question was asked, or when its answer was typed."""
    kept = dialog.data.get(_CHOICE)
    if not isinstance(kept, Mapping):
        return HistoryChoice()
    return HistoryChoice(
        outcome=Outcome(kept["outcome"]) if kept["outcome"] else None,
        sort=HistorySort(kept["sort"]),
        class_id=ClassId(UUID(kept["class_id"])) if kept["class_id"] else None,
    )


@dataclass(frozen=True, slots=True)
class AskForWords:
    """Ask a student which words to look for, remembering what they were shown."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, member: Member, choice: HistoryChoice, shown_on: int | None) -> None:
        """Open the question on the message that becomes it; one that is open already goes on."""
        require(member.actor, Operation.VIEW_ENROLLMENTS, owner_id=member.person_id)

        async def decide(work: UnitOfWork) -> None:
            dialog = (await _reload(work, member)).dialog
            data = {_CHOICE: _document(choice)}
            if (dialog.step, dialog.data, dialog.question_message_id) != (ASK_WORDS, data, shown_on):
                now, consumed = self.clock.now(), dialog.consumed_message_id
                work.add(MoveDialog(member.person_id, dialog.version, ASK_WORDS, data, consumed, now, shown_on))
                await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class SearchForWords:
    """Take what a student typed as the words to look for. The same message again changes nothing."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, member: Member, typed: str, message_id: int | None) -> Member:
        """Raises InvalidInputError for what cannot be looked for; the question stays open."""
        require(member.actor, Operation.VIEW_ENROLLMENTS, owner_id=member.person_id)

        async def decide(work: UnitOfWork) -> Member:
            current = await _reload(work, member)
            dialog = current.dialog
            if dialog.step != ASK_WORDS or dialog.has_consumed(message_id):
                return current
            data = {_WORDS: clean_words(typed), _CHOICE: dialog.data.get(_CHOICE)}
            work.add(_moved(member, dialog, IDLE, data, message_id, self.clock))
            await work.commit()
            return await _reload(work, member)

        return await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class LeaveSearch:
    """Close the question without an answer."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, member: Member) -> None:
        """Do nothing where the question is not open."""
        require(member.actor, Operation.VIEW_ENROLLMENTS, owner_id=member.person_id)

        async def decide(work: UnitOfWork) -> None:
            dialog = (await _reload(work, member)).dialog
            if dialog.step == ASK_WORDS:
                work.add(_moved(member, dialog, IDLE, {}, dialog.consumed_message_id, self.clock))
                await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


def _document(choice: HistoryChoice) -> dict[str, str | None]:
    class_id = choice.class_id
    return {
        "outcome": choice.outcome.value if choice.outcome is not None else None,
        "sort": choice.sort.value,
        "class_id": class_id.hex if class_id is not None else None,
    }


def _moved(
    member: Member, dialog: Dialog, step: str, data: Mapping[str, Any], message_id: int | None, clock: Clock
) -> MoveDialog:
    return MoveDialog(member.person_id, dialog.version, step, data, message_id, clock.now())


async def _reload(work: UnitOfWork, member: Member) -> Member:
    current = await work.people.find_member(center_id=member.center.id, telegram_id=member.telegram_id)
    if current is None:
        raise NotFoundError(what="person")
    return current
