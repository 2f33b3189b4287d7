"""Our own form: what was brought as records of ``questions.yaml`` and its words, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from modules import words as wording
from modules.basics import Words
from modules.course.files.faults import sentence
from modules.exchange.items.becoming import PICTURE, Making
from modules.exchange.items.brought import Brought, Note, Refused
from modules.exchange.items.gaps import FILL
from modules.exchange.items.leaving import of
from modules.questions import read_question, spoken

__all__ = ["Records", "fitted", "of", "records", "wrong_answers"]


NOTHING: Mapping[int, str] = {}


@dataclass(frozen=True)
class Records:
    """One item as our files have it: its structure, its words, and what became of its parts."""

    structure: dict[str, Any]
    words: dict[str, Any]
    notes: tuple[Note, ...] = ()


def records(
    item: Brought,
    *,
    id: str,
    objective: str,
    difficulty: int = 2,
    tag: str = "",
    tags: Mapping[int, str] = NOTHING,
    source: str = "",
    say: Words | None = None,
) -> Records | Refused:
    """An item as two records; ``tag`` is the misconception of wrong answers, "" for none yet.

    ``tags`` are those of single ones, by their number in `wrong_answers`. ``say`` words what the
    file did not word itself, such as true and false; English where it is None.
    A reason that the file did not give stays empty, and the content check asks for it. What our
    type cannot hold is refused in the words of the type itself.
    """
    structure: dict[str, Any] = {
        "id": id,
        "kind": item.kind,
        "objective": objective,
        "difficulty": difficulty,
        "critical": False,
        "facts": [],
    }
    say = say or wording.of(wording.FALLBACK)
    stem = item.stem.strip()
    if item.sentence and stem == FILL:
        stem = say("brought.fills" if len(item.blanks) > 1 else "brought.fill")
    words: dict[str, Any] = {"stem": stem}
    made = Making(item, tag, tags, say)
    try:
        if not spoken(item.stem):
            raise ValueError("It does not say what is asked.")
        fields = getattr(made, item.kind)()
        structure |= fields[0]
        words |= fields[1]
        if item.why.strip():
            words["why"] = item.why.strip()
        words["source"] = source
        read_question(structure, words)
    except ValidationError as error:
        return _refused(item, sentence(error.errors()[0], []).removesuffix(" Mend this entry."))
    except ValueError as error:
        return _refused(item, str(error))
    made.tell_general()
    return Records(structure, words, (*item.notes, *made.notes))


def fitted(item: Brought) -> Brought | Refused:
    """The item with all that becomes of it in our form among its notes, or why it has no place."""
    made = records(item, id="M50-Q01", objective="O1")
    if isinstance(made, Refused):
        return made
    shown = {name for _, name in PICTURE.findall(_everything(made.words))}
    return replace(
        item, notes=made.notes, pictures=tuple(one for one in item.pictures if one in shown)
    )


def wrong_answers(item: Brought) -> tuple[str, ...]:
    """The wrong answers that can have a misconception each: options, and known wrong words."""
    options = [one.text for one in item.options if not one.right]
    return (*options, *(text for blank in item.blanks for text in blank.wrong))


def _refused(item: Brought, why: str) -> Refused:
    begins = spoken(f"{item.stem} {item.sentence}")[:120]
    return Refused(item.place, item.name, begins, why)


def _everything(value: Any) -> str:
    if isinstance(value, Mapping):
        return "\n".join(_everything(one) for one in value.values())
    if isinstance(value, list | tuple):
        return "\n".join(map(_everything, value))
    return str(value)
