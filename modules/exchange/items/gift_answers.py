"""What stands in the braces of a GIFT question, by kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from modules.exchange.items.brought import Blank, Brought, Kind, Note, Number, Option, Pair
from modules.exchange.items.gaps import FILL, FILLED
from modules.exchange.items.gift_text import Wording, bare
from modules.questions import spoken
from modules.questions.fill_in_item import LONGEST
from modules.questions.number_text import LARGEST

GAP = "_____"
MOST = 100
"""Answers of one question."""
TRUE = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:[.,]\d{1,10})?)%")
_MARK = re.compile(r"[=~]")
# An asterisk stands for any letters, unless a backslash says that it is one.
_ANY = re.compile(r"(?<!\\)\*")
_NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:[.,]\d{0,30})?|[.,]\d{1,30})(?:[eE][+-]?\d{1,3})?")


@dataclass(frozen=True)
class Answer:
    """One answer: after ``=`` or not, its weight from -1 to 1 if it has one, text and reason."""

    right: bool
    share: float | None
    text: str
    why: str


def kind_of(block: str) -> str:
    """Which kind the braces hold, told as Moodle tells it."""
    if not block:
        return "essay"
    if block.startswith("#"):
        return "numeric"
    if "~" in block:
        return "choice"
    if "=" in block and "->" in block:
        return "matching"
    if block.partition("#")[0].strip().upper() in TRUE:
        return "truth"
    return "short"


def answers(block: str) -> list[Answer]:
    """The answers of a block, parted at ``=`` and ``~``. Raises ValueError where one is unclear."""
    marks = list(islice(_MARK.finditer(block), MOST + 1))
    if len(marks) > MOST:
        raise ValueError(f"It has more than {MOST} answers. In a text write \\= and \\~.")
    _no_stray(block, [found.start() for found in marks])
    told = []
    if head := block[: marks[0].start() if marks else len(block)].strip():
        told.append(_answer(True, head))
    for n, found in enumerate(marks):
        end = marks[n + 1].start() if n + 1 < len(marks) else len(block)
        told.append(_answer(found[0] == "=", block[found.end() : end]))
    return told


def _answer(right: bool, text: str) -> Answer:
    share = None
    if found := _WEIGHT.match(text):
        share = max(-1.0, min(1.0, float(found[1].replace(",", ".")) / 100))
        text = text[found.end() :]
    told, _, why = text.partition("#")
    return Answer(right, share, told.strip(), why.strip())


def _no_stray(block: str, marks: list[int]) -> None:
    """Refuse ``=`` within a word where the answers stand apart and one is right: it is a text's.

    Moodle would begin an answer there, and make a part of a wrong one right.
    """
    apart = [n for n, at in enumerate(marks) if not n or block[at - 1].isspace()]
    if len(apart) < 2 or not any(block[marks[n]] == "=" for n in apart):
        return
    for n, at in enumerate(marks):
        if n not in apart and block[at] == "=" and not block[at + 1 : at + 2].isspace():
            raise ValueError(
                f"“{bare(block[max(0, at - 12) : at + 12])}”: is this “=” a part of the text, or "
                "does another answer begin there? Write \\= for the sign, or a blank before an "
                "answer."
            )


def _with_gap(wording: Wording, after: str, gap: str = GAP) -> str:
    """The stem, with a line for the gap where text goes on behind the braces."""
    if not after:
        return wording.blocks(wording.stem)
    space = "" if after[0] in ".,;:!?)" else " "
    return wording.blocks(f"{wording.stem} {gap}{space}{after}")


def _essay(wording: Wording, block: str, after: str) -> Brought:
    raise ValueError(
        "It is an essay: somebody has to read what is written. Ours are graded at once; ask for a "
        "choice, or put it into a lesson as something to think about."
    )


def _choice(wording: Wording, block: str, after: str) -> Brought:
    told = answers(block)
    rights = [one for one in told if one.right]
    several = not rights
    stem = _with_gap(wording, after)
    options = []
    for one in told:
        share = one.share if one.share is not None else (1.0 if one.right else 0.0)
        right = one.right or (several and share > 0)
        options.append(Option(wording.line(one.text), right, wording.blocks(one.why), share))
    if len(rights) > 1:
        wording.tell(
            Note(
                "changed",
                f"{len(rights)} options are right, and one was enough: here all that are right "
                "have to be chosen.",
            )
        )
        options = [Option(one.text, one.right, one.why) for one in options]
        several = True
    kind: Kind = "multiple_choice" if several else "single_choice"
    return Brought(kind, "", "", stem, options=tuple(options))


def _truth(wording: Wording, block: str, after: str) -> Brought:
    parts = [one.strip() for one in block.split("#")]
    right = TRUE[parts[0].upper()]
    wrong_why, right_why = [*parts[1:], "", ""][:2]
    if len(parts) > 3:
        raise ValueError("True or false has two reasons at most: for wrong answers, and for right.")
    stem = wording.blocks(f"{wording.stem} {after}".strip())
    options = tuple(
        Option(word, value == right, wording.blocks(right_why if value == right else wrong_why))
        for word, value in (("True", True), ("False", False))
    )
    if not parts[0].isupper():
        sentence = f"“{parts[0]}” is taken as true or false; Moodle wants it in capital letters."
        wording.tell(Note("changed", sentence))
    return Brought("single_choice", "", "", stem, options=options, truth=True)


def _matching(wording: Wording, block: str, after: str) -> Brought:
    pairs, spare = [], []
    for one in answers(block):
        left, arrow, right = one.text.partition("->")
        if not arrow or not right.strip():
            raise ValueError(f"“{bare(one.text)[:60]}” is no pair: write “= left -> right”.")
        if left.strip():
            why = wording.blocks(one.why)
            pairs.append(Pair(wording.line(left), wording.line(right), why))
        else:
            spare.append(wording.line(right))
    stem = _with_gap(wording, after)
    return Brought("matching", "", "", stem, pairs=tuple(pairs), spare=tuple(spare))


def _short(wording: Wording, block: str, after: str) -> Brought:
    accept: list[str] = []
    wrong: dict[str, str] = {}
    why = ""
    for one in answers(block):
        text, reason = bare(one.text), wording.blocks(one.why)
        starred, text = _ANY.search(text), text.replace("\\*", "*")
        if starred:
            sentence = f"“{text[:60]}” stands for any letters, which ours cannot match."
            wording.tell(Note("left", f"{sentence} {f'It said: {reason}' * bool(reason)}".strip()))
        elif one.share is None or one.share >= 1:
            accept.append(text)
            why = why or reason
            if reason and reason != why:
                wording.tell(Note("left", f"The reason at “{text}”: {spoken(reason)[:200]}"))
        elif len(text) <= LONGEST:
            wrong[text] = reason
            if one.share > 0:
                wording.tell(
                    Note("changed", f"“{text}” earned {one.share:.0%}; here it is not right.")
                )
        else:
            wording.tell(Note("left", f"“{text[:60]}”, which is longer than one can type here."))
    if not accept:
        raise ValueError("None of its answers is wholly right and can be typed as it stands.")
    blank = Blank(tuple(dict.fromkeys(accept)), why=why, wrong=wrong)
    if not after:
        return Brought("fill_in", "", "", wording.blocks(wording.stem), blanks=(blank,))
    wording.tell(Note("changed", FILLED))
    before, behind = wording.line(wording.stem), wording.line(after)
    space = "" if after[0] in ".,;:!?)" else " "
    sentence = f"{before} {{1}}{space}{behind}".strip()
    return Brought("fill_in", "", "", FILL, sentence=sentence, blanks=(blank,))


def _numeric(wording: Wording, block: str, after: str) -> Brought:
    found: list[tuple[Fraction, Fraction, float, str]] = []
    inner = block[1:].strip()
    for one in answers(inner):
        reason = wording.blocks(one.why)
        if not one.right or one.text == "*" or (not one.text and reason):
            said = f" It said: {spoken(reason)[:200]}" if reason else ""
            wording.tell(Note("left", f"What holds for every wrong number.{said}"))
            continue
        share = 1.0 if one.share is None else one.share
        found.append((*_range(one.text), share, reason))
    whole = [one for one in found if one[2] >= 1]
    if not whole:
        raise ValueError("It names no number that is wholly right.")
    if len({(one[0], one[1]) for one in whole}) > 1:
        raise ValueError("Several different numbers are wholly right; ours has one. Part it.")
    value, tolerance, _, why = whole[0]
    for other, within, share, reason in found:
        if share < 1:
            said = f" It said: {spoken(reason)[:200]}" if reason else ""
            near = f" ± {float(within):.10g}" if within else ""
            told = f"{float(other):.10g}{near} earned {share:.0%}; here only {float(value):.10g}"
            exact = f" ± {float(tolerance):.10g}" if tolerance else ""
            wording.tell(Note("changed", f"{told}{exact} is right.{said}"))
    number = Number(float(value), float(tolerance), why=why)
    return Brought("numeric", "", "", _with_gap(wording, after), number=number)


def _range(text: str) -> tuple[Fraction, Fraction]:
    """A number and how far one may be from it: ``5``, ``5:0.1`` or ``4.9..5.1``."""
    low, dots, high = text.partition("..")
    value, colon, tolerance = text.partition(":")
    if dots:
        least, most = _number(low), _number(high)
        if least > most:
            raise ValueError(f"“{bare(text)[:40]}” begins with the larger number.")
        return (least + most) / 2, (most - least) / 2
    within = _number(tolerance) if colon else Fraction(0)
    if within < 0:
        raise ValueError(f"“{bare(text)[:40]}” has a tolerance below nothing.")
    return _number(value), within


def _number(text: str) -> Fraction:
    plain = bare(text).replace("−", "-")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(f"“{plain[:40]}” is no number. Write 5, 5:0.1 or 4.9..5.1.")
    number = Fraction(plain.replace(",", "."))
    if abs(number) > LARGEST:
        raise ValueError(f"“{plain[:40]}” is larger than what can be typed here.")
    return number


ANSWERS: dict[str, Callable[[Wording, str, str], Brought]] = {
    "essay": _essay,
    "choice": _choice,
    "truth": _truth,
    "matching": _matching,
    "short": _short,
    "numeric": _numeric,
}
"""What reads each kind; each raises ValueError with the reason why a question is refused."""
