"""Items as a test-wise guesser reads them: options enough, no tricks of wording, no clues."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from modules.course.files.marked import At, Document
from modules.course.files.parts import Parts
from modules.course.guessing import crowded, longest
from modules.course.tricks import ABSOLUTE
from modules.questions import spoken

OPTIONS = {"single_choice": (3, 4), "multiple_choice": (4, 6)}
LONGEST_STEM = 60
ALL_OR_NONE = re.compile(
    r"\bof the above\b"
    r"|^(?:all|none|both|neither|any)(?: of)? (?:these|those|the (?:other|option)s?)\b",
    re.IGNORECASE,
)
NEGATIVE = re.compile(
    r"\bexcept\b|\bNOT\b|\b(?:[Ww]hich|[Ww]hat)\b[^.?!]*?\b(?:is|are|was|were|do|does|did|would|"
    r"should|can|could|may|must)(?:\s+(?:not|never)\b|n[’']t\b)|"
    r"\b[Ww]hich\b[^.?!]*?\b(?:is|are)\s+(?:false|incorrect|untrue)\b",
)
CLUE = 0.15
"""How far above chance the key may be the longest in a module, or sit in one place."""
FEWEST = 12
"""Items of one module from which its shares say something."""


def style(parts: Parts) -> None:
    """Each item by itself, then the keys of the module together."""
    for id, item in parts.items.items():
        words = parts.text.at(id) if parts.text else None
        if parts.structure and parts.text and isinstance(words, Mapping):
            _item(parts, parts.structure, parts.text, id, item)
    _keys(parts)


def _item(
    parts: Parts, structure: Document, text: Document, id: str, item: Mapping[str, Any]
) -> None:
    wrong = parts.reader.wrong
    options = [one for one in _list(item.get("options")) if isinstance(one, Mapping)]
    fewest, most = OPTIONS.get(str(item.get("kind")), (0, len(options)))
    if not fewest <= len(options) <= most:
        sentence = f"Found {len(options)} options; expected {fewest} to {most}. Add or drop some."
        parts.standard(structure, (id, "options"), sentence)
    for option in options:
        if ALL_OR_NONE.search(spoken(str(option.get("text", "")))):
            sentence = "An option about the other options. Say what it means, or drop it."
            parts.standard(text, (id, "options", str(option.get("id"))), sentence)
    at: At = (id, "stem")
    stem = spoken(str(item.get("stem", "")))
    if found := NEGATIVE.search(stem):
        sentence = f"“{found.group()}” asks for what does not hold. Ask for what does."
        parts.standard(text, at, sentence)
    if len(stem.split()) > LONGEST_STEM:
        sentence = f"The stem has {len(stem.split())} words; aim for {LONGEST_STEM}. One idea."
        wrong(text, at, sentence, stops=False)
    told = [(bool(one.get("key")), spoken(str(one.get("text", "")))) for one in options]
    wrongs = [words for key, words in told if not key]
    keys = [words for key, words in told if key]
    clued = bool(wrongs) and all(map(ABSOLUTE.search, wrongs))
    if item.get("kind") == "single_choice" and clued and not any(map(ABSOLUTE.search, keys)):
        sentence = "Only the wrong options say always, never, all or only: a clue. Even out."
        wrong(text, (id, "options"), sentence, stops=False)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _keys(parts: Parts) -> None:
    """Advice on the module: is the key too often the longest, or too often in one place?"""
    chosen = [one for one in parts.questions.values() if one.kind == "single_choice"]
    if len(chosen) < FEWEST or not parts.structure:
        return
    share, chance = longest(chosen)
    if share > chance + CLUE:
        sentence = (
            f"Who picks the longest option is right in {share:.0%}, by chance {chance:.0%}. Trim "
            "keys, or fill out wrong options."
        )
        parts.reader.wrong(parts.structure, (), sentence, stops=False)
    place, share, chance = crowded(chosen)
    if share > chance + CLUE:
        sentence = (
            f"Option {place} is right in {share:.0%}, by chance {chance:.0%}. Move some keys."
        )
        parts.reader.wrong(parts.structure, (), sentence, stops=False)
