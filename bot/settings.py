"""Settings: the only reader of the environment. A wrong one stops the start with one clear sentence."""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.numbers import list_currencies
from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from domain.finance.gateway_model import Gateway
from domain.people.languages import LANGUAGES
from storage.engine import check_url

_PREFIX = "ROLLCALL_"
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

# What settings are whose check is pydantic's own, whose words ("Input should be …") are a programmer's.
_WHAT_IT_IS = {
    "HTTP_PORT": "it is a port's number, from 0 (any free one) to 65535, e.g. 8081",
    "CENTER_NAME": "it is a name of 1 to 64 characters",
    "PAYMENT_GATEWAY": "it is paymob or telegram, or nothing",
    "PAYMOB_OWNER": "it is the number of your account, Profile → Merchant ID in Paymob's dashboard",
    "LOG_LEVEL": "it is one of DEBUG, INFO, WARNING, ERROR",
    "LOG_FORMAT": "it is text or json",
}


class SettingsError(Exception):
    """A setting is missing or wrong; the message says which one and what it should be."""


class Settings(BaseSettings):
    """Read from the environment and from a file ``.env`` beside it, each name with the prefix ROLLCALL_."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True
    )

    bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    database_url: str = "sqlite+aiosqlite:///rollcall.db"
    database_replica_url: str | None = None
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    public_url: str | None = None
    webhook_secret: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8081, ge=0, le=65535)
    center_name: str = Field(default="My studio", min_length=1, max_length=64)
    currency: str = "EGP"
    timezone: str = "Africa/Cairo"
    default_language: str = "en"
    payment_gateway: Literal["paymob", "telegram"] | None = None
    paymob_base_url: str = "https://accept.paymob.com"
    paymob_checkout_url: str | None = None
    paymob_secret_key: SecretStr | None = None
    paymob_public_key: SecretStr | None = None
    paymob_api_key: SecretStr | None = None
    paymob_hmac_secret: SecretStr | None = None
    paymob_integration_ids: Annotated[tuple[int, ...], NoDecode] = ()
    paymob_owner: int | None = Field(default=None, gt=0)
    telegram_provider_token: SecretStr | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("log_level", mode="before")
    @classmethod
    def _level_in_any_case(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("bot_token")
    @classmethod
    def _token_has_its_shape(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None:
            number, _, secret = token.get_secret_value().partition(":")
            if not (number.isascii() and number.isdigit() and secret):
                raise ValueError("it looks like 123456:ABC-DEF…, as @BotFather gives it")
        return token

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids_are_numbers(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        words = [word.strip() for word in value.split(",") if word.strip()]
        if not all(word.isascii() and word.isdigit() for word in words):
            raise ValueError("it is a list of Telegram ids (numbers) with commas between them")
        return frozenset(int(word) for word in words)

    @field_validator("paymob_integration_ids", mode="before")
    @classmethod
    def _integrations_are_numbers(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        words = [word.strip() for word in value.split(",") if word.strip()]
        if not all(word.isascii() and word.isdigit() for word in words):
            raise ValueError("it is a list of Paymob's integration ids (numbers) with commas between them")
        return tuple(int(word) for word in words)

    @field_validator("paymob_base_url", "paymob_checkout_url")
    @classmethod
    def _paymob_is_an_address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        is_local = parts.scheme == "http" and parts.hostname in _THIS_MACHINE
        if (parts.scheme != "https" and not is_local) or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("it is an address of Paymob's that begins with https://")
        return url.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database_is_supported(cls, url: str) -> str:
        check_url(url)
        return url

    @field_validator("database_replica_url")
    @classmethod
    def _replica_is_postgresql(cls, url: str | None) -> str | None:
        if url is None:
            return None
        check_url(url)
        if not url.startswith("postgresql"):
            raise ValueError("a replica is a PostgreSQL that follows the one of ROLLCALL_DATABASE_URL; SQLite has none")
        return url

    @field_validator("telegram_api_url")
    @classmethod
    def _api_is_http(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("it is an address that begins with https:// (or http:// on this machine)")
        return url.rstrip("/")

    @field_validator("public_url")
    @classmethod
    def _public_url_is_an_address(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        is_local = parts.scheme == "http" and parts.hostname in _THIS_MACHINE
        if (parts.scheme != "https" and not is_local) or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("it begins with https:// and is how this server is reached, e.g. https://classes.example.com")
        return url.rstrip("/")

    @field_validator("webhook_secret")
    @classmethod
    def _secret_is_one_of_telegrams(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("it is 1 to 256 of the characters A-Z, a-z, 0-9, _ and -")
        return secret

    @field_validator("currency")
    @classmethod
    def _currency_exists(cls, currency: str) -> str:
        if currency.upper() not in list_currencies():
            raise ValueError("it is a currency's three letters by ISO 4217, e.g. EGP")
        return currency.upper()

    @field_validator("timezone")
    @classmethod
    def _timezone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("it is a time zone's name by IANA, e.g. Africa/Cairo") from error
        return name

    @field_validator("default_language")
    @classmethod
    def _language_is_spoken(cls, language: str) -> str:
        if language not in LANGUAGES:
            raise ValueError(f"it is one of {', '.join(LANGUAGES)}")
        return language

    @property
    def token(self) -> str:
        """The bot token. Raises SettingsError where there is none."""
        if self.bot_token is None:
            raise SettingsError(f"{_PREFIX}BOT_TOKEN is missing: get one from @BotFather and put it into .env.")
        return self.bot_token.get_secret_value()

    @property
    def uses_webhook(self) -> bool:
        """Whether Telegram posts updates to us; otherwise we ask for them."""
        return self.public_url is not None and self.webhook_secret is not None

    def check_webhook(self) -> None:
        """Raise SettingsError for a public address without the secret that protects it."""
        if self.public_url is not None and self.webhook_secret is None:
            raise SettingsError(
                f"{_PREFIX}WEBHOOK_SECRET is missing: with {_PREFIX}PUBLIC_URL Telegram posts to this server, and shows "
                "the secret. Make one with `openssl rand -hex 32`."
            )

    @property
    def gateway(self) -> Gateway | None:
        """How people pay online: as the settings say, else by whichever gateway there are keys for. None: not at all."""
        if self.payment_gateway is not None:
            return Gateway(self.payment_gateway.upper())
        if self.paymob_secret_key is not None:
            return Gateway.PAYMOB
        return Gateway.TELEGRAM if self.telegram_provider_token is not None else None

    @property
    def is_paymob_local(self) -> bool:
        """Whether Paymob is on this machine, as the sandbox's is: it then reaches us without a public address."""
        return urlsplit(self.paymob_base_url).hostname in _THIS_MACHINE

    @property
    def is_telegram_local(self) -> bool:
        """Whether the Bot API is the sandbox's, or one of one's own: t.me leads nowhere then."""
        return urlsplit(self.telegram_api_url).hostname in _THIS_MACHINE

    @property
    def provider_token(self) -> str:
        """What invoices in the chat are sent with; nothing where there is none."""
        token = self.telegram_provider_token
        return token.get_secret_value() if token is not None else ""

    def check_gateway(self) -> None:
        """Raise SettingsError for a gateway without all that it takes."""
        if self.gateway is Gateway.TELEGRAM and self.telegram_provider_token is None:
            raise SettingsError(f"{_PREFIX}TELEGRAM_PROVIDER_TOKEN is missing: @BotFather gives it, under Payments.")
        if self.gateway is not Gateway.PAYMOB:
            return
        needed = ("secret_key", "public_key", "api_key", "hmac_secret", "integration_ids")
        missing = next((name for name in needed if not getattr(self, f"paymob_{name}")), None)
        if missing is not None:
            raise SettingsError(f"{_PREFIX}PAYMOB_{missing.upper()} is missing: copy it from Paymob's dashboard.")
        if self.public_url is None and not self.is_paymob_local:
            raise SettingsError(
                f"{_PREFIX}PUBLIC_URL is missing: Paymob tells this server of payments, and needs its address."
            )

    @property
    def bot_id(self) -> int:
        """The bot's Telegram id, which its token begins with."""
        return int(self.token.partition(":")[0])


def misspelt_names(env_file: Path = Path(".env")) -> list[tuple[str, str | None]]:
    """Return the names in the file of settings that begin as ours do and are none, each with what it may be meant for."""
    known = {f"{_PREFIX}{name}".upper() for name in Settings.model_fields}
    given = dotenv_values(env_file) if env_file.is_file() else {}
    unknown = [name for name in given if name.upper().startswith(_PREFIX) and name.upper() not in known]
    return [(name, next(iter(get_close_matches(name.upper(), known, n=1)), None)) for name in unknown]


def load_settings() -> Settings:
    """Return the settings. Raises SettingsError with one sentence for the first that is wrong; never shows its value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        reason = _WHAT_IT_IS.get(name) or first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{_PREFIX}{name} is wrong: {reason}.") from None
