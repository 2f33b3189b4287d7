"""Browsers in which somebody has signed in before: failures of others do not slow them down.

After the “device cookies” of OWASP: who knows only an account's name shares one brake with every
stranger who tries it; a browser in which its holder has signed in has a brake of its own. The
cookie opens nothing by itself.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from modules.settings import key_for

COOKIE = "steward_known"
LASTS = timedelta(days=180)


def _mark(email: str, nonce: str, until: str) -> str:
    text = f"{email.casefold()}\n{nonce}\n{until}".encode()
    return hmac.new(key_for("known browser"), text, hashlib.sha256).hexdigest()


def token(email: str, *, now: datetime) -> str:
    """What a browser keeps after a sign-in with this address; it does not say which."""
    nonce, until = secrets.token_urlsafe(12), str(int((now + LASTS).timestamp()))
    return f"{nonce}.{until}.{_mark(email, nonce, until)}"


def browser(kept: str, email: str, *, now: datetime) -> str:
    """The browser's own name if this address has signed in there; else ""."""
    nonce, _, rest = kept.partition(".")
    until, _, mark = rest.partition(".")
    if not (until.isdecimal() and until.isascii() and len(until) < 12):
        return ""
    right = hmac.compare_digest(mark.encode(), _mark(email, nonce, until).encode())
    return nonce if right and int(until) > now.timestamp() else ""
