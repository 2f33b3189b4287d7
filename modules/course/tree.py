"""Markdown as a tree of plain values, for print: kinds and texts, never code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from modules.course.facts import CITE
from modules.course.terms import plain

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

Node = dict[str, Any]
KINDS = {"strong": "strong", "em": "em", "blockquote": "quote"}


def tree(markdown: str, number: Callable[[str], str]) -> list[Node]:
    """The blocks of a text. ``number`` gives the mark of a cited fact, "" for none.

    A node has ``k`` (text, break, strong, em, code, note, link, par, tight, head, quote, ol, ul,
    item, table), ``c`` (the nodes inside; for a table its rows of cells, each a list of nodes or,
    below the head, ``{"c": nodes}``) and ``v`` (a text, an address, a list's first
    number, a heading's level). HTML
    is text here.
    """
    from markdown_it.tree import SyntaxTreeNode

    root = SyntaxTreeNode(_markdown().parse(plain(markdown)))
    return [made for node in root.children for made in _node(node, number)]


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _inside(node: SyntaxTreeNode, number: Callable[[str], str]) -> list[Node]:
    return [made for one in node.children for made in _node(one, number)]


def _node(node: SyntaxTreeNode, number: Callable[[str], str]) -> Iterator[Node]:
    match node.type:
        case "text":
            yield from _text(node.content, number)
        case "softbreak":
            yield {"k": "text", "v": " "}
        case "hardbreak":
            yield {"k": "break"}
        case "code_inline" | "fence" | "code_block":
            yield {"k": "code", "v": node.content}
        case "inline":
            yield from _inside(node, number)
        case "paragraph":
            yield {"k": "tight" if node.hidden else "par", "c": _inside(node, number)}
        case "link":
            address = str(node.attrs.get("href", ""))
            outside = address.startswith(("https://", "http://", "mailto:", "tel:"))
            inside = _inside(node, number)
            yield {"k": "link" if outside else "tight", "v": address, "c": inside}
        case "bullet_list" | "ordered_list":
            items = [{"k": "item", "c": _inside(one, number)} for one in node.children]
            first = int(node.attrs.get("start", 1))
            yield {"k": "ol" if node.type == "ordered_list" else "ul", "v": first, "c": items}
        case "table":
            rows = [row for part in node.children for row in part.children]
            cells = [[_inside(cell, number) for cell in row.children] for row in rows]
            body = [[{"c": cell} for cell in row] for row in cells[1:]]
            yield {"k": "table", "c": [cells[0], *body]}
        case "heading":
            yield {"k": "head", "v": int(node.tag[1:]), "c": _inside(node, number)}
        case "hr" | "image":
            return
        case kind:
            yield {"k": KINDS.get(kind, "tight"), "c": _inside(node, number)}


def _text(text: str, number: Callable[[str], str]) -> Iterator[Node]:
    at = 0
    for found in CITE.finditer(text):
        if before := text[at : found.start()].rstrip():
            yield {"k": "text", "v": before}
        if mark := number(found[1]):
            yield {"k": "note", "v": mark}
        at = found.end()
    if text[at:]:
        yield {"k": "text", "v": text[at:]}
