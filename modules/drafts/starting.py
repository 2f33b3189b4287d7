"""What a new part of a module begins with: a question of each kind, a story, a lab, a job aid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from modules.basics import BadInput, Words
from modules.course.files.marked import At
from modules.drafts import emitting, fields, screens
from modules.drafts.beginning import single_choice, words_of_choice

KINDS = ("single_choice", "multiple_choice", "ordering", "matching", "numeric", "fill_in")
"""Kinds of question that can be begun with a form; the others come as a copy or as source."""


def question(
    kind: str, id: str, objective: str, say: Words
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A question that passes, to be written over: its structure and its words."""
    structure: dict[str, Any] = {**single_choice(id, objective), "kind": kind}
    words: dict[str, Any] = words_of_choice(say, int(id[-2:]))
    why = say("studio.new.why_right")
    if kind == "single_choice":
        return structure, words
    if kind == "multiple_choice":
        structure["options"] = [
            {"id": "a", "key": True},
            {"id": "b", "key": True},
            {"id": "c"},
            {"id": "d"},
        ]
        texts = [say(f"studio.new.{one}") for one in ("right", "right_too", "wrong", "other")]
        words["options"] = {
            id: {"text": text, "why": why} for id, text in zip("abcd", texts, strict=True)
        }
        return structure, words
    del structure["options"], words["options"]
    if kind == "ordering":
        structure["options"] = [{"id": id, "rank": n} for n, id in enumerate("abc", 1)]
        words["options"] = {
            id: {"text": say("studio.new.step", n=n), "why": why} for n, id in enumerate("abc", 1)
        }
    elif kind == "matching":
        structure |= {"left": [{"id": "l1", "to": "r1"}, {"id": "l2", "to": "r2"}]}
        structure |= {"right": [{"id": "r1"}, {"id": "r2"}]}
        words["left"] = {f"l{n}": {"text": say("studio.new.left", n=n), "why": why} for n in (1, 2)}
        words["right"] = {f"r{n}": {"text": say("studio.new.partner", n=n)} for n in (1, 2)}
    elif kind == "numeric":
        structure |= {"answer": "100", "tolerance": 0}
        words["why"] = why
    elif kind == "fill_in":
        structure["gaps"] = [{"id": "g1"}]
        words["sentence"] = say("studio.new.sentence")
        words["gaps"] = {
            "g1": {"label": say("studio.new.gap"), "accept": [say("studio.new.answer")], "why": why}
        }
    return structure, words


def aid(title: str, say: Words) -> str:
    """A job aid."""
    return f"---\n{written({'title': title})}---\n\n{say('studio.new.aid_text')}\n"


def next_item(structure: Any, module: str) -> str:
    """The id of the next question; BadInput once all are given."""
    ids = {one.get("id") for one in structure or () if isinstance(one, Mapping)}
    for number in range(1, 100):
        if (id := f"{module}-Q{number:02}") not in ids:
            return id
    raise BadInput("A module has at most 99 questions. Delete one first.")


def free(taken: Any, stem: str = "") -> str:
    """A short id that no entry has: a, b, c, or with a stem g1, g2, g3."""
    ids = {one.get("id") for one in taken or () if isinstance(one, Mapping)}
    names = [f"{stem}{n}" for n in range(1, 30)] if stem else list("abcdefghijklmnop")
    return next((one for one in names if one not in ids), "z")


def step_added(head: str, step: dict[str, Any]) -> str:
    """module.yaml with one more step, where the shipped modules have it.

    Questions before the lesson stand first of all; the check, then the job aid, end the last
    sitting; everything else comes before those.
    """
    sittings = fields.read(head, ("sittings",)) or []
    if not sittings:
        raise BadInput("The module has no sitting. Mend module.yaml on “Source”.")
    first = step.get("form") == "pre"
    number = 0 if first else len(sittings) - 1
    steps = sittings[number].get("steps") if isinstance(sittings[number], Mapping) else None
    there = [one for one in steps or () if isinstance(one, Mapping)]
    later = len(there)
    if not first:
        rank = _rank(step)
        later = len(list(takewhile(lambda one: _rank(one) > rank, reversed(there))))
    at: At = ("sittings", number, "steps")
    head = fields.add(head, at, step)
    return minutes_summed(fields.move(head, (*at, len(there)), -later))


def _rank(step: Mapping[str, Any]) -> int:
    """How near the end of a module a step stands."""
    return 2 if step.get("kind") == "aid" else 1 if step.get("form") == "check" else 0


def minutes_summed(head: str) -> str:
    """module.yaml with the minutes of sittings and module that its steps add up to."""
    total = 0
    for number, sitting in enumerate(fields.read(head, ("sittings",)) or []):
        steps = sitting.get("steps") or [] if isinstance(sitting, Mapping) else []
        minutes = [one.get("minutes") for one in steps if isinstance(one, Mapping)]
        taken = sum(one for one in minutes if isinstance(one, int))
        total += taken
        if taken and sitting.get("minutes") != taken:
            head = fields.put(head, ("sittings", number, "minutes"), taken)
    return fields.put(head, ("minutes",), total) if total else head


def step_titled(lesson: str, id: str, title: str) -> str:
    """The lesson with a title for a step."""
    return screens.with_front(
        lesson, lambda front: fields.put(front, ("steps", id), {"title": title})
    )


def name_for(title: str, taken: set[str], otherwise: str) -> str:
    """An id for a screen or step from its title."""
    stem = "-".join(re.findall(r"[a-z0-9]+", title.casefold()))[:32].strip("-") or otherwise
    number, found = 2, stem
    while found in taken:
        found, number = f"{stem}-{number}", number + 1
    return found


def written(value: object) -> str:
    """A value as a YAML file of its own."""
    return emitting.block(value, -2).lstrip("\n") + "\n"
