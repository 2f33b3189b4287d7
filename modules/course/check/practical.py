"""The story and the lab: both can be gone through, and the lab tells right from naive."""

from __future__ import annotations

import json
from dataclasses import replace

from modules.basics import Problem
from modules.course.check.trying import Given, tried
from modules.course.files.marked import as_json
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader
from modules.scenarios import problems as scenario_problems


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
        said, stops = tried(Given(lab.name, written, lab.options))
        if said:
            sentence = f"With these options {said}. Mend the options or the lab."
            parts.reader.problems.append(
                Problem(parts.path(f"{name}.yaml"), "options", sentence, stops)
            )
