"""GET /auth/still: whether this browser is still signed in. Open pages ask every half minute.

A page that nobody touches sends nothing to the server by itself: without this, what it shows would
stay on the screen of somebody who was deactivated until she pressed something.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from modules.api import door, entering
from modules.shell import session


async def still(request: Request) -> Response:
    """204 while it is, 401 when it is not any more. One look into the database."""
    token = request.cookies.get(session.COOKIE, "")
    here, renewed = await asyncio.to_thread(door.signed_in, token)
    answer = Response(status_code=204 if here else 401, headers={"Cache-Control": "no-store"})
    if renewed:
        entering.keep(answer, renewed)
    return answer
