"""Every setting, typed, with its unit and default. Each can be set in the environment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


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
    # How long a sign-in lasts, in hours.
    sign_in_hours: int = Field(default=12, ge=1, le=24 * 30)
    # How long a completion counts, in months.
    valid_months: int = Field(default=12, ge=1)
    # Within this many days of the due day people can be reminded, and may renew.
    due_soon_days: int = Field(default=30, ge=1)
    # Nobody is reminded twice within this many days.
    remind_every_days: int = Field(default=7, ge=1)
    content: Path = ROOT / "content"


@cache
def settings() -> Settings:
    """The process's settings."""
    return Settings()
