"""The Markdown files of a draft: their front matter, and each screen by its id.

A line of hyphens parts screens. Where somebody writes one into a screen's text, it is kept with a
blank before it, which reads the same and parts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from modules.basics import BadInput, Problem
from modules.course import lesson

_HEADING = re.compile(r"^##\s+\{#([a-z0-9-]+)\}[ \t]*(.*?)\s*$")
_PARTING = re.compile(r"^( {0,2})(-{3,}\s*)$")
_PUT_BY = re.compile(r"^ ( {0,2})(-{3,}\s*)$")


@dataclass(frozen=True)
class Written:
    """A screen as it is written; ``start`` and ``end`` are where in the file it stands."""

    id: str
    title: str
    text: str
    start: int
    end: int


def front(text: str) -> str:
    """The front matter of a Markdown file, as YAML. Raises BadInput where there is none."""
    start, end = _front(text)
    return text[start:end]


def with_front(text: str, change: Callable[[str], str]) -> str:
    """The file with its front matter changed."""
    start, end = _front(text)
    return text[:start] + "\n" + change(text[start:end]).strip("\n") + "\n" + text[end:]


def body(text: str) -> str:
    """What stands below the front matter, as it is edited."""
    return text[_front(text)[1] :].partition("\n")[2].strip("\n")


def with_body(text: str, markdown: str) -> str:
    """The file with other Markdown below its front matter."""
    head = text[: _front(text)[1]] + text[_front(text)[1] :].partition("\n")[0]
    return f"{head}\n\n{_tidy(markdown)}\n"


def screens(text: str) -> list[Written]:
    """The screens that have an id, in order."""
    parted = lesson.part("", text)
    if isinstance(parted, Problem):
        return []
    found, offset = list[Written](), len(text) - len(parted.body)
    for start, end in lesson.spans(parted.body):
        whole = parted.body[start:end]
        lead = len(whole) - len(whole.lstrip("\r\n \t"))
        first, _, rest = whole[lead:].partition("\n")
        if heading := _HEADING.match(first):
            lines = [_PUT_BY.sub(r"\1\2", line) for line in rest.strip("\n").split("\n")]
            at = offset + start + lead
            stop = at + len(whole[lead:].rstrip("\n"))
            found.append(Written(heading[1], heading[2], "\n".join(lines), at, stop))
    return found


def screen(text: str, id: str) -> Written | None:
    """The screen of that id."""
    return next((one for one in screens(text) if one.id == id), None)


def put(text: str, id: str, *, title: str | None = None, markdown: str | None = None) -> str:
    """The file with another title or text of a screen. Raises BadInput where there is none."""
    here = screen(text, id)
    if here is None:
        raise BadInput(f"There is no screen {id} in the lesson. Look at the source.")
    heading = _heading(id, here.title if title is None else title)
    if markdown is None:
        first = text[here.start : here.end].partition("\n")
        return text[: here.start] + heading + first[1] + first[2] + text[here.end :]
    return f"{text[: here.start]}{heading}\n\n{_parted(markdown)}".rstrip("\n") + text[here.end :]


def add(text: str, id: str, title: str, markdown: str) -> str:
    """The file with one more screen at its end."""
    if screen(text, id):
        raise BadInput(f"There is a screen {id} already. Give this one another id.")
    parting = "---\n\n" if screens(text) else ""
    written = f"{_heading(id, title)}\n\n{_parted(markdown)}".rstrip("\n")
    return f"{text.rstrip(chr(10))}\n\n{parting}{written}\n"


def take(text: str, id: str) -> str:
    """The file without a screen, and without the line that parted it from the one before."""
    every = screens(text)
    number = next((n for n, one in enumerate(every) if one.id == id), None)
    if number is None:
        return text
    if number + 1 < len(every):
        return text[: every[number].start] + text[every[number + 1].start :]
    before = text[: every[number].start].rstrip()
    return (
        re.sub(r"\n-{3,}$", "", before).rstrip() + text[every[number].end :]
        if number
        else (text[: every[number].start].rstrip("\n") + "\n")
    )


def _front(text: str) -> tuple[int, int]:
    parted = lesson.part("", text)
    if isinstance(parted, Problem):
        raise BadInput("This file has lost its front matter. Mend it on “Source”.")
    start = text.index(parted.front) if parted.front else text.index("\n") + 1
    return start, start + len(parted.front)


def _heading(id: str, title: str) -> str:
    return f"## {{#{id}}} {' '.join(title.split())}".rstrip()


def _parted(markdown: str) -> str:
    """Markdown that parts no screens."""
    return "\n".join(_PARTING.sub(r" \1\2", line) for line in _tidy(markdown).split("\n"))


def _tidy(markdown: str) -> str:
    """Markdown as a file holds it: lines end in one way, no empty ones around it."""
    return re.sub(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", markdown).strip("\n")
