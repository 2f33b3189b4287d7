"""What a writer can put into a text: found by its words, with what has to be known about it.

The records are those of the content folder and the draft's own. What must not be printed is not
among them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from modules.basics import LAWS, Words
from modules.course import local
from modules.course.facts import verified
from modules.course.files.folder import texts
from modules.course.files.glossary import glossary, glossary_file
from modules.course.files.reader import Reader
from modules.course.files.registers import REGISTERS, register
from modules.course.finding import Index, Kind, Passage
from modules.course.model import Fact, Source
from modules.course.passages import words_of

KINDS: tuple[Kind, ...] = ("fact", "source", "term", "belief", "local", "note")
MOST = 12


@dataclass(frozen=True)
class Offer:
    """One thing to put in: ``mark`` is what the text gets, and ``text`` what the mark stands for.

    ``late`` is a fact whose review is overdue: it is shown, so that nobody looks for it in vain,
    and not to be put in. ``graded`` says whether something graded may rest on it.
    """

    kind: Kind
    id: str
    title: str
    text: str
    mark: str
    own: bool = False
    fact: Fact | None = None
    source: Source | None = None
    late: bool = False
    graded: bool = True


@dataclass(frozen=True)
class Shelf:
    """Everything there is to put in, with an index of its words."""

    offers: tuple[Offer, ...]
    index: Index

    def search(self, query: str, kinds: Collection[Kind] = KINDS, most: int = MOST) -> list[Offer]:
        """What fits best, of these kinds; without words the first of each kind, in its order."""
        if not query.strip():
            return [one for one in self.offers if one.kind in kinds][:most]
        known = {(one.kind, one.id): one for one in self.offers}
        hits = self.index.search(query, most=len(self.offers)).hits
        found = [known[one.passage.kind, one.passage.place] for one in hits]
        return [one for one in found if one.kind in kinds][:most]


def shelf(root: Path, files: Mapping[str, str], language: str, today: date, say: Words) -> Shelf:
    """What can be put into a draft's texts: the records below ``root``, and those of ``files``.

    Records that cannot be read are left out: the content check says what is wrong with them. It is
    kept by what it was made from, since building the index takes longer than a page may.
    """
    names = [*REGISTERS, glossary_file(language), local.FILE]
    there = tuple(
        (name, (root / name).stat().st_mtime_ns) for name in names if (root / name).is_file()
    )
    own = tuple((name, files[name]) for name in REGISTERS if name in files)
    notes = tuple((law, say(f"law.notes.{law}"), say("insert.note_told")) for law in LAWS)
    return _shelf(root, there, own, language, today, notes)


@lru_cache(maxsize=8)
def _shelf(
    root: Path,
    there: tuple[tuple[str, int], ...],
    own: tuple[tuple[str, str], ...],
    language: str,
    today: date,
    notes: tuple[tuple[str, str, str], ...],
) -> Shelf:
    shipped, _ = texts(root, *(name for name, _ in there))
    offers = [*_offers(shipped, dict(own), language, today)]
    offers += [Offer("note", law, title, told, f"{{{law}}} ") for law, title, told in notes]
    return Shelf(tuple(offers), Index(_passage(one) for one in offers))


def _offers(
    shipped: Mapping[str, str], files: Mapping[str, str], language: str, today: date
) -> Iterator[Offer]:
    facts, sources, beliefs = (_both(shipped, files, name) for name in REGISTERS)
    by_id = {one.id: one for one, _ in reversed(sources)}
    for fact, own in facts:
        if printable(fact):
            yield _of_fact(fact, by_id.get(fact.source), own, today)
    for source, own in sources:
        yield Offer(
            "source", source.id, source.title, source.publisher, source.id, own, None, source
        )
    for term in glossary(Reader(shipped), language)[1].values():
        mark = f"[{_small(term.term)}](term:{term.id})"
        yield Offer("term", term.id, term.term, term.definition, mark)
    for belief, own in beliefs:
        yield Offer("belief", belief.id, belief.title, "", belief.id, own)
    for entry in local.registry(Reader(shipped)).values():
        yield Offer("local", entry.key, entry.title, entry.about, f"{{local:{entry.key}}}")


def printable(fact: Fact) -> bool:
    """Whether somebody read it anywhere: a statement that is marked and no more is not printed."""
    return fact.status[:1] in ("V", "S")


def _of_fact(fact: Fact, source: Source | None, own: bool, today: date) -> Offer:
    late = fact.review_by < today
    told = " ".join((fact.place, source.title if source else "", fact.caution))
    mark, graded = f"[@{fact.id}]", verified(fact)
    return Offer("fact", fact.id, fact.statement, told, mark, own, fact, source, late, graded)


def _both(
    shipped: Mapping[str, str], files: Mapping[str, str], name: str
) -> Sequence[tuple[Any, bool]]:
    """The records of a register: the draft's own first."""
    own = register(Reader(files), name)[1] if name in files else {}
    known = register(Reader(shipped), name)[1] if name in shipped else {}
    return [(one, True) for one in own.values()] + [
        (one, False) for id, one in known.items() if id not in own
    ]


def _passage(one: Offer) -> Passage:
    names = [one.id.replace("-", " ")]
    if one.source:
        names += [one.source.publisher, one.source.date]
    if one.fact:
        names.append(one.fact.jurisdiction)
    return Passage(one.kind, one.id, words_of(one.title), " ".join(names), words_of(one.text))


def _small(term: str) -> str:
    """A term as it stands inside a sentence; what is written in capitals stays."""
    return term if term[1:2].isupper() else term[:1].lower() + term[1:]
