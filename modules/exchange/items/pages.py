"""A document that somebody wrote elsewhere, as screens of a draft and questions found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from modules.exchange.items.brought import Bank, Note


@dataclass(frozen=True)
class Page:
    """One screen: a heading's part of a document, or a slide.

    ``place`` says where it stands ("slide 3"). ``markdown`` is without its title; pictures stand
    in it by names from ``Pages.pictures``. ``spoken`` is what the slide's notes have the speaker
    say, offered for the trainer to use or not.
    """

    title: str
    place: str
    markdown: str
    pictures: tuple[str, ...] = ()
    spoken: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Pages:
    """All of a document. ``questions`` are what stood in it in Aiken's form, out of the screens."""

    format: str
    title: str
    screens: tuple[Page, ...]
    questions: Bank
    notes: tuple[Note, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
