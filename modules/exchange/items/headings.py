"""Which column of a question list means what: our own names, and those of common templates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# Field -> names of its column, without case, blanks and signs; our own name first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "question": (
        *("question", "questiontext", "stem", "prompt", "item", "questiontitle", "text"),
        *("questions", "sentence", "task"),
    ),
    "type": ("type", "questiontype", "kind", "qtype", "itemtype", "format"),
    "answer": (
        *("answer", "correct", "correctanswer", "correctanswers", "key", "rightanswer", "right"),
        *("solution", "correctoption", "correctoptions", "correctresponse", "answerkey", "answers"),
        *("correctanswerschooseatleastone", "rightanswers", "correctchoice"),
    ),
    "why": (
        *("feedback", "generalfeedback", "explanation", "why", "rationale", "answerexplanation"),
        *("overallexplanation", "reason", "comment", "comments", "explanations"),
    ),
    "tolerance": ("tolerance", "error", "margin", "plusminus", "range"),
    "unit": ("unit", "units"),
    "name": ("title", "name", "id", "questionid", "itemid", "code", "questionname"),
    "category": ("category", "topic", "domain", "section", "subject", "chapter"),
    "tags": ("tags", "tag", "keywords", "labels"),
}
# What a number or a letter may stand behind, for an option and for its reason.
OPTION = ("option", "answeroption", "choice", "response", "distractor", "pair", "step", "answer")
REASON = (
    *("reason", "feedback", "explanation", "why", "rationale", "optionfeedback", "answerfeedback"),
    *("feedbackoption", "reasonoption", "optionreason", "optionexplanation", "choicefeedback"),
)
OPTIONS = 12
"""Columns of options that are read; an item of ours holds eight of them at the most."""
_SIGNS = re.compile(r"[\W_]+")
# How long a text may be, as templates add to a name: "Answer 1 - max 75 characters".
_LIMIT = re.compile(r"\s[-–(]\s?max\.? \d+ char.*$", re.IGNORECASE)
_LIKE_OPTION = re.compile(r"(?:answer|option|choice)s?\d")
_NUMBERED = re.compile(r"([a-z]*?)(\d{1,2}|[a-l])")


@dataclass
class Columns:
    """Where each field stands in a row: options and reasons by their number, from 1."""

    row: int
    fields: dict[str, int] = field(default_factory=dict)
    options: dict[int, int] = field(default_factory=dict)
    reasons: dict[int, int] = field(default_factory=dict)
    names: Sequence[str] = ()
    unread: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()

    def named(self, place: int) -> str:
        """How the file itself calls a column."""
        return " ".join(self.names[place].split())[:60]


def like_options(found: Columns) -> list[str]:
    """Columns that are not read and whose names begin as those of options do."""
    return [one for one in found.unread if _LIKE_OPTION.match(plain(one))]


def plain(name: str) -> str:
    """A column's name without case, blanks and signs."""
    return _SIGNS.sub("", name.casefold())


def columns(row: int, cells: Sequence[str]) -> Columns | None:
    """What a row of names says, or None when it is no row of names for questions."""
    found = Columns(row, names=cells)
    unread: list[str] = []
    twice: list[str] = []
    for place, cell in enumerate(cells):
        if not (name := plain(_LIMIT.sub("", cell))):
            continue
        target, key = _meaning(name, found)
        if target is None:
            unread.append(found.named(place))
        elif key in target:
            twice.append(found.named(place))
        else:
            target[key] = place
    if "question" not in found.fields or not (found.options or "answer" in found.fields):
        return None
    found.unread, found.twice = tuple(unread), tuple(twice)
    return found


def _meaning(name: str, found: Columns) -> tuple[dict[object, int] | None, object]:
    for field_, names in NAMES.items():
        if name in names:
            return found.fields, field_  # type: ignore[return-value]
    if (parts := _NUMBERED.fullmatch(name)) is None:
        return None, name
    word, mark = parts.groups()
    number = int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1
    if not 1 <= number <= OPTIONS:
        return None, name
    if word in REASON:
        return found.reasons, number  # type: ignore[return-value]
    if word in OPTION or (not word and not mark.isdigit()):
        return found.options, number  # type: ignore[return-value]
    return None, name
