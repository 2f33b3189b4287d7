"""The second factor: codes that change every half minute (RFC 6238), and codes for its loss.

A secret is kept sealed with the installation's key and tied to its person; a code works once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import uuid
from datetime import datetime

import pyotp
import segno
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from modules.settings import key_for

STEP = 30
"""Seconds for which a code is shown (RFC 6238)."""

DRIFT = 1
"""Steps before and after that count too: clocks differ, and typing takes a while (section 5.2)."""

CODES = 10
"""Recovery codes that are made together."""

# No letter that could be taken for a digit, and no u.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
# 25 characters of 5 bits: 125, above the 112 from which NIST lets a plain hash do.
GROUPS, GROUP = 5, 5


def new_secret() -> str:
    """A new secret of 160 bits, in base 32."""
    return pyotp.random_base32(32)


def seal(secret: str, *, org_id: uuid.UUID, person_id: uuid.UUID) -> str:
    """The secret as it is stored: AES-256-GCM, good for this person's row only."""
    nonce = os.urandom(12)
    sealed = AESGCM(key_for("second factor")).encrypt(
        nonce, secret.encode(), org_id.bytes + person_id.bytes
    )
    return base64.b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, org_id: uuid.UUID, person_id: uuid.UUID) -> str | None:
    """The secret behind what is stored; None when key or person are others."""
    raw = base64.b64decode(sealed)
    try:
        opened = AESGCM(key_for("second factor")).decrypt(
            raw[:12], raw[12:], org_id.bytes + person_id.bytes
        )
    except (InvalidTag, ValueError):
        return None
    return opened.decode()


def step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """The time step whose code this is, if it is of now or of a moment ago; else None."""
    digits = "".join(one for one in code if one.isdecimal() and one.isascii())
    if len(digits) != 6:
        return None
    made, found = pyotp.TOTP(secret, interval=STEP), None
    today = int(now.timestamp()) // STEP
    for step in range(today - DRIFT, today + DRIFT + 1):
        if hmac.compare_digest(made.generate_otp(step), digits):
            found = step
    return found


def address(secret: str, *, email: str, organisation: str) -> str:
    """What a QR code tells the app that shows codes."""
    issuer = f"Steward, {organisation}".replace(":", " ")
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=email, issuer_name=issuer)


def picture(address: str) -> str:
    """The QR code of an address as a data URI, dark on white whatever the page's colours."""
    return str(
        segno.make(address, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    )


def in_fours(secret: str) -> str:
    """A secret for people who type it: in groups of four."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def new_codes() -> list[str]:
    """Recovery codes, as they are shown once."""
    return [
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
        for _ in range(CODES)
    ]


def plain(code: str) -> str:
    """A recovery code as it was meant: letter case, dashes and look-alikes do not matter."""
    text = "".join(one for one in code.casefold() if one.isalnum())
    return text.translate(str.maketrans("oil", "011"))


def hash_of(code: str) -> str:
    """What is stored of a recovery code."""
    return hmac.new(key_for("recovery code"), plain(code).encode(), hashlib.sha256).hexdigest()


def is_recovery(code: str) -> bool:
    """Whether somebody typed a recovery code and not six digits."""
    return len(plain(code)) == GROUPS * GROUP
