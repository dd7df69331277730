from dataclasses import fields
from datetime import UTC, datetime
from typing import TypeVar

import pytest

from domain.errors import InvalidInputError, LateCancellationError, NotFoundError, RefusalError
from domain.events import Event
from domain.ids import EnrollmentId, new_id

Kind = TypeVar("Kind", RefusalError, Event)


def below(kind: type[Kind]) -> list[type[Kind]]:
    """Return the subclasses by name: a dataclass with slots leaves its draft behind."""
    return list({each.__qualname__: each for each in kind.__subclasses__()}.values())


REFUSALS = below(RefusalError)


class TestRefusals:
    def test_have_codes_of_their_own(self) -> None:
        codes = [refusal.code for refusal in REFUSALS]
        assert len(set(codes)) == len(codes)
        assert all(code.replace("_", "").isalpha() and code == code.lower() for code in codes)

    @pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
    def test_carry_data_and_no_prose(self, refusal: type[RefusalError]) -> None:
        names = {field.name for field in fields(refusal)}
        assert not names & {"message", "text", "detail", "title"}
        assert refusal.__name__.endswith("Error")

    def test_give_their_data_by_name(self) -> None:
        seat, until = EnrollmentId(new_id()), datetime(2026, 11, 24, 14, tzinfo=UTC)
        error = LateCancellationError(enrollment_id=seat, window_minutes=120, free_cancel_until=until)
        assert error.parameters == {"enrollment_id": seat, "window_minutes": 120, "free_cancel_until": until}

    def test_are_written_to_logs_with_code_and_data(self) -> None:
        error = InvalidInputError(field="name", reason="too_long", limit=64)
        assert str(error) == "invalid_input {'field': 'name', 'reason': 'too_long', 'limit': 64}"

    def test_are_exceptions_that_compare_by_identity(self) -> None:
        assert NotFoundError(what="session") != NotFoundError(what="session")
        assert len({NotFoundError(what="session"), NotFoundError(what="session")}) == 2


class TestEvents:
    def test_have_kinds_of_their_own(self) -> None:
        kinds = [event.kind for event in below(Event)]
        assert len(set(kinds)) == len(kinds)
        assert all("." in kind for kind in kinds)
