"""Sending a message to many, and stopping it: each one transaction; what follows from it is done by a subscriber."""

from dataclasses import dataclass

from domain.broadcasts.model import REPEATED_WITHIN, UNDER_WAY, NewBroadcast, clean_text, recent_since
from domain.broadcasts.ports import BroadcastRecord
from domain.clock import Clock
from domain.errors import BroadcastRepeatedError, NobodyToTellError, NotFoundError
from domain.events import BroadcastSent, BroadcastStopped
from domain.ids import BroadcastId
from domain.permissions import Actor, require
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.broadcasts import AddBroadcast, FollowOnScreen, StopBroadcasting
from domain.writes.record import audit_row, event_row


@dataclass(frozen=True, slots=True)
class SendBroadcast:
    """Send a typed message to everybody of a session, a class, a branch or the center; pressed twice, it is sent once."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(
        self, *, actor: Actor, broadcast: NewBroadcast, is_again: bool = False, message_id: int | None = None
    ) -> None:
        """``message_id`` is of the actor's message that shows its progress. ``is_again``: the same a moment ago is meant.

        Raises NobodyToTellError, BroadcastRepeatedError, BroadcastTooLongError, InvalidInputError, NotFoundError.
        """
        target = broadcast.target
        require(actor, target.operation)
        text = clean_text(broadcast.text)

        async def decide(work: UnitOfWork) -> None:
            now, center_id = self.clock.now(), actor.center_id
            place = await work.broadcasts.find_place(center_id=center_id, target=target)
            if place is None:
                raise NotFoundError(what=target.audience.value)
            require(actor, target.operation, branch_id=place.branch_id)
            if await work.broadcasts.find(center_id=center_id, broadcast_id=broadcast.id) is not None:
                return
            crowd = await work.broadcasts.count_crowd(center_id=center_id, target=target, since=recent_since(now))
            if crowd.reached == 0:
                raise NobodyToTellError(unreachable=crowd.unreachable, muted=crowd.muted)
            since = now - REPEATED_WITHIN
            if not is_again and await work.broadcasts.was_sent(center_id=center_id, target=target, text=text, since=since):
                raise BroadcastRepeatedError
            work.add(
                AddBroadcast(
                    id=broadcast.id,
                    center_id=center_id,
                    author_id=actor.person_id,
                    audience=target.audience,
                    subject_id=target.subject_id,
                    text=text,
                    reached=crowd.reached,
                    unreachable=crowd.unreachable,
                    muted=crowd.muted,
                    created_at=now,
                    screen_person_id=None if message_id is None else actor.person_id,
                    screen_message_id=message_id,
                ),
                event_row(BroadcastSent(broadcast.id), actor=actor, now=now),
                audit_row(
                    target.operation,
                    actor=actor,
                    now=now,
                    object_type="broadcast",
                    object_id=broadcast.id,
                    after={"subject_id": target.subject_id, "people": crowd.reached},
                ),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class StopBroadcast:
    """Stop a broadcast: from the commit on nobody else gets it. Stopped or ended before, nothing changes."""

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock

    async def __call__(self, *, actor: Actor, broadcast_id: BroadcastId) -> None:
        """Raises NotFoundError."""

        async def decide(work: UnitOfWork) -> None:
            found = await find_within_reach(work, actor, broadcast_id)
            if found.state not in UNDER_WAY:
                return
            now = self.clock.now()
            work.add(
                StopBroadcasting(actor.center_id, broadcast_id, actor.recorded_id, now),
                event_row(BroadcastStopped(broadcast_id), actor=actor, now=now),
                audit_row(
                    found.target.operation,
                    actor=actor,
                    now=now,
                    object_type="broadcast",
                    object_id=broadcast_id,
                    after={"stopped": True},
                ),
            )
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class FollowBroadcast:
    """Let a message of the actor's show how a broadcast is doing, instead of whichever did before."""

    new_unit_of_work: UnitOfWorkFactory

    async def __call__(self, *, actor: Actor, broadcast_id: BroadcastId, message_id: int) -> None:
        """Once it has ended, nothing changes. Raises NotFoundError."""

        async def decide(work: UnitOfWork) -> None:
            found = await find_within_reach(work, actor, broadcast_id)
            if found.ended_at is not None:
                return
            work.add(FollowOnScreen(actor.center_id, broadcast_id, actor.person_id, message_id))
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


@dataclass(frozen=True, slots=True)
class LeaveBroadcast:
    """Let a message of the actor's show a broadcast no more, before it shows something else."""

    new_unit_of_work: UnitOfWorkFactory

    async def __call__(self, *, actor: Actor, broadcast_id: BroadcastId, message_id: int) -> None:
        """A message that shows none changes nothing. Raises NotFoundError."""

        async def decide(work: UnitOfWork) -> None:
            found = await find_within_reach(work, actor, broadcast_id)
            shows_it = (found.screen_person_id, found.screen_message_id) == (actor.person_id, message_id)
            if found.ended_at is not None or not shows_it:
                return
            work.add(FollowOnScreen(actor.center_id, broadcast_id, None, None))
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)


async def find_within_reach(work: UnitOfWork, actor: Actor, broadcast_id: BroadcastId) -> BroadcastRecord:
    """Return a broadcast that the actor might have sent. Raises NotFoundError, NotPermittedError."""
    found = await work.broadcasts.find(center_id=actor.center_id, broadcast_id=broadcast_id)
    if found is None:
        raise NotFoundError(what="broadcast")
    require(actor, found.target.operation, branch_id=found.branch_id)
    return found
