"""A draft's story changed: its structure, and its words in every language, stay in step."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from modules.basics import BadInput
from modules.course.check.practical import stories
from modules.course.files.marked import At
from modules.course.files.merging import laid
from modules.course.files.parts import Parts
from modules.course.files.practical import read_scenario
from modules.course.files.reader import Reader
from modules.drafts import fields
from modules.scenarios.graph import Graph, graph

Files = Mapping[str, str]
Changes = dict[str, str]
METERS = ("trust", "safety", "lawfulness", "benefit")
TEXTS = ("title", "story", "question")
CHOICE = ("text", "hint", "consequence", "duty")


def structure(slug: str) -> str:
    """The file of a story's structure."""
    return f"{slug}/scenario.yaml"


def worded(files: Files, slug: str) -> dict[str, str]:
    """The files of its words by language."""
    kept = re.compile(rf"{re.escape(slug)}/scenario\.([A-Za-z-]+)\.yaml")
    return {found[1]: path for path in files if (found := kept.fullmatch(path))}


def read(files: Files, slug: str, language: str) -> dict[str, Any]:
    """The story as far as it is written, structure and words laid together; {} for none.

    Raises BadInput for files that are no YAML.
    """
    bones = fields.read(files.get(structure(slug), ""))
    text = fields.read(files.get(worded(files, slug).get(language, ""), ""))
    if not isinstance(bones, dict):
        return {}
    found: dict[str, Any] = laid(bones, text if isinstance(text, dict) else {})
    return found


def drawn(files: Files, slug: str, language: str) -> Graph:
    """The story as a graph, with what is wrong at each of its places."""
    return graph(read(files, slug, language), told(files, slug, language))


def told(files: Files, slug: str, language: str) -> dict[str, list[str]]:
    """What is wrong with the story, by the id of a place; "" for what belongs to none."""
    parts = Parts(slug, language, Reader(files))
    read_scenario(parts)
    stories(parts)
    found: dict[str, list[str]] = {}
    for problem in dict.fromkeys(parts.reader.problems):
        steps = [one.strip() for one in problem.place.partition(", ")[2].split(" > ")]
        placed = len(steps) > 1 and steps[0] in ("nodes", "endings")
        where = " > ".join(steps[2:]) if placed else " > ".join(steps)
        sentence = f"{where}: {problem.sentence}" if where else problem.sentence
        found.setdefault(steps[1] if placed else "", []).append(sentence)
    return found


def begun(slug: str, module: str, language: str) -> Changes:
    """A first story: one decision with two choices, and an ending for each."""
    bones = {
        "id": f"{module}-S",
        "start": "d1",
        "meters": list(METERS[:2]),
        "nodes": {
            "d1": {
                "decision": 1,
                "reasons": [{"id": "r1"}, {"id": "r2"}],
                "choices": [{"id": "a", "goto": "e1"}, {"id": "b", "goto": "e2"}],
            }
        },
        "endings": {"e1": {"kind": "acceptable"}, "e2": {"kind": "costly"}},
    }
    text = {
        "title": "",
        "nodes": {"d1": blank(("r1", "r2"), ("a", "b"))},
        "endings": {"e1": {"title": "", "story": ""}, "e2": {"title": "", "story": ""}},
    }
    return {
        structure(slug): fields.put("{}\n", (), bones),
        f"{slug}/scenario.{language}.yaml": fields.put("{}\n", (), text),
    }


def set_value(files: Files, slug: str, at: At, value: Any) -> Changes:
    """A value of the structure changed; None takes it out."""
    path = structure(slug)
    text = files[path]
    text = fields.take(text, at) if value is None else fields.put(text, at, value)
    return changes(files, {path: text})


def moved(files: Files, slug: str, at: At, meter: str, by: int) -> Changes:
    """What a choice does to a meter, from -2 to 2; nothing is written for 0."""
    if not -2 <= by <= 2:
        raise BadInput(f"A choice moves a meter by 2 at most; found {by}.")
    held = fields.read(files[structure(slug)], (*at, "meters")) or {}
    now = {name: one for name, one in {**held, meter: by}.items() if one}
    return set_value(files, slug, (*at, "meters"), now or None)


def bones_of(files: Files, slug: str) -> dict[str, Any]:
    """The story's structure. Raises BadInput where there is none."""
    bones = fields.read(files.get(structure(slug), ""))
    if not isinstance(bones, dict):
        raise BadInput("This module has no story yet. Begin one first.")
    return bones


def named(bones: Mapping[str, Any], part: str) -> dict[str, Mapping[str, Any]]:
    """Its nodes or endings by id, whatever else stands there left out."""
    found = bones.get(part)
    pairs = found.items() if isinstance(found, Mapping) else ()
    return {str(id): one if isinstance(one, Mapping) else {} for id, one in pairs}


def blank(reasons: Sequence[str], choices: Sequence[str]) -> dict[str, Any]:
    """The words of a decision, all still to be written."""
    return {
        **dict.fromkeys(TEXTS, ""),
        "reasons": {id: {"text": "", "reply": ""} for id in reasons},
        "choices": {id: dict.fromkeys(CHOICE, "") for id in choices},
    }


def changes(files: Files, now: Mapping[str, str]) -> Changes:
    """Those of the files that differ."""
    return {path: text for path, text in now.items() if files.get(path) != text}


def letter(
    files: Files, slug: str, language: str, at: At, held: Mapping[str, str] | None
) -> Changes:
    """What comes to the citizen of a choice: written here in one language, or gone in all."""
    if held is not None:
        path = f"{slug}/scenario.{language}.yaml"
        return changes(files, {path: fields.put(files.get(path, "{}\n"), at, dict(held))})
    return changes(
        files, {path: fields.take(files[path], at) for path in worded(files, slug).values()}
    )


def reached(files: Files, slug: str, at: At, kind: str) -> Changes:
    """How a choice reaches the citizen, in every language that tells it."""
    there = worded(files, slug).values()
    return changes(
        files,
        {
            path: fields.put(files[path], (*at, "kind"), kind)
            for path in there
            if fields.read(files[path], at) is not None
        },
    )
