"""Local facts: what an organisation fills in for itself, and what stands there until it does.

``{local:breach-contact}`` in prose becomes the organisation's own value. Values are no part of a
revision: a text that is read again shows what is right today. They are plain text of one line, and
escaped when they enter Markdown, so that nothing in one can be read as Markdown or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

import structlog
from pydantic import Field

from modules import words
from modules.basics import Content, ContentError
from modules.course.files.folder import texts
from modules.course.files.merging import blame
from modules.course.files.reader import Reader
from modules.settings import settings

FILE = "local.yaml"
LOCAL = re.compile(r"\{local:([a-z0-9-]+)\}")
# What Markdown, and Streamlit with its colons, would read as a mark; at the beginning any sign
# may be one, and a number with a full stop.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#$~|&!]|:(?=[\w+-])|^[!-/:-@\[-`{-~])")
_LIST = re.compile(r"^(\d+)([.)])")
_MAIL = re.compile(r"[^\s@<>\\]+@[^\s@<>\\]+\.[^\s@<>.\\]+")
_URL = re.compile(r"https://[^\s/?#@\\]+\.[^\s/?#@\\.]+([/?#][^\s\\]*)?")
_PHONE = re.compile(r"\+?[\d\s()./-]{3,}(?:(?:ext\.?|x)\s?\d+)?")


class LocalFact(Content):
    """One thing to fill in. ``instead`` fits into the same sentence, ``ask`` is whom to ask."""

    key: str = Field(pattern=r"^[a-z][a-z0-9-]{0,47}$")
    title: str = Field(min_length=1)
    about: str = Field(min_length=1)
    instead: str = Field(min_length=1)
    ask: str = "your line manager"
    sentence: str = Field(pattern=r"\{local:[a-z0-9-]+\}")
    kind: Literal["text", "mail", "phone", "url"] = "text"
    longest: int = Field(default=120, ge=10, le=200)
    value: str = ""

    def fault(self, value: str) -> str:
        """What is wrong with a value, as the last part of a key of words; "" for a good one."""
        if len(value) > self.longest:
            return "long"
        if any(ord(one) < 32 or one in "\u2028\u2029\x7f" for one in value) or "<" in value:
            return "plain"
        shapes = {"mail": _MAIL, "url": _URL, "phone": _PHONE}
        if value and self.kind in shapes and not shapes[self.kind].fullmatch(value):
            return self.kind
        return ""

    def shown(self, value: str) -> str:
        """A value as Markdown that reads exactly as it was typed; an address can be followed."""
        told = _LIST.sub(r"\1\\\2", _MARKS.sub(r"\\\1", value))
        target = value.replace("&", "&amp;").replace(">", "%3E")
        if self.kind == "url":
            return f"[{told}](<{target}>)"
        return f"[{told}](<mailto:{target}>)" if self.kind == "mail" else told


def tidy(value: str) -> str:
    """A value as it is kept: one line, single blanks."""
    return " ".join(value.split())


def keys(text: str) -> tuple[str, ...]:
    """The keys that a text names, each once, in order."""
    return tuple(dict.fromkeys(LOCAL.findall(text)))


def present(root: Path) -> tuple[str, ...]:
    """The file's name, if it is there: content may do without."""
    return (FILE,) if (root / FILE).is_file() else ()


def read(root: Path) -> dict[str, LocalFact]:
    """The registry below ``root``, by key; none without the file. Raises ContentError."""
    return _read(root, (root / FILE).stat().st_mtime_ns) if present(root) else {}


@lru_cache(maxsize=4)
def _read(root: Path, _saved_at: int) -> dict[str, LocalFact]:
    files, problems = texts(root, FILE)
    reader = Reader(files)
    found = registry(reader)
    if problems or reader.problems:
        raise ContentError(problems + reader.problems)
    return found


def registry(reader: Reader) -> dict[str, LocalFact]:
    """The entries that can be read, by key; ``reader.problems`` says what cannot."""
    document = reader.document(FILE, list, needed=False)
    found: dict[str, LocalFact] = {}
    for index, entry in enumerate(document.data if document else ()):
        if document is None:
            break
        one = reader.build(LocalFact, entry, blame(document, (index,)))
        if one is None:
            continue
        if one.key in found:
            reader.wrong(document, (index, "key"), f"{one.key} is here twice. Delete one.")
        elif tuple(keys(one.sentence)) != (one.key,):
            sentence = f"Expected {{local:{one.key}}} in it, and no other key. Correct it."
            reader.wrong(document, (index, "sentence"), sentence)
        elif one.fault(one.value):
            sentence = f"The value is no {one.kind} of at most {one.longest} characters. Mend it."
            reader.wrong(document, (index, "value"), sentence)
        else:
            found[one.key] = one
    return found


def shipped() -> dict[str, LocalFact]:
    """The registry of this installation; a broken one is empty, since no lesson may fail for it."""
    try:
        return read(settings().content)
    except ContentError as error:
        structlog.get_logger().error("local.unreadable", reason=str(error))
        return {}


@dataclass(frozen=True)
class Local:
    """What one organisation has of its own: values by key, and examples by the id of a screen.

    A value of the organisation wins over one in the file.
    """

    registry: Mapping[str, LocalFact] = field(default_factory=shipped)
    values: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)

    def value(self, key: str) -> str:
        """What is filled in, or ""."""
        entry = self.registry.get(key)
        return self.values.get(key, entry.value if entry else "")

    def markdown(self, key: str) -> str:
        """What stands in place of ``{local:key}``; a key that is gone from the file is empty."""
        entry, value = self.registry.get(key), self.value(key)
        if entry is None:
            return words.of("en")("local.somebody")
        return entry.shown(value) if value else entry.instead

    def fill(self, text: str) -> str:
        """The text with everything filled in: Markdown before, Markdown after."""
        if "{local:" not in text:
            return text
        return LOCAL.sub(lambda found: self.markdown(found[1]), text)

    def empty(self, named: Iterable[str]) -> tuple[LocalFact, ...]:
        """Those of some keys that nobody has filled in."""
        return tuple(
            self.registry[key] for key in named if key in self.registry and not self.value(key)
        )
