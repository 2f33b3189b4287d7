"""Signing in with a work account at an OpenID provider."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from urllib.parse import quote, urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db import sign_in_steps, sign_ins
from db.engine import writing
from modules import words
from modules.api import entering, pages, start
from modules.basics import BadInput
from modules.identity import fetching, flow, linking, tokens
from modules.identity import providers as configured
from modules.identity.providers import LOOPBACK, Provider
from modules.identity.refusing import Refused, Told
from modules.settings import settings
from modules.shell import session

log = structlog.get_logger()
T = TypeVar("T")
# A provider that is slow must not hold the threads on which everybody's pages wait.
_outside = ThreadPoolExecutor(8, thread_name_prefix="oidc")


async def outside(function: Callable[[], T]) -> T:
    """Run what asks a provider, apart from everything else."""
    return await asyncio.get_running_loop().run_in_executor(_outside, function)


@dataclass(frozen=True)
class Button:
    """A way in, for the sign-in page."""

    name: str
    title: str
    href: str


def buttons(wanted: str = "/") -> list[Button]:
    """The providers that the sign-in page offers; each leads to ``wanted`` in the end."""
    query = "" if wanted == "/" else f"?next={quote(wanted, safe='/')}"
    return [
        Button(one.name, one.title, f"/auth/oidc/{one.name}{query}")
        for one in configured.all_of_them().values()
    ]


def browser_cookie() -> str:
    """The cookie that ties an answer to the browser that asked."""
    # With this prefix no neighbouring host of the same domain can plant one.
    return "__Host-steward_way" if settings().tls else "steward_way"


def home(request: Request) -> str:
    """Steward's own address, which providers know. Raises `Refused` where nobody has said it."""
    if settings().public_url:
        return settings().public_url.rstrip("/")
    if urlsplit(str(request.base_url)).hostname in LOOPBACK:
        return str(request.base_url).rstrip("/")
    # Whoever calls chooses the Host header: it must not choose where codes go.
    raise Refused(Told.DOWN, "STEWARD_PUBLIC_URL is not set")


def redirect_uri(root: str, provider: Provider) -> str:
    """Where a provider sends its answers."""
    return f"{root}/auth/oidc/{provider.name}/callback"


def named(request: Request) -> Provider:
    """The provider in the address. Raises `Refused`."""
    found = configured.all_of_them().get(request.path_params["provider"])
    if found is None:
        raise Refused(Told.STALE, "no such provider")
    return found


def refused(request: Request, why: Refused) -> Response:
    """A calm page with a number; the reason stands under it in the log, and nowhere else."""
    number = f"{secrets.token_hex(2)}-{secrets.token_hex(1)}".upper()
    known = request.path_params["provider"] in configured.all_of_them()
    log.warning(
        "sign-in refused",
        number=number,
        provider=request.path_params["provider"] if known else "unknown",
        reason=why.reason,
    )
    say = words.of("en")
    sentence = {
        Told.DOWN: say("oidc.down", number=number),
        Told.STALE: say("oidc.stale", number=number),
        Told.CANCELLED: say("oidc.cancelled", number=number),
        Told.WRONG: say("oidc.wrong", number=number),
        Told.UNKNOWN: say("oidc.unknown", number=number),
    }[why.told]
    return pages.draw(
        "message.html",
        status=503 if why.told is Told.DOWN else 403,
        title=say("oidc.cancelled_title") if why.told is Told.CANCELLED else say("signin.refused"),
        sentence=sentence,
        number="",
        spot="offline" if why.told is Told.DOWN else "error",
        link="/sign-in",
        action=say("oidc.back"),
    )


async def begin(request: Request) -> Response:
    """Send the browser to the provider with a new question."""
    trouble = await asyncio.to_thread(start.trouble)
    if trouble:
        return pages.trouble(trouble)
    now = session.now()
    try:
        provider = named(request)
        back = redirect_uri(home(request), provider)
        question = await outside(lambda: flow.ask(provider, redirect_uri=back, now=now))
    except Refused as why:
        return refused(request, why)
    # Another tab of this browser may have a question open: it keeps its cookie.
    browser = request.cookies.get(browser_cookie()) or secrets.token_urlsafe(32)
    step = sign_in_steps.Step(
        provider=provider.name,
        browser_hash=sign_ins.hash_of(browser),
        nonce=question.nonce,
        verifier=question.verifier,
        next=entering.safe_next(request.query_params.get("next", "/"))[:2000],
        expires_at=now + timedelta(minutes=flow.MINUTES),
    )
    await asyncio.to_thread(remember, question.state, step)
    response = RedirectResponse(question.address, status_code=303)
    response.headers["Cache-Control"] = "no-store"
    response.set_cookie(
        browser_cookie(),
        browser,
        max_age=flow.MINUTES * 60,
        httponly=True,
        # Lax: the provider's redirect is a navigation from another site.
        samesite="lax",
        secure=settings().tls,
        path="/",
    )
    return response


def remember(state: str, step: sign_in_steps.Step) -> None:
    """Write an open question down."""
    with writing() as database:
        sign_in_steps.begin(database, state=state, step=step, now=session.now())


def asked(request: Request, provider: Provider) -> sign_in_steps.Step:
    """The open question that this answer belongs to; it is closed with that. Raises `Refused`."""
    with writing() as database:
        step = sign_in_steps.take(database, state=request.query_params.get("state", ""))
    if step is None:
        raise Refused(Told.STALE, "no open question has this state")
    browser = request.cookies.get(browser_cookie(), "")
    if not secrets.compare_digest(step.browser_hash, sign_ins.hash_of(browser)):
        raise Refused(Told.STALE, "the question is another browser's")
    if step.provider != provider.name:
        raise Refused(Told.STALE, "the question went to another provider")
    if session.now() >= step.expires_at:
        raise Refused(Told.STALE, "the answer came too late")
    return step


def answered(request: Request, provider: Provider, step: sign_in_steps.Step) -> dict[str, object]:
    """The checked claims of an answer. Raises `Refused`. Waits for the provider."""
    told, now = request.query_params, session.now()
    flow.check_issuer(provider, told.get("iss", ""), now)
    if told.get("error"):
        code = told["error"]
        kind = Told.CANCELLED if code == "access_denied" else Told.WRONG
        raise Refused(kind, f"the provider answers with an error: {fetching.plain(code)}")
    if not told.get("code"):
        raise Refused(Told.WRONG, "an answer without a code")
    try:
        return flow.claims(
            provider,
            code=told["code"],
            verifier=step.verifier,
            nonce=step.nonce,
            redirect_uri=redirect_uri(home(request), provider),
            now=now,
        )
    except BadInput as bad:
        raise Refused(Told.DOWN, "the client secret cannot be read") from bad


def admit(provider: Provider, claims: dict[str, object], before: str) -> str:
    """Sign in whom the claims name; gives the token. Raises `Refused`."""
    with writing() as database:
        person = linking.person(database, provider, claims, session.now())
        return entering.enter(
            database,
            person=person,
            provider=provider.name,
            before=before,
            provider_session=tokens.text(claims, "sid") or None,
        )


async def callback(request: Request) -> Response:
    """Take a provider's answer; sign in, or say calmly that it did not come about."""
    trouble = await asyncio.to_thread(start.trouble)
    if trouble:
        return pages.trouble(trouble)
    try:
        provider = named(request)
        step = await asyncio.to_thread(asked, request, provider)
        claims = await outside(lambda: answered(request, provider, step))
        before = request.cookies.get(session.COOKIE, "")
        token = await asyncio.to_thread(admit, provider, claims, before)
    except Refused as why:
        return refused(request, why)
    response = entering.entered(token, step.next)
    response.headers["Cache-Control"] = "no-store"
    return response
