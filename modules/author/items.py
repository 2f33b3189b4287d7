"""What trainers see of how a module did: which questions want another look, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from db import item_answers, people, revisions
from modules import analysing
from modules.access import ACTIONS, Viewer, may, require
from modules.agreement.current import at_least
from modules.analysing import Analysis
from modules.author import actions
from modules.basics import BadInput
from modules.progress.item_telling import Item

EASY = "too-easy"
"""A flag that presses nobody: in a check that follows a lesson it is what one hopes for."""


@dataclass(frozen=True)
class Seen:
    """One module's analysis, beside the titles of all published ones by id.

    ``reports`` counts open reports by place; None for who may not read them.
    """

    modules: Mapping[str, str]
    least: int
    analysis: Analysis
    reports: dict[str, int] | None

    @property
    def pressing(self) -> tuple[Item, ...]:
        """The questions that want another look."""
        return tuple(one for one in self.analysis.flagged if set(one.flags) - {EASY})

    @property
    def easy(self) -> tuple[Item, ...]:
        """The questions that next to nobody misses, and nothing else is to be said of."""
        return tuple(one for one in self.analysis.flagged if one.flags == (EASY,))


def seen(session: Session, viewer: Viewer, *, module: str = "") -> Seen | None:
    """How a module did in the viewer's organisation; its first one when none is named.

    None while nothing is published. Raises BadInput for a module that is not.
    """
    require(viewer, "author.items")
    published = tuple(sorted(revisions.latest(session, org_id=viewer.org_id)))
    if not published:
        return None
    chosen = module or published[0]
    body = people.organisation(session, org_id=viewer.org_id)
    least = at_least(body.least if body else 0)
    analysis = None
    if chosen in published:
        # Counted in the body's language, which all of its revisions are read in.
        language = body.language if body else viewer.language
        analysis = analysing.read(
            session, org_id=viewer.org_id, module=chosen, language=language, least=least
        )
    if analysis is None:
        raise BadInput("There is no such module here. Choose one on the page of modules.")
    reports = None
    if may(viewer, ACTIONS, "author.reports"):
        every = item_answers.reported(session, org_id=viewer.org_id)
        reports = {place: n for (of, place), n in sorted(every.items()) if of == chosen}
    return Seen(actions.titles(session, viewer), least, analysis, reports)
