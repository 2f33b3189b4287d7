"""The sign-in page with every way in, signing in as an invented person, and signing out."""

from __future__ import annotations

import asyncio
import re
import uuid

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from db import accounts, people, whois
from db.engine import reading, writing
from modules import demo as demo_body
from modules import words
from modules.api import entering, oidc, oidc_out, pages, start
from modules.api.headers import INDEX
from modules.basics import StewardError
from modules.shell import session


def prefetched() -> list[str]:
    """What the app needs first, so that the browser fetches it while somebody reads."""
    text = INDEX.read_text(encoding="utf-8")
    return [
        f"/{found}" for found in re.findall(r'(?:src|href)="\./(static/[^"]+\.(?:js|css))"', text)
    ]


def cards() -> list[dict[str, str]]:
    """The demo's people for the page, by role."""
    say = words.of("en")
    found = []
    with reading() as database:
        for one in demo_body.DEMO_PEOPLE:
            person = whois.by_email(database, email=one.email, now=session.now())
            if person:
                found.append(
                    {
                        "id": str(person.person_id),
                        "name": person.name,
                        "role": say(f"role.{one.role}"),
                        "description": say(one.description),
                    }
                )
    return found


async def page(request: Request) -> Response:
    """The sign-in page."""
    trouble = await asyncio.to_thread(start.trouble)
    if trouble:
        return pages.trouble(trouble)
    say = words.of("en")
    left = request.query_params.get("left")
    return await drawn(
        request,
        wanted=request.query_params.get("next", "/"),
        notice=say("signin.signed_out") if left else "",
    )


def ways() -> tuple[bool, bool]:
    """Whether demo sign-in is on, and whether there are pass-phrases here."""
    with reading() as database:
        return demo_body.is_open(database), accounts.any_chosen(database)


async def drawn(
    request: Request,
    *,
    wanted: str = "/",
    notice: str = "",
    fault: str = "",
    email: str = "",
    status: int = 200,
) -> Response:
    """The page with the ways in that there are: providers, pass-phrase, the demo's people."""
    wanted = entering.safe_next(wanted)
    demo, chosen = await asyncio.to_thread(ways)
    offered = oidc.buttons(wanted)
    # A second sign-in page in another tab must not spoil the first one's form.
    token = entering.form_token(request)
    response = pages.draw(
        "sign_in.html",
        status=status,
        organisation=await asyncio.to_thread(organisation_name),
        demo=demo,
        people=await asyncio.to_thread(cards) if demo else [],
        local=chosen or not (offered or demo),
        providers=offered,
        email=email,
        fault=fault,
        token=token,
        next=wanted,
        notice=notice,
        prefetch=prefetched(),
        language="en",
    )
    entering.keep_form_token(response, token)
    return response


def organisation_name() -> str:
    """The name to greet with: the first organisation's."""
    with reading() as database:
        found = people.organisations(database)
    return found[0].name if found else ""


def begin(person_id: uuid.UUID, before: str) -> str:
    """Sign an invented person in; gives the token. Raises for anybody else.

    The sign-in that this browser had before ends.
    """
    with writing() as database:
        if not demo_body.is_open(database):
            raise StewardError("Demo sign-in is off here.")
        offered = {one.email for one in demo_body.DEMO_PEOPLE}
        for email in offered:
            person = whois.by_email(database, email=email, now=session.now())
            if person and person.person_id == person_id and person.invented:
                return entering.enter(database, person=person, provider="demo", before=before)
    raise StewardError("Nobody with that name takes part in the demo.")


async def demo(request: Request) -> Response:
    """Sign in as one of the demo's people; the form must come from our own page."""
    say = words.of("en")
    form = await request.form(max_fields=10, max_files=0)
    if not (await asyncio.to_thread(ways))[0]:
        return refused(say("signin.demo_off"))
    if not entering.fits(request, str(form.get("token", ""))):
        return refused(say("signin.stale"))
    try:
        before = request.cookies.get(session.COOKIE, "")
        person = uuid.UUID(str(form.get("person", "")))
        token = await asyncio.to_thread(begin, person, before)
    except (StewardError, ValueError):
        return refused(say("signin.unknown"))
    return entering.entered(token, str(form.get("next", "/")))


def refused(sentence: str) -> Response:
    """A calm page with the way back."""
    say = words.of("en")
    return pages.draw(
        "message.html",
        status=403,
        title=say("signin.refused"),
        sentence=sentence,
        number="",
        spot="error",
        link="/sign-in",
        action=say("signin.again"),
    )


async def sign_out(request: Request) -> Response:
    """End this browser's sign-in in all its tabs. A link from elsewhere cannot do it."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none"):
        return RedirectResponse("/", status_code=303)
    onward = await oidc_out.sign_out(request)
    # What was typed and not sent goes too. Browsers heed this over TLS and on this machine only:
    # where they do not, steward.js has done it at the click.
    response = RedirectResponse(onward, status_code=303, headers={"Clear-Site-Data": '"storage"'})
    entering.forget(response)
    return response
