"""Our questions as items for other systems: what each carries along, and what stays behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from modules import pictured
from modules.course.facts import CITE
from modules.exchange.items.becoming import PICTURE
from modules.exchange.items.brought import Blank, Brought, Note, Number, Option, Pair, Refused
from modules.markup import uncited
from modules.questions import (
    FillIn,
    Item,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Question,
    SingleChoice,
    spoken,
)
from modules.questions.choices import sentences
from modules.questions.fill_in import GAP
from modules.questions.numeric_item import NumericItem
from modules.questions.parts import about

STAYS = {
    "hotspot": "places in a document are chosen in it",
    "redaction": "words of a document are blacked out in it",
    "spot_problem": "rows of a data set are marked and named in it",
    "judgement": "a choice and the reason for it are graded together in it",
}
"""Kinds that only this platform can ask and grade, and why."""


def of(question: Question, key: str | None = None) -> Brought | Refused:
    """A question as an item, in one of its variants: the first, or the one that ``key`` names.

    What other systems have no place for is told in notes. Texts lose their cites of facts. A
    formula is worked out, and the figures of the variant stand in the stem.
    """
    keys = question.variants()
    item = question.variant("", keys[0] if key is None else key)
    one = item.question
    made = Brought(
        kind="single_choice",
        place=one.id,
        name=one.id,
        stem=uncited(_pictured(item.stem)),
        why=uncited(one.why),
        tags=(one.objective, f"difficulty-{one.difficulty}", *["critical"] * one.critical),
        category=one.id.partition("-")[0],
    )
    match one:
        case SingleChoice() | MultipleChoice():
            made = _choice(made, one)
        case Matching():
            made = _matching(made, one)
        case Ordering():
            made = _ordering(made, one)
        case Numeric():
            made = _numeric(made, one, item)
        case FillIn():
            made = _fill_in(made, one)
        case _:
            reason = STAYS.get(one.kind, "it belongs to this platform")
            why_not = f"The kind {one.kind} has no form elsewhere: {reason}."
            return Refused(one.id, one.id, spoken(item.stem)[:120], why_not)
    names = dict.fromkeys(name for _, name in PICTURE.findall(made.stem + made.why))
    return replace(made, pictures=tuple(names), notes=tuple(_stays(question, one)))


def _pictured(stem: str) -> str:
    """A stem with its pictures as other formats have them: a caption is a paragraph below."""
    parts = []
    for one in pictured.parted(stem):
        if isinstance(one, str):
            parts.append(one)
        elif isinstance(one, pictured.Picture):
            alt = re.sub(r"([\\\[\]])", r"\\\1", one.alt)
            parts += [f"![{alt}]({one.path})", *([one.caption] if one.caption else [])]
    return "\n\n".join(parts)


def _choice(made: Brought, one: SingleChoice | MultipleChoice) -> Brought:
    options = (
        Option(uncited(option.text), option.key, uncited(option.why)) for option in one.options
    )
    return replace(
        made,
        kind="single_choice" if isinstance(one, SingleChoice) else "multiple_choice",
        options=tuple(options),
        fixed=not one.shuffle,
    )


def _matching(made: Brought, one: Matching) -> Brought:
    rights = {right.id: uncited(right.text) for right in one.right}
    pairs = (Pair(uncited(left.text), rights[left.to], uncited(left.why)) for left in one.left)
    served = {left.to for left in one.left}
    spare = tuple(text for id, text in rights.items() if id not in served)
    return replace(made, kind="matching", pairs=tuple(pairs), spare=spare)


def _ordering(made: Brought, one: Ordering) -> Brought:
    # Other formats give a step no reason of its own, so these join the one for everybody.
    why = sentences([made.why, *(about(step.text, uncited(step.why)) for step in one.right)])
    return replace(
        made, kind="ordering", steps=tuple(uncited(step.text) for step in one.right), why=why
    )


def _numeric(made: Brought, one: Numeric, item: Item) -> Brought:
    answer = float(item.answer) if isinstance(item, NumericItem) else 0.0
    why = uncited(item.feedback({"value": answer}).why_key)
    number = Number(float(f"{answer:.15g}"), one.tolerance, uncited(one.unit))
    return replace(made, kind="numeric", number=number, why=why)


def _fill_in(made: Brought, one: FillIn) -> Brought:
    numbers = {id: n for n, id in enumerate(GAP.findall(one.sentence), 1)}
    blanks = (
        Blank(
            gap.accept,
            uncited(gap.label),
            uncited(gap.why),
            {text: uncited(trap.why) for trap in gap.traps for text in trap.accept},
        )
        for gap in sorted(one.gaps, key=lambda gap: numbers[gap.id])
    )
    sentence = GAP.sub(lambda found: f"{{{numbers[found[1]]}}}", uncited(one.sentence))
    return replace(made, kind="fill_in", sentence=sentence, blanks=tuple(blanks))


def _stays(question: Question, one: Question) -> Iterator[Note]:
    """What has no place in any other format."""
    if (variants := len(question.variants())) > 1:
        yield Note("left", f"It has {variants} variants; this is one of them.")
    if tags := sorted(set(_tags(one.model_dump()))):
        yield Note("left", f"The misconceptions behind wrong answers: {', '.join(tags)}.")
    if one.facts or CITE.search(str(one.model_dump())):
        yield Note("left", "The sources that its texts cite.")
    if any(isinstance(shown, pictured.Recording) for shown in pictured.shown(one.stem)):
        yield Note("left", "Its recordings.")
    if one.source:
        yield Note("left", f"Where to read it: {spoken(one.source)}.")
    match one:
        case Matching() if any(left.tempts for left in one.left):
            yield Note("left", "The reasons why wrong pairs tempt.")
        case Ordering():
            if any(step.why for step in one.options):
                yield Note("changed", "The reasons of its steps are joined into one for all.")
            if any(trap.why for trap in one.traps):
                yield Note("left", "The reasons why wrong orders tempt.")
        case Numeric():
            if one.parameters:
                yield Note("changed", "Its formula is worked out: the figures are fixed.")
            if one.traps:
                yield Note("left", "Its known wrong numbers and their reasons.")


def _tags(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name == "tag" and inner:
                yield str(inner)
            elif name == "tags" and isinstance(inner, Mapping):
                yield from map(str, inner.values())
            else:
                yield from _tags(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _tags(inner)
