"""Our items as GIFT: texts without marks as they read, others as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from modules.exchange.items import rendering
from modules.exchange.items.brought import Bank, Brought
from modules.exchange.items.gathering import NotTakenError
from modules.exchange.items.sent import Sending, number, sent, shares, with_reasons_joined, worded

FORMAT, _ARROW = "GIFT", "->"
_SIGNS = re.compile(r"([\\~=#{}:])")
_GAP = re.compile(r"(?<!\\)\{1\}")
_HTML = re.compile(r"</?[A-Za-z!]|&#?\w+;")
_PICTURE = re.compile(r"!\[((?:\\.|[^\]\\])*)\]\([^()\s]*\)")


def write(bank: Bank) -> tuple[bytes, Bank]:
    """The file, and what became of each item."""
    written, told = sent(bank, FORMAT, _question)
    parts, category = list[str](), ""
    for item, text in written:
        if item.category and item.category != category:
            category = item.category
            parts.append(f"$CATEGORY: $course$/top/{' '.join(category.split())}")
        parts.append(text)
    return ("\n\n".join(parts) + "\n").encode(), told


@dataclass(frozen=True)
class _Texts:
    """Texts of one question, in the one form that all of them have."""

    html: bool
    prefix: str

    def blocks(self, text: str) -> str:
        """A text of several paragraphs."""
        if self.html:
            return _signs(rendering.html(text))
        return _signs(rendering.plain(text) or "")

    def line(self, text: str) -> str:
        """A text of one line."""
        return _signs(rendering.inline(text) if self.html else rendering.plain_line(text) or "")

    def why(self, text: str, sign: str = "#") -> str:
        """A reason, with the sign before it."""
        return f"{sign}{self.blocks(text)}" if text.strip() else ""


def _question(sending: Sending) -> str:
    sending.item = item = with_reasons_joined(sending)
    if any(map(_PICTURE.search, [*_blocks(item), *_lines(item)])):
        sending.left("Its pictures; their words stay")
        sending.item = item = worded(item, lambda text: _PICTURE.sub(r"\1", text))
    plain = [*map(rendering.plain, _blocks(item)), *map(rendering.plain_line, _lines(item))]
    marked = any(text is None for text in plain)
    rights = [*(pair.right for pair in item.pairs), *item.spare]
    looks = any(_HTML.search(text or "") for text in [*plain, *map(rendering.words, rights)])
    texts = _Texts(marked, "[html]" if marked else "[plain]" if looks else "")
    kinds: Mapping[str, Callable[[Sending, _Texts], str]] = {
        "single_choice": _choice,
        "multiple_choice": _choice,
        "matching": _matching,
        "numeric": _numeric,
        "fill_in": _fill_in,
    }
    if item.kind not in kinds:
        raise NotTakenError("GIFT has no form for putting steps in order. Export it as Moodle XML.")
    tags = "".join(f"[tag:{tag}] " for tag in item.tags if "]" not in tag and "\n" not in tag)
    name = f"::{_signs(' '.join(item.name.split()))}::" if item.name.strip() else ""
    comment = f"// {tags.strip()}\n" if tags else ""
    return f"{comment}{name}{texts.prefix}{kinds[item.kind](sending, texts)}"


def _choice(sending: Sending, texts: _Texts) -> str:
    item = sending.item
    lines = []
    if item.fixed:
        sending.left("That its options keep their order")
    for option, worth in zip(item.options, shares(item), strict=True):
        mark = f"~%{_percent(worth)}%"
        if item.kind == "single_choice" and option.right:
            mark = "="
            if worth != 1:
                sending.changed("The right option of a single choice is worth all in GIFT.")
        elif item.kind == "single_choice" and not worth:
            mark = "~"
        lines.append(f"\t{mark}{texts.line(option.text)}{texts.why(option.why)}")
    return _braces(texts.blocks(item.stem), lines, texts.why(item.why, "####"))


def _matching(sending: Sending, texts: _Texts) -> str:
    item = sending.item
    lines = []
    for left, right in [*((p.left, p.right) for p in item.pairs), *(("", s) for s in item.spare)]:
        if rendering.plain(right) is None:
            sending.changed("Right sides are plain words in GIFT: their marks are gone.")
        said = rendering.words(right)
        if texts.html and ("<" in said or "&" in said):
            sending.changed("A right side has signs of HTML, which some readers take as such.")
        told = texts.line(left) if left else ""
        told, said = _unarrowed(sending, told), _unarrowed(sending, _signs(said))
        lines.append(f"\t={told} -> {said}")
    return _braces(texts.blocks(item.stem), lines, texts.why(item.why, "####"))


def _numeric(sending: Sending, texts: _Texts) -> str:
    item = sending.item
    right = item.number
    if right is None:  # what reads and what makes items gives each numeric one its number
        raise ValueError(f"{item.place} has no number")
    stem = texts.blocks(item.stem)
    if unit := rendering.words(right.unit):
        sending.changed("The unit is written at the end of the question: GIFT has none.")
        said = _signs(f"({unit})")
        stem += f"<p>{said}</p>" if texts.html else f" {said}"
    wide = f":{number(right.tolerance)}" if right.tolerance else ""
    answer = f"{number(right.value)}{wide}"
    if right.why.strip():
        answer = f"={answer}{texts.why(right.why)}"
    why = texts.why(item.why, "####")
    return f"{stem} {{#{answer}{f' {why}' if why else ''}}}"


def _fill_in(sending: Sending, texts: _Texts) -> str:
    item = sending.item
    if len(item.blanks) > 1:
        raise NotTakenError(
            f"It has {len(item.blanks)} gaps, and GIFT knows one. Export it as Moodle XML or QTI."
        )
    blank = item.blanks[0]
    if blank.label:
        sending.left("The name of its gap")
    if arrows := [text for text in (*blank.accept, *blank.wrong) if _ARROW in text]:
        sending.left(f"An answer with an arrow, “{arrows[0][:60]}”")
    accept = [text for text in blank.accept if _ARROW not in text]
    if not accept:
        raise NotTakenError("Its answer has an arrow “->”, by which GIFT parts pairs.")
    lines = []
    for n, text in enumerate(accept):
        reason = "" if n else _unarrowed(sending, texts.why(blank.why))
        lines.append(f"\t={_typed(sending, text)}{reason}")
    for text, why in blank.wrong.items():
        if _ARROW not in text:
            reason = _unarrowed(sending, texts.why(why))
            lines.append(f"\t=%0%{_typed(sending, text)}{reason}")
    why = texts.why(item.why, "####")
    if item.sentence.strip() in ("", "{1}"):
        return _braces(texts.blocks(item.stem), lines, why)
    before, after = ([*_GAP.split(item.sentence, maxsplit=1), ""])[:2]
    sending.changed("The question and the sentence with the gap are one text in GIFT.")
    told = f"{texts.blocks(item.stem)}\\n{texts.line(before)}"
    behind = f" {texts.line(after)}" if after.strip() else ""
    return _braces(told, lines, why) + behind


def _unarrowed(sending: Sending, text: str) -> str:
    if _ARROW in text:
        sending.changed("An arrow “->” in a text is written as “→”: GIFT parts pairs by it.")
    return text.replace(_ARROW, "→")


def _typed(sending: Sending, text: str) -> str:
    if "*" in text:
        sending.changed("An asterisk in an answer is written with a backslash, as Moodle reads it.")
    return _signs(text.replace("*", "\\*"))


def _braces(stem: str, lines: Iterable[str], why: str) -> str:
    inside = "\n".join([*lines, *([f"\t{why}"] if why else [])])
    return f"{stem} {{\n{inside}\n}}"


def _blocks(item: Brought) -> list[str]:
    """Texts of several paragraphs that may be marked up."""
    told = [item.stem, item.why, *(option.why for option in item.options)]
    told += [text for blank in item.blanks for text in (blank.why, *blank.wrong.values())]
    return told + ([item.number.why] if item.number else [])


def _lines(item: Brought) -> list[str]:
    """Texts of one line that may be marked up; right sides are plain words in any case."""
    told = [option.text for option in item.options] + [pair.left for pair in item.pairs]
    return told + _GAP.split(item.sentence)


def _signs(text: str) -> str:
    """``text`` with a backslash before each sign that means something in GIFT."""
    return _SIGNS.sub(r"\\\1", text).replace("\n", "\\n")


def _percent(worth: float) -> str:
    return f"{100 * worth:.5f}".rstrip("0").rstrip(".")
