"""Buttons that nobody drew, that are somebody else's, or that are pressed too often: answered, and nothing is kept."""

import asyncio
import base64
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from domain.enrollments.views import BookingCursor
from domain.ids import EnrollmentId, SessionId
from domain.sessions.views import SessionCursor
from handlers import callback_data as cd
from handlers.callback_data import CODEC, encode
from tests.conversations.phone import Key, Person
from tests.conversations.studio import Studio
from tests.factories import new_enrollment_id

ALPHABET = "ABCxyz019-_=+/ \n\0éع👍\u202e\u2068"
AT_ONCE = 25


async def card_of(person: Person) -> Key:
    await person.starts()
    await person.taps("Ballet I")
    return await person.key("Book for")


def forgeries(how_many: int, *, seed: int) -> list[str]:
    """Return random strings, and random bytes in the shape of every kind of button that there is."""
    rng = random.Random(seed)
    letters = [kind.letter for kind in CODEC.kinds]
    found = []
    for number in range(how_many):
        if number % 2:
            packed = rng.randbytes(rng.choice((0, 1, 2, 16, 24, 44, 47)))
            text = base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
            found.append(rng.choice("1112") + rng.choice(letters) + text)
        else:
            found.append("".join(rng.choices(ALPHABET, k=rng.choice((0, 1, 2, 20, 64, 65, 300)))))
    return found


class TestForgedData:
    async def test_is_always_answered_never_a_fault_and_keeps_nothing(
        self, studio: Studio, omar: Person, nour: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        people = (omar, nour, studio.phone("hana"), studio.phone("jack"))
        screens = [(person, (await person.starts()).message_id) for person in people]
        before = await studio.kept()
        turns = list(zip(forgeries(500, seed=1), screens * 125, strict=True))
        for first in range(0, len(turns), AT_ONCE):
            batch = turns[first : first + AT_ONCE]
            await asyncio.gather(*(person.forges(data, message_id=screen) for data, (person, screen) in batch))
        assert await studio.kept() == before
        assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []

    @pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: "2" + data[1:], lambda data: data + "A"])
    async def test_that_was_cut_or_is_of_another_version_shows_how_things_stand(
        self, studio: Studio, omar: Person, spoil: Callable[[str], str]
    ) -> None:
        confirm = await card_of(omar)
        before = await studio.kept()
        await omar.forges(spoil(confirm.data))
        await omar.reads("button was out of date", "Which class")
        assert await studio.kept() == before

    async def test_with_a_lower_price_is_asked_again_at_the_true_one(self, studio: Studio, omar: Person) -> None:
        data = cd.decode((await card_of(omar)).data)
        assert isinstance(data, cd.ConfirmBooking)
        cheap = cd.ConfirmBooking(
            data.enrollment_id, data.session_id, type(data.confirmed)(1, data.confirmed.method, data.confirmed.fingerprint)
        )
        before = await studio.kept()
        await omar.forges(encode(cheap))
        await omar.reads("Something changed", "EGP 80")
        assert await studio.kept() == before

    @pytest.mark.parametrize("instant", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
    async def test_of_pages_at_the_ends_of_time_shows_a_page(self, studio: Studio, mona: Person, instant: datetime) -> None:
        nobody = new_enrollment_id()
        await mona.starts()
        await mona.forges(encode(cd.ListSessions(SessionCursor(instant, SessionId(nobody)))))
        await mona.reads("All classes")
        await mona.forges(encode(cd.ListBookings(BookingCursor(instant, nobody))))
        await mona.reads("My bookings")

    async def test_is_counted_as_a_refusal(self, studio: Studio, omar: Person, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level("INFO", logger="handlers")
        await omar.starts()
        await omar.forges("1?")
        await omar.reads("out of date")
        assert "refused out_of_date to a STUDENT" in caplog.text


class TestOtherPeoplesThings:
    @pytest.mark.parametrize("kind", [cd.OpenBooking, cd.AskCancel, cd.ConfirmCancel])
    async def test_answer_as_if_they_did_not_exist(
        self, studio: Studio, omar: Person, kind: type[cd.OpenBooking | cd.AskCancel | cd.ConfirmCancel]
    ) -> None:
        await omar.starts()
        before = await studio.kept()
        theirs = await omar.forges(encode(kind(studio.cast.booking.id)))
        read = await omar.reads("not available any more", "Which class")
        nobodys = await omar.forges(encode(kind(EnrollmentId(new_enrollment_id()))))
        assert (theirs, read) == (nobodys, await omar.reads("not available any more"))
        assert await studio.kept() == before

    async def test_are_not_booked_under_their_booking_id(self, studio: Studio, omar: Person) -> None:
        data = cd.decode((await card_of(omar)).data)
        assert isinstance(data, cd.ConfirmBooking)
        before = await studio.kept()
        await omar.forges(encode(cd.ConfirmBooking(studio.cast.booking.id, data.session_id, data.confirmed)))
        await omar.reads("not available any more")
        assert await studio.kept() == before

    async def test_of_another_center_answer_as_if_they_did_not_exist(self, studio: Studio, omar: Person) -> None:
        elsewhere = studio.cast.elsewhere
        session = await elsewhere.add_session(await elsewhere.add_class("Delta Karate"))
        confirmed = await elsewhere.confirmed_terms(studio.cast.outsider, session)
        await omar.starts()
        before = await studio.kept()
        for data in (cd.OpenSession(session.id), cd.ConfirmBooking(new_enrollment_id(), session.id, confirmed)):
            await omar.forges(encode(data))
            assert "Delta" not in await omar.reads("not available any more", "Which class")
        assert await studio.kept() == before

    async def test_that_nobody_has_answer_the_same(self, studio: Studio, omar: Person) -> None:
        await omar.starts()
        await omar.forges(encode(cd.OpenSession(SessionId(new_enrollment_id()))))
        await omar.reads("not available any more", "Which class")


class TestBlockedPerson:
    async def test_gets_no_further_with_any_button_or_word(self, studio: Studio, omar: Person) -> None:
        confirm = await card_of(omar)
        sami = studio.phone("sami")
        answer = await sami.starts()
        before = await studio.kept()
        for data in (confirm.data, encode(cd.OpenMeans()), "nonsense"):
            popup = await sami.forges(data)
            assert (popup.is_alert, "call the studio" in popup.text) == (True, True)
        assert "call the studio" in (await sami.says("/wallet")).text
        assert "call the studio" in answer.text
        assert await studio.kept() == before


class TestManyTaps:
    async def test_twice_at_once_is_one_seat_shown_twice(self, studio: Studio, omar: Person) -> None:
        confirm = await card_of(omar)
        popups = await asyncio.gather(omar.presses(confirm), omar.presses(confirm))
        await omar.reads("✅ Booked")
        assert all("Booked" in popup.text for popup in popups)
        assert await studio.statuses_of(studio.cast.member) == [("LOCKED", "WALLET")]
        await studio.adds_up()

    async def test_twenty_at_once_are_one_seat(self, studio: Studio, omar: Person) -> None:
        confirm = await card_of(omar)
        popups = await asyncio.gather(*(omar.presses(confirm) for _ in range(20)))
        await omar.reads("✅ Booked")
        assert {popup.text for popup in popups} == {"Booked ✅"}
        assert await studio.statuses_of(studio.cast.member) == [("LOCKED", "WALLET")]
        await studio.adds_up()

    async def test_on_many_screens_of_one_session_are_one_seat(self, studio: Studio, omar: Person) -> None:
        keys = []
        for _ in range(5):
            await omar.starts()
            keys.append(await card_of(omar))
        await asyncio.gather(*(omar.presses(key) for key in keys))
        assert await studio.statuses_of(studio.cast.member) == [("LOCKED", "WALLET")]
        await studio.adds_up()

    async def test_for_ten_classes_on_the_last_money_book_what_it_pays_for(self, studio: Studio, omar: Person) -> None:
        sessions = [
            await studio.world.add_session(studio.cast.taught, starts_in=timedelta(days=2, hours=2 * number))
            for number in range(8)
        ]
        keys = []
        for session in sessions:
            await omar.starts()
            data = encode(cd.OpenSession(session.id))
            await omar.forges(data)
            keys.append(await omar.key("Book for"))
        await asyncio.gather(*(omar.presses(key) for key in keys))
        booked = [await studio.statuses_of(studio.cast.member, session) for session in sessions]
        assert sum(len(each) for each in booked) == 3  # EGP 300 at 80 each
        await studio.adds_up()


class TestRedelivery:
    @pytest.mark.parametrize("kind", ["redeliver", "redeliver_new_id"])
    async def test_of_a_tap_acts_once(self, studio: Studio, omar: Person, kind: str) -> None:
        confirm = await card_of(omar)
        await studio.faults(kind=kind, count=3)
        await omar.presses(confirm)
        await omar.reads("✅ Booked")
        await omar.taps("Cancel this booking")
        await omar.taps("Yes, cancel it")
        await omar.reads("❌ Cancelled")
        assert await studio.statuses_of(studio.cast.member) == [("CANCELLED", "WALLET")]
        await studio.adds_up()


class TestScreensThatAreGone:
    async def test_are_replaced_by_a_new_message(self, studio: Studio, omar: Person) -> None:
        confirm = await card_of(omar)
        chat = studio.sandbox.world.chats.find("omar")
        assert chat is not None
        studio.sandbox.world.chats.remove(chat, confirm.message_id)
        await omar.presses(confirm)
        await omar.reads("✅ Booked")
        assert (await omar.screen()).message_id > confirm.message_id

    async def test_that_telegram_no_longer_shows_us_are_replaced_by_a_new_message(
        self, studio: Studio, omar: Person
    ) -> None:
        confirm = await card_of(omar)
        await studio.driver.post("updates", 201, update=tap_update(studio, confirm, {"date": 0}))
        await omar.wait_until(lambda view: view.screen and view.screen.message_id > confirm.message_id)
        await omar.reads("✅ Booked")


def tap_update(studio: Studio, key: Key, message: dict[str, object]) -> dict[str, object]:
    """Return a tap as Telegram sends it for a message that is too old to be seen: without content, dated 0."""
    telegram_id = studio.cast.member.telegram_id
    chat = {"id": telegram_id, "type": "private", "first_name": "Omar"}
    return {
        "callback_query": {
            "id": "424242",
            "from": {"id": telegram_id, "is_bot": False, "first_name": "Omar"},
            "chat_instance": "1",
            "data": key.data,
            "message": {"chat": chat, "message_id": key.message_id, **message},
        }
    }
