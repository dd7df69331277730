"""What people (and a Telegram gone mad) can write: answered, shown as it was written, and never run or obeyed."""

import pytest

from tests.conversations.ledger import known
from tests.conversations.phone import Person, as_read
from tests.conversations.studio import JACK, YASMIN, Studio


async def reach_name(person: Person) -> None:
    await person.starts()
    await person.taps("English")
    await person.reads("What name")


class TestText:
    @pytest.mark.parametrize("text", ["Hello?", "x" * 4096, "👍🏽" * 50, "\u202eevil\u2068", "<b>&</i>", "/" * 40])
    async def test_where_a_button_is_expected_says_so(self, studio: Studio, mona: Person, text: str) -> None:
        before = await studio.kept()
        answer = await mona.says(text)
        assert "Which class" in answer.text
        assert "use the buttons" in answer.text or "no such command" in answer.text
        assert await studio.kept() == before

    async def test_of_five_thousand_characters_comes_in_two_parts_and_gets_two_answers(self, mona: Person) -> None:
        text = "word " * 1000
        first = await mona.says(text[:4096])
        second = await mona.says(text[4096:])
        assert "use the buttons" in first.text
        assert "use the buttons" in second.text

    @pytest.mark.parametrize("what", ["photo", "sticker"])
    async def test_that_is_none_is_answered_too(self, mona: Person, what: str) -> None:
        await mona.starts()
        await mona.does(what)
        await mona.reads("use the buttons", "Which class")

    async def test_of_a_phone_that_nobody_asked_for_is_not_kept(self, studio: Studio, mona: Person) -> None:
        await mona.starts()
        answer = await mona.shares_contact("+201001234561")
        assert "use the buttons" in answer.text
        assert (await known(studio.database, studio.cast.owner.telegram_id or 0)).phone is None


class TestName:
    @pytest.mark.parametrize(
        ("typed", "kept", "html"),
        [
            ("<script>alert(1)</script>", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("<b>Bold</b> & Co", "<b>Bold</b> & Co", "&lt;b&gt;Bold&lt;/b&gt; &amp; Co"),
            ("Evil\u202eeman\u2069", "Evileman", "Evileman"),
            ("👩‍👩‍👧 Zoë", "👩‍👩‍👧 Zoë", "👩‍👩‍👧 Zoë"),
            ("{name} %s {0}", "{name} %s {0}", "{name} %s {0}"),
            ("'; DROP TABLE people; --", "'; DROP TABLE people; --", "DROP TABLE people; --"),
        ],
    )
    async def test_is_kept_and_shown_as_typed(self, studio: Studio, jack: Person, typed: str, kept: str, html: str) -> None:
        await reach_name(jack)
        await jack.says(typed)
        await jack.says("Skip")
        await jack.reads(f"Hello {kept}!")
        screen = await jack.screen()
        assert html in screen.html
        assert (await known(studio.database, JACK)).name == kept

    @pytest.mark.parametrize("typed", ["x" * 65, "word " * 819, "\u202e\u2066", "\u200b"])
    async def test_that_cannot_be_is_asked_for_again(self, studio: Studio, jack: Person, typed: str) -> None:
        await reach_name(jack)
        answer = await jack.says(typed)
        assert "What name" in answer.text
        assert "name" in answer.text.splitlines()[0]
        found = await known(studio.database, JACK)
        assert (found.name, found.has_joined) == ("Jack Reed", False)

    async def test_of_a_hostile_profile_breaks_no_screen(self, studio: Studio) -> None:
        hostile = {"id": JACK, "is_bot": False, "first_name": "<b>\u202e" + "A" * 200, "last_name": "&"}
        let_the_bot_write(studio, "jack")
        await studio.driver.post("updates", 201, update=message_update(hostile, "/start"))
        jack = studio.phone("jack")
        await jack.taps("English")
        await jack.taps("I am <b>AAA")
        await jack.reads("your phone number")
        assert (await known(studio.database, JACK)).name == "<b>" + "A" * 61

    async def test_delivered_again_does_not_answer_the_next_question(self, studio: Studio, jack: Person) -> None:
        await reach_name(jack)
        await studio.faults(kind="redeliver", count=5)
        await jack.says("Skip")  # a name here, what skips the phone at the next question
        await jack.says("/start")
        await jack.reads("your phone number")
        found = await known(studio.database, JACK)
        assert (found.name, found.has_joined) == ("Skip", False)


class TestPhotoWhileJoining:
    @pytest.mark.parametrize("what", ["photo", "sticker"])
    async def test_is_answered_with_the_open_question(self, studio: Studio, jack: Person, what: str) -> None:
        await reach_name(jack)
        asked = (await jack.screen()).message_id
        await jack.does(what)
        view = await jack.wait_until(lambda view: view.answers_to(asked))
        assert "What name" in view.answers_to(asked)[-1].text
        assert (await known(studio.database, JACK)).name == "Jack Reed"


class TestOddUpdates:
    @pytest.mark.parametrize(
        "update",
        [
            {},
            {"message": {}},
            {"message": {"message_id": "x", "date": "y", "chat": 7}},
            {"callback_query": {"id": 5}},
            {"callback_query": {"id": "1", "from": None, "chat_instance": "1"}},
            {"never_heard_of": {"deep": [1, {"er": None}]}},
            {"poll": {"id": "1"}},
            ["not", "an", "object"],
        ],
    )
    async def test_are_passed_over_and_hold_nobody_up(self, studio: Studio, mona: Person, update: object) -> None:
        before = await studio.kept()
        await studio.driver.post("updates", 201, update=update)
        await mona.starts()
        await mona.reads("Hello Mona")
        assert await studio.kept() == before

    async def test_with_numbers_that_no_database_takes_hold_nobody_up(self, studio: Studio, mona: Person) -> None:
        giant = {"id": 2**63, "is_bot": False, "first_name": "Giant"}
        await studio.driver.post("updates", 201, update=message_update(giant, "/start"))
        await mona.starts()  # perhaps in one batch with it
        await mona.starts()
        await mona.reads("Hello Mona")

    async def test_in_a_group_are_not_for_us(self, studio: Studio, mona: Person) -> None:
        group = {"id": -100123, "type": "supergroup", "title": "Family"}
        somebody = {"id": YASMIN, "is_bot": False, "first_name": "Y"}
        await studio.driver.post("updates", 201, update=message_update(somebody, "/start", chat=group))
        await mona.starts()
        written_to = [parameters["chat_id"] for parameters in studio.calls("sendMessage")]
        assert written_to == [studio.cast.owner.telegram_id]

    async def test_of_other_bots_are_not_for_us(self, studio: Studio, mona: Person) -> None:
        robot = {"id": YASMIN, "is_bot": True, "first_name": "Robot"}
        await studio.driver.post("updates", 201, update=message_update(robot, "/start"))
        await mona.starts()
        assert len(studio.calls("sendMessage")) == 1

    async def test_with_half_a_character_are_answered(self, studio: Studio, mona: Person) -> None:
        answer = await mona.says("\U0001f44d"[:1] + "\ufffd\x00")
        assert "use the buttons" in as_read(answer.text)


def let_the_bot_write(studio: Studio, slug: str) -> None:
    """Let somebody have written already: Telegram lets bots write to nobody else."""
    chat = studio.sandbox.world.chats.find(slug)
    assert chat is not None
    chat.has_written = True


def message_update(sender: dict[str, object], text: str, *, chat: dict[str, object] | None = None) -> dict[str, object]:
    """Return a message as Telegram sends it."""
    where = chat or {"id": sender["id"], "type": "private", "first_name": sender["first_name"]}
    return {"message": {"message_id": 900_000, "date": 1_700_000_000, "from": sender, "chat": where, "text": text}}
