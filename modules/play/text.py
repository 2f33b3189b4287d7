"""Lesson text with its facts: each cite becomes a number, and the sources stand below."""

from __future__ import annotations

import re

from modules.basics import Surface, Words
from modules.course.model import Module

CITE = re.compile(r"\s*\[@([\w.-]+)\]")


class Notes:
    """The facts cited on one screen, numbered in the order they come."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.cited: list[str] = []

    def render(self, text: str) -> str:
        """Markdown in which each cite is a small number."""

        def number(found: re.Match[str]) -> str:
            fact = found[1]
            if fact not in self.module.facts:
                return ""
            if fact not in self.cited:
                self.cited.append(fact)
            return f"\u202f:small[[{self.cited.index(fact) + 1}]]".replace("[[", "[\\[").replace(
                "]]", "\\]]"
            )

        return CITE.sub(number, text)

    def fact(self, fact_id: str, more: str = "") -> str:
        """A fact's own statement, and below it its source and place (and ``more``), small."""
        fact = self.module.facts[fact_id]
        source = self.module.sources.get(fact.source)
        where = f"{source.title}, {source.publisher}" if source else fact.source
        place = f", {fact.place}" if fact.place else ""
        return f"{fact.statement}  \n:small[{where}{place}{more}]"

    def draw(self, surface: Surface, say: Words) -> None:
        """The sources of what was cited, folded away."""
        if not self.cited:
            return
        box = surface.expander(
            say("lesson.sources", n=len(self.cited)), icon=":material/menu_book:"
        )
        for number, fact_id in enumerate(self.cited, 1):
            fact = self.module.facts[fact_id]
            checked = say("lesson.checked", day=fact.last_checked.strftime("%d %B %Y").lstrip("0"))
            box.markdown(f"{number}. {self.fact(fact_id, f'. {checked}')}")
