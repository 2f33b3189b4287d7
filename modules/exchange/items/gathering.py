"""One item while it is read: what is said about it, its pictures, and its HTML as our Markdown."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import unquote

from modules.exchange.items.brought import Note
from modules.exchange.items.html import inline, markdown
from modules.exchange.items.pictures import NoPictureError, Shelf

_IMAGE = re.compile(r"<img(?=[\s/>])", re.IGNORECASE)
# Possessive: where a tag has no end, no second way through it is tried.
_END = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
# Tags in one text that have no end: after so many of them nobody means a picture.
ENDLESS = 20
_PART = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_DATA = re.compile(r"data:image/[a-z+.-]+;base64,(.*)", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^>]{0,2000}>")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")


class NotTakenError(Exception):
    """An item that is not taken; its text is the sentence for the trainer."""


def clipped(text: str, most: int = 120) -> str:
    """Plain ``text`` in one line of at most ``most`` characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def bare(html: str, most: int = 120) -> str:
    """``html`` as plain words, at most ``most`` characters."""
    return clipped(unescape(_TAGS.sub(" ", html[: most * 40])), most)


@dataclass
class Gathering:
    """What is learned about one item. ``shelf`` is shared by all items of a file."""

    shelf: Shelf
    notes: list[Note] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def left(self, sentence: str) -> None:
        """Tell that a part was left out."""
        self._tell(Note("left", sentence))

    def changed(self, sentence: str) -> None:
        """Tell that a part was made to fit."""
        self._tell(Note("changed", sentence))

    def _tell(self, note: Note) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def blocks(self, html: str, files: Mapping[str, bytes]) -> str:
        """``html`` as Markdown; ``files`` are its pictures by the path that it names them by."""
        text, notes = markdown(self._with_pictures(html, files))
        for note in notes:
            self._tell(note)
        return text.strip()

    def line(self, html: str, files: Mapping[str, bytes], what: str) -> str:
        """``html`` as Markdown in one line, for an option or a reason, which ``what`` names."""
        text = self.blocks(html, files)
        if "\n" not in text:
            return text
        self.changed(f"{what} has several paragraphs or a list. It was made one line.")
        return inline(self._with_pictures(html, files))[0].strip()

    def used(self, *texts: str) -> tuple[str, ...]:
        """The pictures that stand in ``texts``, in order."""
        found = [name for text in texts for name in _PICTURE.findall(text)]
        return tuple(dict.fromkeys(name for name in found if name in self.shelf.kept))

    def _with_pictures(self, html: str, files: Mapping[str, bytes]) -> str:
        made, at, endless = list[str](), 0, 0
        for found in _IMAGE.finditer(html):
            if found.start() < at or endless > ENDLESS:
                continue
            if end := _END.match(html, found.end()):
                made += [
                    html[at : found.start()],
                    self._picture(html[found.start() : end.end()], files),
                ]
                at = end.end()
            else:
                endless += 1
        return "".join([*made, html[at:]])

    def _picture(self, tag: str, files: Mapping[str, bytes]) -> str:
        parts = {
            one[1].lower(): unescape(one[2] or one[3] or one[4] or "")
            for one in _PART.finditer(tag)
        }
        source, alt = parts.get("src", "").strip(), " ".join(parts.get("alt", "").split())
        told = f"The picture “{bare(source.rsplit('/', 1)[-1], 40) or 'without a name'}”"
        inside = _DATA.fullmatch(source)
        if inside:
            told = "A picture"
            try:
                data = base64.b64decode("".join(inside[1].split()), validate=True)
            except (binascii.Error, ValueError):
                self.left(f"{told} inside the text is damaged. It was left out.")
                return f" {escape(alt)} "
        else:
            found = files.get(source)
            data = files.get(unquote(source), b"") if found is None else found
        if not data:
            elsewhere = re.match(r"(https?:)?//", source, re.IGNORECASE)
            why = (
                "is on another site, which would learn who reads it"
                if elsewhere
                else "is not in the file"
            )
            self.left(f"{told} {why}. It was left out: bring it as a picture of its own.")
            return f" {escape(alt)} "
        try:
            name = self.shelf.keep("picture" if inside else unquote(source), data)
        except NoPictureError as error:
            self.left(f"{told} was left out: {error}")
            return f" {escape(alt)} "
        if not alt:
            self.changed(f"{told} has no alternative text. Write what it shows.")
        if name not in self.pictures:
            self.pictures.append(name)
        return f'<img src="{name}" alt="{escape(alt)}">'
