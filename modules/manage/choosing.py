"""Where one can go from a unit: those above, itself, those below on this page, or those found."""

from __future__ import annotations

from modules import markup
from modules.basics import Words
from modules.manage.seen import Statistics
from modules.manage.statistics import PAGE


def indented(found: Statistics) -> dict[str, str]:
    """The units by id, named so that a list shows which lies under which."""
    return {one.unit_id: "\u2003" * one.depth + one.name for one in found.units}


def shown(found: Statistics, say: Words) -> str:
    """Which of the units below are on this page; "" where it holds them all."""
    if found.pages < 2:
        return ""
    first = (found.page - 1) * PAGE + 1
    last = min(found.page * PAGE, found.below)
    return say("organisation.page", first=first, last=last, of=found.below)


def hits(found: Statistics, find: str, say: Words) -> str:
    """How many units a search found; they stand in the list of units."""
    number = sum(find.strip().casefold() in one.name.casefold() for one in found.units)
    many = "none" if not number else "one" if number == 1 else "some"
    return say(f"organisation.found_{many}", n=number, find=markup.literal(find.strip()))
