"""Whether a rule can be published: what it names exists, and it begins today or later."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from db import assignments, people, reports
from db.assignments import Kept
from modules.access import GRANTED, Role
from modules.basics import BadInput
from modules.duties import Audience, Clause, Rule
from modules.enrolling.refreshing import offer
from modules.enrolling.wanted import OWN_PATH, PATH, Offer

MOST_TITLE = 120
ROLES = (*GRANTED, Role.MANAGER)


def check(
    session: Session,
    *,
    org_id: uuid.UUID,
    title: str,
    target: str,
    rule: Rule,
    starts: date,
    assignment_id: uuid.UUID | None,
    today: date,
) -> Rule:
    """The rule as it is to be kept; raises BadInput, with what to mend, where it cannot be.

    ``assignment_id`` is the rule that it takes the place of, None for a new one. Where that one's
    due days change, whoever was asked already has time from today on.
    """
    if not title.strip() or len(title) > MOST_TITLE:
        raise BadInput(f"Give the rule a title of up to {MOST_TITLE} characters.")
    offered = offer(session, org_id=org_id)
    _target(offered, target)
    if not rule.audience.clauses:
        raise BadInput("Say whom the rule is for: it asks nobody yet.")
    old = _old(session, org_id, assignment_id, today)
    if starts < today and (old is None or starts != old.starts):
        raise BadInput(
            f"The rule begins on {starts}, which has passed: people would be late on the day on "
            f"which they hear of it. Let it begin on {today} or later."
        )
    clauses = list(_clauses(rule))
    _named(session, org_id, clauses)
    for one in clauses:
        for path in one.paths:
            if path not in offered.paths:
                raise BadInput(f"There is no path “{path}”. There are {_list(offered.paths)}.")
        for role in one.roles:
            if role not in ROLES:
                raise BadInput(f"There is no role “{role}”. There are {_list(ROLES)}.")
    return rule.after(Rule.read(old.rule), max(today, starts)) if old else rule


def _target(offered: Offer, target: str) -> None:
    if target.startswith(PATH):
        path = target.removeprefix(PATH)
        if target != OWN_PATH and path not in offered.paths:
            raise BadInput(
                f"There is no path “{path}”. There are {_list(offered.paths)}, and path:own for "
                "the path that each person follows."
            )
    elif target not in offered.published:
        found = _list(sorted(offered.published)) or "none"
        raise BadInput(f"No module {target} is published here. Published are {found}.")


def _old(
    session: Session, org_id: uuid.UUID, assignment_id: uuid.UUID | None, today: date
) -> Kept | None:
    if assignment_id is None:
        return None
    found = {one.id: one for one in assignments.assignments(session, org_id=org_id)}
    old = found.get(assignment_id)
    if old is None:
        raise BadInput("There is no such rule here.")
    if old.ends is not None and old.ends <= today:
        raise BadInput("This rule has ended. Publish a new one instead.")
    return old


def _clauses(rule: Rule) -> Iterator[Clause]:
    audiences: list[Audience] = [rule.audience, rule.exceptions]
    audiences += [case.audience for case in rule.cases]
    for audience in audiences:
        yield from audience.clauses


def _named(session: Session, org_id: uuid.UUID, clauses: list[Clause]) -> None:
    units = {one for clause in clauses for one in clause.units}
    if units:
        units -= {one.unit_id for one in reports.units(session, org_id=org_id)}
    if units:
        raise BadInput("The rule names a unit that is not in this organisation.")
    for one in sorted({one for clause in clauses for one in clause.people}):
        if not people.belongs(session, org_id=org_id, person_id=one):
            raise BadInput("The rule names somebody who is not of this organisation.")


def _list(names: object) -> str:
    return ", ".join(str(name) for name in names)  # type: ignore[attr-defined]
