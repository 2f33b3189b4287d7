"""Steward's own routes in this process, before real providers: what a browser would do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import yaml
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db import identities, sign_ins
from db.engine import reading, writing
from db.tables import SignInStep, core
from modules import access
from modules.api import server
from modules.identity import metadata, providers
from modules.settings import settings
from modules.shell import session

ROOT = "http://127.0.0.1:8501"
# The number of a calm page, and what it says.
NUMBER = r"[0-9A-F]{4}-[0-9A-F]{2}"
WRONG = "could not be trusted"
STALE = "took too long, was used before, or began in another browser"
UNKNOWN = "no place in the training"


def entry(**more: Any) -> dict[str, Any]:
    """A provider as the file has it."""
    return {
        "name": "work",
        "title": "Fernleigh work account",
        "organisation": "Fernleigh",
        "client_id": "steward",
        "secret_env": "WORK_SECRET",
        **more,
    }


def forget() -> None:
    """Forget settings, providers and what they said."""
    settings.cache_clear()
    providers.all_of_them.cache_clear()
    providers.trouble.cache_clear()
    metadata.forget()


def set_up(patch: Any, folder: Path, *entries: dict[str, Any]) -> None:
    """Let these be the providers of this process."""
    path = folder / "providers.yaml"
    path.write_text(yaml.safe_dump({"providers": list(entries)}), "utf-8")
    patch.setenv("STEWARD_PROVIDERS", str(path))
    patch.setenv("WORK_SECRET", "a-secret-of-the-tests")
    forget()


def browser() -> TestClient:
    """A browser that has not been here before; it follows nothing by itself."""
    app = Starlette(routes=server.routes, middleware=server.middleware)
    return TestClient(app, base_url=ROOT, follow_redirects=False)


def question(client: TestClient, name: str = "work", wanted: str = "") -> dict[str, str]:
    """Press the button: what the provider is asked."""
    answer = client.get(f"/auth/oidc/{name}" + (f"?next={wanted}" if wanted else ""))
    assert answer.status_code == 303, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


def path_of(address: str) -> str:
    """An address of ours as the test client asks for it."""
    assert address.startswith(ROOT), address
    return address.removeprefix(ROOT)


@dataclass
class Round:
    """A whole sign-in with one provider."""

    client: TestClient
    answer: httpx.Response

    @property
    def token(self) -> str:
        """The sign-in that the browser holds now; "" for none."""
        return str(self.client.cookies.get(session.COOKIE) or "")

    @property
    def viewer(self) -> access.Viewer | None:
        """Who is signed in."""
        with reading() as database:
            return access.by_token(
                database, token_hash=sign_ins.hash_of(self.token), now=session.now()
            )

    @property
    def name(self) -> str:
        """Her name; "" for nobody."""
        return self.viewer.name if self.viewer else ""


def sign_in(forger: Any, client: TestClient | None = None, name: str = "work") -> Round:
    """Press the button, sign in there, come back."""
    client = client or browser()
    address = forger.authorize(question(client, name))
    return Round(client, client.get(path_of(address)))


def link(world: Any, short: str, subject: str, provider: str = "work") -> None:
    """Let a subject stand for somebody."""
    viewer = world.viewer(short)
    with writing() as database:
        assert identities.link(
            database,
            provider=provider,
            subject=subject,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            now=session.now(),
        )


def refused(answer: httpx.Response, sentence: str, status: int = 403) -> None:
    """Expect a calm page that says so, and nobody signed in."""
    assert answer.status_code == status, answer.text
    assert sentence in answer.text
    assert "steward=" not in answer.headers.get("set-cookie", "")


def steps() -> int:
    """How many questions are open."""
    with reading() as database:
        return len(database.connection().execute(select(core(SignInStep))).all())
