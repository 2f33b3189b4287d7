"""course.yaml: no id twice, paths that lead somewhere, modules as they are listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from modules.basics import ContentError, Problem
from modules.course import model
from modules.course.files import course_of
from modules.course.files.library import AIDS
from modules.course.files.parts import Parts


def course(files: Mapping[str, str]) -> tuple[list[Problem], tuple[model.ModuleCard, ...]]:
    """What is wrong with course.yaml, and the modules that it lists."""
    try:
        listed = course_of(files)
    except ContentError as error:
        return error.problems, ()
    found = []
    for what, ids in (
        ("module", [card.id for card in listed.modules]),
        ("slug", [card.slug for card in listed.modules]),
        ("path", [path.id for path in listed.paths]),
        ("need under help", [need.id for need in listed.help]),
    ):
        for id, times in Counter(ids).items():
            if times > 1:
                sentence = f"The {what} {id} is here {times} times. Keep one."
                found.append(Problem("course.yaml", id, sentence))
    known = {card.id for card in listed.modules}
    for path in listed.paths:
        for id in path.modules:
            if id not in known:
                sentence = f"The path names {id}, which is not a module here. Correct the id."
                found.append(Problem("course.yaml", f"paths > {path.id}", sentence))
    found += _needs(files, listed)
    return found, listed.modules


def _needs(files: Mapping[str, str], listed: model.Course) -> Iterator[Problem]:
    """Each need leads to a job aid; one of a module that is still to be written is advice."""
    planned = {card.id: card.planned for card in listed.modules}
    slugs = {card.id: card.slug for card in listed.modules}
    for need in listed.help:
        place = f"help > {need.id}"
        folder = slugs.get(need.aid, AIDS)
        begin = f"{folder}/{'job-aid' if need.aid in slugs else need.aid}."
        if planned.get(need.aid):
            sentence = f"{need.aid} is not written yet, so this is not offered. Write its job aid."
            yield Problem("course.yaml", place, sentence, stops=False)
        elif not any(path.startswith(begin) and path.endswith(".md") for path in files):
            sentence = f"There is no job aid {need.aid}. Name a module, or a file in {AIDS}/."
            yield Problem("course.yaml", place, sentence)


def as_listed(parts: Parts, cards: tuple[model.ModuleCard, ...]) -> None:
    """The module's own files say of it what course.yaml says."""
    head, document = parts.head, parts.head_file
    if not head or not document or not cards:
        return
    if head.slug != parts.slug:
        sentence = f"Found slug “{head.slug}”; expected the folder's name, {parts.slug}. Change it."
        parts.reader.wrong(document, ("slug",), sentence)
    card = next((card for card in cards if card.slug == parts.slug), None)
    if card is None and parts.own:
        return
    if card is None:
        parts.reader.wrong(document, (), "course.yaml does not list this module. Add a line there.")
        return
    for name in ("id", "family", "level", "minutes"):
        here, there = getattr(head, name), getattr(card, name)
        if here != there:
            sentence = f"Found {here}; course.yaml says {there}. Make them agree."
            parts.reader.wrong(document, (name,), sentence)
    if parts.lesson and parts.front and parts.language == "en" and parts.lesson.title != card.title:
        sentence = (
            f"Found “{parts.lesson.title}”; course.yaml says “{card.title}”. Make them agree."
        )
        parts.reader.wrong(parts.front, ("title",), sentence)
