"""A screen of a lesson and what stands on it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """Markdown, with its cites ``[@id]`` still inside."""

    markdown: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Ask:
    """An item placed among the text."""

    item: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Band:
    """A rule of thumb: a title (without its full stop) and Markdown."""

    title: str
    text: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Screen:
    """One short page of a lesson."""

    id: str
    title: str
    parts: tuple[Text | Ask | Band, ...]
    line: int = field(default=0, compare=False)
