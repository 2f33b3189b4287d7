"""A walk through the HTML of a stranger: each element as our Markdown, or a note why not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal
from urllib.parse import quote, unquote, urlsplit

from modules.exchange.items.brought import Note
from modules.exchange.items.escaping import line, seen, signs, start

DEEPEST = 100
"""How deep elements may lie within each other; below, only their text is taken."""
RUNS = {
    "script": "A script",
    "style": "A style sheet",
    "iframe": "A page within the page",
    "object": "An embedded object",
    "embed": "An embedded object",
    "applet": "An embedded object",
    "form": "A form",
    "input": "An input field",
    "button": "An input field",
    "select": "An input field",
    "textarea": "An input field",
    "svg": "A drawing (SVG)",
    "video": "A film",
    "audio": "A sound",
    "canvas": "A drawing",
    "template": "A template",
}
BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "header", "hr", "html", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot"),
        *("thead", "tr", "ul", "h1", "h2", "h3", "h4", "h5", "h6"),
    }
)
LISTS = frozenset({"ul", "ol"})
# What a link may hold unquoted: no bracket or blank that would end it in Markdown.
SAFE = "%/:=&?~#+!$,;'@-._*"
SUB = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
SUP = str.maketrans("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ")
_LOOKS = re.compile(r"colou?r|background|font|decoration", re.IGNORECASE)
# Where a package keeps its pictures, in the words of Moodle and of IMS.
_PACKED = re.compile(r"^(?:@@PLUGINFILE@@/|\$IMS-CC-FILEBASE\$/|\$@FILEPHP@\$/|\./)+")
_MARKS = re.compile(r"[`{]|\[@|\[\[|\$")


def picture_name(source: str) -> str:
    """How our Markdown names the picture that ``source`` points at; "" for one from elsewhere."""
    source = seen(source).strip()
    inside = _PACKED.sub("", source)
    try:
        parts = urlsplit(inside)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or inside.startswith(("/", "\\")) or not parts.path:
        return ""
    return quote(unquote(parts.path), safe="/-._~")


def one_line(blocks: Iterable[str]) -> str:
    """Blocks as one line: rows and entries are parted by semicolons."""
    told = []
    for block in blocks:
        if block.startswith("```"):
            told.append(signs(" ".join(block.splitlines()[1:-1])))
        elif block.startswith("| "):
            rows = [row for row in block.splitlines() if not set(row) <= set("|- ")]
            told.append("; ".join(" ".join(row.strip("| ").split()) for row in rows))
        else:
            lines = [re.sub(r"^\s*(?:[-*]|\d+\.) ", "", one) for one in block.splitlines()]
            told.append("; ".join(one.strip() for one in lines if one.strip()))
    return start(" ".join(told))


class Walk:
    """One walk through a tree: blocks that are done, the text of the one that is open, notes."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.open: list[str] = []
        self.notes: dict[str, Note] = {}
        self.skip: frozenset[str] = frozenset()

    def tell(self, kind: Literal["changed", "left"], sentence: str) -> None:
        """Say something once."""
        self.notes.setdefault(sentence, Note(kind, sentence))

    def close(self) -> None:
        """End the open block."""
        text = start(" ".join("".join(self.open).split()))
        self.open = []
        if text:
            self.blocks.append(text)

    def children(self, node: Any, depth: int) -> None:
        """What an element holds, in order."""
        self.text(node.text)
        for child in node:
            if child.tag in self.skip:
                self.open.append(" ")
            else:
                self.element(child, depth + 1)
            self.text(child.tail)

    def text(self, text: str | None) -> None:
        """Text as it stands."""
        if text:
            self.open.append(signs(text))

    def inner(self, node: Any, depth: int, skip: frozenset[str] = frozenset()) -> str:
        """What an element holds as one line, without blanks round it or the tags in ``skip``."""
        below = Walk()
        below.notes, below.skip = self.notes, skip
        below.children(node, depth)
        below.close()
        return one_line(below.blocks)

    def element(self, node: Any, depth: int) -> None:
        """One element: its block or marks, and what it holds."""
        if not isinstance(node.tag, str):
            return
        tag = node.tag.lower().rpartition(":")[2]
        self.about(node, tag)
        if tag in RUNS:
            self.tell("left", f"{RUNS[tag]} was left out: only text and pictures are taken.")
            return
        if depth > DEEPEST:
            self.tell("changed", "Elements very deep in each other were taken as plain text.")
            self.text("".join(str(one) for one in node.itertext()))
        elif tag in BLOCKS:
            self.close()
            self.block(node, tag, depth)
            self.close()
        else:
            self.mark(node, tag, depth)

    def about(self, node: Any, tag: str) -> None:
        """What an element's attributes say that is not kept."""
        if any(str(name).lower().startswith("on") for name in node.attrib):
            self.tell("left", "A script in an attribute was left out.")
        if tag in {"font", "mark", "u"} or _LOOKS.search(str(node.get("style") or "")):
            self.tell("changed", "Colours, fonts and underlining are not kept.")

    def block(self, node: Any, tag: str, depth: int) -> None:
        """An element that stands for itself."""
        if tag in {"ul", "ol"}:
            if text := "\n".join(self.entries(node, tag, depth, "")):
                self.blocks.append(text)
        elif tag == "table":
            self.table(node, depth)
        elif tag == "pre":
            self.code(node)
        elif re.fullmatch(r"h[1-6]", tag):
            if text := self.inner(node, depth):
                self.open.append(text if text.startswith("**") else f"**{text}**")
        else:
            self.children(node, depth)

    def entries(self, node: Any, tag: str, depth: int, indent: str) -> list[str]:
        """The lines of a list, those of lists within an entry below it."""
        lines: list[str] = []
        number = 0
        for child in node if depth <= DEEPEST else ():
            kind = child.tag.lower() if isinstance(child.tag, str) else ""
            lists = [child] if kind in LISTS else [one for one in child if one.tag in LISTS]
            if kind and kind not in LISTS:
                text = self.inner(child, depth + 1, LISTS)
                number += 1
                if text:
                    lines.append(f"{indent}{'-' if tag == 'ul' else f'{number}.'} {text}")
            for one in lists:
                lines += self.entries(one, one.tag, depth + 1, f"{indent}   ")
        return lines

    def table(self, node: Any, depth: int) -> None:
        """A table, its first row as the heading; what is no plain grid is filled up."""
        caption = node.find(".//caption")
        if caption is not None and (text := self.inner(caption, depth + 1)):
            self.blocks.append(text)
        rows = []
        for row in node.iter("tr"):
            cells = [one for one in row if one.tag in ("td", "th")]
            if any(one.get("colspan") or one.get("rowspan") for one in cells):
                self.tell("changed", "Joined cells of a table were parted.")
            rows.append([self.inner(one, depth + 2) for one in cells])
        width = max(map(len, rows), default=0)
        if not width:
            return
        filled = [[*row, *[""] * (width - len(row))] for row in rows]
        drawn = [f"| {' | '.join(row)} |" for row in filled]
        self.blocks.append("\n".join([drawn[0], f"|{' --- |' * width}", *drawn[1:]]))

    def code(self, node: Any) -> None:
        """Lines whose blanks count; what holds marks of ours is told line by line instead."""
        text = seen("".join(str(one) for one in node.itertext())).strip("\n")
        if _MARKS.search(text):
            self.blocks += [line(one) for one in text.splitlines() if one.strip()]
        elif text.strip():
            self.blocks.append(f"```\n{text}\n```")

    def mark(self, node: Any, tag: str, depth: int) -> None:
        """An element within a line."""
        if tag == "br":
            self.close()
        elif tag == "img":
            self.picture(node)
        elif tag in {"b", "strong"}:
            self.around(node, "**", depth)
        elif tag in {"i", "em", "cite", "dfn", "var"}:
            self.around(node, "*", depth)
        elif tag in {"code", "kbd", "samp", "tt"}:
            text = " ".join("".join(str(one) for one in node.itertext()).split())
            plain = not text or _MARKS.search(text) or "\\" in text
            self.open.append(signs(text) if plain else f"`{text}`")
        elif tag in {"sub", "sup"}:
            self.shifted(node, SUB if tag == "sub" else SUP, "_" if tag == "sub" else "^")
        elif tag == "a":
            self.link(node, depth)
        else:
            self.children(node, depth)

    def around(self, node: Any, sign: str, depth: int) -> None:
        """Text between two marks, which stand close to it."""
        if any(isinstance(one.tag, str) and one.tag in BLOCKS | {"br"} for one in node.iter()):
            self.children(node, depth)
            return
        below = Walk()
        below.notes = self.notes
        below.children(node, depth)
        text = "".join(below.open)
        inner = text.strip()
        if not inner or sign in inner or inner.startswith("*") or inner.endswith("*"):
            self.open.append(text)
            return
        before = text[: len(text) - len(text.lstrip())]
        self.open += [before, sign, inner, sign, text[len(text.rstrip()) :]]

    def shifted(self, node: Any, table: Mapping[int, int | str], sign: str) -> None:
        """Letters above or below the line: Unicode has some; others get a sign in front."""
        text = " ".join("".join(str(one) for one in node.itertext()).split())
        if all(ord(one) in table for one in text):
            self.open.append(text.translate(table))
        else:
            self.tell("changed", f"Raised and lowered letters are written with {sign} in front.")
            self.open.append(signs(f"{sign}({text})" if len(text) > 1 else f"{sign}{text}"))

    def picture(self, node: Any) -> None:
        """A picture of the package; of others their alternative text stays."""
        alt = " ".join(str(node.get("alt") or "").split())
        if name := picture_name(str(node.get("src") or "")):
            self.open.append(f"![{signs(alt)}]({name})")
            return
        self.tell("left", "A picture that is not part of the file was left out; its words stay.")
        self.text(alt)

    def link(self, node: Any, depth: int) -> None:
        """A link to the web or an address; of others the words stay."""
        text = self.inner(node, depth)
        target = "".join(seen(str(node.get("href") or "")).split())
        if not target or not text:
            self.open.append(text)
        elif re.match(r"(?:https?://|mailto:)[^/]", target, re.IGNORECASE):
            self.open.append(f"[{text}]({quote(target, safe=SAFE)})")
        else:
            self.tell(
                "left", "A link that leads neither to the web nor to an address was left out."
            )
            self.open.append(text)
