"""Who has gone on from a roster sees nothing drawn over what they look at now."""

from datetime import timedelta
from typing import Any

import pytest

from domain.enrollments.door_screens import ForgetRoster, RefreshRosters, RosterPage
from domain.enrollments.door_views import DoorSession, Watcher
from domain.ids import BranchId, CenterId, PersonId, SessionId, new_id
from domain.sessions.model import SessionStatus
from tests.factories import OPENING_DAY

SESSION = SessionId(new_id())
WATCHER = Watcher(PersonId(new_id()), 7_000_000_001, "en", 12, 0, is_everywhere=True)


ROSTER = DoorSession(
    session_id=SESSION,
    branch_id=BranchId(new_id()),
    class_title="Ballet I",
    branch_name="Maadi",
    status=SessionStatus.CHECKING_IN,
    starts_at=OPENING_DAY,
    ends_at=OPENING_DAY + timedelta(hours=1),
    capacity=12,
    seats_taken=0,
    currency="EGP",
    heads=0,
    attended=0,
    absent=0,
    held=0,
)


class Views:
    """A door with one watcher, whose message 12 showed the roster when the watchers were listed."""

    def __init__(self, message_id: int | None) -> None:
        self._message_id = message_id

    async def list_watchers(self, **_given: Any) -> list[Watcher]:
        return [WATCHER]

    async def find_session(self, **_given: Any) -> DoorSession:
        return ROSTER

    async def list_heads(self, **_given: Any) -> list[Any]:
        return []

    async def find_door_message(self, **_given: Any) -> int | None:
        return self._message_id


class Screens:
    """Remembers which messages were drawn."""

    def __init__(self) -> None:
        self.drawn: list[int] = []

    async def redraw(self, watcher: Watcher, _page: RosterPage) -> bool:
        self.drawn.append(watcher.message_id)
        return True


async def refreshed(message_id: int | None) -> list[int]:
    """Redraw, while the watcher's roster is in this message; return what was drawn."""
    views: Any = Views(message_id)
    screens = Screens()
    await RefreshRosters(views, screens, ForgetRoster(unit_of_work, views))(CenterId(new_id()), SESSION)
    return screens.drawn


def unit_of_work() -> Any:
    """Nothing is forgotten here."""
    raise AssertionError


@pytest.mark.parametrize(("message_id", "drawn"), [(12, [12]), (13, []), (None, [])])
async def test_draws_only_the_message_that_still_shows_it(message_id: int | None, drawn: list[int]) -> None:
    assert await refreshed(message_id) == drawn
