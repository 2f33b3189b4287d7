"""What a trainer may see: the published modules with their problems, and one as learners get it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from sqlmodel import Session

from db import revisions
from db.revisions import Published
from modules import taught
from modules.access import Viewer, require
from modules.basics import LAWS, NEUTRAL, BadInput, ContentError, Problem
from modules.course import check
from modules.course.files import read_course
from modules.course.model import Module
from modules.settings import settings


@dataclass(frozen=True)
class Taught:
    """A published module, and what is wrong now in the files it is written in."""

    id: str
    title: str
    published: Published
    stops: tuple[Problem, ...]
    tips: tuple[Problem, ...]


@dataclass(frozen=True)
class Shelf:
    """Every published module; ``stops`` and ``tips`` are of files that no one of them owns.

    ``planned`` counts the modules of the course that are still to be written.
    """

    modules: tuple[Taught, ...]
    stops: tuple[Problem, ...]
    tips: tuple[Problem, ...]
    planned: int

    @property
    def to_mend(self) -> int:
        """How many problems would stop a publication."""
        return len(self.stops) + sum(len(one.stops) for one in self.modules)


def modules(session: Session, viewer: Viewer, *, now: datetime) -> Shelf:
    """What is published in the viewer's organisation, and every problem of the content files.

    Facts are judged for their review on the day that it is in the organisation.
    """
    require(viewer, "author.modules")
    root = settings().content
    left = list(_problems(root, _state(root), viewer.today(now)))
    found = []
    for published in sorted(
        revisions.latest(session, org_id=viewer.org_id).values(), key=lambda one: one.module
    ):
        try:
            read = _module(session, published.sha256, viewer.language, viewer.jurisdiction)
        except ContentError as error:
            unreadable = tuple(error.problems) or (Problem(published.module, "", str(error)),)
            found.append(Taught(published.module, published.module, published, unreadable, ()))
            continue
        own = [one for one in left if one.file.startswith(f"{root.name}/{read.slug}/")]
        left = [one for one in left if one not in own]
        found.append(Taught(read.id, read.title, published, *_parted(own)))
    return Shelf(tuple(found), *_parted(left), planned=_planned(root))


def preview(session: Session, viewer: Viewer, *, module: str, law: str = "") -> Module:
    """A module as it is published: what a learner who begins it now is taught.

    ``law`` shows the notes of another law than the organisation's own.

    Raises BadInput when no such module is published in the viewer's organisation.
    """
    require(viewer, "author.preview")
    published = revisions.latest(session, org_id=viewer.org_id).get(module)
    if published is None:
        raise BadInput("There is no such module here. Choose one on the page of modules.")
    chosen = law if law in (NEUTRAL, *LAWS) else viewer.jurisdiction
    return _module(session, published.sha256, viewer.language, chosen)


def titles(session: Session, viewer: Viewer) -> dict[str, str]:
    """The titles of what is published, by module; its id where its text cannot be read."""
    require(viewer, "author.preview")
    found = {}
    for module, one in sorted(revisions.latest(session, org_id=viewer.org_id).items()):
        try:
            read = _module(session, one.sha256, viewer.language, viewer.jurisdiction)
            found[module] = read.title
        except ContentError:
            found[module] = module
    return found


def _parted(found: list[Problem]) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    stops = tuple(one for one in found if one.stops)
    return stops, tuple(one for one in found if not one.stops)


def _planned(root: Path) -> int:
    try:
        return sum(card.planned for card in read_course(root).modules)
    except ContentError:  # told among the problems
        return 0


def _state(root: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when a file is saved: checking takes a quarter of a second, looking does not."""
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in paths)


@lru_cache(maxsize=2)
def _problems(root: Path, _state: object, today: date) -> tuple[Problem, ...]:
    return tuple(check.problems(root, today))


def _module(session: Session, sha256: str, language: str, law: str) -> Module:
    return taught.module(session, sha256=sha256, language=language, jurisdiction=law)
