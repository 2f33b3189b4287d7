"""The course of an organisation: what is shipped, and what its own trainers published."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache

from sqlmodel import Session

from db import revisions
from db.revisions import Published
from modules.access import Viewer
from modules.course.files import first_language, module_from_bundle, read_course
from modules.course.model import Course, ModuleCard
from modules.memo import Memo
from modules.settings import settings

# By content hash: immutable, so never stale; bounded, since trainers publish.
_cards = Memo[str, ModuleCard](512)

# By organisation: how many revisions it had when its titles were read, and the titles.
_titles: dict[uuid.UUID, tuple[int, Mapping[str, str]]] = {}
_served: ContextVar[Mapping[str, str] | None] = ContextVar("served", default=None)


@cache
def shipped() -> Course:
    """The shipped list of modules, planned ones included, and the role paths."""
    return read_course(settings().content)


def of(
    session: Session, *, org_id: uuid.UUID, published: Mapping[str, Published] | None = None
) -> Course:
    """The course that people of an organisation have: shipped cards, then its own modules.

    What trainers published is listed as they wrote it. Modules of one's own are in no path. One
    query, and none where the caller has what is ``published``; a card is read once for each text.
    """
    latest = revisions.latest(session, org_id=org_id) if published is None else published
    ours = {id: _card(session, one) for id, one in latest.items() if one.origin == "trainer"}
    if not ours:
        return shipped()
    known = [ours.pop(card.id, card) for card in shipped().modules]
    added = [card for _, card in sorted(ours.items())]
    return shipped().model_copy(update={"modules": (*known, *added)})


def titles(
    session: Session, *, org_id: uuid.UUID, published: Mapping[str, Published] | None = None
) -> dict[str, str]:
    """The title of each module that people of an organisation can meet, by id."""
    course = of(session, org_id=org_id, published=published)
    return {card.id: card.title for card in course.modules}


def serve(session: Session, viewer: Viewer) -> None:
    """Have `title` speak of the course of this viewer, for the run that draws her page.

    Asks nothing while nothing was published in her organisation.
    """
    known = _titles.get(viewer.org_id)
    if known is None or known[0] != viewer.revisions:
        known = viewer.revisions, titles(session, org_id=viewer.org_id)
        _titles[viewer.org_id] = known
    _served.set(known[1])


def served() -> Mapping[str, str]:
    """The titles of the course of whoever is served; those of the shipped one for nobody."""
    found = _served.get()
    return {one.id: one.title for one in shipped().modules} if found is None else found


def title(module: str) -> str:
    """A module's title in the course of whoever is served; its id when the course has none."""
    return served().get(module, module)


def offered(published: Mapping[str, Published], module: str) -> bool:
    """Whether a module is on everybody's list; one that is not, only for whom it is asked of."""
    return module not in published or published[module].offered


def _card(session: Session, published: Published) -> ModuleCard:
    def read() -> ModuleCard:
        files = json.loads(revisions.body(session, sha256=published.sha256))
        module = module_from_bundle(files, first_language(files))
        return ModuleCard(
            id=module.id,
            slug=module.slug,
            title=module.title,
            promise=module.promise,
            family=module.family,
            level=module.level,
            minutes=module.minutes,
            status="available",
        )

    return _cards.get(published.sha256, read)
