"""Search over what is published: one index for each set of revisions, kept in memory."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlmodel import Session

from db import revisions
from modules import courses
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.course.finding import Found, Index
from modules.course.model import Module, Screen, Term
from modules.course.passages import of_library, of_module, with_needs
from modules.course.terms import named
from modules.learn import content
from modules.learn.aids import aids
from modules.memo import Memo

MOST = 20
# By language, law and the hashes of what it holds: never stale in any process; bounded.
_built = Memo[tuple[str, ...], Index](8)


def search(session: Session, viewer: Viewer, *, text: str) -> Found:
    """What fits the text in the published lessons, the job aids and the glossary."""
    require(viewer, "learn.search")
    if not text.strip():
        return Found(())
    published = revisions.latest(session, org_id=viewer.org_id)
    hashes = sorted(one.sha256 for one in published.values())

    def built() -> Index:
        passages = [
            passage
            for sha256 in hashes
            for passage in of_module(
                content.module(
                    session,
                    sha256=sha256,
                    language=viewer.language,
                    jurisdiction=viewer.jurisdiction,
                )
            )
        ]
        passages += of_library(content.library(viewer.language, viewer.jurisdiction))
        return Index(with_needs(passages, courses.shipped().help))

    index = _built.get((viewer.language, viewer.jurisdiction, *hashes), built)
    return index.search(text, MOST)


@dataclass(frozen=True)
class Reading:
    """A screen to read outside the lesson: the text, no questions."""

    module: Module
    screen: Screen
    revision_id: uuid.UUID


def reading_page(session: Session, viewer: Viewer, *, module: str, screen: str) -> Reading:
    """A screen of what is published now, the first for "". Raises BadInput for no such one."""
    require(viewer, "learn.search")
    published = revisions.latest(session, org_id=viewer.org_id).get(module)
    if published:
        taught = content.module(
            session,
            sha256=published.sha256,
            language=viewer.language,
            jurisdiction=viewer.jurisdiction,
        )
        first = next((step.id for step in taught.steps if step.kind == "screen"), "")
        if found := taught.screens.get(screen or first):
            return Reading(taught, found, published.id)
    raise BadInput("There is no such page in the published lessons. Search again.")


@dataclass(frozen=True)
class Defined:
    """A term, related terms, and (title, page, query) of each place where it is used."""

    term: Term
    see: tuple[Term, ...]
    used: tuple[tuple[str, str, dict[str, str]], ...]


def glossary(session: Session, viewer: Viewer) -> tuple[Defined, ...]:
    """Every term by the alphabet, with the modules and job aids that mark it."""
    require(viewer, "learn.glossary")
    library = content.library(viewer.language, viewer.jurisdiction)
    used: dict[str, list[tuple[str, str, dict[str, str]]]] = {}
    published = revisions.latest(session, org_id=viewer.org_id)
    for id_ in sorted(published):
        taught = content.module(
            session,
            sha256=published[id_].sha256,
            language=viewer.language,
            jurisdiction=viewer.jurisdiction,
        )
        for term in taught.terms:
            used.setdefault(term, []).append((taught.title, "lesson", {"module": id_}))
    for aid in aids(session, viewer):
        for term in named(aid.of.markdown) if not aid.published else ():
            used.setdefault(term, []).append((aid.of.title, "aid", aid.address))
    found = [
        Defined(
            term,
            tuple(library.terms[name] for name in term.see if name in library.terms),
            tuple(used.get(term.id, ())),
        )
        for term in library.terms.values()
    ]
    return tuple(sorted(found, key=lambda one: one.term.term.casefold()))
