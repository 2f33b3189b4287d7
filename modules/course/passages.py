"""What of the content can be found: screens, job aids and terms as plain text; no item, no key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape

from modules.course.facts import without_cites
from modules.course.finding import Passage
from modules.course.model import Ask, Band, JobAid, Library, Module, Need, Part, Recording
from modules.course.terms import plain
from modules.pictured import Placed, described

# Whose law a block is for, a fact of the body that runs this, what stands in the first place of a
# line: none of it is a word to look for. Readers see blocks by their own law; the index has all.
MARK = re.compile(r"\{(?:eu|uk|local:[a-z-]+)\}\s?")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
SIGNS = re.compile(r"^\s*(?:[-*+>]|#{1,6}|\d+[.)])\s+|\*\*|(?<!\w)[*_]|[*_](?!\w)|`", re.MULTILINE)


def words_of(markdown: str) -> str:
    """Markdown as its words in one line, for the index and for what is shown of it."""
    text = plain(without_cites(MARK.sub("", described(markdown))))
    text = LINK.sub(r"\1", text)
    text = re.sub(r"^\|?[\s:|-]+\|?$", "", text, flags=re.MULTILINE).replace("|", " ")
    return " ".join(unescape(SIGNS.sub("", text)).split())


def of_module(module: Module) -> Iterator[Passage]:
    """A module's screens, in order, and its job aid."""
    for step in module.steps:
        if step.kind != "screen":
            continue
        screen = module.screens[step.id]
        heads = [part.title for part in screen.told if isinstance(part, Band)]
        texts = [text for part in screen.told for text in _texts(module, part)]
        yield Passage(
            "screen",
            screen.id,
            screen.title,
            " · ".join([module.title, *heads]),
            words_of("\n\n".join(texts)),
            module.id,
        )
    if module.aid:
        yield _aid(module.id, module.aid, module.title, module.id)


def _texts(module: Module, part: Part) -> Iterator[str]:
    """What can be looked for in a part: of a picture its words too, of a recording all it says."""
    if isinstance(part, Placed):
        yield part.alt
    if isinstance(part, Recording):
        yield module.transcripts.get(part.transcript(module.language), "")
    if not isinstance(part, Ask):
        yield part.prose


def of_library(library: Library) -> Iterator[Passage]:
    """The job aids of no module, and the glossary."""
    for name, aid in library.aids.items():
        yield _aid(name, aid, "", "")
    for term in library.terms.values():
        yield Passage("term", term.id, term.term, "", words_of(term.definition))


def with_needs(passages: Iterable[Passage], needs: Sequence[Need]) -> Iterator[Passage]:
    """Job aids can be found by what somebody says who needs them, too."""
    for one in passages:
        said = [need.title for need in needs if one.kind == "aid" and need.aid == one.place]
        heading = " · ".join(part for part in (one.heading, *said) if part)
        yield replace(one, heading=heading)


def _aid(name: str, aid: JobAid, heading: str, module: str) -> Passage:
    return Passage("aid", name, aid.title, heading, words_of(aid.markdown), module)
