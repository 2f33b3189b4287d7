"""Cloze in Moodle XML: gaps written into the text, by Moodle's own notation."""

from __future__ import annotations

import re
from html import unescape

from modules.exchange.items.brought import Blank, Brought, Number, Option
from modules.exchange.items.escaping import line
from modules.exchange.items.gaps import HELD, held, parted
from modules.exchange.items.gathering import NotTakenError, bare
from modules.exchange.items.moodle_kinds import Typed, typed
from modules.exchange.items.moodle_parts import Parts, share
from modules.exchange.items.shares import settled

TYPED = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"}
NUMBERS = {"NUMERICAL", "NM"}
_MULTI = r"MULTICHOICE|MC|MULTICHOICE_[VHS]|MC[VHS]|MULTICHOICE_[VH]S|MC[VH]S"
SEVERAL = {"MULTIRESPONSE", "MULTIRESPONSE_H", "MULTIRESPONSE_S", "MULTIRESPONSE_HS"}
SEVERAL |= {"MR", "MRV", "MRH", "MRS", "MRVS", "MRHS"}
_CHOICE = re.compile(_MULTI)
_GAP = re.compile(r"\{(\d{0,6}):([A-Z_]{1,30}):((?:\\.|[^\\}]){0,20000})\}", re.DOTALL)
_BEGINS = re.compile(r"\{\d{0,6}:[A-Z_]{1,30}:")
MOST = 50
_WORTH = re.compile(r"(=|%(-?\d{1,3}(?:[.,]\d{1,8})?)%)?(.*)", re.DOTALL)
_ESCAPED = re.compile(r"\\([}#~/\"\\*])")
_TAGS = re.compile(r"<[^>]{0,500}>")


def cloze(parts: Parts) -> Brought:
    """Typed gaps as a fill-in; a single gap that offers a choice as that choice."""
    question = parts.question.find("questiontext")
    inner = None if question is None else question.find("text")
    if question is None or inner is None or not inner.text:
        raise NotTakenError("It has no text with gaps.")
    raw = inner.text
    if len(_BEGINS.findall(raw)) > MOST:
        raise NotTakenError(f"It has more than {MOST} gaps.")
    gaps = list(_GAP.finditer(raw))
    if not gaps:
        raise NotTakenError("It has no gap that could be read, such as {1:SHORTANSWER:=word}.")
    # Sub-questions of old exports repeat what the text says.
    parts.read.update({"answers", "subquestions"})
    rest = _GAP.sub("", raw)
    if _BEGINS.search(rest) or HELD.search(raw):
        raise NotTakenError("Its text holds a brace that belongs to no gap.")
    if len(gaps) == 1 and (_CHOICE.fullmatch(gaps[0][2]) or gaps[0][2] in SEVERAL):
        inner.text = _GAP.sub("……", raw)
        return _choice(parts, gaps[0])
    asks = bool(_said(rest))
    if asks and len(gaps) == 1 and gaps[0][2] in NUMBERS and (right := _near(parts, gaps[0])):
        inner.text = _GAP.sub("……", raw)
        parts.gathering.changed("The number stood inside the text. It is asked below it here.")
        return Brought("numeric", "", "", parts.blocks(question), number=right)
    blanks = tuple(_blank(parts, gap, n) for n, gap in enumerate(gaps, 1))
    if len({gap[1] or "1" for gap in gaps}) > 1:
        parts.gathering.changed("Its gaps have different weights. Here they count the same.")
    numbers = iter(range(1, len(gaps) + 1))
    inner.text = _GAP.sub(lambda _: held(next(numbers)), raw)
    stem, sentence = parted(parts.blocks(question), parts.gathering)
    return Brought("fill_in", "", "", stem, sentence=sentence, blanks=blanks)


def _answers(parts: Parts, gap: re.Match[str]) -> list[Typed]:
    found = []
    for piece in _split(gap[3], "~"):
        worth, per_cent, rest = _WORTH.fullmatch(piece).groups()  # type: ignore[union-attr]
        text, *reason = _split(rest, "#")
        value = 0.0 if not worth else 100.0 if worth == "=" else share(per_cent, "A share")
        if text.strip():
            why = parts.gathering.line(_ESCAPED.sub(r"\1", "#".join(reason)), {}, "A reason")
            found.append(Typed(_said(text), value, why))
    return found


def _split(text: str, sign: str) -> list[str]:
    """``text`` at each ``sign`` that no backslash stands before."""
    parts = [""]
    for found in re.finditer(
        rf"\\.|{re.escape(sign)}|[^\\{re.escape(sign)}]+|\\$", text, re.DOTALL
    ):
        if found[0] == sign:
            parts.append("")
        else:
            parts[-1] += found[0]
    return parts


def _said(html: str) -> str:
    return " ".join(unescape(_TAGS.sub("", _ESCAPED.sub(r"\1", html))).split())


def _blank(parts: Parts, gap: re.Match[str], n: int) -> Blank:
    kind, answers = gap[2], _answers(parts, gap)
    if kind in NUMBERS:
        made = []
        for one in answers:
            value, _, wide = one.text.partition(":")
            if wide and share(wide, f"The tolerance of gap {n}") != 0 and one.worth > 0:
                raise NotTakenError(
                    f"Gap {n} is a number with a tolerance. Write it as a numeric question."
                )
            if one.worth > 0:
                share(value, f"What is right in gap {n}")
            made.append(Typed(value.strip(), one.worth, one.why))
        return typed(made, parts)
    if kind in TYPED:
        if kind.endswith("C"):
            parts.gathering.changed(
                "Moodle minds capital letters in a gap. Here they do not count."
            )
        return typed(answers, parts)
    raise NotTakenError(
        f"Gap {n} offers a choice inside the text ({bare(kind, 30)}). Write it as a matching or "
        "as questions of their own."
    )


def _near(parts: Parts, gap: re.Match[str]) -> Number | None:
    """The right number of a gap; None where it has no tolerance, so that it is a gap here too."""
    answers = [(one, *one.text.partition(":")[::2]) for one in _answers(parts, gap)]
    right = [(one, value, wide) for one, value, wide in answers if one.worth >= 100]
    if not right or share(right[0][2] or "0", "The tolerance of the gap") == 0:
        return None
    first, value, wide = right[0]
    for one, said, _ in answers:
        if one is not first and said.strip():
            told = f": “{bare(one.why, 120)}”" if one.why else "."
            what = f"What is made of {bare(one.text, 40)} ({one.worth:g} %)"
            parts.gathering.left(f"{what} was left out{told}")
    tolerance = abs(share(wide, "The tolerance of the gap"))
    return Number(share(value, "What is right in the gap"), tolerance, "", first.why)


def _choice(parts: Parts, gap: re.Match[str]) -> Brought:
    options = [
        Option(line(one.text), one.worth > 0, one.why, one.worth / 100)
        for one in _answers(parts, gap)
    ]
    kind, made = settled(options, gap[2] not in SEVERAL)
    parts.gathering.changed("The choice stood inside the text. It is asked below it here.")
    return Brought(kind, "", "", parts.blocks(parts.question.find("questiontext")), made)
