"""What is hashed, byte by byte. Pure; docs/evidence.md tells the same in words."""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

FORM = "steward-evidence-1"
START = "0" * 64
"""What stands as the hash before the first entry, and before the first checkpoint."""


def sha256(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no blanks, every character as itself."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def moment(when: datetime) -> str:
    """A moment as the log writes it: 2026-11-27T09:05:00.000000Z."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def commitment(salt: str, name: str, value: str) -> str:
    """What the body holds in place of a personal field: it tells nothing without the salt."""
    return sha256(f"{salt}\n{name}\n{value}")


def link(log: str, number: int, previous: str, body_hash: str) -> str:
    """The hash of an entry: of its log, its number, the hash before it and that of its body."""
    return sha256(f"{FORM}\n{log}\n{number}\n{previous}\n{body_hash}")


def pseudonym(secret: str, person_id: uuid.UUID) -> str:
    """The name that a person has in the log: the same in every entry, and no id of anything else.

    HMAC-SHA-256 of her id under the log's secret, cut to 128 bits.
    """
    keyed = hmac.new(secret.encode(), person_id.bytes, hashlib.sha256)
    return keyed.hexdigest()[:32]
