"""Under which law the notes of a lesson are given, and how old what they rest on is."""

from __future__ import annotations

from datetime import date, timedelta

from modules import days
from modules.basics import Surface, Words
from modules.course.model import Module

STALE = timedelta(days=180)


def checked(module: Module) -> date | None:
    """The day since which every fact of the module has been checked; None without facts.

    The oldest check counts: one fresh fact makes no other one fresh.
    """
    return min((fact.last_checked for fact in module.facts.values()), default=None)


def stale(module: Module, today: date) -> bool:
    """Whether a fact of the module was last checked more than 180 days ago."""
    day = checked(module)
    return day is not None and today - day > STALE


def line(surface: Surface, module: Module, say: Words, today: date) -> None:
    """The small line at the end of a lesson's page, and a warning when facts are old."""
    told = [say(f"law.notes.{module.jurisdiction}")]
    if day := checked(module):
        told.append(say("law.checked", day=days.short(day)))
    surface.caption(" · ".join(one for one in told if one))
    if stale(module, today):
        surface.warning(say("law.stale"), icon=":material/schedule:")
