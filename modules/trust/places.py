"""What the measures say of registers and settings, read where the program itself reads it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping

from db import directory_wishes, scim_clients
from modules.evidence import kinds
from modules.identity import brakes, passphrases
from modules.settings import settings

PLACE = re.compile(r"\{(\w+)\}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _checkpoints() -> str:
    if settings().evidence_key.get_secret_value():
        return "signed with this installation’s Ed25519 key"
    return "**not signed**, since no key is set (`STEWARD_EVIDENCE_KEY`)"


PLACES: Mapping[str, Callable[[], str]] = {
    # Evidence
    "kinds": lambda: _listed(kinds.KINDS),
    "apart": lambda: _listed(dict.fromkeys(n for k in kinds.KINDS.values() for n in k.personal)),
    "checkpoints": _checkpoints,
    # Directories
    "scopes": lambda: ", ".join(scim_clients.SCOPES),
    "directory_days": lambda: str(scim_clients.LONGEST_DAYS),
    "directory_writes": lambda: _listed(
        "manager" if one.name == "manager_id" else one.name
        for one in dataclasses.fields(directory_wishes.Wanted)
    ),
    # Accounts
    "alone": lambda: str(passphrases.ALONE),
    "with_second": lambda: str(passphrases.WITH_SECOND),
    "common": lambda: f"{len(passphrases.common()):,}",
    "asked_second": lambda: settings().second_factor,
    "free": lambda: str(brakes.ACCOUNT.free),
    "longest_wait": lambda: f"{brakes.MOST.total_seconds() / 60:.0f}",
    "hours": lambda: str(settings().sign_in_hours),
}


def filled(text: str) -> str:
    """A measure's text with today's facts in its places. Raises KeyError for a place of no fact."""
    return PLACE.sub(lambda found: PLACES[found[1]](), text)
