"""The sign-in providers of this installation: one strict file, read once at start."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from modules.basics import BadInput, Content
from modules.settings import settings

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures that can be checked with a published key. None, and none with a shared secret."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# What stands in examples, ours and others': no secret.
PLACEHOLDER = re.compile(
    r"change.?me|^example|placeholder|your.?secret|x{6}|^<.*>$|^\*+$", re.IGNORECASE
)
# Anybody in the world can have an account there: which ones are ours must be said.
PUBLIC = ("https://accounts.google.com",)
# One address for every tenant: its tokens name another issuer, and nobody would know whose.
SHARED = re.compile(r"^https://login\.microsoftonline\.com/(common|organizations|consumers)\b")


def safe_url(url: str) -> bool:
    """Whether secrets may be sent there: TLS, or this very machine."""
    parts = urlsplit(url)
    if parts.username or parts.password or parts.fragment or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def near(url: str) -> bool:
    """Whether an address is this very machine's."""
    return urlsplit(url).hostname in LOOPBACK


class Provider(Content):
    """One way in with a work account, for one organisation."""

    # In addresses, and in the database beside each subject: never change it.
    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")
    # What the button on the sign-in page says.
    title: str = Field(min_length=1, max_length=60)
    # The organisation's name or id.
    organisation: str = Field(min_length=1)
    issuer: str
    client_id: str = Field(min_length=1)
    # How this program proves itself to the provider; `none` is a public client, with PKCE alone.
    authentication: Literal[
        "client_secret_basic", "client_secret_post", "private_key_jwt", "none"
    ] = "client_secret_basic"
    secret_env: str = ""
    secret_file: str = ""
    # For private_key_jwt: a PEM file, and how the provider calls its public half.
    key_file: str = ""
    key_id: str = ""
    # Where a provider knows the key by its certificate, as Entra ID does: that certificate, PEM.
    certificate_file: str = ""
    key_algorithm: Literal["RS256", "PS256", "ES256"] = "RS256"
    scopes: list[str] = Field(default=["openid", "profile", "email"])
    algorithms: list[str] = Field(default=["RS256", "PS256", "ES256"])
    # The claims of the ID token that together name a person for good.
    subject: list[str] = Field(default=["sub"], min_length=1)
    # Claims of the ID token that must have one of these values, such as a tenant.
    require: dict[str, list[str]] = Field(default={})
    # How a subject that is not known yet becomes a person who is.
    link: Literal["never", "email", "employee-number"] = "never"
    employee_number_claim: str = "employee_number"
    # Domains whose addresses this provider gives out itself, so that it need not verify them.
    owns_addresses: list[str] = Field(default=[])
    # Whether signing out here also signs out at the provider, where it can.
    sign_out: Literal["both", "here"] = "both"

    @field_validator("issuer")
    @classmethod
    def _can_be_trusted(cls, value: str) -> str:
        if not safe_url(value) or urlsplit(value).query:
            raise ValueError("an issuer begins with https:// and has no ? or #")
        if SHARED.match(value):
            raise ValueError(
                "this issuer is shared by all tenants: write your tenant's own, "
                "https://login.microsoftonline.com/TENANT-ID/v2.0"
            )
        return value

    @field_validator("algorithms")
    @classmethod
    def _can_be_checked(cls, value: list[str]) -> list[str]:
        if not value or (unsafe := sorted(set(value) - set(ALGORITHMS))):
            named = ", ".join(unsafe) if value else "an empty list"
            raise ValueError(f"{named} cannot be used; choose from {', '.join(ALGORITHMS)}")
        return value

    @field_validator("owns_addresses")
    @classmethod
    def _are_domains(cls, value: list[str]) -> list[str]:
        for one in value:
            if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", one):
                raise ValueError(f"“{one}” is no domain; write it small, as in fernleigh.gov.uk")
        return value

    @field_validator("require")
    @classmethod
    def _say_something(cls, value: dict[str, list[str]]) -> dict[str, list[str]]:
        for claim, allowed in value.items():
            if not allowed:
                raise ValueError(f"{claim} has no value that would do")
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if "openid" not in self.scopes:
            raise ValueError("scopes must name openid")
        wants_secret = self.authentication.startswith("client_secret")
        if wants_secret != (bool(self.secret_env) != bool(self.secret_file)):
            raise ValueError(
                f"{self.authentication} needs one of secret_env and secret_file"
                if wants_secret
                else f"{self.authentication} has no secret: leave out secret_env and secret_file"
            )
        has_key = bool(self.key_file and (self.key_id or self.certificate_file))
        if (self.authentication == "private_key_jwt") != has_key:
            raise ValueError(
                "private_key_jwt goes with key_file and one of key_id and certificate_file, and "
                "these with it"
            )
        if self.issuer in PUBLIC and not self.require.get("hd"):
            raise ValueError(
                "anybody can have an account there: name your domains under require, hd"
            )
        return self

    def secret(self) -> str:
        """The client secret, read anew: a file may have been renewed. Raises `BadInput`."""
        if self.secret_file:
            try:
                found = Path(self.secret_file).read_text("utf-8").strip()
            except OSError as error:
                raise BadInput(
                    f"The secret of provider {self.name} cannot be read from "
                    f"{self.secret_file}: {error.strerror}."
                ) from error
        else:
            found = os.environ.get(self.secret_env, "").strip()
        if len(found) < 8 or PLACEHOLDER.search(found):
            raise BadInput(
                f"The secret of provider {self.name} ({self.secret_file or self.secret_env}) is "
                "missing or a placeholder. Put in the one that the provider gave you."
            )
        return found


class Providers(Content):
    """The file as a whole."""

    providers: list[Provider]

    @model_validator(mode="after")
    def _are_apart(self) -> Self:
        names = [one.name for one in self.providers]
        if twice := {one for one in names if names.count(one) > 1 or one in ("demo", "local")}:
            raise ValueError(f"the name {min(twice)} is taken: each provider needs its own")
        for one, other in combinations(self.providers, 2):
            if one.issuer == other.issuer and not apart(one, other):
                raise ValueError(
                    f"{one.name} and {other.name} have one issuer and different organisations: "
                    "let require name a claim in which they share no value, or set link to never"
                )
        return self


def apart(one: Provider, other: Provider) -> bool:
    """Whether nobody of one provider can come in by another one of the same issuer.

    They may share an organisation; otherwise a required claim must differ, or both know only whom
    an administrator has linked.
    """
    if one.organisation == other.organisation or one.link == other.link == "never":
        return True
    return any(
        not set(allowed) & set(other.require[claim])
        for claim, allowed in one.require.items()
        if claim in other.require
    )


def read(path: Path) -> Mapping[str, Provider]:
    """The providers of a file, by name. Raises `BadInput` with every fault and its place."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise BadInput(f"STEWARD_PROVIDERS: {path} cannot be read: {error.strerror}.") from error
    try:
        found = Providers.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" line {where.line + 1}" if where else ""
        raise BadInput(f"{path}{line} is not YAML.") from error
    except ValidationError as error:
        faults = "\n".join(
            f"{path}: {'.'.join(map(str, one['loc']))}: {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors(include_input=False, include_url=False)
        )
        raise BadInput(faults) from error
    return {one.name: one for one in found.providers}


@cache
def all_of_them() -> Mapping[str, Provider]:
    """The providers of this process, by name; none when STEWARD_PROVIDERS is not set."""
    path = settings().providers
    return read(Path(path)) if path else {}


def by_name(name: str) -> Provider:
    """A provider. Raises `BadInput` when there is none of that name."""
    found = all_of_them().get(name)
    if found is None:
        known = ", ".join(all_of_them()) or "none is set up: see docs/sign-in.md"
        raise BadInput(f"There is no provider “{name}”. Known: {known}.")
    return found


@cache
def trouble() -> str:
    """Why the server must not start with these providers; "" when it may. Looked at once."""
    try:
        for one in all_of_them().values():
            if one.authentication.startswith("client_secret"):
                one.secret()
            for file in filter(None, (one.key_file, one.certificate_file)):
                if not Path(file).is_file():
                    return f"Provider {one.name} names {file}, which is not there."
    except BadInput as bad:
        return str(bad)
    return ""
