"""Job aids: every module's own and those beside the modules, readable at any time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import assets, revisions
from db.revisions import Published
from modules import courses
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.course.facts import cites
from modules.course.model import JobAid, Need
from modules.learn import content
from modules.pictured import Picture, shown
from modules.play.text import Sourced


@dataclass(frozen=True)
class Aid:
    """A job aid as it stands now.

    ``name`` is what its address says: a module's id or the name of a file in ``aids/``. ``module``
    is its module's title, and ``published`` that module's revision; an aid of its own has neither.
    """

    name: str
    of: JobAid
    source: Sourced
    module: str = ""
    published: Published | None = None

    @property
    def address(self) -> dict[str, str]:
        """The query of its page."""
        return {"module" if self.published else "name": self.name}

    @property
    def checked(self) -> date | None:
        """The day since which everything it cites has been checked; None when it cites nothing."""
        facts = self.source.facts
        days = [facts[id].last_checked for id in cites(self.of.markdown) if id in facts]
        return min(days, default=None)


def aids(session: Session, viewer: Viewer) -> tuple[Aid, ...]:
    """Every job aid there is: the modules' in their order, then those of their own by title."""
    require(viewer, "learn.aids")
    published = revisions.latest(session, org_id=viewer.org_id)
    found = []
    for id_ in sorted(published):
        one = published[id_]
        module = content.module(
            session, sha256=one.sha256, language=viewer.language, jurisdiction=viewer.jurisdiction
        )
        if module.aid:
            found.append(Aid(module.id, module.aid, module, module.title, one))
    library = content.library(viewer.language, viewer.jurisdiction)
    own = [Aid(name, aid, library) for name, aid in library.aids.items()]
    return (*found, *sorted(own, key=lambda one: one.of.title))


def aid(session: Session, viewer: Viewer, *, name: str) -> Aid:
    """One job aid by its name. Raises BadInput when there is none."""
    require(viewer, "learn.aids")
    for one in aids(session, viewer):
        if one.name == name:
            return one
    raise BadInput("There is no such job aid here. Choose one from the list of job aids.")


def pictures(session: Session, viewer: Viewer, aid: Aid) -> dict[str, bytes]:
    """What a job aid shows, by path, for print; nothing is asked where it shows nothing."""
    require(viewer, "learn.aids")
    held = aid.source.media
    return {
        one.path: assets.read(session, sha256=held[one.path])
        for one in shown(aid.of.markdown)
        if isinstance(one, Picture) and one.path in held
    }


def needs(session: Session, viewer: Viewer) -> tuple[tuple[Need, Aid], ...]:
    """What the home page offers to somebody who needs help now, each with its job aid.

    One whose job aid is not written yet is left out.
    """
    require(viewer, "learn.aids")
    known = {one.name: one for one in aids(session, viewer)}
    return tuple((need, known[need.aid]) for need in courses.shipped().help if need.aid in known)
