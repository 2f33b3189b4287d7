"""Pictures and recordings among text, each alone on its line.

``![What it shows](pictures/flood.png "caption")``. The words in brackets are what a screen reader
says of a picture, and the title of a recording; the caption stands below for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

FOLDER = "pictures/"
FILE = re.compile(r"pictures/[a-z0-9][a-z0-9-]*\.[a-z0-9]+")
"""How the files of a lesson are called: small letters, digits and hyphens."""
RECORDINGS = ("mp3", "mp4", "webm")
LINE = re.compile(
    r"(?:\{(?P<law>[a-z]{2,3})\}[ \t]*)?"
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.)*)\]"
    r'\([ \t]*(?P<path>[^\s()"]*)(?:[ \t]+"(?P<caption>(?:[^"\\]|\\.)*)")?[ \t]*\)[ \t]*'
)
FENCE = re.compile(r"^\s{0,3}(?:```|~~~)")
_ESCAPED = re.compile(r"\\([\\\[\]\"])")


@dataclass(frozen=True)
class Placed:
    """A file shown among text; ``law`` is "" where it is for everybody."""

    path: str
    alt: str
    caption: str = ""
    law: str = ""
    line: int = field(default=0, compare=False)

    @property
    def prose(self) -> str:
        """What of it is read like the text around: its caption, which may cite facts."""
        return self.caption


class Picture(Placed):
    """A photograph or a drawing."""


class Recording(Placed):
    """A film or a sound, titled by ``alt``."""

    @property
    def heard(self) -> bool:
        """Whether there is nothing to see."""
        return self.path.endswith(".mp3")

    def captions(self, language: str) -> str:
        """The file of its captions in a language: "pictures/flood.en.vtt"."""
        return f"{self.path.rpartition('.')[0]}.{language}.vtt"

    def transcript(self, language: str) -> str:
        """The file of its words in a language: "pictures/flood.en.md"."""
        return f"{self.path.rpartition('.')[0]}.{language}.md"


def placed(line: str, number: int = 0) -> Picture | Recording | None:
    """The picture or recording that a line is; None for any other line."""
    found = LINE.fullmatch(line) if "![" in line else None
    if not found:
        return None
    kind = Recording if found["path"].rpartition(".")[2] in RECORDINGS else Picture
    alt, caption = (_ESCAPED.sub(r"\1", found[one] or "").strip() for one in ("alt", "caption"))
    return kind(found["path"], alt, caption, found["law"] or "", number)


def parted(text: str) -> Iterator[str | Picture | Recording]:
    """A text as its prose and what is placed in it, in order; without empty prose."""
    if "![" not in text:
        yield text
        return
    prose: list[str] = []
    fenced = False
    for number, line in enumerate(text.split("\n")):
        fenced ^= bool(FENCE.match(line))
        one = None if fenced else placed(line, number)
        if one is None:
            prose.append(line)
            continue
        if told := "\n".join(prose).strip("\n"):
            yield told
        prose.clear()
        yield one
    if told := "\n".join(prose).strip("\n"):
        yield told


def shown(text: str) -> tuple[Picture | Recording, ...]:
    """What is placed in a text."""
    return tuple(one for one in parted(text) if not isinstance(one, str))


def words(text: str) -> str:
    """A text without what is placed in it."""
    if "![" not in text:
        return text
    return "\n\n".join(one for one in parted(text) if isinstance(one, str))


def described(text: str) -> str:
    """A text with the words for what is placed in it, for where nothing can be shown."""
    if "![" not in text:
        return text
    return "\n\n".join(one if isinstance(one, str) else f"({one.alt})" for one in parted(text))
