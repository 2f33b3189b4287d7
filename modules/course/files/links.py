"""What steps, screens and forms name, held against what is there."""

from __future__ import annotations

from modules.basics import Problem
from modules.course import model
from modules.course.files.marked import At, Document
from modules.course.files.parts import Parts
from modules.course.files.pictured import found

Steps = dict[str, tuple[model.Step, At]]


def links(parts: Parts) -> None:
    """Note whatever a step, a screen or a form names that is not there, and texts left over."""
    head, document = parts.head, parts.head_file
    if not head or not document:
        return
    steps: Steps = {
        step.id: (step, ("sittings", i, "steps", j))
        for i, sitting in enumerate(head.sittings)
        for j, step in enumerate(sitting.steps)
    }
    _texts(parts, steps)
    _steps(parts, document, steps)
    _screens(parts, steps)
    found(parts)


def _texts(parts: Parts, steps: Steps) -> None:
    """The lesson's front matter has a text for each objective, sitting and step, and no other."""
    reader, head, front = parts.reader, parts.head, parts.front
    if not head or not parts.lesson or not front:
        return
    words = front.data
    sittings = [sitting.id for sitting in head.sittings]
    own = [id for id, (step, _) in steps.items() if step.kind != "screen"]
    reader.pair(head.objectives, front, ("objectives",), words.get("objectives"), "objective")
    reader.pair(sittings, front, ("sittings",), words.get("sittings"), "sitting")
    reader.pair(own, front, ("steps",), words.get("steps"), "step")


def _steps(parts: Parts, document: Document, steps: Steps) -> None:
    """The screens and items that steps and the reserve name are there."""
    reader = parts.reader
    for step, at in steps.values():
        if step.kind == "screen" and parts.screens is not None and step.id not in parts.screens:
            sentence = f"No screen {{#{step.id}}} in the lesson. Write it, or take the step out."
            reader.wrong(document, (*at, "id"), sentence)
        for item in step.items if step.kind == "questions" and parts.structure else ():
            if item not in parts.items:
                sentence = f"{item} is not in questions.yaml. Correct the id, or write the item."
                reader.wrong(document, (*at, "items"), sentence)
    for item in parts.head.reserve if parts.head and parts.structure else ():
        if item not in parts.items:
            sentence = f"The reserve names {item}, which is not in questions.yaml. Correct the id."
            reader.wrong(document, ("reserve",), sentence)


def _screens(parts: Parts, steps: Steps) -> None:
    """A step shows each screen, and what screens ask is there and kept for practice."""
    used = {item for step, _ in steps.values() if step.kind == "questions" for item in step.items}
    used |= set(parts.head.reserve if parts.head else ())
    file, noted = parts.path(f"lesson.{parts.language}.md"), parts.reader.problems
    for screen in (parts.screens or {}).values():
        place = f"line {screen.line}, screen {screen.id}"
        if screen.id not in steps or steps[screen.id][0].kind != "screen":
            sentence = "No step of module.yaml shows this screen. Add a step, or delete the screen."
            noted.append(Problem(file, place, sentence))
        for part in screen.parts:
            if not isinstance(part, model.Ask) or not parts.structure:
                continue
            if part.item not in parts.items:
                sentence = (
                    f"{part.item} is not in questions.yaml. Correct the id, or write the item."
                )
            elif part.item in used:
                sentence = f"{part.item} belongs to a form or the reserve. Place a practice item."
            else:
                continue
            noted.append(Problem(file, f"line {part.line}, screen {screen.id}", sentence))
