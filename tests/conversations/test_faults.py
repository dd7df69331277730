"""Trouble on the way to Telegram: whoever booked is told, whoever is told has booked."""

import asyncio
import logging

import pytest

from handlers.start_payload import session_payload
from storage.queries.sessions import StoredSessionViews
from tests.conversations.ledger import known, seats_taken
from tests.conversations.phone import Key, Person
from tests.conversations.studio import Studio
from tests.factories import Scheduled

TOLD = ("✅ Booked", "Session is full")
SENDS = ["sendMessage", "editMessageText", "answerCallbackQuery"]


async def crowd_with_cards(studio: Studio, how_many: int, *, capacity: int) -> tuple[Scheduled, list[tuple[Person, Key]]]:
    """Let many students with money stand before the confirm button of one session."""
    session = await studio.world.add_session(studio.cast.taught, capacity=capacity)
    people = await studio.give_phones(how_many, money_minor=8_000)
    await asyncio.gather(*(person.starts(session_payload(session.id)) for person in people))
    return session, [(person, await person.key("Book for")) for person in people]


async def tap_and_read(person: Person, key: Key) -> bool:
    """Tap once, and read what became of it: whether there is a seat."""
    await person.taps_unanswered(key)
    view = await person.wait_until(
        lambda view: view.screen and any(outcome in view.screen.text for outcome in TOLD), seconds=60, what="an outcome"
    )
    assert view.screen is not None
    return TOLD[0] in view.screen.text


class TestThrottling:
    async def test_of_a_fifth_of_all_sends_leaves_nobody_untold(self, studio: Studio) -> None:
        session, crowd = await crowd_with_cards(studio, 40, capacity=30)
        await studio.faults(kind="too_many_requests", methods=SENDS, probability=0.2, seed=7)
        booked = await asyncio.gather(*(tap_and_read(person, key) for person, key in crowd))
        assert (sum(booked), await seats_taken(studio.database, session.id)) == (30, 30)
        await studio.adds_up()


class TestSlowTelegram:
    async def test_does_not_make_people_wait_for_each_other(self, studio: Studio) -> None:
        session, crowd = await crowd_with_cards(studio, 150, capacity=150)
        await studio.faults(kind="slow", delay_seconds=0.05)
        booked = await asyncio.gather(*(tap_and_read(person, key) for person, key in crowd))
        assert (sum(booked), await seats_taken(studio.database, session.id)) == (150, 150)
        await studio.adds_up()


class TestBrokenCalls:
    @pytest.mark.parametrize("kind", ["server_error", "drop_before", "drop_after"])
    async def test_that_show_an_outcome_are_repeated(self, studio: Studio, omar: Person, kind: str) -> None:
        await omar.starts()
        await omar.taps("Ballet I")
        confirm = await omar.key("Book for")
        await studio.faults(kind=kind, methods=["editMessageText", "answerCallbackQuery"], count=2)
        await omar.taps_unanswered(confirm)
        await omar.reads("✅ Booked")
        assert await studio.statuses_of(studio.cast.member) == [("LOCKED", "WALLET")]

    @pytest.mark.parametrize("kind", ["server_error", "drop_before", "drop_after", "too_many_requests", "conflict"])
    async def test_for_updates_lose_none(self, studio: Studio, omar: Person, kind: str) -> None:
        await omar.starts()
        await omar.taps("Ballet I")
        confirm = await omar.key("Book for")
        await studio.faults(kind=kind, methods=["getUpdates"], count=2)
        await omar.presses(confirm)
        await omar.reads("✅ Booked")
        assert await studio.statuses_of(studio.cast.member) == [("LOCKED", "WALLET")]

    async def test_for_an_answer_that_comes_too_late_still_show_the_screen(self, studio: Studio, omar: Person) -> None:
        await omar.starts()
        await omar.taps("Ballet I")
        confirm = await omar.key("Book for")
        await studio.faults(kind="query_too_old", count=1)
        await omar.taps_unanswered(confirm)
        await omar.reads("✅ Booked")

    @pytest.mark.parametrize("kind", ["server_error", "drop_before", "too_many_requests"])
    async def test_at_the_start_are_repeated_until_telegram_is_there(self, closed_studio: Studio, kind: str) -> None:
        await closed_studio.faults(kind=kind, methods=["getMe"], count=1)
        await closed_studio.faults(kind=kind, methods=["setMyCommands"], count=1)
        async with closed_studio.bot():
            omar = closed_studio.phone("omar")
            await omar.starts()
            await omar.reads("Hello Omar")


class TestBlockedBot:
    async def test_is_noted_and_forgotten_when_the_person_writes_again(self, studio: Studio, omar: Person) -> None:
        telegram_id = studio.cast.member.telegram_id or 0
        await omar.starts()
        await omar.does("block")
        await studio.phone("mona").starts()  # behind it in the queue
        await becomes_unreachable(studio, telegram_id)
        await omar.starts()
        await omar.reads("Hello Omar")
        assert not (await known(studio.database, telegram_id)).is_unreachable

    async def test_that_telegram_told_nobody_of_is_noted_at_the_next_send(self, studio: Studio, omar: Person) -> None:
        telegram_id = studio.cast.member.telegram_id or 0
        await omar.starts()
        chat = studio.sandbox.world.chats.find("omar")
        assert chat is not None
        await studio.faults(kind="slow", methods=["sendMessage"], delay_seconds=0.3, count=1)
        await omar.sends("/wallet")
        chat.is_blocked = True
        await becomes_unreachable(studio, telegram_id)


async def becomes_unreachable(studio: Studio, telegram_id: int) -> None:
    async with asyncio.timeout(20):
        while not (await known(studio.database, telegram_id)).is_unreachable:
            await studio.phone("mona").says("/help")  # the bot's own work is the clock


class TestFaultOfOurs:
    async def test_is_answered_with_a_reference_that_is_in_the_log(
        self, studio: Studio, omar: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        async def broken(*_: object, **__: object) -> None:
            raise RuntimeError("the card is broken")

        await omar.starts()
        monkeypatch.setattr(StoredSessionViews, "find_card", broken)
        before = await studio.kept()
        popup = await omar.taps("Ballet I")
        assert popup.is_alert
        reference = popup.text.rpartition(": ")[2]
        (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert reference in record.getMessage()
        assert "the card is broken" in caplog.text
        assert "RuntimeError" not in popup.text
        assert await studio.kept() == before

    async def test_holds_up_nobody_after_it(self, studio: Studio, omar: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        async def broken(*_: object, **__: object) -> None:
            raise RuntimeError("no list today")

        with monkeypatch.context() as patch:
            patch.setattr(StoredSessionViews, "list_upcoming", broken)
            answer = await omar.says("/start")
            assert "something went wrong on our side" in answer.text
        await omar.starts()
        await omar.reads("Hello Omar")
