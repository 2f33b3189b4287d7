"""Steward set up with two providers written by others: whoever needs it imports `house`."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest
import yaml
from cryptography.hazmat.primitives import serialization
from joserfc.jwk import ECKey
from sqlmodel import Session

from db import sign_ins
from db.engine import make_engine
from db.people import PERSON
from db.tables import Person, core
from modules import access
from tests.conftest import fill
from tests.driver import COOKIE
from tests.postgres import free_port
from tests.real_providers import at_npm, at_pypi, from_npm, from_pypi
from tests.server import Server

SECRET = "a-secret-of-the-tests"
AMIRA, TOM = "amira.khan@fernleigh.example", "tom.ashdown@fernleigh.example"
WAYS = {
    "npm-basic": {"authentication": "client_secret_basic", "secret_env": "OIDC_SECRET"},
    "npm-post": {"authentication": "client_secret_post", "secret_env": "OIDC_SECRET"},
    "npm-key": {"authentication": "private_key_jwt", "key_id": "ours", "key_algorithm": "ES256"},
    "npm-public": {"authentication": "none"},
}
PEOPLE = {
    "s-amira": {"email": AMIRA, "email_verified": True, "name": "Somebody Else"},
    "s-tom": {"email": TOM, "email_verified": True},
    "s-guest": {"email": "guest@elsewhere.example", "email_verified": True},
    "s-unverified": {"email": TOM, "email_verified": False},
}


@dataclass
class House:
    """Steward, set up with both providers."""

    server: Server
    pypi: str
    npm: str

    def browser(self) -> httpx.Client:
        """A browser without a screen: keeps cookies, follows where it is led."""
        return httpx.Client(
            base_url=self.server.url, follow_redirects=True, trust_env=False, timeout=20
        )

    def sign_in(self, name: str, subject: str) -> tuple[httpx.Client, httpx.Response]:
        """From our button through a provider's pages back to us."""
        client = self.browser()
        fill = at_pypi if name == "pypi" else at_npm
        return client, fill(client, client.get(f"/auth/oidc/{name}"), subject)

    def who(self, client: httpx.Client) -> str:
        """Whose sign-in a browser holds now; "" for nobody's."""
        token = client.cookies.get(COOKIE, "")
        engine = make_engine(self.server.database_url)
        with Session(engine) as session:
            found = access.by_token(
                session, token_hash=sign_ins.hash_of(token), now=datetime.now(UTC)
            )
        engine.dispose()
        return found.email if found else ""

    def change(self, statement) -> None:
        """Change the database while the server runs."""
        engine = make_engine(self.server.database_url)
        with Session(engine) as session:
            session.connection(execution_options={"writes": True}).execute(statement)
            session.commit()
        engine.dispose()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("oidc")
    key = ECKey.generate_key("P-256", {"kid": "ours", "use": "sig", "alg": "ES256"})
    pem = folder / "key.pem"
    pem.write_bytes(
        key.private_key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    url = f"sqlite:///{folder / 'steward.db'}"
    fill(url, world=True)
    made = Server(
        url,
        STEWARD_PROVIDERS=str(folder / "providers.yaml"),
        OIDC_SECRET=SECRET,
    )
    port = free_port()
    clients = [
        {
            "client_id": name,
            "redirect_uris": [f"{made.url}/auth/oidc/{name}/callback"],
            "post_logout_redirect_uris": [f"{made.url}/auth/oidc/{name}/signed-out"],
            "backchannel_logout_uri": f"{made.url}/auth/oidc/{name}/logout",
            "backchannel_logout_session_required": True,
            "token_endpoint_auth_method": way["authentication"],
            **({"client_secret": SECRET} if "secret_env" in way else {}),
            **(
                {
                    "jwks": {"keys": [key.as_dict(private=False)]},
                    "token_endpoint_auth_signing_alg": "ES256",
                }
                if "key_id" in way
                else {}
            ),
        }
        for name, way in WAYS.items()
    ]
    with ExitStack() as stack:
        pypi = stack.enter_context(from_pypi(PEOPLE))
        npm = stack.enter_context(from_npm(port, clients, PEOPLE))
        shared = {"organisation": organisation(made), "link": "email"}
        entries = [
            {
                **shared,
                "name": "pypi",
                "title": "Work account",
                "issuer": pypi,
                "client_id": "steward",
                "secret_env": "OIDC_SECRET",
            },
            *(
                {
                    **shared,
                    **way,
                    **({"key_file": str(pem)} if "key_id" in way else {}),
                    "name": name,
                    "title": f"Second work account ({name})",
                    "issuer": npm,
                    "client_id": name,
                }
                for name, way in WAYS.items()
            ),
        ]
        (folder / "providers.yaml").write_text(yaml.safe_dump({"providers": entries}), "utf-8")
        stack.enter_context(made)
        yield House(made, pypi, npm)


def organisation(server: Server) -> str:
    """The demo body's id: a name may change."""
    engine = make_engine(server.database_url)
    with Session(engine) as session:
        query = core(Person).select().where(PERSON.email == AMIRA)
        found = session.connection().execute(query).first()
    engine.dispose()
    return str(found.org_id)
