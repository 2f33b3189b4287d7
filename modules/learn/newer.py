"""A newer version that came while somebody is in the middle of a module: what that means to her."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session

from db import revisions
from modules import days, markup, refreshing
from modules.access import Viewer, require
from modules.basics import Surface, Words
from modules.course.model.changes import order, since
from modules.learn.opened import Opened


@dataclass(frozen=True)
class Newer:
    """What was published after she began; ``rule`` says which rule she may be asked about again."""

    kind: Literal["clarification", "rule"]
    published_at: datetime
    rule: str = ""


def newer(session: Session, viewer: Viewer, opened: Opened) -> Newer | None:
    """What to tell of the round that she is in; None for a changed wording: nobody is told."""
    require(viewer, "learn.open")
    practice = opened.journey.practice
    if practice is None or practice.ended:
        return None
    live = revisions.latest(session, org_id=viewer.org_id).get(opened.journey.module.id)
    if live is None or live.id == opened.revision_id:
        return None
    found = [
        one
        for one in since(refreshing.changes_of(session, sha256=live.sha256), opened.version)
        if one.kind != "wording"
        and one.affects(viewer.path, viewer.jurisdiction)
        and (not one.since or order(opened.version) >= order(one.since))
    ]
    rules = [one.says for one in found if one.kind == "rule"]
    if rules:
        return Newer("rule", live.published_at, rules[-1])
    return Newer("clarification", live.published_at) if found else None


def draw(
    surface: Surface,
    say: Words,
    viewer: Viewer,
    opened: Opened,
    place: str,
    memory: MutableMapping[Any, Any],
    read: Callable[[Callable[[Session], Newer | None]], Newer | None],
) -> None:
    """One calm sentence, on the step where she meets it in this tab, and on no other.

    The database is asked once in a tab, and again whenever something was published.
    """
    key = f"lesson/newer/{opened.revision_id}"
    if key not in memory or memory[key][0] != viewer.revisions:
        found = read(lambda session: newer(session, viewer, opened))
        memory[key] = (viewer.revisions, place, found)
    _, at, found = memory[key]
    if found is None or at != place:
        return
    day = days.moment(found.published_at, viewer.clock)
    if found.kind == "rule":
        told = say("lesson.newer_rule", day=day, says=markup.literal(found.rule))
    else:
        told = say("lesson.newer", day=day)
    surface.info(told, icon=":material/update:")
