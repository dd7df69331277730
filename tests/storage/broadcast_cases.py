"""For every guarded write on broadcasts: one that finds its row, and those that must find none; and broken CHECKs."""

from dataclasses import replace

from domain.broadcasts.model import BroadcastState
from domain.ids import BroadcastId
from domain.writes.base import Write
from domain.writes.broadcasts import AdvanceBroadcast, EndBroadcast, FollowOnScreen, StopBroadcasting
from tests.builders.broadcasts import broadcast_row
from tests.cast import Cast

Cases = list[tuple[Write, dict[str, Write]]]


async def broadcast_cases(cast: Cast) -> Cases:
    """Return each write that passes with those that are stopped, by what is wrong with them."""
    world, now, elsewhere = cast.world, cast.world.clock.now(), cast.elsewhere.center_id
    going, sent, other, stopped, ended = (broadcast_row(world, cast.admin, text=str(number)) for number in range(5))
    await world.database.apply([going, sent, other, stopped, ended])
    stop = StopBroadcasting(world.center_id, other.id, cast.admin.id, now)
    await world.database.apply([replace(stop, broadcast_id=stopped.id)])
    written = AdvanceBroadcast(going.id, None, cast.owner.id, BroadcastState.WRITING)
    done = AdvanceBroadcast(sent.id, None, None, BroadcastState.SENDING)
    await world.database.apply([done, replace(done, broadcast_id=ended.id)])
    end = EndBroadcast(sent.id, BroadcastState.SENDING, BroadcastState.DONE, 3, 0, 0, 0, now)
    await world.database.apply([replace(end, broadcast_id=ended.id)])
    follow = FollowOnScreen(world.center_id, going.id, cast.admin.id, 7)
    return [
        (
            written,
            {
                "written further": replace(written, was=cast.member.id),
                "stopped": replace(written, broadcast_id=stopped.id),
                "all written": replace(written, broadcast_id=sent.id),
            },
        ),
        (
            stop,
            {
                "elsewhere": replace(stop, center_id=elsewhere),
                "stopped before": replace(stop, broadcast_id=stopped.id),
                "ended": replace(stop, broadcast_id=ended.id),
            },
        ),
        (
            end,
            {
                "in another state": replace(end, was=BroadcastState.STOPPED),
                "ended before": replace(end, broadcast_id=ended.id, was=BroadcastState.DONE),
            },
        ),
        (
            follow,
            {"elsewhere": replace(follow, center_id=elsewhere), "ended": replace(follow, broadcast_id=ended.id)},
        ),
    ]


def broadcast_inserts(cast: Cast) -> tuple[list[Write], dict[str, Write]]:
    """Return a row, and the one that is there already."""
    row = broadcast_row(cast.world, cast.admin)
    return [row], {"id": replace(row, id=BroadcastId(row.id))}


BROADCAST_VIOLATIONS = {
    "ck_broadcasts_audience_known": "UPDATE broadcasts SET audience = 'NONSENSE'",
    "ck_broadcasts_state_known": "UPDATE broadcasts SET state = 'NONSENSE'",
    "ck_broadcasts_text_not_empty": "UPDATE broadcasts SET text = ''",
    "ck_broadcasts_reaches_somebody": "UPDATE broadcasts SET reached = 0",
    "ck_broadcasts_outcome_not_negative": "UPDATE broadcasts SET failed = -1",
    "ck_broadcasts_stopped_whole": "UPDATE broadcasts SET stopped_at = created_at",
    "ck_broadcasts_done_is_ended": "UPDATE broadcasts SET state = 'DONE'",
    "ck_broadcasts_ended_is_over": "UPDATE broadcasts SET ended_at = created_at",
    "ck_broadcasts_screen_whole": "UPDATE broadcasts SET screen_message_id = 1",
}
