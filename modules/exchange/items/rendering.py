"""Our Markdown for other systems: as HTML without what they do not know, or as plain words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Attributes that say how something looks, which QTI does not allow.
_LOOKS = ("style", "start", "title", "class")
_PLAIN = {"text", "softbreak", "text_special"}


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table")


def html(text: str, pictures: str = "") -> str:
    """Blocks as XHTML; the names of pictures get ``pictures`` in front."""
    return _drawn(_reader().parse(text), pictures)


def inline(text: str, pictures: str = "") -> str:
    """One line as XHTML, without a paragraph around it."""
    return _drawn(_reader().parseInline(text), pictures)


def _drawn(tokens: Sequence[Token], pictures: str) -> str:
    for token in tokens:
        for one in [token, *(token.children or ())]:
            for name in _LOOKS:
                one.attrs.pop(name, None)
            if one.type == "image":
                one.attrs["src"] = f"{pictures}{one.attrs.get('src', '')}"
    reader = _reader()
    return str(reader.renderer.render(tokens, reader.options, {})).strip()


def plain(text: str) -> str | None:
    """The paragraphs as they read, parted by line ends; None where anything is marked up."""
    return _plain(_reader().parse(text))


def plain_line(text: str) -> str | None:
    """A part of a line as it reads; None where anything is marked up."""
    return _plain(_reader().parseInline(text))


def _plain(tokens: Sequence[Token]) -> str | None:
    told = []
    for token in tokens:
        if token.type == "inline":
            if any(one.type not in _PLAIN for one in token.children or ()):
                return None
            told.append(_read(token))
        elif not token.type.startswith("paragraph_"):
            return None
    return "\n".join(told)


def words(text: str) -> str:
    """A text as it reads, in one line, without its marks; pictures by their words."""
    told = [_read(one) for one in _reader().parse(text) if one.type in ("inline", "fence")]
    return " ".join(" ".join(told).split())


def _read(token: Token) -> str:
    if not token.children:
        return token.content
    told = []
    for one in token.children:
        if one.type == "image":
            told.append(one.content)
        elif one.type in ("softbreak", "hardbreak"):
            told.append(" ")
        else:
            told.append(one.content)
    return "".join(told)
