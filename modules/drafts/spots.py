"""One place of a draft that a form shows: which file, where in it, and how it is written there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from modules.course.files.marked import At
from modules.drafts import fields, screens

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,9})?")
Kind = Literal["yaml", "front", "screen", "heading", "body", "file", "lines"]


@dataclass(frozen=True)
class Spot:
    """A value in a YAML file, in front matter, or a part of a Markdown file.

    A list of kind ``lines`` is written one entry a line. ``at`` is the path of
    fields; of a screen's text or heading its id.
    """

    path: str
    at: At = ()
    kind: Kind = "yaml"

    @property
    def place(self) -> str:
        """How the history and others' screens name it."""
        name = "/".join(map(str, self.at))
        return name or self.path.rpartition("/")[2]

    def read(self, text: str) -> Any:
        """What stands here. Raises BadInput where the file cannot be read."""
        if self.kind == "file":
            return text
        if self.kind == "body":
            return screens.body(text)
        if self.kind in ("screen", "heading"):
            found = screens.screen(text, str(self.at[0]))
            return (found.text if self.kind == "screen" else found.title) if found else None
        if self.kind == "lines":
            entries = fields.read(text, self.at)
            return "\n".join(map(str, entries)) if isinstance(entries, list) else entries
        return fields.read(screens.front(text) if self.kind == "front" else text, self.at)

    def put(self, text: str, value: Any) -> str:
        """The file with another value here. Raises BadInput where that cannot be done."""
        if self.kind == "file":
            return str(value)
        if self.kind == "body":
            return screens.with_body(text, value)
        if self.kind == "screen":
            return screens.put(text, str(self.at[0]), markdown=value)
        if self.kind == "heading":
            return screens.put(text, str(self.at[0]), title=value)
        if self.kind == "front":
            return screens.with_front(text, lambda front: fields.put(front, self.at, value))
        if self.kind == "lines":
            value = _entries(str(value), fields.read(text, self.at))
        return fields.put(text, self.at, value)


def _entries(text: str, before: Any) -> list[Any]:
    """The lines of a text as a list: numbers where there were numbers."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    numbers = isinstance(before, list) and all(isinstance(one, int | float) for one in before)
    if before and numbers and all(_NUMBER.fullmatch(line) for line in lines):
        return [float(line) if "." in line else int(line) for line in lines]
    return lines
