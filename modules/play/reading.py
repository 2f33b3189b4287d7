"""The parts of a screen that are read, wherever it is read."""

from __future__ import annotations

from modules.basics import Surface, Words
from modules.course.model import Ask, Band, Screen, Text
from modules.play.text import Notes


def draw(surface: Surface, screen: Screen, notes: Notes, say: Words, stem: str = "read") -> None:
    """Text, rules of thumb, pictures and recordings, in order; questions are the page's own.

    ``stem`` begins the keys of the texts.
    """
    for number, part in enumerate(screen.parts):
        if isinstance(part, Band):
            band = surface.container(key=f"band-{screen.id}-{number}")
            notes.write(band, f":material/lightbulb: **{part.title}**\n\n{part.text}", say)
        elif isinstance(part, Text):
            notes.write(surface.container(key=f"{stem}-{screen.id}-{number}"), part.markdown, say)
        elif not isinstance(part, Ask):
            notes.place(surface, part, say)
