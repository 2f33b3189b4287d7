"""Late answers: on content from before a correction they are graded as those before them."""

from __future__ import annotations

import uuid
from dataclasses import replace

from sqlmodel import Session

from db import answers, attempts, regrades
from modules import taught
from modules.basics import ContentError
from modules.course.model import Module
from modules.progress.asked import drawn
from modules.progress.sheet import Answer, Sheet
from modules.regrade.earning import Given
from modules.regrade.judging import judge
from modules.regrade.planning import rows
from modules.regrade.reading import given_of


def follow(
    session: Session,
    *,
    org_id: uuid.UUID,
    attempt_id: uuid.UUID,
    module: Module,
    sheet: Sheet,
    answer: Answer,
) -> Answer:
    """An answer that was just recorded, with the grade that counts.

    Another one where its question was regraded to a revision newer than the attempt's. One query
    for most answers.
    """
    item, _, _ = drawn(module, sheet, answer.slot, answer.try_number)
    stands = regrades.newest(session, org_id=org_id, module=module.id, item=item)
    if stands is None or stands.undoes is not None or answer.was:
        return answer
    sitting = attempts.by_id(session, org_id=org_id, attempt_id=attempt_id)
    if sitting is None or not regrades.older(
        session, org_id=org_id, revision_id=sitting.revision_id, than=stands.to_id
    ):
        return answer
    try:
        corrected = taught.module(
            session,
            sha256=stands.to_sha256,
            language=sitting.language,
            jurisdiction=sitting.jurisdiction,
        )
    except ContentError:
        return answer
    found = answers.with_ids(session, org_id=org_id, attempt_ids=[attempt_id])
    given: Given = given_of(sitting, found)
    at = (answer.slot, answer.try_number)
    judged = [one for one in judge(module, corrected, given.sheet, item) if one.at == at]
    new = rows(given, judged)
    if not new or judged[0].after is None:
        return answer
    regrades.add_rows(session, org_id=org_id, regrade_id=stands.id, rows=new)
    return replace(answer.marked(judged[0].after), was=answer.mark)
