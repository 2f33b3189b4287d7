"""Texts compared line by line: what changed, put back, and two people's changes made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True)
class Patch:
    """From ``line`` on (from 0), the lines ``old`` gave way to ``new``."""

    line: int
    old: str
    new: str


class Clash(Exception):
    """Both changed the same lines: neither may be written over the other."""


def parted(text: str) -> list[str]:
    """Lines with their ends, parted at line feeds only, as YAML and Markdown count them."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def patch(before: str, after: str) -> Patch:
    """The one block of lines that differs."""
    old, new = parted(before), parted(after)
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return Patch(
        start,
        "".join(old[start : len(old) - end]),
        "".join(new[start : len(new) - end]),
    )


def applied(text: str, change: Patch) -> str:
    """``text`` with a patch. Raises Clash when the lines it takes the place of are not there."""
    lines, old = parted(text), parted(change.old)
    if lines[change.line : change.line + len(old)] != old:
        raise Clash
    lines[change.line : change.line + len(old)] = [change.new]
    return "".join(lines)


def undone(text: str, change: Patch) -> str:
    """``text`` without a patch that was the last one. Raises Clash when it was not."""
    return applied(text, Patch(change.line, change.new, change.old))


def merged(base: str, mine: str, theirs: str) -> str:
    """Both changes of ``base`` in one text. Raises Clash where they touch the same lines.

    Two insertions at one place touch each other too: nobody can say which comes first.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    old = parted(base)
    edits = sorted(
        {
            (one, two, "".join(parted(text)[three:four]))
            for text in (mine, theirs)
            for tag, one, two, three, four in _opcodes(old, parted(text))
            if tag != "equal"
        }
    )
    out, at = list[str](), 0
    for number, (start, end, new) in enumerate(edits):
        earlier = edits[number - 1] if number else None
        if earlier and (start < earlier[1] or start == earlier[0] or start == earlier[1] == end):
            raise Clash
        out += [*old[at:start], new]
        at = end
    return "".join([*out, *old[at:]])


def settled(base: str, mine: str, theirs: str, *, take: Literal["mine", "theirs"]) -> str:
    """Both changes of ``base`` in one text; where they touch the same lines, those of one side."""
    old = parted(base)
    edits = sorted(
        (one, two, side, parted(text)[three:four])
        for side, text in (("mine", mine), ("theirs", theirs))
        for tag, one, two, three, four in _opcodes(old, parted(text))
        if tag != "equal"
    )
    out, at = list[str](), 0
    while edits:
        start, end, _, _ = edits[0]
        # What touches it, and what touches that: one place of the text.
        together = [edits.pop(0)]
        while edits and _touches(edits[0], together[-1][0], end):
            together.append(edits.pop(0))
            end = max(end, together[-1][1])
        sides = {side for _, _, side, _ in together}
        kept = take if len(sides) > 1 else sides.pop()
        out += old[at:start]
        place = start
        for first, last, side, new in together:
            if side == kept:
                out += [*old[place:first], *new]
                place = last
        out += old[place:end]
        at = end
    return "".join([*out, *old[at:]])


def returned(base: str, theirs: str, mine: str) -> str:
    """``mine`` with every change that ``theirs`` made of ``base`` and that is not in it.

    Equal to ``mine`` where all are: then nothing is left to choose.
    """
    old, other, own = parted(base), parted(theirs), parted(mine)
    came = [edit[3:] for edit in _opcodes(old, other) if edit[0] != "equal"]
    out = list[str]()
    for tag, start, end, first, last in _opcodes(other, own):
        block = (start, end, last - first)
        kept = tag == "equal" or any(_undoes(block, one) for one in came)
        out += other[start:end] if kept else own[first:last]
    return "".join(out)


def _undoes(block: tuple[int, int, int], came: tuple[int, int]) -> bool:
    """Whether so many lines in the place of others take back what came there."""
    (start, end, lines), (first, last) = block, came
    if first < last:
        return start < last and first < end
    # Lines went there: more lines than give way bring them back, or others in their place.
    return start <= first <= end and lines > end - start


def _touches(edit: tuple[int, int, str, list[str]], start: int, end: int) -> bool:
    """Whether a change belongs to the one before it, as `merged` sees it."""
    first, last = edit[:2]
    return first < end or first == start or first == end == last


def _opcodes(one: list[str], two: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
