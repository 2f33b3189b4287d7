"""Why somebody opens another person's record: a short list, and the choice is kept in the log."""

from __future__ import annotations

from modules.basics import BadInput

# What a manager, and what an administrator, can open somebody's page for.
MANAGER = ("talk", "cover", "asked", "audit")
# What the menu beside a name on the team page opens it for; nobody chooses it.
ACT = "act"
ADMINISTRATOR = ("asked", "account", "audit")


def chosen(purpose: str, offered: tuple[str, ...]) -> str:
    """The purpose, when it is one of those offered. Raises BadInput otherwise."""
    if purpose not in offered:
        raise BadInput("Choose what you open this record for. The person can read it.")
    return purpose
