"""Which field mends a problem: where the cursor goes when one follows its link."""

from __future__ import annotations

import json
import re
from html import escape

from modules.author.editor.pen import Pen
from modules.basics import Problem, Surface, Words

_NO_NAME = re.compile(r"[^a-zA-Z0-9_-]+")


def take(pen: Pen, problem: Problem, part: str, say: Words) -> None:
    """Note where the cursor goes in the next run, and open what has the field."""
    # One count for all drafts of a tab, which has one memory of what it followed.
    number = pen.memory["edit/aims"] = int(pen.memory.get("edit/aims", 0)) + 1
    pen.memory[f"edit/aim/{pen.id}"] = {"n": number, "names": names(problem, part)}
    # The form stands behind another tab while a file or the history is looked at.
    pen.memory[f"edit/{pen.id}/tab"] = say("studio.tab.write")
    place = problem.place.partition(", ")[2].split(" > ")
    if part == "scenario" and len(place) > 1 and place[0] in ("nodes", "endings"):
        pen.memory[f"edit/{pen.id}/story/next"] = place[1]


def names(problem: Problem, part: str) -> list[str]:
    """How the keys of the fields that may mend a problem go on, the nearest one first."""
    place = problem.place.partition(", ")[2]
    path = [] if place.startswith("screen ") else [one for one in place.split(" > ") if one]
    kind, _, id = part.partition("/")
    found = ["-".join(path[:most]) for most in range(len(path), 0, -1)]
    if kind == "steps" and "steps" in path[:-1]:
        found.insert(0, f"step-{path[path.index('steps') + 1]}")
    if kind == "screen":
        found.append(f"screen-{id}")
    if kind == "aid":
        found.append("body-job-aid")
    return [_NO_NAME.sub("-", one) for one in found]


def draw(pen: Pen, surface: Surface) -> None:
    """Tell the tab, which follows each number once, see `aim` in api/steward.js.

    It is told in each run: one that is drawn anew at once would take it back unread.
    """
    if aimed := pen.memory.get(f"edit/aim/{pen.id}"):
        surface.html(f'<span data-sw-aim="{escape(json.dumps(aimed))}"></span>')
