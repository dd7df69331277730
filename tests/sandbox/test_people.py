"""What drivers make people do, and what the bot and the page see of it."""

import asyncio

import pytest

from tests.sandbox.clients import MONA, BotClient, Driver


async def only_update(bot: BotClient) -> dict[str, dict[str, object]]:
    (update,) = await bot.call("getUpdates")
    return {kind: content for kind, content in update.items() if kind != "update_id"}


async def test_people_are_listed_with_what_they_have_not_read(bot: BotClient, driver: Driver) -> None:
    await bot.send()
    listed = await driver.get("people")
    assert listed["bot"] == {"username": "rollcall_demo_bot", "name": "Rollcall"}
    assert [(one["slug"], one["unread"], one["blocked"]) for one in listed["people"]] == [
        ("mona", 1, False),
        ("omar", 0, False),
    ]
    assert (await driver.get("chats/mona?read=1"))["person"]["unread"] == 0


async def test_added_person_can_write_at_once(bot: BotClient, driver: Driver) -> None:
    added = await driver.post("people", status=201, slug="sara", first_name="Sara")
    await driver.post(f"people/{added['id']}/say", text="hi")
    assert (await only_update(bot))["message"]["from"] == {
        "id": added["id"],
        "is_bot": False,
        "first_name": "Sara",
        "language_code": "en",
    }


@pytest.mark.parametrize(
    "person",
    [
        {"slug": "mona", "first_name": "Other"},
        {"slug": "new", "first_name": "x", "id": MONA},
        {"slug": "12", "first_name": "x"},
        {"slug": "a/b", "first_name": "x"},
        {"slug": "new"},
        {"slug": "new", "first_name": "x", "height": 2},
    ],
)
async def test_person_that_cannot_be_is_refused(driver: Driver, person: dict[str, object]) -> None:
    assert (await driver.post("people", status=400, **person))["error"]
    assert len((await driver.get("people"))["people"]) == 2


async def test_nobody_and_nowhere_are_not_found(driver: Driver) -> None:
    assert (await driver.get("chats/nobody", status=404))["error"]
    assert (await driver.post(f"people/{'9' * 5000}/say", status=404, text="x"))["error"]
    assert (await driver.get("nowhere", status=404))["error"]


async def test_command_gets_its_entity(bot: BotClient, driver: Driver) -> None:
    await driver.post("people/mona/start", payload="s_abc-1")
    message = (await only_update(bot))["message"]
    assert message["text"] == "/start s_abc-1"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("say", {"text": " "}),
        ("say", {"text": "x" * 4097}),
        ("say", {}),
        ("start", {"payload": "x" * 65}),
        ("start", {"payload": "a b"}),
        ("contact", {"phone": ""}),
        ("edit", {"message_id": 9999, "text": "x"}),
    ],
)
async def test_what_no_client_can_do_is_refused(
    bot: BotClient, driver: Driver, action: str, body: dict[str, object]
) -> None:
    assert (await driver.post(f"people/mona/{action}", status=400, **body))["error"]
    assert await bot.call("getUpdates") == []


@pytest.mark.parametrize(("user_id", "expected"), [(None, MONA), (555, 555)])
async def test_contact_says_whose_it_is(bot: BotClient, driver: Driver, user_id: int | None, expected: int) -> None:
    await driver.post("people/mona/contact", phone="+20100", user_id=user_id)
    contact = (await only_update(bot))["message"]["contact"]
    assert isinstance(contact, dict)
    assert (contact["phone_number"], contact["user_id"]) == ("+20100", expected)


async def test_blocking_and_unblocking_are_told_to_the_bot(bot: BotClient, driver: Driver) -> None:
    await driver.post("people/mona/block")
    assert (await driver.post("people/mona/say", status=400, text="x"))["error"]
    await driver.post("people/mona/start")
    blocked, unblocked, started = await bot.call("getUpdates")
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert unblocked["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert started["message"]["text"] == "/start"
    assert await bot.send()


async def test_edited_text_is_an_update_of_its_own(bot: BotClient, driver: Driver) -> None:
    said = await driver.post("people/mona/say", text="/cancel")
    await driver.post("people/mona/edit", message_id=said["message_id"], text="never mind")
    _, edited = await bot.call("getUpdates")
    assert edited["edited_message"]["text"] == "never mind"
    assert "entities" not in edited["edited_message"]


async def test_photos_and_stickers_arrive(bot: BotClient, driver: Driver) -> None:
    await driver.post("people/mona/photo", caption="me")
    await driver.post("people/mona/sticker")
    photo, sticker = await bot.call("getUpdates")
    assert photo["message"]["photo"][0]["width"] == 1
    assert sticker["message"]["sticker"]["emoji"] == "👍"


async def test_chat_can_be_waited_for(bot: BotClient, driver: Driver) -> None:
    revision = (await driver.get("chats/mona"))["revision"]
    waiting = asyncio.create_task(driver.get(f"chats/mona?after={revision}&wait=20"))
    await bot.send("here I am")
    async with asyncio.timeout(5):
        assert (await waiting)["messages"][-1]["text"] == "here I am"
    assert (await driver.get("chats/mona?after=9999"))["revision"] > revision
    await driver.get("chats/mona?after=0&wait=31", status=400)
