"""A difference as people read it: by part, in words, with what went and what came marked."""

from __future__ import annotations

import re
from html import escape

from modules.basics import Surface, Words
from modules.drafts.apart import Piece, apart
from modules.drafts.differences import Part, Text

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
        box.html("".join(text_html(one, say) for one in part.texts))


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
    """One text with what went struck out and what came underlined, each said to screen readers."""
    name = field(text.field, say)
    label = f'<p class="sw-diff-field">{escape(name)}</p>' if name else ""
    pieces = apart(text.before or "", text.after or "")
    inner = "".join(_piece(one, number, len(pieces), say) for number, one in enumerate(pieces))
    return f'{label}<div class="sw-diff">{inner}</div>'


def field(path: str, say: Words) -> str:
    """A path of fields in words: "options/a/why" is "Option a › reason"."""
    known = say("diff.fields")
    names = dict(one.split("=", 1) for one in known.split("; "))
    return " › ".join(names.get(one, one) for one in path.split("/") if one)


def _piece(piece: Piece, number: int, of: int, say: Words) -> str:
    if piece.kind == "same":
        return f"<span>{escape(_cut(piece.text, number > 0, number < of - 1))}</span>"
    tag = "ins" if piece.kind == "new" else "del"
    begins, ends = say(f"diff.{piece.kind}_from"), say(f"diff.{piece.kind}_to")
    return (
        f'<{tag}><span class="sw-hidden"> {escape(begins)} </span>{escape(piece.text)}'
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
