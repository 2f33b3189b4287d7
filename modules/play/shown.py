"""Pictures and recordings drawn: each with its words, and a recording with what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from modules import markup
from modules.basics import Surface, Words
from modules.course.media import address
from modules.pictured import Picture, Recording


class Held(Protocol):
    """Content that knows its language and its files."""

    @property
    def language(self) -> str:
        """The language it is in."""
        ...

    @property
    def media(self) -> Mapping[str, str]:
        """Its files by path, each by its SHA-256."""
        ...

    @property
    def transcripts(self) -> Mapping[str, str]:
        """What its recordings say."""
        ...


def draw(
    surface: Surface,
    part: Picture | Recording,
    of: Held,
    caption: str,
    say: Words,
    render: Callable[[str], str],
) -> None:
    """Show it with its caption, which is plain text; ``render`` turns a transcript into Markdown.

    Where the file is not kept its words stand alone: a lesson goes on.
    """
    if part.path not in of.media:
        surface.markdown(f":material/image: {markup.literal(part.alt)}")
        return
    source = address(of.media[part.path], part.path)
    if isinstance(part, Picture):
        surface.html(markup.figure_html(source, part.alt, caption))
        return
    tracks = [
        (path.split(".")[1], address(sha256, path))
        for path, sha256 in of.media.items()
        if path.startswith(f"{part.path.rpartition('.')[0]}.") and path.endswith(".vtt")
    ]
    # Hers first: a browser shows the first of them from the beginning.
    tracks.sort(key=lambda track: track[0] != of.language)
    surface.html(markup.player_html(source, part.alt, caption, tracks, heard=part.heard))
    if told := of.transcripts.get(part.transcript(of.language)):
        box = surface.expander(say("lesson.transcript"), icon=":material/article:")
        box.markdown(render(told))
