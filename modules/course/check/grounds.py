"""Grounds: nothing graded rests on a fact that was not read in a copy of the original."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from modules.course import facts as fact_texts
from modules.course import model
from modules.course.files.marked import At
from modules.course.files.parts import Parts
from modules.questions.cases import texts

TOLD = frozenset({"why", "source"})
"""Fields that are told after the grade: they may cite whatever is registered."""


def grounds(parts: Parts, facts: Mapping[str, model.Fact]) -> None:
    """An item lists, and cites in what it asks and offers, verified facts only.

    Its reasons may cite others: they are told, not graded.
    """
    for id, item in parts.items.items():
        listed = item.get("facts")
        for index, fact in enumerate(listed if isinstance(listed, list) else ()):
            if parts.structure and _weak(facts, fact):
                _wrong(parts, (id, "facts", index), facts[fact], parts.structure)
        words = parts.text.at(id) if parts.text else None
        for at, text in _asked(words, (id,)):
            for fact in fact_texts.cites(text):
                if parts.text and _weak(facts, fact):
                    _wrong(parts, at, facts[fact], parts.text)


def _weak(facts: Mapping[str, model.Fact], id: Any) -> bool:
    return id in facts and not fact_texts.verified(facts[id])


def _wrong(parts: Parts, at: At, fact: model.Fact, document: Any) -> None:
    sentence = (
        f"{fact.id} has the status {fact.status}: nothing graded rests on it. Cite it in a reason, "
        "or grade the principle instead."
    )
    parts.standard(document, at, sentence)


def _asked(words: Any, at: At) -> Iterator[tuple[At, str]]:
    """Every text of an item but those that are told after it."""
    if isinstance(words, dict):
        for name, value in words.items():
            if name not in TOLD:
                yield from _asked(value, (*at, str(name)))
    else:
        for text in texts(words) if words is not None else ():
            yield at, text
