"""Regrade, for trainers: what a corrected question changes, in sums; done, and taken back.

Trainers see no individuals: every figure goes through `modules.regrade.counts.shown`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db import people, regrades, regrading, revisions
from db.regrades import Made
from db.revisions import Published
from modules import taught
from modules.access import Viewer, require
from modules.agreement.current import at_least
from modules.basics import BadInput, ContentError
from modules.course.model import Module
from modules.questions.question import spoken
from modules.regrade.applying import apply, planned_back, undo
from modules.regrade.counts import Shown, shown
from modules.regrade.judging import differing
from modules.regrade.planning import plan


@dataclass(frozen=True)
class Choice:
    """A question that is written otherwise in an earlier version that somebody answered.

    ``before`` and ``now`` are the right answer in words, then and now.
    """

    item: str
    stem: str
    version: str
    before: str
    now: str


@dataclass(frozen=True)
class Earlier:
    """A regrade that was made. ``newest``: nothing was decided about its item since."""

    made: Made
    shown: Shown
    newest: bool

    @property
    def can_go_back(self) -> bool:
        """Whether it can be taken back."""
        return self.newest and self.made.undoes is None


@dataclass(frozen=True)
class Look:
    """A module's corrected questions, and what was regraded in it, newest first."""

    module: str
    title: str
    version: str
    modules: tuple[str, ...]
    choices: tuple[Choice, ...]
    earlier: tuple[Earlier, ...]
    least: int


@dataclass(frozen=True)
class DryRun:
    """What a regrade would change. ``number`` is that of the item's newest regrade, 0 for none."""

    number: int
    shown: Shown


def look(session: Session, viewer: Viewer, *, module: str = "") -> Look:
    """What can be regraded in a module, the first one published where none is named."""
    require(viewer, "author.regrade")
    latest = revisions.latest(session, org_id=viewer.org_id)
    if not latest:
        raise BadInput("No module is published here yet, so there is nothing to grade again.")
    live = latest.get(module) if module else latest[min(latest)]
    if live is None:
        raise BadInput("There is no such module here. Choose one on the page of modules.")
    now = _read(session, viewer, live)
    if now is None:
        raise BadInput("The published text of this module cannot be read. Publish it anew.")
    least = _least(session, viewer)
    made = regrades.of_module(session, org_id=viewer.org_id, module=live.module)
    return Look(
        module=live.module,
        title=now.title,
        version=live.version,
        modules=tuple(sorted(latest)),
        choices=_choices(session, viewer, live, now),
        earlier=tuple(_earlier(made, least)),
        least=least,
    )


def _choices(session: Session, viewer: Viewer, live: Published, now: Module) -> tuple[Choice, ...]:
    used = regrading.used(session, org_id=viewer.org_id, module=live.module)
    every = revisions.every(session, org_id=viewer.org_id)
    found: dict[str, Choice] = {}
    # The newest version in which it was otherwise is the one that is told.
    for one in reversed([each for each in every if each.module == live.module]):
        if one.id not in used or one.sha256 == live.sha256:
            continue
        then = _read(session, viewer, one)
        for item in differing(then, now) if then else ():
            assert then is not None
            stem = spoken(now.question(item).variant("1").stem)
            before, after = _right(then, item), _right(now, item)
            found.setdefault(item, Choice(item, stem, one.version, before, after))
    return tuple(found[item] for item in now.questions if item in found)


def _right(module: Module, item: str) -> str:
    """The right answer of a question's first variant, in words."""
    question = module.question(item)
    one = question.variant("1", question.variants()[0])
    return one.plain(one.sample(random.Random(item))[0])


def _read(session: Session, viewer: Viewer, one: Published) -> Module | None:
    try:
        return taught.module(
            session,
            sha256=one.sha256,
            language=viewer.language,
            jurisdiction=viewer.jurisdiction,
        )
    except ContentError:
        return None


def _earlier(made: Sequence[Made], least: int) -> list[Earlier]:
    newest: dict[str, int] = {}
    for one in made:
        newest[one.item] = max(one.number, newest.get(one.item, 0))
    return [Earlier(one, shown(one.counts, least), one.number == newest[one.item]) for one in made]


def dry_run(session: Session, viewer: Viewer, *, module: str, item: str) -> DryRun:
    """What grading all answers to a question by the live version would change. Writes nothing."""
    require(viewer, "author.regrade")
    told = plan(session, org_id=viewer.org_id, module=module, item=item)
    return DryRun(told.number, shown(told.counts.stored, _least(session, viewer)))


def dry_run_back(
    session: Session, viewer: Viewer, *, module: str, item: str, number: int
) -> DryRun:
    """What taking a regrade back would change. Writes nothing."""
    require(viewer, "author.regrade")
    _, told = planned_back(session, org_id=viewer.org_id, module=module, item=item, number=number)
    return DryRun(told.number, shown(told.counts.stored, _least(session, viewer)))


def regrade(
    session: Session,
    viewer: Viewer,
    *,
    module: str,
    item: str,
    why: str,
    after: int,
    now: datetime,
) -> Shown:
    """Do it. ``after`` is the number that the dry run showed; BadInput as `applying.apply`."""
    require(viewer, "author.regrade")
    least = _least(session, viewer)
    done = apply(
        session,
        org_id=viewer.org_id,
        module=module,
        item=item,
        why=why,
        after=after,
        by=viewer.person_id,
        by_name=viewer.name,
        least=least,
        now=now,
    )
    return shown(done.counts.stored, least)


def take_back(
    session: Session,
    viewer: Viewer,
    *,
    module: str,
    item: str,
    number: int,
    why: str,
    now: datetime,
) -> Shown:
    """Take an item's newest regrade back. What it granted stays."""
    require(viewer, "author.regrade")
    done = undo(
        session,
        org_id=viewer.org_id,
        module=module,
        item=item,
        number=number,
        why=why,
        by=viewer.person_id,
        by_name=viewer.name,
        now=now,
    )
    return shown(done.counts.stored, _least(session, viewer))


def _least(session: Session, viewer: Viewer) -> int:
    found = people.organisation(session, org_id=viewer.org_id)
    assert found is not None
    return at_least(found.least)
