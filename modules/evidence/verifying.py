"""Verifying a log where it is kept."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlmodel import Session

from db import evidence as stored
from modules.evidence.chain import START
from modules.evidence.checking import Checker, Report, undisturbed
from modules.evidence.signing import Mark

AT_ONCE = 10_000
"""Entries that are read at once: some ten megabytes."""


def verify(
    session: Session,
    *,
    org_id: uuid.UUID,
    organisation: str = "",
    trusted: Collection[str] = (),
    since: Sequence[Mark] = (),
) -> Report:
    """Check an organisation's log from its first entry to its last.

    ``trusted`` are the public keys that may have signed; ``since`` are checkpoints that were kept
    elsewhere. The session must be `steady`, else what is written meanwhile looks like a fault.
    """
    log = org_id.hex
    head = stored.head(session, org_id=org_id)
    marks = [Mark(*one) for one in stored.checkpoints(session, org_id=org_id)]
    least, greatest = stored.bounds(session, org_id=org_id)
    checker = Checker(log, secret=head.secret if head else "")
    checker.awaits((*marks, *since))
    if head is None and greatest:
        checker.wrong(0, "the log has no head")
    with undisturbed():
        for first in range(min(least, 1), greatest + 1, AT_ONCE):
            _part(session, org_id, first, first + AT_ONCE - 1, checker)
    if head is not None:
        checker.close(number=head.number, hash_=head.hash)
    signed = checker.checkpoints(marks, trusted)
    checker.since(since, trusted)
    return Report(
        log=log,
        organisation=organisation,
        first=1,
        last=checker.number,
        hash=checker.last_hash if checker.number else START,
        findings=tuple(checker.findings),
        checkpoints=len(marks),
        signed=signed,
        erased=checker.missing,
    )


def _part(session: Session, org_id: uuid.UUID, first: int, last: int, checker: Checker) -> None:
    opened: dict[int, list[Sequence[str]]] = defaultdict(list)
    for row in stored.fields(session, org_id=org_id, first=first, last=last):
        opened[row[0]].append(row[1:])
    rows = stored.entries(session, org_id=org_id, first=first, last=last)
    for number, previous, hash_, body, at, kind in rows:
        own = opened.pop(number, ())
        checker.take(number, previous, hash_, body, own, at=at, kind=kind)
    for number in opened:
        checker.wrong(number, "it is gone, and personal fields of it are there")


def grown(session: Session, *, org_id: uuid.UUID, before: Mark | None) -> str:
    """What is wrong with the entries after a checkpoint, or ""; before the next one is made.

    Only what they are themselves: erasures concern entries of any age, and `verify` counts them.
    """
    head = stored.head(session, org_id=org_id)
    if head is None:
        return ""
    first = before.number + 1 if before else 1
    checker = Checker(org_id.hex, first, before.hash if before else START, secret=head.secret)
    with undisturbed():
        for start in range(first, head.number + 1, AT_ONCE):
            _part(session, org_id, start, min(head.number, start + AT_ONCE - 1), checker)
    if (checker.number, checker.last_hash) != (head.number, head.hash):
        checker.wrong(head.number, "the log does not end with it")
    return str(checker.findings[0]) if checker.findings else ""
