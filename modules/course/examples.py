"""Local examples: what an organisation adds to a screen, in Markdown that can do no harm."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from modules.course.model import Module

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LONGEST = 600
"""Characters."""
ALLOWED = frozenset(
    {"text", "softbreak", "hardbreak", "inline", "code_inline", "link_open", "link_close"}
    | {f"{one}_{end}" for one in ("strong", "em") for end in ("open", "close")}
    | {f"{one}_{end}" for one in ("paragraph", "list_item") for end in ("open", "close")}
    | {f"{one}_list_{end}" for one in ("bullet", "ordered") for end in ("open", "close")}
    | {f"blockquote_{end}" for end in ("open", "close")}
)


def fault(text: str) -> str:
    """What is wrong with an example, as the last part of a key of words; "" for a good one.

    Bold, italics, lists, quotes and links to https or mail addresses are allowed. HTML, pictures,
    headings, tables and links elsewhere are not.
    """
    if len(text) > LONGEST:
        return "long"
    for token in _parsed().parse(text):
        for one in (token, *(token.children or ())):
            if one.type in ("html_block", "html_inline"):
                return "html"
            if one.type not in ALLOWED:
                return "marks"
            href = str(one.attrGet("href") or "")
            if one.type == "link_open" and not href.startswith(("https://", "mailto:")):
                return "link"
    return ""


@cache
def _parsed() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    # Every link is to be seen here: one that this parser leaves as text another one might follow.
    parser.validateLink = lambda _url: True  # type: ignore[assignment,method-assign]
    return parser


def screens(module: Module) -> dict[str, str]:
    """The screens that an example can be added to: titles by id, in the order of the lesson."""
    return {
        step.id: module.screens[step.id].title for step in module.steps if step.kind == "screen"
    }
