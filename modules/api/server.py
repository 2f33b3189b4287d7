"""Routes, middleware and the start of the server, wired in one place."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from modules import log as log_setup
from modules.access import ROUTES, SCIM_VERBS
from modules.agreement.files import NotAgreed
from modules.api import (
    account,
    calendar,
    digest,
    door,
    files,
    finishing,
    gate,
    headers,
    health,
    limits,
    links,
    local,
    media,
    oidc,
    oidc_out,
    own_factor,
    sign_in,
    start,
    steps,
    still,
    verify,
    warming,
)
from modules.api.assets import Assets
from modules.api.calm import Calm
from modules.api.scim import route as scim
from modules.settings import secret_key, settings

log = structlog.get_logger()

routes: list[BaseRoute] = [
    Route("/healthz", health.healthz, methods=["GET"]),
    Route("/sign-in", sign_in.page, methods=["GET"]),
    Route("/auth/demo", sign_in.demo, methods=["POST"]),
    Route("/auth/local", local.enter, methods=["POST"]),
    Route("/sign-in/code", steps.code_page, methods=["GET"]),
    Route("/auth/code", steps.code, methods=["POST"]),
    Route("/auth/second-factor", steps.second_factor, methods=["POST"]),
    Route("/sign-in/forgotten", links.forgotten_page, methods=["GET"]),
    Route("/auth/forgotten", links.forgotten, methods=["POST"]),
    Route("/sign-in/choose/{link}", links.choose_page, methods=["GET"]),
    Route("/auth/choose", links.choose, methods=["POST"]),
    Route("/account", account.page, methods=["GET"]),
    Route("/account/passphrase", account.passphrase, methods=["POST"]),
    Route("/account/second-factor", own_factor.factor_page, methods=["GET"]),
    Route("/account/second-factor", own_factor.confirm, methods=["POST"]),
    Route("/account/second-factor/begin", own_factor.begin, methods=["POST"]),
    Route("/account/second-factor/remove", own_factor.remove, methods=["POST"]),
    Route("/account/recovery", own_factor.recovery, methods=["POST"]),
    Route("/account/end", account.end, methods=["POST"]),
    Route("/account/others", account.others, methods=["POST"]),
    Route("/auth/sign-out", sign_in.sign_out, methods=["GET", "POST"]),
    Route("/auth/oidc/{provider}", oidc.begin, methods=["GET"]),
    Route("/auth/oidc/{provider}/callback", oidc.callback, methods=["GET"]),
    Route("/auth/oidc/{provider}/logout", oidc_out.back_channel, methods=["POST"]),
    Route("/auth/oidc/{provider}/left", oidc_out.front_channel, methods=["GET"]),
    Route("/auth/oidc/{provider}/signed-out", oidc_out.signed_out, methods=["GET"]),
    Route("/auth/still", still.still, methods=["GET"]),
    Route("/content/{sha256}.{ext}", media.file, methods=["GET"]),
    Route("/favicon.ico", headers.favicon, methods=["GET"]),
    Route("/steward.js", headers.script, methods=["GET"]),
    Route("/steward-forms.js", headers.forms_script, methods=["GET"]),
    Route("/calendar/{token}.ics", calendar.feed, methods=["GET"]),
    Route("/digest/{token}", digest.page, methods=["GET"]),
    Route("/digest/{token}", digest.turn, methods=["POST"]),
    Route("/verify/{code}", verify.page, methods=["GET"]),
    Route("/scim/v2/ServiceProviderConfig", scim.scim, methods=["GET"]),
    Route("/scim/v2/{path:path}", scim.scim, methods=list(SCIM_VERBS)),
    Route("/scim/{path:path}", scim.unknown, methods=list(SCIM_VERBS)),
]

# Deny by default holds for routes too: one that the table of rights does not list is a mistake.
for route in routes:
    for method in (getattr(route, "methods", None) or set()) - {"HEAD"}:
        if f"{method} {getattr(route, 'path', '')}" not in ROUTES:
            raise RuntimeError(f"modules/access/tables.py lists no right for {method} {route}")

# In this order: headers on everything, failures told calmly, foreign hosts and origins out, not too
# much, packed assets, whose file it is, who may see a page.
middleware = [
    Middleware(headers.Headers),
    Middleware(Calm),
    Middleware(gate.Gate),
    Middleware(limits.Limits),
    Middleware(Assets),
    Middleware(files.Files),
    Middleware(door.Door),
]


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Check the database, record shipped content, load the heavy libraries, freeze them.

    Streamlit's full garbage collection after each run would walk every object of pandas and
    altair; frozen objects are skipped, and the collection itself is off in config.toml.
    """
    log_setup.configure()
    log_setup.quiet()
    finishing.let_runs_finish()
    secret_key()  # a placeholder stops the start, not the first page that needs it
    if refused := await asyncio.to_thread(start.refusal):
        # Not a page that says so, as for a database that is away: outside of what was agreed
        # nothing runs, for those who are signed in either.
        log.error("not started", why=refused)
        raise NotAgreed(refused)
    trouble = await asyncio.to_thread(start.prepare)
    await asyncio.to_thread(start.preload)
    gc.collect()
    gc.freeze()
    log.info("started", trouble=trouble or "none")
    if settings().warm_labs:
        warming.warm()
    hourly = asyncio.create_task(every_hour())
    posting = asyncio.create_task(every_few_minutes())
    planned = asyncio.create_task(every_minute())
    yield {"trouble": trouble}
    planned.cancel()
    posting.cancel()
    hourly.cancel()


async def every_hour() -> None:
    """Take month-ends as they come, and publish what a database that was away has missed.

    What takes longest in a large body comes a minute after the start, so that nobody waits for it.
    """
    await asyncio.sleep(60)
    await in_thread(start.count_learned)
    await in_thread(start.analyse)
    while True:
        await asyncio.sleep(3600)
        await in_thread(start.prepare)
        await in_thread(start.count_learned)
        await in_thread(start.analyse)


async def in_thread(work: Callable[[], Any]) -> None:
    """Do what the server does beside serving; what goes wrong is logged, and it serves on."""
    try:
        await asyncio.to_thread(work)
    except Exception as error:
        log.error("work beside serving failed", work=work.__name__, exc_info=error)


async def every_minute() -> None:
    """Publish what trainers planned for a time that has come."""
    while True:
        await asyncio.sleep(60)
        await in_thread(start.publish_due)


async def every_few_minutes() -> None:
    """Plan and send mail. A thread of its own: a slow mail server holds up no other work."""
    while True:
        await asyncio.sleep(300)
        try:
            await asyncio.to_thread(start.post)
        except Exception as error:
            log.error("mail not sent", exc_info=error)
