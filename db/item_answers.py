"""How a whole organisation answered, added up in the database: nobody's row leaves it.

Only first sittings count: of each person the first of these forms that she began, if she answered
all of it. In it each item comes once, so it holds her first answer to each.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, or_, select
from sqlmodel import Session

from db.grades import CORRECT, GRADED, SCORE, TAGS
from db.tables import Answer, Attempt, Completion, ContentReport, Regraded, core

ANSWER, ATTEMPT = core(Answer).c, core(Attempt).c
COMPLETION, REPORT = core(Completion).c, core(ContentReport).c


@dataclass(frozen=True)
class Same:
    """So many people answered an item alike, with as much right in the rest of their sitting.

    ``total`` is the score of the whole sitting. ``response`` (where it was asked for) and ``tags``
    are JSON, as the database has them.
    """

    revision_id: uuid.UUID
    slot: str
    score: float
    total: float
    correct: bool
    confidence: float | None
    response: str
    tags: str
    people: int


def alike(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    forms: Sequence[str],
    items: Mapping[uuid.UUID, int],
    choices: Collection[str],
) -> list[Same]:
    """First sittings on ``forms``, equal answers together. One query.

    ``items`` says how many a form asks in which revision; with 0 a sitting need not be whole.
    Responses are told for the slots in ``choices``: what others hold may be somebody's own words.
    """
    first = (
        select(ATTEMPT.person_id, func.min(ATTEMPT.turn).label("turn"))
        .where(*_theirs(org_id, module, forms))
        .group_by(ATTEMPT.person_id)
        .subquery()
    )
    # Grouped, so that SQLite, which knows no sizes, begins with these attempts and not with
    # every answer of the organisation.
    theirs = (
        select(ATTEMPT.org_id, ATTEMPT.id, ATTEMPT.revision_id)
        .join(first, and_(first.c.person_id == ATTEMPT.person_id, first.c.turn == ATTEMPT.turn))
        .where(*_theirs(org_id, module, forms), ATTEMPT.revision_id.in_(items))
        .group_by(ATTEMPT.org_id, ATTEMPT.id, ATTEMPT.revision_id)
        .subquery()
    )
    response = case((ANSWER.slot.in_(choices), cast(ANSWER.response, String)), else_="")
    each = (
        select(
            theirs.c.revision_id,
            ANSWER.slot,
            SCORE.label("score"),
            func.sum(SCORE).over(partition_by=ANSWER.attempt_id).label("total"),
            CORRECT.label("correct"),
            ANSWER.confidence,
            response.label("response"),
            cast(TAGS, String).label("tags"),
            func.count().over(partition_by=ANSWER.attempt_id).label("answered"),
        )
        .select_from(
            theirs.join(
                core(Answer),
                and_(ANSWER.org_id == theirs.c.org_id, ANSWER.attempt_id == theirs.c.id),
            ).outerjoin(core(Regraded), GRADED.onclause)
        )
        .where(*_first_answers())
        .subquery()
    )
    kinds = [column for column in each.c if column.name != "answered"]
    enough = or_(
        *(
            and_(each.c.revision_id == revision, each.c.answered >= least)
            for revision, least in items.items()
        )
    )
    query = select(*kinds, func.count()).where(enough).group_by(*kinds)
    rows = session.connection().execute(query) if items else ()
    return [Same(*tuple(row)) for row in rows]


def sat(session: Session, *, org_id: uuid.UUID) -> set[tuple[str, str]]:
    """Which forms of which modules anybody has begun, so that nothing is asked of the others."""
    query = select(ATTEMPT.module, ATTEMPT.form).where(ATTEMPT.org_id == org_id).distinct()
    return {(module, form) for module, form in session.connection().execute(query)}


def paths(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    step: str,
    most: int,
    revisions: Collection[uuid.UUID],
) -> dict[tuple[tuple[str, str], ...], int]:
    """How many people took which way through a story when they first played it. One query.

    A way is its decisions in order, each the place and what was chosen there; at most ``most``.
    """
    number = {f"scenario:{step}:{place}": place for place in range(1, most + 1)}
    taken = [
        func.max(case((ANSWER.slot == slot, ANSWER.response[part].as_string()), else_=None)).label(
            f"{part}{place}"
        )
        for slot, place in number.items()
        for part in ("node", "choice")
    ]
    theirs = (
        select(ATTEMPT.org_id, ATTEMPT.id)
        .where(*_theirs(org_id, module, ["practice"]), ATTEMPT.revision_id.in_(revisions))
        .group_by(ATTEMPT.org_id, ATTEMPT.id)
        .subquery()
    )
    each = (
        select(*taken)
        .select_from(theirs)
        .join(
            core(Answer), and_(ANSWER.org_id == theirs.c.org_id, ANSWER.attempt_id == theirs.c.id)
        )
        .where(ANSWER.kind == "decision", ANSWER.try_number == 1, ANSWER.slot.in_(number))
        .group_by(ANSWER.attempt_id)
        .subquery()
    )
    query = select(*each.c, func.count()).group_by(*each.c)
    found = {}
    for *row, people in session.connection().execute(query):
        pairs = zip(row[::2], row[1::2], strict=True)
        found[tuple((node, choice) for node, choice in pairs if node)] = int(people)
    return found


def furthest(
    session: Session,
    *,
    org_id: uuid.UUID,
    module: str,
    steps: Sequence[str],
    revisions: Collection[uuid.UUID],
    before: datetime,
) -> dict[int, int]:
    """How many of those who began before a moment left how many steps behind. One query.

    The last of ``steps`` that somebody left counts; who has completed the module left all. Who
    tested out skips steps, and is not in it, nor is what was taken from its person.
    """
    places = {f"screen:{step}": place for place, step in enumerate(steps, 1)}
    # Whose they are is looked at in one pass: PostgreSQL, before it knows the tables' sizes, would
    # read everybody's test-outs again for each of the attempts.
    own = (
        select(
            *(ATTEMPT[name] for name in ("org_id", "id", "person_id", "form", "revision_id")),
            *(ATTEMPT[name] for name in ("started_at", "seed")),
            func.max(case((ATTEMPT.form == "test-out", 1), else_=0))
            .over(partition_by=ATTEMPT.person_id)
            .label("tested_out"),
        )
        .where(*_theirs(org_id, module, ["practice", "test-out"]))
        .subquery()
    )
    through = exists().where(
        COMPLETION.org_id == own.c.org_id,
        COMPLETION.person_id == own.c.person_id,
        COMPLETION.module == module,
    )
    last = func.coalesce(func.max(case(places, value=ANSWER.slot, else_=0)), 0)
    each = (
        select(case((through, len(steps)), else_=last).label("at"))
        .select_from(own)
        .outerjoin(
            core(Answer),
            and_(
                ANSWER.org_id == own.c.org_id,
                ANSWER.attempt_id == own.c.id,
                ANSWER.kind == "screen",
            ),
        )
        .where(
            own.c.form == "practice",
            own.c.tested_out == 0,
            own.c.revision_id.in_(revisions),
            own.c.started_at < before,
            own.c.seed != "",
        )
        .group_by(own.c.org_id, own.c.id, own.c.person_id)
        .subquery()
    )
    query = select(each.c.at, func.count()).group_by(each.c.at)
    return {int(at): int(people) for at, people in session.connection().execute(query)}


def reported(session: Session, *, org_id: uuid.UUID) -> dict[tuple[str, str], int]:
    """How many problem reports of each place are open, by module and place."""
    query = (
        select(REPORT.module, REPORT.place, func.count())
        .where(REPORT.org_id == org_id, REPORT.state == "open")
        .group_by(REPORT.module, REPORT.place)
    )
    return {(module, place): int(n) for module, place, n in session.connection().execute(query)}


def _theirs(org_id: uuid.UUID, module: str, forms: Sequence[str]) -> list[ColumnElement[bool]]:
    return [
        ATTEMPT.org_id == org_id,
        ATTEMPT.module == module,
        ATTEMPT.form.in_(forms),
        ATTEMPT.number == 1,
    ]


def _first_answers() -> list[ColumnElement[bool]]:
    return [
        ANSWER.kind == "item",
        ANSWER.try_number == 1,
        CORRECT.is_not(None),
        ANSWER.slot.not_like("again:%"),
    ]
