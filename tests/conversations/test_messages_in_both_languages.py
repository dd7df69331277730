"""What people are told without asking, from what happened to what they read: in English and in Arabic."""

from collections.abc import Mapping
from datetime import time, timedelta

import pytest

from domain.enrollments.model import DecisionOutcome
from domain.enrollments.override import OverrideCancellation
from domain.sessions.model import AbsenteePolicy
from domain.sessions.planning import EditSession, SessionChanges
from storage.unit_of_work import unit_of_work_factory
from tests.builders.cash import take_seat
from tests.builders.door import decide, finish, open_check_in
from tests.builders.sessions import cancel_session
from tests.conversations.phone import Person
from tests.conversations.studio import Studio
from tests.factories import Scheduled

ISOLATED = "\u2068{}\u2069"
UNSEEN = dict.fromkeys((0x200E, 0x200F, 0x2066, 0x2067, 0x2068, 0x2069))


@pytest.fixture(params=["en", "ar"])
async def language(request: pytest.FixtureRequest, studio: Studio) -> str:
    """The language that everybody has chosen."""
    chosen: str = request.param
    await studio.database.execute(f"UPDATE people SET language = '{chosen}'")
    for slug in ("mona", "omar"):
        await studio.phone(slug).starts()
    return chosen


async def is_told(studio: Studio, person: Person, texts: Mapping[str, tuple[str, ...]], language: str) -> None:
    """Wait for a message that says all of it, with each of ``isolated`` kept from jumping in its line."""
    await person.reads(*texts[language])
    chat = await studio.driver.get(f"chats/{person.slug}")
    said = [message["text"] for message in chat["messages"]]
    raw = next(text for text in reversed(said) if texts[language][0] in text.translate(UNSEEN))
    assert all(ISOLATED.format(value) in raw for value in texts["isolated"])
    assert ".." not in raw.translate(UNSEEN)


async def later_class(
    studio: Studio, policy: AbsenteePolicy, *, fee_percent: int = 0, starts_in: timedelta = timedelta(hours=26)
) -> Scheduled:
    """Return a session (tomorrow's at noon, unless another time is given) of a class that costs 125.50."""
    taught = await studio.world.add_class("Karate", policy=policy, price_minor=12_550, fee_percent=fee_percent)
    return await studio.world.add_session(taught, starts_in=starts_in)


async def nobody_came(studio: Studio, session: Scheduled) -> None:
    """Hold the session, and finish it."""
    studio.clock.advance(timedelta(hours=26))
    await open_check_in(studio.world, session)
    await finish(studio.world, session, by=studio.cast.staff)


class TestSessions:
    async def test_that_are_cancelled(self, studio: Studio, language: str, mona: Person) -> None:
        await cancel_session(studio.world, studio.cast.staff, studio.cast.session, reason="Salma is <ill>")
        texts = {
            "en": (
                "Cancelled by the studio: Ballet I",
                "Tue 24 Nov, 10:00–11:00",
                "Reason: Salma is <ill>",
                "1 credit goes",
            ),
            "ar": ("ألغى المركز الحصة: Ballet I", "الثلاثاء 24 نوفمبر، 10:00–11:00", "Salma is <ill>", "تعود حصة واحدة"),
            "isolated": ("Ballet I", "10:00–11:00", "Salma is <ill>"),
        }
        await is_told(studio, mona, texts, language)

    async def test_that_are_moved(self, studio: Studio, language: str, mona: Person) -> None:
        world, cast = studio.world, studio.cast
        studio.clock.advance(timedelta(minutes=1))
        edit = EditSession(unit_of_work_factory(world.database), studio.clock)
        await edit(actor=cast.staff.actor, session_id=cast.session.id, changes=SessionChanges(at=time(17, 30)))
        texts = {
            "en": ("Changed by the studio: Ballet I", "Tue 24 Nov, 17:30–18:30", "cancel free of charge until it begins"),
            "ar": ("غيّر المركز الحصة: Ballet I", "الثلاثاء 24 نوفمبر، 17:30–18:30", "يمكنك الإلغاء مجانًا"),
            "isolated": ("17:30–18:30",),
        }
        await is_told(studio, mona, texts, language)

    async def test_that_nobody_opened(self, studio: Studio, language: str, omar: Person) -> None:
        session = await later_class(studio, AbsenteePolicy.STRICT)
        await studio.world.book(studio.cast.member, session)
        studio.clock.advance(timedelta(hours=28, minutes=1))
        texts = {
            "en": ("This class did not take place: Karate", "EGP 125.50 in your wallet becomes free again."),
            "ar": ("لم تُقم هذه الحصة: Karate", "125.50 ج.م."),
            "isolated": ("Karate", "EGP 125.50" if language == "en" else "125.50 ج.م."),
        }
        await is_told(studio, omar, texts, language)
        await studio.adds_up()


class TestAbsence:
    async def test_that_is_charged(self, studio: Studio, language: str, omar: Person) -> None:
        session = await later_class(studio, AbsenteePolicy.FLEXIBLE, fee_percent=50)
        await studio.world.book(studio.cast.member, session)
        await nobody_came(studio, session)
        texts = {
            "en": ("You were not marked present: Karate", "EGP 62.75 was taken from your wallet."),
            "ar": ("لم يُسجَّل حضورك: Karate", "خُصم 62.75 ج.م. من محفظتك"),
            "isolated": ("EGP 62.75" if language == "en" else "62.75 ج.م.",),
        }
        await is_told(studio, omar, texts, language)

    async def test_that_costs_nothing(self, studio: Studio, language: str, omar: Person) -> None:
        session = await later_class(studio, AbsenteePolicy.FLEXIBLE)
        await studio.world.book(studio.cast.member, session)
        await nobody_came(studio, session)
        texts = {
            "en": ("You were not marked present: Karate", "Nothing was taken from your wallet."),
            "ar": ("لم يُسجَّل حضورك: Karate", "لم يُخصم شيء من محفظتك"),
            "isolated": ("Karate",),
        }
        await is_told(studio, omar, texts, language)

    @pytest.mark.parametrize("outcome", list(DecisionOutcome))
    async def test_that_is_decided(self, studio: Studio, language: str, omar: Person, outcome: DecisionOutcome) -> None:
        session = await later_class(studio, AbsenteePolicy.MANUAL)
        booked = await studio.world.book(studio.cast.member, session)
        await nobody_came(studio, session)
        waits = {
            "en": ("You were not marked present", "decides whether EGP 125.50 is taken. Until then it stays locked"),
            "ar": ("لم يُسجَّل حضورك", "يقرر المركز هل يُخصم 125.50 ج.م. وحتى ذلك الحين"),
            "isolated": ("EGP 125.50" if language == "en" else "125.50 ج.م.",),
        }
        await is_told(studio, omar, waits, language)
        await decide(studio.world, studio.cast.admin, booked.id, outcome)
        is_charged = outcome is DecisionOutcome.CHARGED
        decided = {
            "en": ("The studio has decided", "EGP 125.50 was taken" if is_charged else "Nothing was taken"),
            "ar": ("قرّر المركز", "خُصم 125.50 ج.م." if is_charged else "لم يُخصم شيء"),
            "isolated": ("Karate",),
        }
        await is_told(studio, omar, decided, language)
        await studio.adds_up()


class TestAtTheDesk:
    async def test_a_seat_that_was_paid_in_cash(self, studio: Studio, language: str, omar: Person) -> None:
        session = await later_class(studio, AbsenteePolicy.STRICT, starts_in=timedelta(minutes=30))
        await take_seat(studio.world, studio.cast.staff, session, studio.cast.member)
        texts = {
            "en": ("You are booked: Karate", "EGP 125.50 paid in cash"),
            "ar": ("تم حجز مقعد لك: Karate", "دُفع 125.50 ج.م. نقدًا"),
            "isolated": ("EGP 125.50" if language == "en" else "125.50 ج.م.",),
        }
        await is_told(studio, omar, texts, language)

    async def test_a_seat_that_an_admin_cancelled(self, studio: Studio, language: str, omar: Person) -> None:
        session = await later_class(studio, AbsenteePolicy.STRICT)
        booked = await studio.world.book(studio.cast.member, session)
        override = OverrideCancellation(unit_of_work_factory(studio.database), studio.world.clock)
        await override(actor=studio.cast.admin.actor, enrollment_id=booked.id, reason="Flooded", returns_cash=False)
        texts = {
            "en": ("Your booking was cancelled by the studio: Karate", "Reason: Flooded", "EGP 125.50 in your wallet"),
            "ar": ("ألغى المركز حجزك: Karate", "السبب: Flooded", "125.50 ج.م."),
            "isolated": ("Flooded", "EGP 125.50" if language == "en" else "125.50 ج.م."),
        }
        await is_told(studio, omar, texts, language)
