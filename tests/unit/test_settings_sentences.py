"""A wrong setting stops the start with a sentence of ours, never with the checking library's."""

import pytest

from bot.settings import SettingsError, load_settings


class TestWrongSetting:
    @pytest.mark.parametrize(
        ("name", "value", "sentence"),
        [
            ("HTTP_PORT", "99999", "it is a port's number, from 0 (any free one) to 65535, e.g. 8081"),
            ("HTTP_PORT", "web", "it is a port's number, from 0 (any free one) to 65535, e.g. 8081"),
            ("CENTER_NAME", "x" * 65, "it is a name of 1 to 64 characters"),
            ("PAYMENT_GATEWAY", "stripe", "it is paymob or telegram, or nothing"),
            ("PAYMOB_OWNER", "-1", "it is the number of your account, Profile → Merchant ID in Paymob's dashboard"),
            ("LOG_LEVEL", "loud", "it is one of DEBUG, INFO, WARNING, ERROR"),
            ("LOG_FORMAT", "xml", "it is text or json"),
        ],
    )
    def test_says_what_it_should_be(self, monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str) -> None:
        monkeypatch.setenv(f"ROLLCALL_{name}", value)
        with pytest.raises(SettingsError) as refusal:
            load_settings()
        assert str(refusal.value) == f"ROLLCALL_{name} is wrong: {sentence}."
