from itertools import product

import pytest

from domain.errors import InvalidTransitionError
from domain.ids import SessionId, new_id
from domain.sessions.life import TRANSITIONS, TRANSITIONS_BY_CLOCK, next_status, transition, transition_by_clock
from domain.sessions.model import SessionStatus

# The domain guide's table: from, to, event.
BY_PERSON = """
SCHEDULED   CHECKING_IN session.checked_in
CHECKING_IN CONDUCTING  session.started
CONDUCTING  FINISHED    session.finished
SCHEDULED   CANCELED    session.canceled
CHECKING_IN CANCELED    session.canceled
CONDUCTING  CANCELED    session.canceled
CANCELED    SCHEDULED   session.rescheduled
"""
BY_CLOCK = """
SCHEDULED   MISSED   session.missed
CHECKING_IN FINISHED session.finished
CONDUCTING  FINISHED session.finished
"""
ALL = tuple(product(SessionStatus, SessionStatus))


def rows(table: str) -> set[tuple[str, ...]]:
    return {tuple(line.split()) for line in table.split("\n") if line}


class TestTable:
    def test_is_the_guides(self) -> None:
        assert {(each.was, each.becomes, each.event.kind) for each in TRANSITIONS} == rows(BY_PERSON)
        assert {(each.was, each.becomes, each.event.kind) for each in TRANSITIONS_BY_CLOCK} == rows(BY_CLOCK)

    @pytest.mark.parametrize(("was", "becomes"), ALL)
    def test_lets_nobody_do_anything_else(self, was: SessionStatus, becomes: SessionStatus) -> None:
        session_id = SessionId(new_id())
        if (was, becomes) in {(each.was, each.becomes) for each in TRANSITIONS}:
            assert transition(session_id, was, becomes).becomes is becomes
            return
        with pytest.raises(InvalidTransitionError) as caught:
            transition(session_id, was, becomes)
        assert (caught.value.was, caught.value.becomes) == (was, becomes)

    @pytest.mark.parametrize(("was", "becomes"), ALL)
    def test_lets_the_clock_do_nothing_else(self, was: SessionStatus, becomes: SessionStatus) -> None:
        is_there = (was, becomes) in {(each.was, each.becomes) for each in TRANSITIONS_BY_CLOCK}
        assert (transition_by_clock(was, becomes) is not None) == is_there

    def test_gives_the_big_button_the_next_step_of_a_session_that_goes_as_planned(self) -> None:
        assert [next_status(status) for status in SessionStatus] == [
            SessionStatus.CHECKING_IN,
            SessionStatus.CONDUCTING,
            SessionStatus.FINISHED,
            None,
            None,
            None,
        ]
