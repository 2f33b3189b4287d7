"""Lesson text with its facts: each cite becomes a number, and the sources stand below.

An organisation's own facts are filled in here too; what it has not written is told at the end.
"""

from __future__ import annotations

import re

from modules.basics import Surface, Words
from modules.course import local
from modules.course.local import Local
from modules.course.model import Module

CITE = re.compile(r"\s*\[@([\w.-]+)\]")


class Notes:
    """The facts cited on one screen, numbered in the order they come, and the local ones named."""

    def __init__(self, module: Module, own: Local | None = None) -> None:
        self.module, self.own = module, own or Local()
        self.cited: list[str] = []
        self.named: dict[str, None] = {}

    def render(self, text: str) -> str:
        """Markdown in which each cite is a small number and each local fact is filled in."""

        def number(found: re.Match[str]) -> str:
            fact = found[1]
            if fact not in self.module.facts:
                return ""
            if fact not in self.cited:
                self.cited.append(fact)
            return f"\u202f:small[[{self.cited.index(fact) + 1}]]".replace("[[", "[\\[").replace(
                "]]", "\\]]"
            )

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
        self._unfilled(surface, say)
        if not self.cited:
            return
        box = surface.expander(
            say("lesson.sources", n=len(self.cited)), icon=":material/menu_book:"
        )
        for number, fact_id in enumerate(self.cited, 1):
            fact = self.module.facts[fact_id]
            checked = say("lesson.checked", day=fact.last_checked.strftime("%d %B %Y").lstrip("0"))
            box.markdown(f"{number}. {self.fact(fact_id, f'. {checked}')}")

    def _unfilled(self, surface: Surface, say: Words) -> None:
        """A quiet line for what the organisation has not written: whom to ask instead."""
        asked: dict[str, list[str]] = {}
        for entry in self.own.empty(self.named):
            asked.setdefault(entry.ask, []).append(entry.title[:1].lower() + entry.title[1:])
        for whom, titles in asked.items():
            surface.caption(say("local.unfilled", what=", ".join(titles), whom=whom))
