"""A screen of a lesson and what stands on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from modules.pictured import Picture, Recording


@dataclass(frozen=True)
class Text:
    """Markdown, with its cites ``[@id]`` still inside."""

    markdown: str
    line: int = field(default=0, compare=False)

    @property
    def prose(self) -> str:
        """What is read of it."""
        return self.markdown


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

    @property
    def prose(self) -> str:
        """What is read of it below its title."""
        return self.text


Part = Text | Ask | Band | Picture | Recording


@dataclass(frozen=True)
class Screen:
    """One short page of a lesson."""

    id: str
    title: str
    parts: tuple[Part, ...]
    line: int = field(default=0, compare=False)

    @property
    def told(self) -> tuple[Text | Band | Picture | Recording, ...]:
        """Its parts without the questions."""
        return tuple(part for part in self.parts if not isinstance(part, Ask))
