"""What changed in modules that a learner completed: what she redoes, what is only new to her.

Her completion and her certificate stay valid all the while.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from db import attempts, enrolments, people, refreshers, revisions
from db.attempts import Sitting
from db.refreshers import Open
from db.revisions import Published
from modules import courses, refreshing, settling
from modules.access import Viewer, require
from modules.basics import BadInput
from modules.course.model import Change, Module, Screen
from modules.course.model.changes import order, since
from modules.learn import content
from modules.learn.quiz import Quiz, quizzes
from modules.progress import papers
from modules.sitting import sheet_of


@dataclass(frozen=True)
class News:
    """One change of a module that she completed; ``due_on`` is None where nothing is asked."""

    module: str
    title: str
    change: Change
    due_on: date | None = None


@dataclass(frozen=True)
class Changed:
    """What changed in one module, for its page."""

    module: Module
    news: tuple[News, ...]
    screens: tuple[Screen, ...]
    # The items that are still to be answered right, and the questions that are open or were last.
    left: tuple[str, ...]
    quiz: Quiz | None

    @property
    def due_on(self) -> date | None:
        """The first day by which something of it is to be redone; None when nothing is."""
        return min((one.due_on for one in self.news if one.due_on), default=None)


def news(session: Session, viewer: Viewer, *, now: datetime) -> tuple[News, ...]:
    """Every change that waits for the viewer, what is due first. Four queries."""
    require(viewer, "learn.refresh")
    published = revisions.latest(session, org_id=viewer.org_id)
    titles = courses.titles(session, org_id=viewer.org_id, published=published)
    scope: dict[str, Any] = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    found = []
    for one in refreshers.open_of(session, **scope):
        for change in _changes(session, published.get(one.module)):
            if change.version == one.version:
                title = titles.get(one.module, one.module)
                found.append(News(one.module, title, change, one.due_on))
    newest = {
        one.module: one
        for one in enrolments.completions(
            session, org_id=viewer.org_id, person_ids=[viewer.person_id]
        )
    }
    told = refreshers.told(session, **scope) if newest else set()
    today = viewer.today(now)
    for module, held in sorted(newest.items()):
        if held.valid_until < today or not held.version:
            continue
        for change in since(_changes(session, published.get(module)), held.version):
            affected = change.affects(viewer.path, viewer.jurisdiction)
            met = not change.since or any(
                order(one) >= order(change.since)
                for one in (held.version, *(known for of, known in told if of == module))
            )
            affected = affected and met and (module, change.version) not in told
            if change.kind == "clarification" and affected:
                found.append(News(module, titles.get(module, module), change))
    return tuple(found)


def _changes(session: Session, published: Published | None) -> Sequence[Change]:
    return refreshing.changes_of(session, sha256=published.sha256) if published else ()


def changed(session: Session, viewer: Viewer, *, module: str, now: datetime) -> Changed:
    """What changed in one module of the viewer's. Raises BadInput for one that is not published."""
    require(viewer, "learn.refresh")
    published, taught = _taught(session, viewer, module)
    mine = tuple(one for one in news(session, viewer, now=now) if one.module == module)
    sittings = _sittings(session, viewer, module)
    asked = _asked(session, viewer, module)
    # What has just been finished is still shown, with its reasons.
    begun = [one for one in sittings if not asked or one.started_at >= min(asked_at(asked))]
    found = quizzes(session, viewer, begun[-1:])
    parts = {part for one in mine for part in one.change.parts}
    if not mine and found:
        slots = set(found[0].sheet.paper)
        every = _changes(session, published)
        parts = {part for one in every if slots & set(one.parts) for part in one.parts}
    screens = tuple(
        taught.screens[step.id]
        for step in taught.steps
        if step.kind == "screen" and step.id in parts
    )
    left = _left(session, viewer, taught, _changes(session, published), asked)
    return Changed(taught, mine, screens, left, found[0] if found else None)


def asked_at(asked: Sequence[Open]) -> list[datetime]:
    """When each was asked."""
    return [one.made_at for one in asked]


def begin(session: Session, viewer: Viewer, *, module: str, now: datetime) -> None:
    """Begin the questions that are left, or go on with those that are open.

    What was missed comes in another variant where there is one. Raises BadInput when nothing is
    left to ask.
    """
    require(viewer, "learn.refresh")
    people.hold(session, org_id=viewer.org_id, person_id=viewer.person_id)
    published, taught = _taught(session, viewer, module)
    asked = _asked(session, viewer, module)
    sittings = _sittings(session, viewer, module)
    if asked and any(
        one.ended_at is None and one.started_at >= max(asked_at(asked)) for one in sittings
    ):
        return
    left = _left(session, viewer, taught, _changes(session, published), asked)
    if not left:
        raise BadInput("Nothing of this module waits to be redone. Go back to your path.")
    every = attempts.of_person(
        session, org_id=viewer.org_id, person_id=viewer.person_id, module=module
    )
    met = papers.seen(sheet_of(one, []) for one in every)
    seed = attempts.new_seed()
    paper = {item: (papers.ranked(taught, [item], seed, met)[0],) for item in left}
    attempts.start(
        session,
        org_id=viewer.org_id,
        person_id=viewer.person_id,
        module=module,
        form=settling.FORM,
        number=1 + len(sittings),
        revision_id=published.id,
        seed=seed,
        paper=papers.as_json(paper),
        now=now,
        language=viewer.language,
        jurisdiction=viewer.jurisdiction,
    )


def saw(session: Session, viewer: Viewer, *, module: str, now: datetime) -> int:
    """Keep that the viewer has seen what is only new to her in a module; how many changes."""
    require(viewer, "learn.refresh")
    mine = [
        one for one in news(session, viewer, now=now) if one.module == module and not one.due_on
    ]
    for one in mine:
        refreshers.shown(
            session,
            org_id=viewer.org_id,
            person_id=viewer.person_id,
            module=module,
            version=one.change.version,
            day=viewer.today(now),
            now=now,
        )
    return len(mine)


def _taught(session: Session, viewer: Viewer, module: str) -> tuple[Published, Module]:
    published = revisions.latest(session, org_id=viewer.org_id).get(module)
    if published is None:
        raise BadInput(f"There is no module {module} here. Go back to your path.")
    taught = content.module(
        session,
        sha256=published.sha256,
        language=viewer.language,
        jurisdiction=viewer.jurisdiction,
    )
    return published, taught


def _sittings(session: Session, viewer: Viewer, module: str) -> list[Sitting]:
    every = attempts.of_person(
        session, org_id=viewer.org_id, person_id=viewer.person_id, module=module
    )
    return [one for one in every if one.form == settling.FORM]


def _asked(session: Session, viewer: Viewer, module: str) -> list[Open]:
    return refreshers.open_of(
        session, org_id=viewer.org_id, person_id=viewer.person_id, module=module
    )


def _left(
    session: Session,
    viewer: Viewer,
    taught: Module,
    changes: Sequence[Change],
    asked: Sequence[Open],
) -> tuple[str, ...]:
    """The items of every open refresher that are not answered right since, each once."""
    mine = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    given = settling.right(session, **mine, module=taught.id) if asked else {}
    found: dict[str, None] = {}
    for one in asked:
        needs = settling.needed(taught, changes, one.version)
        found |= dict.fromkeys(settling.left(needs, given, one))
    return tuple(found)
