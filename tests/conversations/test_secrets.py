"""The bot token is in no log, whatever goes wrong and however much is logged."""

import asyncio
import logging

import pytest
from pydantic import SecretStr

from bot.telegram.client import BotTokenRejectedError
from storage.queries.sessions import StoredSessionViews
from tests.conversations.studio import SECRET, Studio


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Every logger there is, at its most talkative, without the formatter that hides secrets."""
    caplog.set_level(logging.DEBUG)
    for name in list(logging.getLogger().manager.loggerDict):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


class TestToken:
    async def test_is_in_no_log_of_a_day_full_of_trouble(
        self, closed_studio: Studio, everything_logged: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def broken(*_: object, **__: object) -> None:
            raise RuntimeError("the card is broken")

        monkeypatch.setattr(StoredSessionViews, "find_card", broken)
        asyncio.get_running_loop().set_debug(True)
        for method in ("getMe", "getUpdates", "editMessageText"):
            for kind in ("server_error", "drop_after"):
                await closed_studio.faults(kind=kind, methods=[method], count=1)
        async with closed_studio.bot():
            omar = closed_studio.phone("omar")
            await omar.starts()
            await omar.taps("Ballet I")
        assert "the card is broken" in everything_logged.text
        assert SECRET not in everything_logged.text

    async def test_is_not_shown_where_telegram_rejects_it(
        self, closed_studio: Studio, everything_logged: pytest.LogCaptureFixture
    ) -> None:
        wrong = closed_studio.settings.model_copy(update={"bot_token": SecretStr("7000123:wr0ng-secret")})
        with pytest.raises(BotTokenRejectedError) as rejected:
            async with closed_studio.bot(settings=wrong) as task:
                await task
        assert "wr0ng-secret" not in everything_logged.text
        assert "wr0ng-secret" not in f"{rejected.value!r} {rejected.value.__context__!r} {rejected.value.__cause__!r}"

    def test_is_not_in_what_settings_look_like(self, closed_studio: Studio) -> None:
        assert SECRET not in repr(closed_studio.settings)
        assert SECRET not in str(closed_studio.settings.model_dump())
