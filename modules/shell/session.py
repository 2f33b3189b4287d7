"""Who is signed in: looked up first in every page, fragment and callback, never remembered."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from db import sign_ins
from db.engine import reading
from modules import access

COOKIE = "steward"


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def token() -> str:
    """The token of this browser's sign-in, or "". The only reader of the cookie."""
    return st.context.cookies.get(COOKIE, "")


def viewer() -> access.Viewer | None:
    """Who this browser is signed in as at this moment; None when nobody is, any more."""
    raw = token()
    if not raw:
        return None
    with reading() as session:
        return access.by_token(session, token_hash=sign_ins.hash_of(raw), now=now())
