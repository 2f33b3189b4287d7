"""Plain text as our Markdown: nothing in it is read as a mark, Markdown's or our own."""

from __future__ import annotations

import re

# Signs that begin something in Markdown, in Streamlit (":smile:", "$x$") or in our files: a cite
# "[@id]", a gap "[[g1]]", a placed item "{ask …}", a parameter "{n}", a local fact "{local:…}".
_SIGNS = re.compile(
    r"[\\`*$~\[\]{}<|]|&(?=#?\w+;)|:(?=[A-Za-z][\w+-]*[:/])|(?<![^\W_])_|_(?![^\W_])"
)
# What begins a block where it stands first in a line: heading, quote, list, rule, underlining.
_BLOCK = re.compile(r"^(?:#{1,6}(?=\s|$)|>|[-+](?=[\s+-]|$)|=+\s*$)|^(\d{1,9})(?=[.)](?:\s|$))")
_BREAKS = re.compile(r"\n\s*\n")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    r"\ufff9-\ufffb\ud800-\udfff]"
)


def seen(text: str) -> str:
    """``text`` without signs that cannot be seen, such as controls and changes of direction."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def signs(text: str) -> str:
    """Text within a line with every sign escaped that would mean something there."""
    return _SIGNS.sub(lambda found: f"\\{found[0]}", text)


def start(line: str) -> str:
    """A line, its signs escaped already, that cannot begin a block."""

    def escaped(found: re.Match[str]) -> str:
        return f"{found[1]}\\" if found[1] else f"\\{found[0]}"

    return _BLOCK.sub(escaped, line)


def line(text: str) -> str:
    """Plain text as one line of our Markdown."""
    return start(signs(" ".join(seen(text).split())))


def paragraphs(text: str) -> str:
    """Plain text of several lines as paragraphs of our Markdown; an empty line parts them."""
    return "\n\n".join(filter(None, map(line, _BREAKS.split(seen(text)))))
