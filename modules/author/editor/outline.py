"""The parts of a draft, and which of them a problem is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from modules.author.editor.held import Held
from modules.basics import Problem, Words
from modules.drafts import screens
from modules.drafts.spots import Spot

_LINE = re.compile(r"line (\d+)")
_SCREEN = re.compile(r"screen ([a-z0-9-]+)$")
SHORT = 60
PATHS = frozenset(
    {"sittings", "steps", "items", "options", "left", "right", "gaps", "first", "text"}
)


@dataclass(frozen=True)
class Part:
    """One part with a form: its address, and its name in the outline."""

    at: str
    name: str


def parts(held: Held, say: Words) -> list[Part]:
    """Every part, in the order in which a module is written."""
    found = [Part("front", say("studio.part.front")), Part("steps", say("studio.part.steps"))]
    for one in screens.screens(held.files.get(held.worded("lesson", "md"), "")):
        name = say("studio.part.screen", title=one.title or one.id)
        found.append(Part(f"screen/{one.id}", name))
    text = mapping(held.read(Spot(held.worded("questions"))))
    for entry in listed(held.read(Spot(held.path("questions.yaml")))):
        if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
            stem = str(mapping(text.get(entry["id"])).get("stem") or "")
            told = stem if len(stem) <= SHORT else f"{stem[: SHORT - 1]}…"
            name = say("studio.part.item", id=entry["id"], stem=told)
            found.append(Part(f"item/{entry['id']}", name))
    for stem, kind in (("scenario", "story"), ("lab", "lab"), ("lab-2", "lab")):
        if held.path(f"{stem}.yaml") in held.files:
            found.append(
                Part(stem, say("studio.part.story" if kind == "story" else "studio.part.lab"))
            )
    if held.worded("job-aid", "md") in held.files:
        found.append(Part("aid", say("studio.part.aid")))
    return found


def part_of(held: Held, problem: Problem) -> str:
    """The part whose form mends a problem; "" where only the source does."""
    name = problem.file.rpartition("/")[2]
    stem = name.split(".")[0]
    where = problem.place.partition(", ")[2].split(" > ")
    if stem == "questions":
        return f"item/{where[0]}" if re.fullmatch(r"M\d\d-\w+", where[0]) else ""
    if stem == "lesson":
        if found := _SCREEN.search(problem.place):
            return f"screen/{found[1]}"
        return _screen_at(held, problem) or (
            "steps" if where[0] in ("sittings", "steps") else "front"
        )
    if stem == "module":
        return "steps" if where[0] in ("sittings", "reserve", "delayed", "matched") else "front"
    if stem in ("scenario", "lab", "lab-2"):
        return stem
    return "aid" if stem == "job-aid" else ""


def thing(held: Held, problem: Problem, say: Words) -> str:
    """What a problem is about, in the words of the outline: "Question M50-Q01, options, b"."""
    at = part_of(held, problem)
    if not at:
        return f"{problem.file}, {problem.place}"
    id = at.partition("/")[2]
    named = problem.place.partition(", ")[2].removeprefix(f"screen {id}").split(" > ")
    known = {
        "stem": say("studio.stem"),
        "source": say("studio.source"),
        "objective": say("studio.thing.objective"),
        "why": say("studio.why"),
        "tag": say("studio.thing.tag"),
        "critical": say("studio.critical"),
        "promise": say("studio.promise"),
        "title": say("studio.title"),
    }
    # Of a path of fields only what people know: the answer or the step, and what of it.
    inner = [known.get(one, one) for one in named if one and one != id and one not in PATHS]
    return ", ".join([whole(held, at, say), *inner[-2:]])


def whole(held: Held, at: str, say: Words) -> str:
    """A part's name in a sentence."""
    kind, _, id = at.partition("/")
    if kind == "item":
        return say("studio.thing.item", id=id)
    if kind == "screen":
        return say("studio.part.screen", title=titled(held, id))
    names = {
        "front": say("studio.part.front"),
        "steps": say("studio.part.steps"),
        "scenario": say("studio.part.story"),
        "aid": say("studio.part.aid"),
    }
    return names.get(kind) or say("studio.part.lab")


def titled(held: Held, screen: str) -> str:
    """The title of a screen; its id where it has none."""
    one = screens.screen(held.files.get(held.worded("lesson", "md"), ""), screen)
    return one.title if one and one.title else screen


def opened(held: Held, at: str, name: str, say: Words) -> str:
    """The name in the list of the part whose form is open: without what one types there.

    A list that is open closes when the name of its chosen entry changes, as a title does with
    each run while somebody writes it.
    """
    kind, _, id = at.partition("/")
    if kind == "item":
        return say("studio.part.item_open", id=id)
    if kind == "screen":
        ids = [one.id for one in screens.screens(held.files.get(held.worded("lesson", "md"), ""))]
        return say("studio.part.screen_open", n=ids.index(id) + 1)
    return name


def _screen_at(held: Held, problem: Problem) -> str:
    """The screen on a line of the lesson."""
    found = _LINE.match(problem.place)
    text = held.files.get(held.worded("lesson", "md"), "")
    if not found:
        return ""
    index = sum(len(line) for line in text.splitlines(keepends=True)[: int(found[1]) - 1])
    here = (one for one in screens.screens(text) if one.start <= index <= one.end)
    return next((f"screen/{one.id}" for one in here), "")


def mapping(value: Any) -> Mapping[Any, Any]:
    """``value``, or nothing where it is no mapping."""
    return value if isinstance(value, Mapping) else {}


def listed(value: Any) -> list[Any]:
    """``value``, or nothing where it is no list."""
    return value if isinstance(value, list) else []
