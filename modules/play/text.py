"""Lesson text: cites become numbers with their sources below, terms open where they stand.

An organisation's own facts are filled in here too; what it has not written is told at the end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from modules import markup, pictured
from modules.basics import Surface, Words
from modules.course import local
from modules.course.facts import without_cites
from modules.course.local import Local
from modules.course.model import Fact, Source, Term
from modules.course.terms import TERM, plain
from modules.pictured import Picture, Recording
from modules.play import shown
from modules.play.shown import Held

CITE = re.compile(r"\s*\[@([\w.-]+)\]")
AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")


class Sourced(Held, Protocol):
    """Content that knows its facts and terms too: a module, or the library beside the modules."""

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The facts it cites."""
        ...

    @property
    def sources(self) -> Mapping[str, Source]:
        """Their sources."""
        ...

    @property
    def terms(self) -> Mapping[str, Term]:
        """The terms it marks."""
        ...


class Notes:
    """The facts cited on one screen, in order, the local ones named, and the terms defined."""

    def __init__(self, module: Sourced, own: Local | None = None) -> None:
        self.module, self.own = module, own or Local()
        self.cited: list[str] = []
        self.named: dict[str, None] = {}
        self.defined: set[str] = set()

    def write(self, surface: Surface, text: str, say: Words) -> None:
        """Draw prose; a marked term is a button that shows its definition where it stands.

        Works by keyboard, touch and screen reader without a script: the browser's own popover.
        HTML that is written in the text itself stays text. Pictures stand on lines of their own.
        """
        for part in pictured.parted(text):
            if isinstance(part, str):
                self._prose(surface, part, say)
            else:
                self.place(surface, part, say)

    def place(self, surface: Surface, part: Picture | Recording, say: Words) -> None:
        """Draw a picture or a recording."""
        shown.draw(surface, part, self.module, self._caption(part.caption), say, self.render)

    def _prose(self, surface: Surface, text: str, say: Words) -> None:
        if not any(found[2] in self.module.terms for found in TERM.finditer(text)):
            surface.markdown(self.render(text))
            return

        def shown(found: re.Match[str]) -> str:
            term = self.module.terms.get(found[2])
            if term is None:
                return found[1]
            first = term.id not in self.defined
            self.defined.add(term.id)
            said = without_cites(term.definition) if first else ""
            return markup.term_html(found[1], term.id, term.term, said, say("glossary.more"))

        safe = AUTOLINK.sub(r"[\1](\1)", text).replace("<", "&lt;")
        surface.markdown(self._filled(TERM.sub(shown, safe)), unsafe_allow_html=True)

    def render(self, text: str) -> str:
        """Markdown with small numbers for cites, plain words for terms, local facts filled in."""
        return self._filled(plain(text))

    def _caption(self, text: str) -> str:
        """Plain text with numbers for cites, for what stands in HTML."""
        return CITE.sub(
            lambda found: f" [{n}]" if (n := self._number(found[1])) else "", plain(text)
        )

    def _number(self, fact: str) -> int:
        """The number that a cited fact has on this screen; 0 for one that nobody knows."""
        if fact not in self.module.facts:
            return 0
        if fact not in self.cited:
            self.cited.append(fact)
        return self.cited.index(fact) + 1

    def _filled(self, text: str) -> str:
        def number(found: re.Match[str]) -> str:
            n = self._number(found[1])
            return f"\u202f:small[\\[{n}\\]]" if n else ""

        # Values come last: what looks like a cite in one is text.
        self.named.update(dict.fromkeys(local.keys(text)))
        return self.own.fill(CITE.sub(number, text))

    def fact(self, fact_id: str, more: str = "") -> str:
        """A fact's own statement, and below it its source and place (and ``more``), small."""
        fact = self.module.facts[fact_id]
        source = self.module.sources.get(fact.source)
        where = f"{source.title}, {source.publisher}" if source else fact.source
        place = f", {fact.place}" if fact.place else ""
        return f"{fact.statement}  \n:small[{where}{place}{more}]"

    def draw(self, surface: Surface, say: Words) -> None:
        """What the organisation has not filled in, and the sources of what was cited, folded."""
        self.unfilled(surface, say)
        if not self.cited:
            return
        box = surface.expander(
            say("lesson.sources", n=len(self.cited)), icon=":material/menu_book:"
        )
        for number, fact_id in enumerate(self.cited, 1):
            fact = self.module.facts[fact_id]
            checked = say("lesson.checked", day=fact.last_checked.strftime("%d %B %Y").lstrip("0"))
            box.markdown(f"{number}. {self.fact(fact_id, f'. {checked}')}")

    def unfilled(self, surface: Surface, say: Words) -> None:
        """A quiet line for what the organisation has not written: whom to ask instead."""
        asked: dict[str, list[str]] = {}
        for entry in self.own.empty(self.named):
            asked.setdefault(entry.ask, []).append(entry.title[:1].lower() + entry.title[1:])
        for whom, titles in asked.items():
            surface.caption(say("local.unfilled", what=", ".join(titles), whom=whom))
