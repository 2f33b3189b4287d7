"""Text in one of the formats that Moodle names, as our Markdown."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from modules.exchange.items import html
from modules.exchange.items.brought import Note
from modules.exchange.items.escaping import line, paragraphs

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

Format = Literal["html", "moodle", "plain", "markdown"]
_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w*);")


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def formatted(text: str, format: Format, one_line: bool = False) -> tuple[str, tuple[Note, ...]]:
    """A text as our Markdown, and what became of what has no place there.

    Moodle's own format is text in which HTML counts and each line end is one. Markdown of others
    goes by way of HTML, so that nothing in it can mean one of our own marks.
    """
    if format == "markdown":
        text = _markdown().render(text)
    elif format == "moodle" and _HTML.search(text):
        text = text.strip().replace("\n", "<br>")
    elif format != "html":
        return (line(text) if one_line else paragraphs(text.replace("\n", "\n\n"))), ()
    return html.inline(text) if one_line else html.markdown(text)
