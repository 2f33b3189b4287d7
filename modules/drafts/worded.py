"""Markdown as what somebody reads: words with their look, line by line; two of them in one. Pure.

Nothing that is written is dropped: where a link leads and which file a picture is stand in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from modules.drafts.apart import MOST

Tell = Callable[[str, str], str]
"""Says a mark of our own in words: "ask", "cite", "local", "law" or "picture", and its value."""

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_OURS = re.compile(
    r"\{ask (?P<ask>[\w-]+)\}|\[@(?P<cite>[\w.-]+)\]|\{local:(?P<local>[a-z0-9-]+)\}"
    r"|\{(?P<law>eu|uk)\}"
)
LOOKS = {"strong_open": "strong", "em_open": "em"}


@dataclass(frozen=True)
class Word:
    """A word, a blank or a sign. ``look``: strong, em, code or mark, or none.

    A line begins with a word of look "line", whose text is what stands before it: a bullet, a
    number, or "#" for a heading and "" for none.
    """

    text: str
    look: str = ""


@dataclass(frozen=True)
class Run:
    """Words in a row that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    words: tuple[Word, ...]


def worded(text: str, tell: Tell) -> tuple[Word, ...]:
    """A text as words."""
    return tuple(_blocks(_parser().parse(text), tell))


def plain(words: Iterable[Word]) -> str:
    """What is read, without looks and lines."""
    return " ".join("".join(" " if one.look == "line" else one.text for one in words).split())


def runs(before: Sequence[Word], after: Sequence[Word]) -> tuple[Run, ...]:
    """Both in one: without what is new it is the one, without what is gone the other."""
    if len(before) > MOST or len(after) > MOST:
        return tuple(_of(before, after)) if before != after else _same(before)
    found = list[Run]()
    for tag, start, end, first, last in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "equal":
            found.append(Run("same", tuple(before[start:end])))
        else:
            found += _of(before[start:end], after[first:last])
    return tuple(_joined(found))


def _same(words: Sequence[Word]) -> tuple[Run, ...]:
    return (Run("same", tuple(words)),) if words else ()


def _of(gone: Sequence[Word], new: Sequence[Word]) -> Iterator[Run]:
    if gone:
        yield Run("gone", tuple(gone))
    if new:
        yield Run("new", tuple(new))


def _joined(found: list[Run]) -> list[Run]:
    """A blank between two changed words changes with them: one mark in place of many."""
    out = list[Run]()
    for number, one in enumerate(found):
        blank = one.kind == "same" and all(not word.text.strip() for word in one.words)
        blank = blank and all(word.look != "line" for word in one.words)
        if blank and 0 < number < len(found) - 1:
            _add(out, Run("gone", one.words))
            _add(out, Run("new", one.words))
        else:
            _add(out, one)
    return out


def _add(out: list[Run], one: Run) -> None:
    """Append, to the last run of its kind within one change."""
    place = len(out)
    while place and out[place - 1].kind != "same" and one.kind != "same":
        if out[place - 1].kind == one.kind:
            out[place - 1] = Run(one.kind, out[place - 1].words + one.words)
            return
        place -= 1
    out.append(one)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _blocks(tokens: list[Token], tell: Tell) -> Iterator[Word]:
    before, heading, quoted = list[str](), False, 0
    numbers = list[int | None]()
    for token in tokens:
        if token.type == "bullet_list_open":
            numbers.append(None)
        elif token.type == "ordered_list_open":
            numbers.append(int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            numbers.pop()
        elif token.type == "list_item_open":
            number = numbers[-1]
            before.append("•" if number is None else f"{number}.")
            numbers[-1] = None if number is None else number + 1
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += 1 if token.nesting > 0 else -1
        elif token.type in ("heading_open", "heading_close"):
            heading = token.nesting > 0
        elif token.type in ("th_open", "td_open"):
            before.append("|")
        elif token.type == "inline":
            lead = "#" if heading else " ".join([*["❝"] * bool(quoted), *before])
            before.clear()
            yield Word(lead, "line")
            yield from _inline(token.children or [], tell)
        elif token.type == "hr":
            yield from (Word("", "line"), Word("———"))
        elif token.content:
            for line in token.content.rstrip("\n").split("\n"):
                yield from (Word("", "line"), *_split(line, "code"))


def _inline(tokens: list[Token], tell: Tell) -> Iterator[Word]:
    looks, links = list[str](), list[str]()
    for token in tokens:
        if token.type in LOOKS:
            looks.append(LOOKS[token.type])
        elif token.type in ("strong_close", "em_close"):
            looks.pop()
        elif token.type == "softbreak":
            yield Word(" ")
        elif token.type == "hardbreak":
            yield Word("", "line")
        elif token.type == "link_open":
            links.append(str(token.attrs.get("href", "")))
        elif token.type == "link_close":
            yield from (Word(" "), Word(f"({links.pop()})", "mark"))
        elif token.type == "image":
            source = f"{token.content} ({token.attrs.get('src', '')})"
            caption = str(token.attrs.get("title", "") or "")
            yield Word(tell("picture", f"{source} {caption}".strip()), "mark")
        elif token.type == "code_inline":
            yield from _split(token.content, "code")
        else:
            yield from _text(
                token.content, "strong" if "strong" in looks else "".join(looks[-1:]), tell
            )


def _text(text: str, look: str, tell: Tell) -> Iterator[Word]:
    end = 0
    for found in _OURS.finditer(text):
        yield from _split(text[end : found.start()], look)
        kind, value = next((name, one) for name, one in found.groupdict().items() if one)
        yield Word(tell(kind, value), "mark")
        end = found.end()
    yield from _split(text[end:], look)


def _split(text: str, look: str) -> Iterator[Word]:
    blank = look != "code"
    return (Word(" " if blank and one.isspace() else one, look) for one in _WORDS.findall(text))
