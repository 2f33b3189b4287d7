"""Skills by objective and most-held beliefs, for a whole organisation and nothing smaller.

They rest on the same people as gain and retention (`modules.manage.learned`): whole blocks, thirty
people first. An objective counts as right for somebody who had every item of it right on a form:
yes or no for each person, so Wilson's interval holds. What all or none of them had right stays
hidden, and a belief is told only where a block of people chose it.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from sqlmodel import Session

from db import learning, revisions
from modules.access import ACTIONS, Viewer, may, require
from modules.basics import ContentError
from modules.course.files import module_from_bundle
from modules.course.model import Module
from modules.manage.learned import NEXT, Tried, first, tried
from modules.manage.panels import Figure, Group, Past, figures
from modules.progress.delayed import FORMS

MOST_BELIEFS = 5


def may_see(viewer: Viewer) -> bool:
    """Whether somebody sees what the whole organisation learned: leads of all of it."""
    action = "manage.learning"
    return may(viewer, ACTIONS, action) and viewer.scope(ACTIONS[action]).whole


def shown(session: Session, viewer: Viewer, *, module: str, now: datetime) -> tuple[Figure, ...]:
    """What the whole organisation learned in a module, as panels. Eight queries at most.

    Nothing while too few people have finished it, nor of a text that cannot be read any more. What
    is not agreed on is not in it.
    """
    require(viewer, "manage.learning")
    latest = revisions.latest(session, org_id=viewer.org_id).get(module)
    if latest is None:
        return ()
    body = json.loads(revisions.body(session, sha256=latest.sha256))
    try:
        text = module_from_bundle(body, viewer.language)
    except ContentError:
        return ()
    return figures(_past(session, viewer, text, now))


def _past(session: Session, viewer: Viewer, module: Module, now: datetime) -> Past:
    found = tried(session, viewer.org_id, module)
    if not found.gained:
        return Past()
    members = _members(found)
    right: dict[tuple[str, str], dict[uuid.UUID, bool]] = defaultdict(dict)
    held: dict[str, set[uuid.UUID]] = defaultdict(set)
    matched = _matched(module)
    forms = list(members)
    for one in learning.given(session, org_id=viewer.org_id, module=module.id, forms=forms):
        if one.person_id not in members[one.form] or one.slot not in module.questions:
            continue
        if one.form == "check":
            for tag in one.tags:
                held[tag].add(one.person_id)
        if one.form not in matched or one.slot in matched[one.form]:
            people = right[module.question(one.slot).objective, one.form]
            people[one.person_id] = people.get(one.person_id, True) and one.right
    on = viewer.today(now)
    return Past(
        skills=tuple(_skills(module, right, on)),
        beliefs=tuple(_beliefs(module, Counter({tag: len(who) for tag, who in held.items()}),
                               len(members["check"]), on)),
    )  # fmt: skip


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


def _skills(
    module: Module, right: Mapping[tuple[str, str], Mapping[uuid.UUID, bool]], on: date
) -> Iterator[Group]:
    for objective, title in module.objectives.items():
        for form in ("pre", "check", *FORMS):
            people = right.get((objective, form), {})
            if people:
                yield _group(f"{objective} {form}", form, on, people.values(), title)


def _group(node: str, name: str, on: date, answers: Iterable[bool], under: str) -> Group:
    given = list(answers)
    right = sum(given)
    hidden = "small" if len(given) < first() else "same" if right in (0, len(given)) else ""
    return Group(node, name, on, len(given), right, hidden, under)


def _beliefs(module: Module, held: Counter[str], people: int, on: date) -> Iterator[Group]:
    """Those that most people chose; of fewer than a block, nothing is said at all."""
    known = [(tag, n) for tag, n in held.items() if n >= NEXT and tag in module.misconceptions]
    for tag, n in sorted(known, key=lambda one: (-one[1], one[0]))[:MOST_BELIEFS]:
        hidden = "same" if n == people else ""
        yield Group(tag, module.misconceptions[tag], on, people, n, hidden)
