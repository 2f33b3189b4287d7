"""What each module holds, counted: words, minutes, items, facts, reading grade, story and lab."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from statistics import median
from typing import Any

from modules.course import lesson, model
from modules.course.files import read_course, read_module
from modules.course.files.folder import texts
from modules.course.files.reader import Reader
from modules.course.guessing import guess
from modules.course.model import Module
from modules.questions import AnyQuestion, spoken
from modules.questions.cases import texts as leaves

LOCAL = re.compile(r"\{local:([a-z][a-z-]*)\}")
ADDRESS = re.compile(r"\]\([^)]*\)")
TOKEN = re.compile(r"\w[\w’'-]*")


def stats(root: Path, language: str = "en") -> dict[str, Any]:
    """Every available module's figures in one language, and those of the bank as a whole.

    Words are those that a learner can meet, every option, reason and road of the story included.
    Minutes are the writer's. Reading grades are US school grades by Flesch and Kincaid, of screens
    of forty words or more. Raises ContentError for a module that cannot be read.
    """
    cards = [card for card in read_course(root).modules if not card.planned]
    modules = [read_module(root, card.slug, language, None) for card in cards]
    questions = [one for module in modules for one in module.questions.values()]
    facts = {id: fact for module in modules for id, fact in module.facts.items()}
    return {
        "modules": [_module(root, module) for module in modules],
        "all": {
            "minutes": sum(module.minutes for module in modules),
            **_items(questions),
            "facts": _by_status(facts),
            "guesser": _guesser(questions),
        },
    }


def _module(root: Path, module: Module) -> dict[str, Any]:
    kept = {id for ids in module.delayed.values() for id in ids}
    files, _ = texts(root, module.slug)
    read = {
        "lesson": _of(files, module, "lesson"),
        "items": _of(files, module, "questions"),
        "scenario": _of(files, module, "scenario"),
        "job_aid": _of(files, module, "job-aid"),
        "labs": sum(_of(files, module, name) for name in module.labs),
    }
    story = module.scenario
    choices = [choice for node in story.nodes.values() for choice in node.choices] if story else []
    return {
        "id": module.id,
        "version": module.version,
        "level": module.level,
        "minutes": module.minutes,
        "words": {**read, "all": sum(read.values())},
        "screens": len(module.screens),
        **_items([one for id, one in module.questions.items() if id not in kept]),
        "families": len({module.families.get(id, id) for id in module.questions if id not in kept}),
        "delayed": len(kept),
        "facts": _by_status(module.facts),
        "reading_grade": _grades(module),
        "scenario": story.title if story else None,
        "decisions": len({node.decision for node in story.nodes.values()}) if story else 0,
        "endings": len(story.endings) if story else 0,
        "citizen_texts": sum(choice.citizen is not None for choice in choices),
        "labs": [lab.name for lab in module.labs.values()],
        "local_facts": sorted({key for text in files.values() for key in LOCAL.findall(text)}),
        "guesser": _guesser(module.questions.values()),
    }


def _items(questions: list[AnyQuestion]) -> dict[str, Any]:
    return {
        "items": len(questions),
        "variants": sum(len(one.variants()) for one in questions),
        "critical": sum(one.critical for one in questions),
        "by_type": dict(sorted(Counter(one.kind for one in questions).items())),
        "by_difficulty": dict(sorted(Counter(one.difficulty for one in questions).items())),
    }


def _guesser(questions: Iterable[AnyQuestion]) -> dict[str, Any]:
    found = guess(questions)
    return {"fair": found.fair, **asdict(found)}


def _by_status(facts: Mapping[str, model.Fact]) -> dict[str, int]:
    return dict(sorted(Counter(fact.status for fact in facts.values()).items()))


def _of(files: Mapping[str, str], module: Module, name: str) -> int:
    """The words of one of a module's text files."""
    path = f"{module.slug}/{name}.{module.language}"
    document = Reader(files).document(f"{path}.yaml", needed=False)
    told = leaves(document.data) if document else [files.get(f"{path}.md", "")]
    return sum(len(TOKEN.findall(spoken(ADDRESS.sub("]", text)))) for text in told)


def _grades(module: Module) -> dict[str, Any]:
    """The median grade of the screens, and the hardest of them."""
    found = {}
    for screen in module.screens.values():
        told = [one.prose for one in screen.told]
        grade = lesson.grade_level("\n\n".join(told))
        if grade is not None:
            found[screen.id] = grade
    if not found:
        return {"median": None, "hardest": None, "screen": None}
    worst = max(found, key=lambda id: found[id])
    return {
        "median": round(median(found.values()), 1),
        "hardest": round(found[worst], 1),
        "screen": worst,
    }
