"""Facts, sources and misconceptions: registered, reviewed in time, used."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from modules.basics import Problem
from modules.course import facts as fact_texts
from modules.course import model
from modules.course.files.marked import At, Document
from modules.course.files.parts import Parts
from modules.course.files.reader import Reader


def reviewed(
    document: Document | None,
    facts: Mapping[str, model.Fact],
    sources: Mapping[str, model.Source],
    today: date | None,
) -> list[Problem]:
    """Facts without a registered source, or whose review is overdue today (None: not judged)."""
    if document is None:
        return []
    reader = Reader({})
    late = fact_texts.expired(facts.values(), today) if today else ()
    for index, entry in enumerate(document.data):
        fact = facts.get(str(entry.get("id"))) if isinstance(entry, Mapping) else None
        if fact and fact.source not in sources:
            sentence = f"The source {fact.source} is not in sources.yaml. Register or correct it."
            reader.wrong(document, (index, "source"), sentence)
        if fact in late and fact:
            sentence = f"{fact.id} was to be reviewed by {fact.review_by}. Open its source again."
            reader.wrong(document, (index, "review_by"), sentence)
    return reader.problems


def unused(
    document: Document, records: Mapping[str, Any], used: set[str], what: str
) -> list[Problem]:
    """Records that nothing relies on: nobody would notice when they grow old."""
    reader = Reader({})
    for index, entry in enumerate(document.data):
        id = entry.get("id") if isinstance(entry, Mapping) else None
        if id in records and id not in used:
            reader.wrong(document, (index, "id"), f"No {what} uses {id}. Use it, or delete it.")
    return reader.problems


def unshown(
    document: Document, misconceptions: Mapping[str, Any], shown: set[str]
) -> list[Problem]:
    """Advice on misconceptions that no answer can show."""
    reader = Reader({})
    for index, entry in enumerate(document.data):
        id = entry.get("id") if isinstance(entry, Mapping) else None
        if id in misconceptions and id not in shown:
            sentence = f"No wrong answer shows {id}. Tag one with it, or delete it."
            reader.wrong(document, (index, "id"), sentence, stops=False)
    return reader.problems


def believed(
    parts: Parts, tags: Mapping[str, tuple[Document, At]], misconceptions: Mapping[str, Any]
) -> None:
    """Every tag of a wrong answer is a registered misconception."""
    for tag, (document, at) in tags.items():
        if tag not in misconceptions:
            sentence = (
                f"The tag {tag} is not in misconceptions.yaml. Correct it, or register it there "
                "with a sentence that says the mistaken belief."
            )
            parts.reader.wrong(document, at, sentence)


def registered(
    parts: Parts,
    cited: Mapping[str, str],
    facts: Mapping[str, model.Fact],
    sources: Mapping[str, model.Source],
) -> None:
    """Whatever fact or source the module names is in the registers."""
    reader = parts.reader
    for id, path in cited.items():
        if id not in facts:
            sentence = f"The fact {id} is not in facts.yaml. Correct the id, or register the fact."
            line = next(
                (n for n, line in enumerate(reader.files[path].splitlines(), 1) if id in line), 1
            )
            reader.problems.append(Problem(path, f"line {line}, {id}", sentence))
    for index, id in enumerate(parts.head.sources if parts.head else ()):
        if id not in sources and parts.head_file:
            sentence = f"The source {id} is not in sources.yaml. Correct the id, or register it."
            reader.wrong(parts.head_file, ("sources", index), sentence)
