"""A real OpenID provider on the loopback with keys of its own, which lies when it is told to."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.postgres import free_port

CLIENT, SECRET = "steward", "a-secret-of-the-tests"
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


def signed(claims: dict[str, Any], key: Any, **header: Any) -> str:
    """A token signed with a key."""
    told = {"alg": "RS256", "kid": key.kid, **header}
    return jwt.encode(told, claims, key, algorithms=[told["alg"]])


def part(value: Any) -> str:
    """A part of a token that nobody signed."""
    text = json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


@cache
def key(kid: str) -> Any:
    """A signing key; the same again for the same name, because making one takes a while."""
    return RSAKey.generate_key(2048, {"kid": kid})


class Forger:
    """The provider. Change its attributes to change what it says from then on."""

    def __init__(self) -> None:
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.keys: list[Any] = [key("k1")]
        # Who is signed in there, and what else the token says of her.
        self.claims: dict[str, Any] = {"sub": "s-amira"}
        # What the token says instead; None takes a claim away.
        self.lies: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.sign: Callable[[dict[str, Any]], str] | None = None
        self.metadata: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.answers_with: dict[str, str] = {}
        # Seconds before it answers about itself.
        self.waits = 0.0
        self.asked: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def document(self) -> dict[str, Any]:
        """What it says of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/end?from=here",
            "authorization_response_iss_parameter_supported": True,
            "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": ["RS256"],
            **self.metadata,
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Where it sends a browser whose holder has signed in: the address of its answer."""
        code = secrets.token_urlsafe(16)
        self._codes[code] = query
        answer = {"code": code, "state": query["state"], "iss": self.issuer, **self.answers_with}
        answer = {name: value for name, value in answer.items() if value}
        return f"{query['redirect_uri']}?{urlencode(answer)}"

    def id_token(self, nonce: str, access: str) -> str:
        """The token for a code, with the lies of the day."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "at_hash": self.half(access),
            **self.claims,
            **self.lies,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        return self.sign(claims) if self.sign else signed(claims, self.keys[0], **self.header)

    def logout_token(self, key: Any = None, header: Any = None, **said: Any) -> str:
        """A logout token."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_hex(8),
            "events": {LOGOUT: {}},
            **said,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        return signed(claims, key or self.keys[0], **(header or {"typ": "logout+jwt"}))

    @staticmethod
    def half(access: str) -> str:
        """The at_hash of an access token."""
        digest = hashlib.sha256(access.encode()).digest()[:16]
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        asked = self._codes.pop(str(form.get("code")), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {basic}":
            return JSONResponse({"error": "invalid_client"}, 401)
        digest = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or asked["redirect_uri"] != form.get("redirect_uri")
            or asked["code_challenge"] != challenge
            or asked["code_challenge_method"] != "S256"
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        access = secrets.token_urlsafe(16)
        token = self.id_token(asked["nonce"], access)
        return JSONResponse({"access_token": access, "token_type": "Bearer", "id_token": token})

    def start(self) -> Forger:
        """Serve, in a thread of this process."""

        def noting(give: Callable[[Request], Response]) -> Callable[[Request], Any]:
            async def answer(request: Request) -> Response:
                self.asked.append(request.url.path)
                await asyncio.sleep(self.waits)
                return give(request)

            return answer

        app = Starlette(
            routes=[
                Route(
                    "/.well-known/openid-configuration",
                    noting(lambda _: JSONResponse(self.document())),
                ),
                Route(
                    "/keys",
                    noting(
                        lambda _: JSONResponse(
                            {"keys": [one.as_dict(private=False) for one in self.keys]}
                        )
                    ),
                ),
                Route(
                    "/authorize",
                    noting(
                        lambda asked: RedirectResponse(
                            self.authorize(dict(parse_qsl(asked.url.query)))
                        )
                    ),
                ),
                Route("/userinfo", noting(lambda _: JSONResponse(self.userinfo))),
                Route("/token", self._token, methods=["POST"]),
            ]
        )
        config = uvicorn.Config(app, host="127.0.0.1", port=self.port, log_level="error")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + 20
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.01)
        assert self._server.started
        return self

    def stop(self) -> None:
        """Be gone: its port answers nobody any more."""
        if self._server and self._thread:
            self._server.should_exit = True
            self._thread.join(timeout=20)
            self._server = None


def confused(claims: dict[str, Any], public: bytes) -> str:
    """A token signed with a public key as if that were a shared secret: the classic confusion."""
    body = f"{part({'alg': 'HS256', 'kid': 'k1', 'typ': 'JWT'})}.{part(claims)}"
    digest = hmac.new(public, body.encode(), hashlib.sha256).digest()
    return f"{body}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def curve() -> ECKey:
    """A key of another kind."""
    return ECKey.generate_key("P-256", {"kid": "k1"})
