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
_SIGN = re.compile(r"[\[\]*_`<!>]")
_HTML = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w*);")


LONGEST, SIGNS = 20_000, 500
"""Characters of Markdown that are read as such, and signs that may open or close something: its
readers take their time with hostile texts."""


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def formatted(text: str, format: Format, one_line: bool = False) -> tuple[str, tuple[Note, ...]]:
    """A text as our Markdown, and what became of what has no place there.

    Moodle's own format is text in which HTML counts and each line end is one. Markdown of others
    goes by way of HTML, so that nothing in it can mean one of our own marks.
    """
    if format == "markdown" and (len(text) > LONGEST or len(_SIGN.findall(text)) > SIGNS):
        told = (
            f"A text in Markdown of more than {LONGEST:,} characters or {SIGNS} signs was taken as "
            "plain text."
        )
        return _plain(text, one_line), (Note("changed", told),)
    if format == "markdown":
        text = _markdown().render(text)
    elif format == "moodle" and _HTML.search(text):
        text = text.strip().replace("\n", "<br>")
    elif format != "html":
        return _plain(text, one_line), ()
    return html.inline(text) if one_line else html.markdown(text)


def _plain(text: str, one_line: bool) -> str:
    return line(text) if one_line else paragraphs(text.replace("\n", "\n\n"))
