"""Addresses of invented people, to which nobody may write: they could be somebody's one day."""

from __future__ import annotations

RESERVED = frozenset({"example", "invalid", "test", "localhost"})
"""Names below which nothing is anybody's (RFC 2606, RFC 6761)."""

EXAMPLES = frozenset({"example.com", "example.net", "example.org"})


def is_reserved(email: str) -> bool:
    """Whether an address is of a name that nobody can have."""
    parts = email.rpartition("@")[2].casefold().rstrip(".").split(".")
    return parts[-1] in RESERVED or ".".join(parts[-2:]) in EXAMPLES
