"""QTI's interactions of typing: words into gaps, or a number."""

from __future__ import annotations

import math
from dataclasses import replace

from lxml import etree

from modules.exchange.items.brought import Blank, Brought, Number
from modules.exchange.items.gaps import HELD, held, parted
from modules.exchange.items.gathering import NotTakenError, bare
from modules.exchange.items.qti_declared import NUMBERS, Declared, between, number
from modules.exchange.items.qti_parts import Parts
from modules.exchange.items.qti_tree import drop, inside

# Characters of the longest text behind a field that is taken as a unit.
UNIT = 30


def entry(parts: Parts, first: etree._Element) -> Brought:
    """A number where there is one field for it; else gaps."""
    fields = list(parts.body.iter("textEntryInteraction"))
    for field in fields:
        if mask := field.get("patternMask"):
            parts.gathering.left(f"A pattern for what may be typed was left out: {bare(mask, 60)}")
        if hint := field.get("placeholderText"):
            parts.gathering.left(f"A hint in the field was left out: “{bare(hint, 60)}”")
    if len(fields) == 1 and parts.declared(first).base in NUMBERS:
        right = _number(parts, parts.declared(first))
        stem, unit = _asked(parts, first)
        return Brought("numeric", "", "", stem, number=replace(right, unit=unit))
    blanks = tuple(_blank(parts, parts.declared(one), n) for n, one in enumerate(fields, 1))
    if parts.marking.exact and len(fields) > 1:
        parts.gathering.changed("It counts all or nothing. Here each gap counts.")
    if HELD.search("".join(parts.body.itertext())):
        raise NotTakenError("Its text holds signs of a private use.")
    for n, field in enumerate(fields, 1):
        drop(field, held(n))
    text = parts.gathering.blocks(inside(parts.body, parts.gathering), parts.files)
    stem, sentence = parted(text, parts.gathering)
    return Brought("fill_in", "", "", stem, sentence=sentence, blanks=blanks)


def slider(parts: Parts, interaction: etree._Element) -> Brought:
    """A number chosen on a scale: typed here."""
    parts.gathering.changed("It is answered on a scale. Here the number is typed.")
    right = _number(parts, parts.declared(interaction))
    return Brought("numeric", "", "", parts.stem(interaction), number=right)


def _asked(parts: Parts, field: etree._Element) -> tuple[str, str]:
    """The stem of a number, and its unit: what follows a field that begins its paragraph.

    Our field is below the stem, so a gap is seen only where other words follow.
    """
    drop(field, held(1))
    text = parts.gathering.blocks(inside(parts.body, parts.gathering), parts.files)
    paragraphs, unit = list[str](), ""
    for paragraph in text.split("\n\n"):
        found = HELD.match(paragraph.strip())
        behind = paragraph.strip()[found.end() :].strip() if found else ""
        if found and paragraphs and 0 < len(behind) <= UNIT:
            unit = behind
            continue
        alone = HELD.sub("", paragraph).strip()
        ends = HELD.sub("", paragraph.rstrip(" .")) == paragraph.rstrip(" .")[: -len(held(1))]
        paragraphs.append(alone if ends else HELD.sub("……", paragraph))
    return "\n\n".join(filter(None, paragraphs)), unit


def _number(parts: Parts, declared: Declared) -> Number:
    near = parts.marking.near.get(declared.name, [])
    if declared.name in parts.marking.mapped and declared.worth and not near:
        best = max(declared.worth.values())
        near = [
            (number(key, "A right number"), number(key, "A right number"), worth)
            for key, worth in declared.worth.items()
            if worth == best
        ]
        for key, worth in declared.worth.items():
            if worth != best:
                parts.gathering.left(
                    f"What {bare(key, 40)} is worth there was left out: {worth:g}."
                )
    if not near:
        near = [(value, value, 1.0) for one in declared.right for value in [number(one, "It")]]
    if not near:
        raise NotTakenError("It does not say which number is right.")
    best = max(worth for _, _, worth in near)
    low, high, _ = next(one for one in near if one[2] == best)
    for other in near:
        if other[:2] != (low, high):
            parts.gathering.left(
                f"Numbers from {other[0]:g} to {other[1]:g} are worth {other[2]:g} there. Here one "
                "right number is kept."
            )
    if declared.name in parts.marking.open and low < high:
        parts.gathering.changed(
            f"An end of what is right, {low:g} or {high:g}, does not count there. Here it does."
        )
    value = between(low, high) / 2
    if declared.right:
        named = number(declared.right[0], "The right answer")
        if low <= named <= high:
            value = named
    reach = [abs(between(end, -value)) for end in (low, high)]
    if not math.isclose(*reach, rel_tol=1e-9, abs_tol=1e-12):
        value, reach = between(low, high) / 2, [between(high, -low) / 2]
        parts.gathering.changed(
            f"Right is what lies from {low:g} to {high:g}: {value:g} is its middle."
        )
    return Number(value, reach[0], "", parts.feedbacks.to(declared.name, "right"))


def _blank(parts: Parts, declared: Declared, n: int) -> Blank:
    marks, name = parts.marking, declared.name
    if declared.cardinality == "record":
        raise NotTakenError(f"Gap {n} is kept as a record, which has no form here.")
    worth = {**marks.worth.get(name, {})}
    if name in marks.mapped and declared.worth:
        worth = {**declared.worth}
    if not worth and any(one[0] != one[1] for one in marks.near.get(name, [])):
        raise NotTakenError(
            f"Gap {n} is a number with a tolerance. Write it as a numeric question."
        )
    rights = worth or dict.fromkeys(declared.right, 1.0)
    if worth and name in marks.right:
        rights = {**worth, **dict.fromkeys(declared.right, max(worth.values()))}
    best = max(rights.values(), default=0.0)
    if best <= 0:
        raise NotTakenError(f"It does not say what is right in gap {n}.")
    wrong = {}
    for text, value in rights.items():
        if value < best:
            wrong[text] = parts.feedbacks.to(name, text)
            if value > 0:
                parts.gathering.changed(
                    f"“{bare(text, 60)}” is worth a part of the mark in gap {n}. Here a typed "
                    "answer is right or wrong, and it counts as wrong."
                )
    accept = tuple(text for text, value in rights.items() if value == best)
    return Blank(
        accept,
        why=" ".join(filter(None, (parts.feedbacks.to(name, text) for text in accept))),
        wrong=wrong,
    )
