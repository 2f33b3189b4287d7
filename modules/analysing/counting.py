"""Counting how a module did, now and then, such that no two counts differ by a few people.

A part (a question on a form, a story, the steps) is counted once as many people have come as the
threshold, and again when as many more have. What is kept in between is what was counted last, so
one look less the look before is either nothing or at least as many people as the threshold. With
another text a count of its own begins; one of an earlier text stays as it was.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from db import analysed, item_answers, people, revisions
from db.analysed import Kept
from modules.agreement.current import at_least
from modules.analysing.taught import GROUPS, PRACTICE, STEPS, STORY, Text, texts
from modules.progress import item_counts
from modules.progress.stopping import AFTER_DAYS

LASTS = timedelta(hours=20)
"""After so long, or with another text, it is looked at again: about once a day."""
LOOKED = ""
"""The part that says when a module was looked at last."""

Part = tuple[str, str, int, dict[str, Any]]
"""A part's name, the hash of its text, its people and its figures."""


def catch_up(session: Session, *, now: datetime) -> None:
    """Count everything that is to be counted again. Needs a writing session."""
    for org_id, module, rows in uncounted(session, now=now):
        keep(session, org_id=org_id, module=module, rows=rows)


def uncounted(session: Session, *, now: datetime) -> Iterator[tuple[uuid.UUID, str, list[Kept]]]:
    """Whose, which module, and what to keep of it. A reading session will do."""
    for body in people.organisations(session):
        least = at_least(body.least)
        sat = item_answers.sat(session, org_id=body.id)
        for module, latest in sorted(revisions.latest(session, org_id=body.id).items()):
            kept = analysed.kept(session, org_id=body.id, module=module)
            looked = kept.get((LOOKED, latest.sha256))
            if looked and now < looked.counted_at + LASTS:
                continue
            rows = [Kept(LOOKED, latest.sha256, 0, now, {})]
            known = texts(session, org_id=body.id, module=module, language=body.language)
            if known and known[-1].sha256 == latest.sha256:
                for name, sha256, many, figures in _parts(session, body.id, known, sat, now):
                    before = kept.get((name, sha256))
                    if grown(before.people if before else 0, many, least):
                        rows.append(Kept(name, sha256, many, now, figures))
            yield body.id, module, rows


def keep(session: Session, *, org_id: uuid.UUID, module: str, rows: list[Kept]) -> None:
    """Keep what was counted. Needs a writing session."""
    for row in rows:
        analysed.keep(session, org_id=org_id, module=module, counted=row)


def grown(before: int, now: int, least: int) -> bool:
    """Whether so many people more have come that a new count differs by no few of them."""
    return now >= before + least


def _parts(
    session: Session,
    org_id: uuid.UUID,
    known: list[Text],
    sat: set[tuple[str, str]],
    now: datetime,
) -> Iterator[Part]:
    newest = known[-1]
    for group, forms in GROUPS.items():
        if any((newest.module.id, form) in sat for form in forms):
            yield from _items(session, org_id, known, group)
    if (newest.module.id, PRACTICE) not in sat:
        return
    if newest.story:
        same = [one.id for one in known if one.story == newest.story]
        for step in newest.tales:
            ways = item_answers.paths(
                session,
                org_id=org_id,
                module=newest.module.id,
                step=step.id,
                most=newest.module.scenario.max_steps if newest.module.scenario else 0,
                revisions=same,
            )
            figures = {"ways": sorted(ways.items())}
            yield f"{STORY}{step.id}", newest.story, sum(ways.values()), figures
    left = item_answers.furthest(
        session,
        org_id=org_id,
        module=newest.module.id,
        steps=[step.id for step in newest.module.steps],
        revisions=[one.id for one in known if one.steps == newest.steps],
        before=now - timedelta(days=AFTER_DAYS),
    )
    yield STEPS, newest.steps, sum(left.values()), {"left": sorted(left.items())}


def _items(session: Session, org_id: uuid.UUID, known: list[Text], group: str) -> Iterator[Part]:
    """The questions of a group, each with the answers to the text that it has now."""
    newest, by_id = known[-1], {one.id: one for one in known}
    choices = [id_ for id_, one in newest.module.questions.items() if hasattr(one, "options")]
    rows: dict[str, list[item_answers.Same]] = {}
    for row in item_answers.alike(
        session,
        org_id=org_id,
        module=newest.module.id,
        forms=GROUPS[group],
        items={one.id: one.asks(group) for one in known},
        choices=choices,
    ):
        asked = by_id[row.revision_id].items.get(row.slot)
        if asked is not None and asked == newest.items.get(row.slot):
            rows.setdefault(row.slot, []).append(row)
    for slot, same in rows.items():
        found = item_counts.counted(newest.module.question(slot), same, rest=group != PRACTICE)
        yield f"{group}/{slot}", newest.items[slot], found.statistics.takers, asdict(found)
