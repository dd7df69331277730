"""Messages that count: each of Arabic's six forms, and both of English's, with the number where one is read."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.ids import SessionId, new_id
from domain.notifications.views import SessionNotice
from domain.sessions.model import SessionStatus
from domain.waitlist.news import TalkedOf
from handlers import notifications_view as view
from handlers.i18n import Translator
from handlers.screens import Screen
from handlers.student import waiting_news_view
from tests.factories import OPENING_DAY

ARABIC, ENGLISH = (Translator(language, ZoneInfo("Africa/Cairo")) for language in ("ar", "en"))
COUNTS = (1, 2, 3, 11)  # one, two, few and many; where nouns end alike, a hundred reads like eleven


def session(seats: int) -> SessionNotice:
    """Return a session that was missed with so many people in it."""
    return SessionNotice(
        session_id=SessionId(new_id()),
        title="Ballet I",
        branch_name="Maadi",
        teacher="Salma Nabil",
        starts_at=OPENING_DAY,
        ends_at=OPENING_DAY + timedelta(hours=1),
        status=SessionStatus.MISSED,
        cancel_reason=None,
        moved_at=None,
        canceled_at=OPENING_DAY,
        seats_taken=0,
        seats_at_end=seats,
        capacity=120,
    )


def talked_of(seats: int) -> TalkedOf:
    """Return a session with so many free seats."""
    return TalkedOf(SessionId(new_id()), "Ballet I", "Maadi", OPENING_DAY, SessionStatus.SCHEDULED, seats)


MESSAGES: dict[str, Callable[[Translator, int], Screen]] = {
    "people who get back what they paid": lambda tr, n: view.team_missed(tr, session(n)),
    "cases to be decided": lambda tr, n: view.cases_open(tr, session(n), count=n),
    "cases that wait": lambda tr, n: view.cases_wait(tr, count=n),
    "free seats": lambda tr, n: waiting_news_view.free_seats_message(tr, talked_of(n)),
}


def without_number(screen: Screen, n: int) -> str:
    """Return what is said beside the number."""
    return str(screen.text).replace(str(n), "#")


@pytest.mark.parametrize("message", MESSAGES)
class TestACount:
    def test_has_a_form_of_its_own_for_each_kind_of_number_in_arabic(self, message: str) -> None:
        said = {without_number(MESSAGES[message](ARABIC, n), n) for n in COUNTS}
        assert len(said) == len(COUNTS)

    def test_is_one_or_many_in_english(self, message: str) -> None:
        said = {without_number(MESSAGES[message](ENGLISH, n), n) for n in COUNTS}
        assert len(said) == 2

    @pytest.mark.parametrize("n", [3, 11, 100])
    def test_names_its_number_in_western_digits(self, message: str, n: int) -> None:
        assert str(n) in MESSAGES[message](ARABIC, n).text


class TestAnAmountAtTheEndOfASentence:
    @pytest.mark.parametrize("amount_minor", [8_000, 12_550])
    def test_ends_it_with_one_full_stop(self, amount_minor: int) -> None:
        said = ARABIC.text("↩️ {amount} was refunded.", amount=ARABIC.money(amount_minor, "EGP"))
        assert said.endswith("ج.م.\u2069")
        assert ENGLISH.text("↩️ {amount} was refunded.", amount=ENGLISH.money(amount_minor, "EGP")).endswith("refunded.")
