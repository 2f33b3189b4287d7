"""Who is signed in: looked up first in every page, fragment and callback, never remembered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st

from db import sign_ins
from db.engine import reading
from modules import access, courses
from modules.days import now as now  # pages and routes ask it here, where tests may set it
from modules.settings import settings

# Over TLS browsers then take it from this very host only, for all of its paths, and with Secure.
PREFIX = "__Host-" if settings().tls else ""
COOKIE = f"{PREFIX}steward"


def token() -> str:
    """The token of this browser's sign-in, or "". The only reader of the cookie."""
    return st.context.cookies.get(COOKIE, "")


_found: ContextVar[tuple[access.Viewer | None] | None] = ContextVar("found", default=None)


@contextmanager
def found(viewer: access.Viewer | None) -> Iterator[None]:
    """For the page that this very run draws: who the UI script has just looked up.

    A fragment's rerun does not pass here, so it looks again.
    """
    before = _found.set((viewer,))
    try:
        yield
    finally:
        _found.reset(before)


def viewer() -> access.Viewer | None:
    """Who this browser is signed in as at this moment; None when nobody is, any more."""
    if (known := _found.get()) is not None:
        return known[0]
    raw = token()
    if not raw:
        return None
    with reading() as session:
        who = access.by_token(session, token_hash=sign_ins.hash_of(raw), now=now())
        if who:
            courses.serve(session, who)
        return who
