"""The story and the lab: both can be gone through, and the lab tells right from naive."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from modules.basics import Problem
from modules.course.files.marked import as_json
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.labs import LABS, LibraryMissing
from modules.scenarios import problems as scenario_problems

SEEDS = tuple(f"content-check-{number}" for number in range(2))


def stories(parts: Parts) -> None:
    """The scenario's own rules: nothing unreachable, no dead end, no endless loop."""
    if parts.scenario is None:
        return
    names = parts.path("scenario.yaml"), parts.path(f"scenario.{parts.language}.yaml")
    for problem in scenario_problems(parts.scenario, *names):
        document = Reader(parts.reader.files).document(problem.file, needed=False)
        if document:
            place = document.place(*problem.place.split("/"))
            parts.reader.problems.append(replace(problem, place=place))


def labs(parts: Parts) -> None:
    """Each lab's reference solution passes and its naive one fails, for several seeds."""
    for name, lab in parts.labs.items():
        structure = parts.reader.document(parts.path(f"{name}.yaml"), needed=False)
        written = json.dumps(structure.at("options") if structure else None, default=as_json)
        said, stops = tried(_Given(lab.name, written, lab.options))
        if said:
            sentence = f"With these options {said}. Mend the options or the lab."
            parts.reader.problems.append(
                Problem(parts.path(f"{name}.yaml"), "options", sentence, stops)
            )


@dataclass(frozen=True)
class _Given:
    """A lab with its options, equal to another one whose structure is the same.

    What is typed into its texts makes no other lab of it, and some take a second to be tried.
    """

    name: str
    written: str
    options: Any = field(compare=False)


@lru_cache(maxsize=64)
def tried(given: _Given) -> tuple[str, bool]:
    """What is wrong with a lab ("" for nothing), and whether content cannot go out so."""
    lab, options = LABS[given.name], given.options
    tries = (("reference solution", lab.solve, True), ("naive solution", lab.naive, False))
    for seed in SEEDS:
        for name, attempt, passes in tries:
            try:
                right = lab.grade(attempt(lab.start(options, seed))).right
            except LibraryMissing as missing:
                return f"nothing could be tried on this machine: {missing}", False
            except Exception as error:  # a lab's own fault must not hide the others
                return f"the {name} stops with {type(error).__name__}: {error} (seed {seed})", True
            if right is not passes:
                return f"the {name} {'fails' if passes else 'passes'} (seed {seed})", True
    return "", True
