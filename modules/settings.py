"""Every setting, typed, with its unit and default. Each can be set in the environment."""

from __future__ import annotations

from datetime import time
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from modules.days import weekdays

ROOT = Path(__file__).resolve().parent.parent
# A time of day such as 08:00.
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class Settings(BaseSettings):
    """Read once at start. `DATABASE_URL` is read by `db.engine`, which imports nothing of ours."""

    model_config = SettingsConfigDict(env_prefix="STEWARD_", frozen=True)

    # Where the server listens. Put a proxy with TLS in front before anyone else can reach it.
    host: str = "127.0.0.1"
    port: int = Field(default=8501, ge=1, le=65535, validation_alias="PORT")
    # Demo mode signs anyone in as an invented person. It refuses a database with real people.
    # There is no other way to sign in yet, so it is on.
    demo: bool = True
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
    content: Path = ROOT / "content"

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


@cache
def settings() -> Settings:
    """The process's settings."""
    return Settings()
