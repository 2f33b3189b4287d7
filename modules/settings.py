"""Every setting, typed, with its unit and default. Each can be set in the environment."""

from __future__ import annotations

import hashlib
import hmac
import os
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from modules import keyfile
from modules.basics import StewardError
from modules.days import weekdays

ROOT = Path(__file__).resolve().parent.parent
# A time of day such as 08:00.
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class SecretFiles(EnvSettingsSource):
    """Secrets from files: `STEWARD_SECRET_KEY_FILE` names the file that holds the key."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """What stands in the file named for a field; only secrets can come from files."""
        name = f"{self.config['env_prefix']}{field_name}".upper()
        where = os.environ.get(f"{name}_FILE", "")
        if not where or field.annotation is not SecretStr:
            return None, field_name, False
        if os.environ.get(name):
            raise StewardError(f"{name} and {name}_FILE are both set. Keep one of them.")
        return keyfile.read(Path(where), name=f"{name}_FILE"), field_name, False


class Settings(BaseSettings):
    """Read once at start. `DATABASE_URL` is read by `db.engine`, which imports nothing of ours."""

    # What was typed wrongly may be a secret: errors name the setting, never its value.
    model_config = SettingsConfigDict(
        env_prefix="STEWARD_", frozen=True, hide_input_in_errors=True, env_ignore_empty=True
    )

    # Where the server listens. Put a proxy with TLS in front before anyone else can reach it.
    host: str = "127.0.0.1"
    port: int = Field(default=8501, ge=1, le=65535, validation_alias="PORT")
    # Demo mode signs anyone in as an invented person. Unset: on while every body in the database is
    # invented, and off as soon as one is real. True refuses a database with real people.
    demo: bool | None = None
    # Who must give a second factor beside a pass-phrase: administrators, everybody or nobody.
    second_factor: Literal["administrators", "everybody", "nobody"] = "administrators"
    # The mail server that invitations, links and reminders go through; empty: none, and commands
    # print links.
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    # The sender's address, such as steward@example.org.
    smtp_from: str = ""
    # Whether the connection turns to TLS before anything is said; port 465 is TLS from its start.
    smtp_starttls: bool = True
    # Addresses of proxies whose word on where a request comes from is taken, by commas; or none.
    proxies: str = "127.0.0.1"
    # Requests a minute from one address, and as many at once; of guesses a fortieth.
    requests_per_minute: int = Field(default=12_000, ge=120, le=1_000_000)
    # True when the proxy in front speaks TLS: cookies are then sent over TLS only.
    tls: bool = False
    # Where people reach Steward, as https://steward.example.org: certificates carry it.
    # Empty: the address at which their holder opened them.
    public_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    # How long a sign-in lasts, in hours.
    sign_in_hours: int = Field(default=12, ge=1, le=24 * 30)
    # How long a completion counts, in months.
    valid_months: int = Field(default=12, ge=1)
    # Within this many days of the due day people can be reminded, and may renew.
    due_soon_days: int = Field(default=30, ge=1)
    # Within so many days a changed rule is redone, where its module does not say otherwise.
    refresher_days: int = Field(default=30, ge=1, le=730)
    # Nobody is reminded twice within this many days.
    remind_every_days: int = Field(default=7, ge=1)
    # Reviews begin on these days only, from and until these times in the organisation's zone.
    review_days: str = "mon-fri"
    review_from: str = Field(default="08:00", pattern=CLOCK)
    review_until: str = Field(default="18:00", pattern=CLOCK)
    # How long a lesson waits for a database that is away before it says so, in seconds.
    patience_seconds: int = Field(default=60, ge=1, le=600)
    # Whether the libraries of labs are loaded in the background once the server has started.
    # Off: whoever opens a lab first waits for them, up to ten seconds.
    warm_labs: bool = True
    # What second factors are sealed with and tokens are hashed with; at least 32 characters.
    # Empty: a key of its own, made once in var/, on the embedded database and in demo mode.
    secret_key: SecretStr = SecretStr("")
    # The Ed25519 key (PEM) that signs checkpoints of the evidence. Empty: they are not signed.
    evidence_key: SecretStr = SecretStr("")
    content: Path = ROOT / "content"
    # Whether a second trainer or reviewer approves a module before it is published.
    second_reviewer: bool = True
    # The file that says with which providers people sign in: docs/sign-in.md. Empty: with none.
    providers: str = ""
    # The works agreement that the program keeps to, with its signatures beside it.
    agreement: Path = ROOT / "agreement.yaml"
    # Public keys of those who sign it, parted by commas: it is then refused without them.
    # Empty: the first signed agreement says whose keys count from then on.
    agreement_keys: str = ""

    @field_validator("secret_key")
    @classmethod
    def _is_no_placeholder(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value():
            keyfile.refuse_guessable(value.get_secret_value())
        return value

    @property
    def pinned_keys(self) -> frozenset[str]:
        """The keys in `agreement_keys`."""
        return frozenset(key.strip() for key in self.agreement_keys.split(",") if key.strip())

    @field_validator("review_days")
    @classmethod
    def _are_days(cls, value: str) -> str:
        weekdays(value)
        return value

    @model_validator(mode="after")
    def _begin_before_they_end(self) -> Self:
        if time.fromisoformat(self.review_from) >= time.fromisoformat(self.review_until):
            raise ValueError(
                f"reviews cannot begin at {self.review_from} and end at {self.review_until}: "
                "STEWARD_REVIEW_FROM must be the earlier one"
            )
        return self

    @model_validator(mode="after")
    def _have_a_name_over_tls(self) -> Self:
        if self.tls and not self.public_url.startswith("https://"):
            raise ValueError(
                "STEWARD_TLS needs STEWARD_PUBLIC_URL=https://… : who comes for another name "
                "is refused"
            )
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """From arguments, else from the environment, else from the files that it names."""
        return init_settings, env_settings, SecretFiles(settings_cls)


@cache
def settings() -> Settings:
    """The process's settings. Raises `StewardError` with a sentence for each that is wrong."""
    try:
        return Settings()
    except SettingsError as wrong:  # what a file with a secret could not give
        raise StewardError(str(wrong.__cause__ or wrong)) from None
    except ValidationError as wrong:
        raise StewardError(" ".join(_told(dict(one)) for one in wrong.errors())) from None


def _told(error: dict[str, Any]) -> str:
    """One setting's error without its value, which may be a secret."""
    said = str(error["msg"]).removeprefix("Value error, ")
    if not error["loc"]:
        return f"{said}."
    first = str(error["loc"][0])
    name = f"STEWARD_{first.upper()}" if first in Settings.model_fields else first
    return f"{name}: {said}."


@cache
def secret_key() -> bytes:
    """The installation's secret, 32 bytes: from the settings, or made once on this machine.

    Raises `StewardError` when it must be set and is not: several processes on several machines
    may share a PostgreSQL, and each would make a key of its own.
    """
    given = settings().secret_key.get_secret_value()
    if not given:
        shared = os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE") or ""
        if settings().demo is False and shared and not shared.startswith("sqlite"):
            raise StewardError(
                "STEWARD_SECRET_KEY is not set. With a database of its own Steward needs one, the "
                f"same for every process, and it must never be lost. {keyfile.HOW}"
            )
        given = keyfile.make(ROOT / "var" / "secret.key")
    return hashlib.sha256(given.encode()).digest()


def key_for(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose; nothing about another purpose's key follows from it."""
    return hmac.digest(secret_key(), purpose.encode(), "sha256")
