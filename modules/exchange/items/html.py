"""HTML of strangers as our Markdown: what has a form there is kept, what could run is not."""

from __future__ import annotations

import re
from contextlib import suppress

from lxml import etree
from lxml import html as lxml_html

from modules.exchange.items.brought import Note
from modules.exchange.items.elements import Walk, one_line, picture_name
from modules.exchange.items.escaping import line, paragraphs, seen

__all__ = ["inline", "markdown", "picture_name"]

LONGEST = 400_000
"""Characters of HTML in one text."""
_FORMULA = re.compile(r"\\\(.{1,500}?\\\)|\\\[.{1,500}?\\\]|\$\$.{1,500}?\$\$", re.DOTALL)
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)


def markdown(html: str) -> tuple[str, tuple[Note, ...]]:
    """HTML as blocks of our Markdown, and what became of what has no place in them.

    Pictures of the package stand as ``![alternative text](name)``, named by `picture_name`.
    """
    return _made(html, Walk())


def inline(html: str) -> tuple[str, tuple[Note, ...]]:
    """HTML as one line of our Markdown: paragraphs, rows and entries follow each other."""
    walk = Walk()
    _, notes = _made(html, walk)
    return one_line(walk.blocks), notes


def _made(html: str, walk: Walk) -> tuple[str, tuple[Note, ...]]:
    html = seen(html)
    if len(html) > LONGEST:
        walk.tell("left", f"A text of {len(html):,} characters was cut to its first {LONGEST:,}.")
        html = html[:LONGEST]
    if _FORMULA.search(html):
        walk.tell("changed", "A formula is kept as it was typed: ours are not drawn.")
    if "<" not in html and "&" not in html:
        walk.blocks = [] if not html.strip() else paragraphs(html).split("\n\n")
        return "\n\n".join(walk.blocks), tuple(walk.notes.values())
    parser = lxml_html.HTMLParser()
    whole = False
    with suppress(etree.LxmlError, ValueError, AssertionError):
        tree = lxml_html.fragment_fromstring(html, create_parent="div", parser=parser)
        # The parser stops where elements lie too deep, and what follows would be lost.
        if whole := not any("depth" in error.message for error in parser.error_log):
            walk.children(tree, 0)
            walk.close()
    lost = not walk.blocks and not walk.notes
    if (lost or not whole) and (text := line(_TAG.sub(" ", html))):
        walk.blocks = [text]
        walk.tell("changed", "HTML that cannot be read was taken as plain text.")
    return "\n\n".join(walk.blocks), tuple(walk.notes.values())
