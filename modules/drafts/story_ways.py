"""When a choice of a draft's story is offered, and in which order the choices stand."""

from __future__ import annotations

from typing import Any

from modules.basics import BadInput
from modules.course.files.marked import At
from modules.drafts import fields
from modules.drafts.stories import Changes, Files, bones_of, changes, named, set_value, structure
from modules.scenarios.graph import records


def only_after(
    files: Files, slug: str, node: str, choice: str, asked: str, chosen: str | None
) -> Changes:
    """A choice offered only to those who chose that at an earlier decision; None: to all again.

    Of one decision one choice can be asked for: another takes its place. Raises BadInput for a
    choice that is not there.
    """
    bones = bones_of(files, slug)
    there = [one.get("id") for one in _choices(bones, asked)]
    if chosen is not None and (chosen not in there or asked == node):
        raise BadInput("There is no such earlier choice in this story any more. Choose another.")
    at: At = ("nodes", node, "choices", choice, "when")
    held = fields.read(files[structure(slug)], at)
    kept = {name: one for name, one in (held or {}).items() if name != asked}
    if chosen is not None:
        kept[asked] = chosen
    return set_value(files, slug, at, kept or None)


def ordered(files: Files, slug: str, node: str, what: str, id: str, by: int) -> Changes:
    """A choice or reason moved so many places down, or up; its words are found by its id."""
    path = structure(slug)
    return changes(files, {path: fields.move(files[path], ("nodes", node, what, id), by)})


def _choices(bones: dict[str, Any], node: str) -> list[Any]:
    return records(named(bones, "nodes").get(node, {}).get("choices"))
