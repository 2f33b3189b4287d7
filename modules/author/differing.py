"""A difference as people read it: by part, in words, with what went and what came marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from html import escape
from itertools import groupby

from modules.basics import Surface, Words
from modules.drafts.apart import Piece, apart
from modules.drafts.differences import Part, Text
from modules.drafts.worded import Run, Word, plain, runs, worded

AROUND = 160
"""Characters of what stayed that are shown on each side of a change."""


def draw(surface: Surface, say: Words, parts: tuple[Part, ...], key: str) -> None:
    """Every part that differs, the texts of each below it."""
    if not parts:
        surface.markdown(say("diff.none"))
        return
    surface.html(
        f'<p class="sw-diff-key"><ins>{escape(say("diff.new"))}</ins> '
        f"<del>{escape(say('diff.gone'))}</del></p>"
    )
    for number, part in enumerate(parts):
        box = surface.container(key=f"diff-{key}-{number}", gap="xxsmall")
        box.subheader(heading(part, say), anchor=False)
        drawn = text_html if part.kind == "file" else read_html
        box.html("".join(drawn(one, say) for one in part.texts))


def heading(part: Part, say: Words) -> str:
    """What a part is called, and whether it is new, gone or changed."""
    kinds = {
        "module": say("diff.kind.module"),
        "screen": say("diff.kind.screen"),
        "item": say("diff.kind.item"),
        "story": say("diff.kind.story"),
        "lab": say("diff.kind.lab"),
        "aid": say("diff.kind.aid"),
        "record": say("diff.kind.record"),
        "file": say("diff.kind.file"),
    }
    states = {
        "new": say("diff.state.new"),
        "gone": say("diff.state.gone"),
        "changed": say("diff.state.changed"),
    }
    title = _short(part.title)
    name = f"{part.id}: {title}" if part.id and title else part.id or title
    plain = re.sub(r"([\\`*_{}\[\]<>#$:~|])", r"\\\1", name)
    return f"{kinds[part.kind]}{f' {plain}' if plain else ''} ({states[part.state]})"


def text_html(text: Text, say: Words) -> str:
    """One text as it is written, with what went struck out and what came underlined."""
    name = field(text.field, say)
    label = f'<p class="sw-diff-field">{escape(name)}</p>' if name else ""
    pieces = apart(text.before or "", text.after or "")
    inner = "".join(_pieces(pieces, say))
    return f'{label}<div class="sw-diff">{inner}</div>'


def field(path: str, say: Words) -> str:
    """A path of fields in words: "options/a/why" is "Option a › reason"."""
    known = say("diff.fields")
    names = dict(one.split("=", 1) for one in known.split("; "))
    return " › ".join(names.get(one, one) for one in path.split("/") if one)


def read_html(text: Text, say: Words) -> str:
    """One text as it is read, with what was deleted and inserted; as it is written below that."""
    name = field(text.field, say)
    label = f'<p class="sw-diff-field">{escape(name)}</p>' if name else ""
    before, after = (worded(one or "", partial(_mark, say)) for one in (text.before, text.after))
    inner = "".join(_lines(runs(before, after), say))
    if before == after:
        inner = f"<p>{escape(say('diff.layout'))}</p>"
    elif not inner:
        return text_html(text, say)
    raw = _raw(text, (before, after), say)
    return f'{label}<div class="sw-diff-read">{inner}</div>{raw}'


def _raw(text: Text, read: tuple[Sequence[Word], Sequence[Word]], say: Words) -> str:
    """What stands in the file, folded, where it is written otherwise than it is read."""
    stands = [" ".join((one or "").split()) for one in (text.before, text.after)]
    if stands == [plain(one) for one in read]:
        return ""
    pieces = "".join(_pieces(apart(text.before or "", text.after or ""), say))
    return (
        f'<details class="sw-diff-raw"><summary>{escape(say("diff.raw"))}</summary>'
        f'<div class="sw-diff">{pieces}</div></details>'
    )


def _mark(say: Words, kind: str, value: str) -> str:
    told = {
        "ask": say("diff.mark.ask", value=value),
        "cite": say("diff.mark.cite", value=value),
        "local": say("diff.mark.local", value=value),
        "law": say("diff.mark.law", value=value.upper()),
        "picture": say("diff.mark.picture", value=value),
    }
    return told[kind]


def _lines(found: Sequence[Run], say: Words) -> Iterator[str]:
    """Line by line; what changed over several lines is marked in each."""
    line, heading = list[str](), False
    for number, run in enumerate(found):
        words, part = _near(run, number > 0, number < len(found) - 1), list[Word]()
        for word in words:
            if word.look != "line":
                part.append(word)
                continue
            line.append(_marked(run.kind, part, say))
            yield from _line(line, heading)
            line, part, heading = [], [], word.text == "#"
            if word.text and not heading:
                part = [Word(f"{word.text} ")]
        line.append(_marked(run.kind, part, say))
    yield from _line(line, heading)


def _line(pieces: list[str], heading: bool) -> Iterator[str]:
    if inner := "".join(pieces):
        yield f"<p><strong>{inner}</strong></p>" if heading else f"<p>{inner}</p>"


def _marked(kind: str, words: Sequence[Word], say: Words) -> str:
    tags = {"strong": "strong", "em": "em", "code": "code", "mark": "small"}
    inner = "".join(
        f"<{tags[look]}>{text}</{tags[look]}>" if look in tags else text
        for look, text in (
            (look, escape("".join(one.text for one in group)))
            for look, group in groupby(words, key=lambda one: one.look)
        )
    )
    return inner if kind == "same" or not inner else _tagged(kind, inner, say)


def _near(run: Run, before: bool, after: bool) -> Sequence[Word]:
    """What stayed, without what is far from any change."""
    if run.kind != "same" or sum(len(one.text) for one in run.words) <= 2 * AROUND + 40:
        return run.words
    head, tail = list[Word](), list[Word]()
    for words, out, wanted in (
        (iter(run.words), head, before),
        (reversed(run.words), tail, after),
    ):
        size = 0
        while wanted and size < AROUND:
            out.append(next(words))
            size += len(out[-1].text)
    tail.reverse()
    # A line keeps what stands before it: its bullet, or that it is a heading.
    begun = next(
        (one for one in reversed(run.words[: -len(tail) or None]) if one.look == "line"), None
    )
    again = [begun] if begun and tail and tail[0].look != "line" else []
    return [*head, Word(" … "), *again, *tail]


def _pieces(pieces: Sequence[Piece], say: Words) -> Iterator[str]:
    for number, one in enumerate(pieces):
        if one.kind == "same":
            kept = _cut(one.text, number > 0, number < len(pieces) - 1)
            yield f"<span>{escape(kept)}</span>"
        else:
            yield _tagged(one.kind, escape(one.text), say)


def _tagged(kind: str, inner: str, say: Words) -> str:
    """What went or came, which a screen reader is told at its beginning and its end."""
    tag = "ins" if kind == "new" else "del"
    begins, ends = say(f"diff.{kind}_from"), say(f"diff.{kind}_to")
    return (
        f'<{tag}><span class="sw-hidden"> {escape(begins)} </span>{inner}'
        f'<span class="sw-hidden"> {escape(ends)} </span></{tag}>'
    )


def _cut(text: str, before: bool, after: bool) -> str:
    """What stayed, without what is far from any change."""
    if len(text) <= 2 * AROUND + 40:
        return text
    head = text[:AROUND].rsplit(" ", 1)[0] if before else ""
    tail = text[-AROUND:].split(" ", 1)[-1] if after else ""
    return f"{head} … {tail}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 80 else f"{plain[:79].rsplit(' ', 1)[0]} …"
