"""Replay of what was regraded: the corrected question must still give the grade that counts."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from db import regraded
from db.attempts import Sitting
from modules import taught
from modules.basics import ContentError
from modules.course.model import Module
from modules.progress.asked import drawn
from modules.progress.replay import Replayed
from modules.progress.sheet import Sheet
from modules.regrade.judging import At, judge


def by_both(
    module: Module, sheet: Sheet, corrected: Mapping[At, Module], line: Replayed
) -> Replayed:
    """A replayed answer, graded by the question that has graded it again as well."""
    at = (line.slot, line.try_number)
    if at not in corrected or line.regraded is None:
        return line
    item, _, _ = drawn(module, sheet, *at)
    judged = judge(module, corrected[at], sheet, item)
    return replace(line, corrected=next((one.after for one in judged if one.at == at), None))


def corrected(
    session: Session,
    org_id: uuid.UUID,
    sittings: Sequence[Sitting],
    sheets: Mapping[uuid.UUID, Sheet],
) -> dict[uuid.UUID, dict[At, Module]]:
    """By attempt, slot and try, the content that has graded an answer again. One query, or none."""
    made: dict[uuid.UUID, dict[At, Module]] = {one.id: {} for one in sittings}
    of = {one.id: one for one in sittings if sheets[one.id].regraded}
    if not of:
        return made
    found = regraded.graders(session, org_id=org_id, attempt_ids=list(of))
    for (attempt_id, slot, try_number), sha256 in found.items():
        one = of[attempt_id]
        try:
            made[attempt_id][slot, try_number] = taught.module(
                session, sha256=sha256, language=one.language, jurisdiction=one.jurisdiction
            )
        except ContentError:
            continue
    return made
