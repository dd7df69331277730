"""Commands by scope and language, descriptions and menu buttons."""

import pytest

from tests.sandbox.clients import MONA, BotClient, Driver


def command(name: str, description: str = "what it does") -> dict[str, str]:
    return {"command": name, "description": description}


async def seen_by(driver: Driver, person: str) -> list[str]:
    return [found["command"] for found in (await driver.get(f"chats/{person}"))["commands"]]


async def test_narrowest_scope_and_own_language_win(bot: BotClient, driver: Driver) -> None:
    await bot.call("setMyCommands", commands=[command("all")])
    await bot.call("setMyCommands", commands=[command("arabic")], language_code="ar")
    assert (await seen_by(driver, "mona"), await seen_by(driver, "omar")) == (["arabic"], ["all"])
    scope = {"type": "chat", "chat_id": MONA}
    await bot.call("setMyCommands", commands=[command("hers")], scope=scope)
    assert await seen_by(driver, "mona") == ["hers"]
    await bot.call("deleteMyCommands", scope=scope)
    assert await seen_by(driver, "mona") == ["arabic"]


async def test_commands_are_read_back_for_exactly_their_scope(bot: BotClient) -> None:
    await bot.call("setMyCommands", commands=[command("one")], scope={"type": "all_private_chats"})
    assert await bot.call("getMyCommands", scope={"type": "all_private_chats"}) == [command("one")]
    assert await bot.call("getMyCommands") == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"commands": []},
        {"commands": [command("Start")]},
        {"commands": [command("x" * 33)]},
        {"commands": [command("x", "")]},
        {"commands": [command("x", "y" * 257)]},
        {"commands": [command("x")] * 101},
        {"commands": [command("x")], "language_code": "english"},
        {"commands": [command("x")], "scope": {"type": "chat", "chat_id": 999}},
        {"commands": [command("x")], "scope": {"type": "planet"}},
        {"commands": "[not json"},
        {},
    ],
)
async def test_commands_that_do_not_fit_are_refused_and_none_kept(bot: BotClient, parameters: dict[str, object]) -> None:
    await bot.refusal("setMyCommands", **parameters)
    assert await bot.call("getMyCommands") == []


async def test_descriptions_fall_back_to_the_one_for_all(bot: BotClient, driver: Driver) -> None:
    await bot.call("setMyDescription", description="Classes")
    await bot.call("setMyDescription", description="دروس", language_code="ar")
    assert (await driver.get("chats/mona"))["description"] == "دروس"
    assert await bot.call("getMyDescription", language_code="fr") == {"description": "Classes"}
    await bot.refusal("setMyShortDescription", short_description="x" * 121)


async def test_menu_button_of_a_chat_goes_before_the_common_one(bot: BotClient, driver: Driver) -> None:
    button = {"type": "web_app", "text": "Open", "web_app": {"url": "https://e.org"}}
    await bot.call("setChatMenuButton", chat_id=MONA, menu_button=button)
    assert (await driver.get("chats/mona"))["menu_button"] == button
    assert await bot.call("getChatMenuButton") == {"type": "commands"}
    await bot.call("setChatMenuButton", chat_id=MONA)
    assert (await driver.get("chats/mona"))["menu_button"] == {"type": "commands"}
