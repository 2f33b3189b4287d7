"""The places of a draft's story added, led to, renamed and taken out, in every language at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import ascii_lowercase
from typing import Any

from modules.basics import BadInput
from modules.course.files.marked import At
from modules.course.translations import file_of
from modules.drafts import fields
from modules.drafts.stories import (
    CHOICE,
    Changes,
    Files,
    blank,
    bones_of,
    changes,
    named,
    set_value,
    structure,
    worded,
)
from modules.scenarios.graph import decision, graph, records
from modules.scenarios.model import MOST_REASONS

ID = re.compile(r"[a-z][a-z0-9-]{0,31}")
MOST_CHOICES = 5
NEW_NODE, NEW_ENDING = "+node", "+ending"
"""Targets of a choice that do not exist yet: choosing one makes it."""


def leading(files: Files, slug: str, id: str) -> list[tuple[str, str]]:
    """The choices (node, choice) that lead to a place."""
    return [(node, one["id"]) for node, one in _choices(files, slug) if one.get("goto") == id]


def asked(files: Files, slug: str, id: str) -> list[tuple[str, str]]:
    """The choices (node, choice) that are offered only after a certain choice at a node."""
    return [
        (node, one["id"]) for node, one in _choices(files, slug) if id in (one.get("when") or {})
    ]


def add(files: Files, slug: str, language: str, what: str) -> tuple[Changes, str]:
    """A new decision or ending (`NEW_NODE`, `NEW_ENDING`), and its id. Nothing leads to it yet."""
    bones = bones_of(files, slug)
    taken = {*named(bones, "nodes"), *named(bones, "endings")}
    now = dict(files)
    if what == NEW_ENDING:
        id = next(f"e{n}" for n in range(1, 1000) if f"e{n}" not in taken)
        now |= set_value(now, slug, ("endings", id), {"kind": "acceptable"})
        now |= _said(now, slug, language, ("endings", id), {"title": "", "story": ""})
        return changes(files, now), id
    number = 1 + max((decision(one) for one in named(bones, "nodes").values()), default=0)
    id = _free(f"d{number}", taken)
    end = next(iter(named(bones, "endings")), bones.get("start", id))
    node = {
        "decision": number,
        "reasons": [{"id": "r1"}, {"id": "r2"}],
        "choices": [{"id": "a", "goto": end}, {"id": "b", "goto": end}],
    }
    now |= set_value(now, slug, ("nodes", id), node)
    now |= _said(now, slug, language, ("nodes", id), blank(("r1", "r2"), ("a", "b")))
    return changes(files, now), id


def lead(
    files: Files, slug: str, language: str, node: str, choice: str, to: str
) -> tuple[Changes, str]:
    """A choice led elsewhere, to a place or to a new one; gives the place's id too."""
    now = dict(files)
    if to in (NEW_NODE, NEW_ENDING):
        new, to = add(now, slug, language, to)
        now |= new
    bones = bones_of(now, slug)
    if to not in named(bones, "nodes") and to not in named(bones, "endings"):
        raise BadInput(f"There is no “{to}” in this story any more. Choose another place.")
    now |= set_value(now, slug, ("nodes", node, "choices", choice, "goto"), to)
    return changes(files, {**now, **counted(now, slug)}), to


def more(files: Files, slug: str, language: str, node: str, what: str) -> tuple[Changes, str]:
    """One more choice or reason (``choices``, ``reasons``) at a decision, and its id."""
    there = [one["id"] for one in _entries(files, slug, node, what)]
    most = MOST_CHOICES if what == "choices" else MOST_REASONS
    if len(there) >= most:
        raise BadInput(f"A decision has at most {most} {what}. Take one out first.")
    if what == "choices":
        id = next(one for one in ascii_lowercase if one not in there)
        first = _entries(files, slug, node, what)
        entry = {
            "id": id,
            "goto": first[0].get("goto") if first else bones_of(files, slug)["start"],
        }
        text = dict.fromkeys(CHOICE, "")
    else:
        id = next(f"r{n}" for n in range(1, 100) if f"r{n}" not in there)
        entry, text = {"id": id}, {"text": "", "reply": ""}
    path = structure(slug)
    now = {**files, path: fields.add(files[path], ("nodes", node, what), entry)}
    now |= _said(now, slug, language, ("nodes", node, what, id), text)
    return changes(files, now), id


def less(files: Files, slug: str, node: str, what: str, id: str) -> Changes:
    """A choice or reason taken out in every language. Raises BadInput for the last two choices,
    and for one that others wait for.
    """
    there = _entries(files, slug, node, what)
    if what == "choices" and len(there) <= 2:
        raise BadInput("A decision needs two choices. Write another before you take this one out.")
    waiting = [
        f"{other}/{one['id']}"
        for other, one in _choices(files, slug)
        if (one.get("when") or {}).get(node) == id
    ]
    if what == "choices" and waiting:
        raise BadInput(
            f"{', '.join(waiting)} is offered only after this choice. Change that first."
        )
    now = {**files, **set_value(files, slug, ("nodes", node, what, id), None)}
    now |= _unsaid(now, slug, ("nodes", node, what, id))
    return changes(files, {**now, **counted(now, slug)})


def renamed(files: Files, slug: str, old: str, new: str) -> Changes:
    """A place called otherwise, wherever it is named. Raises BadInput for a name that cannot be."""
    if not ID.fullmatch(new):
        raise BadInput(
            f"“{new[:40]}” cannot be a name here. Use small letters, digits and hyphens, "
            "beginning with a letter."
        )
    bones = bones_of(files, slug)
    part = _part(bones, old)
    if new in named(bones, "nodes") or new in named(bones, "endings"):
        raise BadInput(f"There is a place called “{new}” already. Choose another name.")
    path = structure(slug)
    text = fields.rename(files[path], (part, old), new)
    if bones.get("start") == old:
        text = fields.put(text, ("start",), new)
    for node, choice in leading(files, slug, old):
        text = fields.put(
            text, ("nodes", new if node == old else node, "choices", choice, "goto"), new
        )
    for node, choice in asked(files, slug, old):
        at = ("nodes", new if node == old else node, "choices", choice, "when", old)
        text = fields.rename(text, at, new)
    now = {**files, path: text}
    for language, words in worded(files, slug).items():
        now[words] = fields.rename(now[words], (part, old), new)
        now |= _remarked(now, slug, language, f"scenario/{part}/{old}/", f"scenario/{part}/{new}/")
    return changes(files, now)


def deleted(files: Files, slug: str, id: str, instead: str = "") -> Changes:
    """A place taken out in every language; what led to it leads to ``instead``.

    Raises BadInput when something leads to it and nothing is named instead.
    """
    bones = bones_of(files, slug)
    part = _part(bones, id)
    from_others = [one for one in leading(files, slug, id) if one[0] != id]
    start = bones.get("start") == id
    if len(named(bones, part)) == 1:
        raise BadInput("This is the last one of its kind. A story needs a decision and an ending.")
    if (from_others or start) and not instead:
        told = [f"{node}/{choice}" for node, choice in from_others] + ["the start"] * start
        raise BadInput(f"{', '.join(told)} leads here. Say where that leads instead.")
    if instead and (
        instead == id or instead not in {**named(bones, "nodes"), **named(bones, "endings")}
    ):
        raise BadInput("Choose another place that the choices lead to instead.")
    if start and instead not in named(bones, "nodes"):
        raise BadInput("A story begins with a decision. Choose one to begin with instead.")
    now = dict(files)
    for node, choice in from_others:
        now |= set_value(now, slug, ("nodes", node, "choices", choice, "goto"), instead)
    if start:
        now |= set_value(now, slug, ("start",), instead)
    for node, choice in asked(now, slug, id):
        now |= set_value(now, slug, ("nodes", node, "choices", choice, "when", id), None)
        if not fields.read(now[structure(slug)], ("nodes", node, "choices", choice, "when")):
            now |= set_value(now, slug, ("nodes", node, "choices", choice, "when"), None)
    now |= set_value(now, slug, (part, id), None)
    now |= _unsaid(now, slug, (part, id))
    return changes(files, {**now, **counted(now, slug)})


def counted(files: Files, slug: str) -> Changes:
    """Decisions numbered by how far they are from the start; those nothing leads to stay."""
    bones = bones_of(files, slug)
    nodes, whole = named(bones, "nodes"), graph(bones)
    reached, left = set[str](), [str(bones.get("start", ""))]
    while left:
        here = left.pop()
        if here not in reached:
            reached.add(here)
            left += [road.end for road in whole.roads if road.start == here]
    found = graph({**bones, "nodes": {id: one for id, one in nodes.items() if id in reached}})
    now = dict(files)
    for spot in found.spots:
        if spot.kind == "node" and decision(nodes[spot.id]) != spot.at[1] + 1:
            now |= set_value(now, slug, ("nodes", spot.id, "decision"), spot.at[1] + 1)
    return changes(files, now)


def _said(files: Files, slug: str, language: str, at: At, text: Mapping[str, Any]) -> Changes:
    """New texts, empty, in the language one writes in; the others miss them until translated."""
    path = f"{slug}/scenario.{language}.yaml"
    return {path: fields.put(files.get(path, "{}\n"), at, dict(text))}


def _unsaid(files: Files, slug: str, at: At) -> Changes:
    """The words of what is gone taken out in every language, and what they were held against."""
    found: Changes = {}
    for language, path in worded(files, slug).items():
        found[path] = fields.take(files[path], at)
        prefix = "/".join(("scenario", *map(str, at), ""))
        found |= _remarked(files, slug, language, prefix, None)
    return found


def _remarked(files: Files, slug: str, language: str, old: str, new: str | None) -> Changes:
    path = file_of(slug, language)
    if path not in files:
        return {}
    text = files[path]
    for name in fields.read(text) or {}:
        if str(name).startswith(old):
            moved_to = f"{new}{str(name).removeprefix(old)}" if new else ""
            text = fields.rename(text, (name,), moved_to) if new else fields.take(text, (name,))
    return {path: text}


def _part(bones: Mapping[str, Any], id: str) -> str:
    part = next((one for one in ("nodes", "endings") if id in named(bones, one)), None)
    if part is None:
        raise BadInput(f"There is no “{id}” in this story any more. Look at the picture again.")
    return part


def _choices(files: Files, slug: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for id, node in named(bones_of(files, slug), "nodes").items():
        yield from ((id, one) for one in records(node.get("choices")) if "id" in one)


def _entries(files: Files, slug: str, node: str, what: str) -> list[Mapping[str, Any]]:
    found = named(bones_of(files, slug), "nodes").get(node)
    if found is None:
        raise BadInput(f"There is no “{node}” in this story any more. Look at the picture again.")
    return [one for one in records(found.get(what)) if "id" in one]


def _free(stem: str, taken: set[str]) -> str:
    return next(one for one in (stem, *(f"{stem}{c}" for c in ascii_lowercase)) if one not in taken)
