"""Skills by objective and most-held beliefs, for a whole organisation and nothing smaller.

They rest on the same people as gain and retention (`modules.manage.learned`): whole blocks, thirty
people first. An objective counts as right for somebody who had every item of it right on a form:
yes or no for each person, so Wilson's interval holds. What all or none of them had right stays
hidden, and a belief is told only where a block of people chose it.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from sqlmodel import Session

from db import learned, learning, people, revisions
from modules.access import ACTIONS, Viewer, may, require
from modules.basics import ContentError
from modules.course.files import module_from_bundle
from modules.course.model import Module
from modules.manage.learned import NEXT, Tried, first, tried
from modules.manage.panels import Figure, Group, Past, figures
from modules.progress.delayed import FORMS

MOST_BELIEFS = 5
LASTS = timedelta(hours=20)
"""After so long, or with another text, it is counted again: about once a day."""


def may_see(viewer: Viewer) -> bool:
    """Whether somebody sees what the whole organisation learned: leads of all of it."""
    action = "manage.learning"
    return may(viewer, ACTIONS, action) and viewer.scope(ACTIONS[action]).whole


def shown(session: Session, viewer: Viewer, *, module: str, now: datetime) -> tuple[Figure, ...]:
    """What the whole organisation learned in a module, as panels. Nine queries at most.

    As it was counted last (`uncounted`), and counted here where it never was. Nothing while too few
    people have finished it, nor of a text that cannot be read any more. What is not agreed on is
    not in it.
    """
    require(viewer, "manage.learning")
    latest = revisions.latest(session, org_id=viewer.org_id).get(module)
    text = _text(session, latest.sha256, viewer.language) if latest else None
    if text is None:
        return ()
    kept = learned.kept(session, org_id=viewer.org_id, module=module)
    counted = Counted.read(kept.figures) if kept else _count(session, viewer.org_id, text)
    on = viewer.today(kept.counted_at if kept else now)
    return figures(
        Past(
            skills=tuple(_skills(text, counted, on)),
            beliefs=tuple(_beliefs(text, counted, on)),
        )
    )


def uncounted(session: Session, *, now: datetime) -> Iterator[tuple[uuid.UUID, str, learned.Kept]]:
    """Count what is to be counted again, module by module: whose, which, and what to keep.

    A reading session will do: a million people's answers take minutes.
    """
    for body in people.organisations(session):
        for module, latest in sorted(revisions.latest(session, org_id=body.id).items()):
            kept = learned.kept(session, org_id=body.id, module=module)
            if kept and kept.sha256 == latest.sha256 and now < kept.counted_at + LASTS:
                continue
            if (text := _text(session, latest.sha256, body.language)) is not None:
                counted = asdict(_count(session, body.id, text))
                yield body.id, module, learned.Kept(latest.sha256, now, counted)


def _text(session: Session, sha256: str, language: str) -> Module | None:
    body = json.loads(revisions.body(session, sha256=sha256))
    try:
        return module_from_bundle(body, language)
    except ContentError:
        return None


@dataclass(frozen=True)
class Counted:
    """Sums of a module: people and how many of them had all right, by objective and form; how many
    were asked about wrong ideas, and how many chose which."""

    right: list[tuple[str, str, int, int]]
    asked: int
    held: dict[str, int]

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """As the database keeps it."""
        return cls([(a, b, c, d) for a, b, c, d in kept["right"]], kept["asked"], kept["held"])


def _count(session: Session, org_id: uuid.UUID, module: Module) -> Counted:
    found = tried(session, org_id, module)
    if not found.gained:
        return Counted([], 0, {})
    members = _members(found)
    right: dict[tuple[str, str], dict[uuid.UUID, bool]] = defaultdict(dict)
    held: dict[str, set[uuid.UUID]] = defaultdict(set)
    matched = _matched(module)
    forms = list(members)
    for one in learning.given(session, org_id=org_id, module=module.id, forms=forms):
        if one.person_id not in members[one.form] or one.slot not in module.questions:
            continue
        if one.form == "check":
            for tag in one.tags:
                held[tag].add(one.person_id)
        if one.form not in matched or one.slot in matched[one.form]:
            of = right[module.question(one.slot).objective, one.form]
            of[one.person_id] = of.get(one.person_id, True) and one.right
    return Counted(
        [(*key, len(of), sum(of.values())) for key, of in right.items()],
        len(members["check"]),
        {tag: len(who) for tag, who in held.items()},
    )


def _members(found: Tried) -> dict[str, frozenset[uuid.UUID]]:
    """Of whom each form's figures are made; forms without a full block are left out."""
    gained = frozenset(found.gained)
    later = {form: frozenset(kept) for form, kept in zip(FORMS, found.kept, strict=True) if kept}
    return {"pre": gained, "check": gained, **later}


def _matched(module: Module) -> dict[str, frozenset[str]]:
    """The items before and in the check that are matched with each other."""
    after = set(module.matched.values())
    twins = {other for item in after for other in module.twins(item)}
    return {"pre": frozenset(module.matched), "check": frozenset(after | twins)}


def _skills(module: Module, counted: Counted, on: date) -> Iterator[Group]:
    sums = {(objective, form): (people, right) for objective, form, people, right in counted.right}
    for objective, title in module.objectives.items():
        for form in ("pre", "check", *FORMS):
            if (objective, form) in sums:
                people, right = sums[objective, form]
                hidden = "small" if people < first() else "same" if right in (0, people) else ""
                yield Group(f"{objective} {form}", form, on, people, right, hidden, title)


def _beliefs(module: Module, counted: Counted, on: date) -> Iterator[Group]:
    """Those that most people chose; of fewer than a block, nothing is said at all."""
    if counted.asked < first():
        return
    ideas = module.misconceptions
    known = [(tag, n) for tag, n in counted.held.items() if n >= NEXT and tag in ideas]
    for tag, n in sorted(known, key=lambda one: (-one[1], one[0]))[:MOST_BELIEFS]:
        yield Group(tag, ideas[tag], on, counted.asked, n, "same" if n == counted.asked else "")
