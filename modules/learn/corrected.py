"""Her answers that a corrected question graded again: before, now, when, why. For herself alone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db import attempts, enrolments, regraded
from modules import days, markup
from modules.access import Viewer, require
from modules.basics import Surface, Words
from modules.learn import receipts
from modules.learn.receipts import Line, Receipt
from modules.progress.sheet import Mark


@dataclass(frozen=True)
class Correction:
    """One answer that was graded again. ``line`` has the grade that counts.

    ``granted``: its attempt completed the module by it; ``held``: it holds a completion anyway.
    """

    attempt_id: uuid.UUID
    module: str
    line: Line
    was: Mark
    made_at: datetime
    why: str
    undone: bool
    granted: bool
    held: bool


def corrections(session: Session, viewer: Viewer, *, module: str = "") -> tuple[Correction, ...]:
    """The viewer's, oldest first; none whose grade she may not see yet. Four queries at most."""
    require(viewer, "learn.receipts")
    ids = {"org_id": viewer.org_id, "person_id": viewer.person_id}
    if not regraded.of_person(session, **ids, module=module):
        return ()
    sittings = attempts.of_person(session, **ids, module=module)
    return among(session, viewer, receipts.read(session, viewer.org_id, sittings))


def among(session: Session, viewer: Viewer, found: Sequence[Receipt]) -> tuple[Correction, ...]:
    """Those of attempts that were read already. Two queries, one where there are none."""
    require(viewer, "learn.receipts")
    org_id, person_id = viewer.org_id, viewer.person_id
    again = regraded.of_person(session, org_id=org_id, person_id=person_id)
    if not again:
        return ()
    completed = {
        one.attempt_id: one.completed_at
        for one in enrolments.completions(session, org_id=org_id, person_ids=[person_id])
    }
    lines = {
        (one.sitting.id, line.slot, line.try_number): (one, line)
        for one in found
        if one.told
        for line in one.lines()
    }
    made = []
    for told in again:
        at = lines.get((told.attempt_id, told.slot, told.try_number))
        if at is None or at[1].was is None:
            continue
        one, line = at
        since = completed.get(told.attempt_id)
        made.append(
            Correction(
                told.attempt_id,
                one.sitting.module,
                line,
                at[1].was,
                told.made_at,
                told.why,
                told.undone,
                granted=since == told.made_at,
                held=since is not None,
            )
        )
    return tuple(made)


def in_words(one: Correction, viewer: Viewer, say: Words) -> str:
    """What happened to one answer, as plain text in two or three sentences."""
    day = days.short(viewer.today(one.made_at))
    now, before = (
        receipts.word(one.line.right, one.line.score),
        receipts.word(one.was.right, one.was.score),
    )
    same = now == before
    key = "undone" if one.undone else "same" if same else "told"
    told = say(
        f"corrected.{key}",
        day=day,
        now=say(f"corrected.as_{now}"),
        before=say(f"corrected.as_{before}"),
    )
    effect = "granted" if one.granted else "held" if one.held else ""
    return " ".join(filter(None, [told, say(f"corrected.{effect}") if effect else ""]))


def draw(surface: Surface, viewer: Viewer, say: Words, found: Sequence[Correction]) -> None:
    """Each corrected question with both grades, folded away below one line."""
    if not found:
        return
    many = "corrected.title_one" if len(found) == 1 else "corrected.title"
    box = surface.expander(say(many, n=len(found)), icon=":material/published_with_changes:")
    for one in found:
        box.markdown(f"**{markup.literal(one.line.question)}**")
        box.markdown(markup.literal(in_words(one, viewer, say)))
        box.caption(say("corrected.why", text=markup.literal(one.why)))
