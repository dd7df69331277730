"""Following broadcasts: the progress on somebody's screen, and the outcome that is kept when nothing is left to be sent."""

from dataclasses import dataclass
from typing import Final, Protocol

from domain.broadcasts.model import BroadcastState
from domain.broadcasts.ports import BroadcastQueue
from domain.broadcasts.views import BroadcastCard, BroadcastViews
from domain.clock import Clock
from domain.ids import BroadcastId, CenterId, NotificationId, new_id
from domain.notifications.kinds import MANNERS, NotificationKind
from domain.notifications.telling import ONCE
from domain.ports import UnitOfWork, UnitOfWorkFactory, decide_and_commit
from domain.writes.broadcasts import EndBroadcast, FollowOnScreen
from domain.writes.messages import TellOnce

LOOK_SECONDS: Final = 2.0
_LEASE_SECONDS: Final = 30.0
_PAUSE_SECONDS: Final = 1.5


class BroadcastScreens(Protocol):
    """Redraws the message that shows a broadcast's progress."""

    async def redraw(self, card: BroadcastCard) -> bool:
        """Redraw, and return whether the message is still there."""
        ...


@dataclass(frozen=True, slots=True)
class FollowBroadcasts:
    """Bring every screen that follows a broadcast up to date, and end those of which nothing is left.

    One process at a time follows a broadcast. Without ``screens`` there are none to redraw.
    """

    new_unit_of_work: UnitOfWorkFactory
    clock: Clock
    queue: BroadcastQueue
    views: BroadcastViews
    screens: BroadcastScreens | None

    async def __call__(self, center_id: CenterId) -> int:
        """Return how many were looked at."""
        under_way = await self.queue.claim_under_way(center_id=center_id, lease_seconds=_LEASE_SECONDS)
        for broadcast_id in under_way:
            try:
                await self._follow(center_id, broadcast_id)
            finally:
                await self.queue.release(broadcast_id=broadcast_id, pause_seconds=_PAUSE_SECONDS)
        return len(under_way)

    async def _follow(self, center_id: CenterId, broadcast_id: BroadcastId) -> None:
        has_ended = await self._end(center_id, broadcast_id)
        card = await self.views.find_card(center_id=center_id, staff_id=None, broadcast_id=broadcast_id)
        if card is None:
            return
        is_seen = card.watched is not None and self.screens is not None and await self.screens.redraw(card)
        if is_seen:
            return
        if has_ended:
            await self._tell_author(center_id, broadcast_id)
        elif card.watched is not None and self.screens is not None:
            await self._look_away(center_id, broadcast_id)

    async def _end(self, center_id: CenterId, broadcast_id: BroadcastId) -> bool:
        """Keep the outcome where nothing is left; whether that is so now."""

        async def decide(work: UnitOfWork) -> bool:
            found = await work.broadcasts.find(center_id=center_id, broadcast_id=broadcast_id)
            if found is None or found.ended_at is not None or found.state is BroadcastState.WRITING:
                return False
            progress = await work.broadcasts.count_progress(broadcast_id=broadcast_id)
            if progress.left:
                return False
            becomes = BroadcastState.DONE if found.state is BroadcastState.SENDING else found.state
            work.add(
                EndBroadcast(
                    broadcast_id,
                    was=found.state,
                    becomes=becomes,
                    sent=progress.sent,
                    unknown=progress.unknown,
                    failed=progress.failed,
                    dropped=progress.dropped,
                    ended_at=self.clock.now(),
                )
            )
            await work.commit()
            return True

        return await decide_and_commit(self.new_unit_of_work, decide)

    async def _tell_author(self, center_id: CenterId, broadcast_id: BroadcastId) -> None:
        """Tell the author how it ended: they went on to another screen."""

        async def decide(work: UnitOfWork) -> None:
            found = await work.broadcasts.find(center_id=center_id, broadcast_id=broadcast_id)
            if found is None:
                return
            now, kind = self.clock.now(), NotificationKind.BROADCAST_ENDED
            message_id = NotificationId(new_id())
            priority = MANNERS[kind].priority
            work.add(TellOnce(message_id, center_id, found.author_id, kind, broadcast_id, ONCE, {}, priority, now, now))
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)

    async def _look_away(self, center_id: CenterId, broadcast_id: BroadcastId) -> None:
        """Forget the message: it is gone, or cannot be edited any more."""

        async def decide(work: UnitOfWork) -> None:
            found = await work.broadcasts.find(center_id=center_id, broadcast_id=broadcast_id)
            if found is None or found.ended_at is not None:
                return
            work.add(FollowOnScreen(center_id, broadcast_id, None, None))
            await work.commit()

        await decide_and_commit(self.new_unit_of_work, decide)
