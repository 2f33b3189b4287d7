"""Feedback: why what is right is right, which belief is behind what is wrong, where to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from modules.course.files.faults import shown
from modules.course.files.marked import At
from modules.course.files.parts import Parts
from modules.questions import spoken
from modules.questions.cases import filled

RIGHT, WRONG = "all are right", "all are wrong"
ANSWERS: dict[str, dict[str, str]] = {
    "single_choice": {"options": "key"},
    "multiple_choice": {"options": "key"},
    "numeric": {"": RIGHT, "traps": WRONG},
    "ordering": {"options": RIGHT, "traps": WRONG},
    "matching": {"left": RIGHT, "left/tags": WRONG},
    "fill_in": {"gaps": RIGHT, "gaps/traps": WRONG},
    "hotspot": {"spots": "key"},
    "redaction": {"spans": "hide"},
    "spot_problem": {"problems": RIGHT, "rows": WRONG},
    "judgement": {"options": "acceptable", "reasons": "supports"},
}
"""By kind, the fields whose parts say why, and what marks a part that needs no tag: it is right.

The field "" is the item itself, "left/tags" are the pairs that tempt. Every row of a data set can
be answered wrongly: a sound one when it is marked, another when it is left or named amiss.
"""
UNASKED = {"traps", "tempts", "rows"}
"""Fields whose texts are not missed when the files are read."""

Part = tuple[Mapping[str, Any], At, At]
"""A part, its place in the structure, and that of its reason in the text."""


def feedback(parts: Parts) -> None:
    """Every answer has its reason, every wrong one its misconception, every item its source."""
    structure, text = parts.structure, parts.text
    for id, item in parts.items.items() if structure else ():
        written = text.at(id) if text else None
        words = written if isinstance(written, Mapping) else None
        fields = ANSWERS.get(str(item.get("kind")), {})
        if words and "why" in words:
            fields = {"": RIGHT} | fields
        for field, right in fields.items():
            for part in _parts(item, field, (id,), (id,)):
                if right == WRONG or (right != RIGHT and not part[0].get(right)):
                    _tagged(parts, part)
                if words:
                    _reasoned(parts, part, words)
        if text and words and _silent(words.get("source"), words):
            sentence = f"Found {shown(words.get('source'))}; expected where a learner can read it."
            parts.standard(text, (id, "source"), f"{sentence} Name the screen.")


def _parts(part: Mapping[str, Any], path: str, at: At, there: At) -> Iterator[Part]:
    """The parts at a path of fields, such as ``gaps/traps``."""
    field, _, inner = path.partition("/")
    if not field:
        yield part, at, there
    elif field == "tags":
        tags, tempts = (mapping(part.get(name)) for name in ("tags", "tempts"))
        for right in {**tags, **tempts}:
            yield {"tag": tags.get(right)}, (*at, "tags", right), (*there, "tempts", right)
    else:
        for number, one in records(part.get(field)):
            told = (*there, field, str(one.get("id", one.get("tag"))))
            yield from _parts(one, inner, (*at, field, number), told)


def mapping(value: Any) -> Mapping[str, Any]:
    """``value``, or nothing where it is no mapping, which was found already."""
    return value if isinstance(value, Mapping) else {}


def records(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The records of a list with their numbers."""
    for number, one in enumerate(value if isinstance(value, list) else ()):
        if isinstance(one, Mapping):
            yield number, one


def _tagged(parts: Parts, part: Part) -> None:
    if parts.structure and not str(part[0].get("tag") or "").strip():
        sentence = "Found no tag; expected the misconception that a wrong answer here shows."
        at = part[1] if part[1][-2] == "tags" else (*part[1], "tag")
        parts.standard(parts.structure, at, f"{sentence} Add its tag.")


def _reasoned(parts: Parts, part: Part, words: Mapping[str, Any]) -> None:
    text, there = parts.text, part[2]
    told = text.at(*there) if text else None
    reason = told.get("why") if isinstance(told, Mapping) else told
    missed = told is None and there[-2] not in UNASKED
    if text and not missed and _silent(reason, words):
        sentence = f"Found {shown(reason)}; expected why it is right, or why it tempts. Write it."
        parts.standard(text, (*there, "why") if isinstance(told, Mapping) else there, sentence)


def _silent(told: Any, words: Mapping[str, Any]) -> bool:
    """Whether nothing of it would be read aloud, in some case at least."""
    if not isinstance(told, str):
        return told is None
    if "{" not in told:
        return not spoken(told)
    cases = [mapping(case) for case in mapping(words.get("cases")).values()]
    filled_in = (filled(told, {name: str(case[name]) for name in case}) for case in cases or [{}])
    return not all(map(spoken, filled_in))
