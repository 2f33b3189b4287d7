"""The parts of a question in Moodle XML that all types share: texts with their files, and notes."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import quote

from lxml import etree

from modules.exchange.items.gathering import Gathering, NotTakenError, bare

# What Moodle writes into each question of these types when its author writes nothing.
OWN_WORDS = {
    "Your answer is correct.",
    "Your answer is partially correct.",
    "Your answer is incorrect.",
}
# Read by the types, or without meaning outside of Moodle: settings of its own page.
SHARED = {"name", "questiontext", "generalfeedback", "idnumber", "tags", "hint", "defaultgrade"}
SHARED |= {"hidden", "correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"}
SHARED |= {"image", "image_base64"}
ITS_OWN = {"penalty", "answernumbering", "showstandardinstruction", "shownumcorrect"}
ITS_OWN |= {"coursetags", "unitsleft", "showunits", "showgrading", "layouttype", "editing"}
# Characters of Markdown in one text, whose brackets take long to pair.
LONGEST = 20_000
_MARKUP = re.compile(r"<[a-zA-Z/!]")
_BLOCKS = re.compile(r"<(?:p|div|br|ul|ol|li|table|pre|h[1-6])\b", re.IGNORECASE)
_LINKED = re.compile(r"@@PLUGINFILE@@/([^\s\"'<>?#)]+)")
_PARAGRAPH = re.compile(r"\n\s*\n")


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first part called ``name``."""
    return element.find(name)


def plain(element: etree._Element | None) -> str:
    """The text of a part: that of its <text>, or its own in files by hand."""
    if element is None:
        return ""
    inner = element.find("text")
    return "".join((element if inner is None else inner).itertext()).strip()


def setting(question: etree._Element, name: str) -> str:
    """A setting in lower case, "" when it is not there."""
    return plain(question.find(name)).lower()


def yes(question: etree._Element, name: str, otherwise: bool) -> bool:
    """Whether a setting is on; ``otherwise`` when it is not there."""
    value = setting(question, name)
    return otherwise if value == "" else value in ("1", "true", "yes")


@dataclass
class Parts:
    """One question and what has been read of it."""

    question: etree._Element
    gathering: Gathering
    read: set[str] = field(default_factory=lambda: {*SHARED, *ITS_OWN})

    def of(self, *names: str) -> Iterator[etree._Element]:
        """The parts with these names, which count as read."""
        self.read.update(names)
        for element in self.question:
            if element.tag in names:
                yield element

    def blocks(self, element: etree._Element | None) -> str:
        """A text of several paragraphs as Markdown."""
        html, files = self._html(element)
        return self.gathering.blocks(html, files) if html else ""

    def line(self, element: etree._Element | None, what: str) -> str:
        """A text as one line of Markdown."""
        html, files = self._html(element)
        return self.gathering.line(html, files, what) if html else ""

    def _html(self, element: etree._Element | None) -> tuple[str, dict[str, bytes]]:
        """A text as HTML, by the format that it names, and the files that come with it."""
        if element is None:
            return "", {}
        raw = plain(element)
        files = self._files(element, raw)
        way = (element.get("format") or "moodle_auto_format").lower()
        if way == "markdown" and len(raw) > LONGEST:
            raise NotTakenError(f"A text in Markdown has more than {LONGEST:,} characters.")
        if way == "markdown":
            from markdown_it import MarkdownIt

            return MarkdownIt("commonmark").enable("table").render(raw), files
        if way == "plain_text":
            return escape(raw, quote=False).replace("\n", "<br>"), files
        if way not in ("html", "moodle_auto_format", ""):
            self.gathering.changed(f"The text format “{bare(way, 40)}” is not known: read as HTML.")
        if way != "html" and not _MARKUP.search(raw):
            # Moodle's own way of plain text: entities and line ends count.
            made = _PARAGRAPH.split(escape(unescape(raw), quote=False))
            return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in made), files
        if way != "html" and not _BLOCKS.search(raw):
            return raw.replace("\n", "<br>"), files
        return raw, files

    def _files(self, element: etree._Element, raw: str) -> dict[str, bytes]:
        """Pictures by the link that the text has to them; what no picture links to is told."""
        linked = set(_LINKED.findall(unescape(raw)))
        files: dict[str, bytes] = {}
        for one in element.findall("file"):
            name = (one.get("name") or "").strip()
            path = (one.get("path") or "/").strip("/")
            told = f"The file “{bare(name, 60)}”"
            if (one.get("encoding") or "base64").lower() != "base64":
                self.gathering.left(f"{told} is not written as base64. It was left out.")
                continue
            try:
                data = base64.b64decode("".join((one.text or "").split()), validate=True)
            except (binascii.Error, ValueError):
                self.gathering.left(f"{told} is damaged. It was left out.")
                continue
            inside = f"{path}/{name}" if path else name
            spelt = {inside, quote(inside), inside.replace(" ", "%20")}
            if not spelt & linked and f"@@PLUGINFILE@@/{inside}" not in raw:
                self.gathering.left(f"{told} is linked to by no text. It was left out.")
                continue
            for one_way in spelt:
                files[f"@@PLUGINFILE@@/{one_way}"] = data
            sources = re.findall(
                r"""(?:<img\b[^>]*?src\s*=\s*["']?|!\[[^\]]*\]\(<?)@@PLUGINFILE@@/([^"'\s>)]+)""",
                unescape(raw),
            )
            if not spelt & set(sources) and not any(inside in one for one in sources):
                self.gathering.left(f"{told} is no picture in the text. It was left out.")
        return files

    def shared(self) -> None:
        """Tell what no item of ours has a place for, and every part that nothing has read."""
        tell, question = self.gathering, self.question
        for name, when in (
            ("correctfeedback", "a right answer"),
            ("partiallycorrectfeedback", "a partly right answer"),
            ("incorrectfeedback", "a wrong answer"),
        ):
            said = bare(plain(question.find(name)), 200)
            if said and said not in OWN_WORDS:
                tell.left(f"What is said to {when} was left out: “{said}”")
        for hint in question.findall("hint"):
            if said := bare(plain(hint), 200):
                tell.left(f"A hint for a second try was left out: “{said}”")
        if number := plain(question.find("idnumber")):
            tell.left(f"Its ID number, “{bare(number, 60)}”, was left out: we give it one of ours.")
        grade = setting(question, "defaultgrade")
        if grade and share(grade, "The default mark") not in (1.0, 0.0):
            tell.left(f"It counts {bare(grade, 20)} marks. Here all items count the same.")
        if yes(question, "hidden", False):
            tell.changed("It is hidden in Moodle. Here it comes as any other.")
        for element in question:
            if element.tag not in self.read:
                said = bare(" ".join(element.itertext()), 80)
                if said:
                    tell.left(
                        f"A part called “{bare(str(element.tag), 40)}” was left out: “{said}”"
                    )

    def tags(self) -> tuple[str, ...]:
        """Its tags, each once."""
        found = [plain(one) for one in self.question.iterfind("tags/tag")]
        return tuple(dict.fromkeys(" ".join(tag.split()) for tag in found if tag.strip()))


def share(written: str | None, what: str) -> float:
    """A finite number as it is written, with a point or a comma."""
    try:
        value = float((written or "").strip().replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise NotTakenError(f"{what} is “{bare(written or '', 40)}”. A number is expected there.")
    return value
