"""What is written into SQL text is ids and instants, and nothing that a person could have typed."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from domain.ids import SessionId, new_id
from domain.writes.seats import GiveSeatBack, TakeSeat
from storage.last_write import with_commit

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class TestLastWrite:
    def test_is_one_text_that_ends_with_the_commit(self) -> None:
        session_id = SessionId(new_id())
        text = with_commit(TakeSeat(session_id, expected_starts_at=NOON, now=NOON))
        assert text.startswith(f"EXECUTE rollcall_take_seat ('{session_id}', '2026-11-24T12:00:00+00:00'")
        assert text.endswith("; COMMIT")

    def test_takes_no_text_of_somebody(self) -> None:
        hostile = cast("Any", "'; DROP TABLE sessions; --")
        with pytest.raises(TypeError):
            with_commit(GiveSeatBack(hostile))
