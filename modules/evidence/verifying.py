"""Verifying a log where it is kept."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from sqlmodel import Session

from db import evidence as stored
from db.engine import reading
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
    split: int = 0,
) -> Report:
    """Check an organisation's log from its first entry to its last.

    ``trusted`` are the public keys that may have signed; ``since`` are checkpoints that were kept
    elsewhere. The session must be `steady`, else what is written meanwhile looks like a fault. From
    ``split`` entries on (0: never) a second process takes half of them.
    """
    log = org_id.hex
    head = stored.head(session, org_id=org_id)
    marks = [Mark(*one) for one in stored.checkpoints(session, org_id=org_id)]
    least, greatest = stored.bounds(session, org_id=org_id)
    checker = Checker(log, secret=head.secret if head else "")
    checker.awaits((*marks, *since))
    if head is None and greatest:
        checker.wrong(0, "the log has no head")
    already = checker.findings[:]
    if not split or greatest < split or not _halves(session, org_id, greatest, checker):
        checker = Checker(log, secret=checker.secret, findings=already)
        checker.awaits((*marks, *since))
        _read(session, org_id, min(least, 1), greatest, checker)
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


def _read(session: Session, org_id: uuid.UUID, first: int, last: int, checker: Checker) -> None:
    with undisturbed():
        for start in range(first, last + 1, AT_ONCE):
            _part(session, org_id, start, min(last, start + AT_ONCE - 1), checker)


def _halves(session: Session, org_id: uuid.UUID, last: int, checker: Checker) -> bool:
    """Check all entries in two processes; False when that found anything that is not as it should.

    The other process sees the database a moment later: whatever looks wrong is read again by one.
    """
    middle = last // 2 + 1
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        waiting = pool.submit(rest, org_id, middle, last, dict(checker.wanted))
        _read(session, org_id, 1, middle - 1, checker)
        other = waiting.result()
    whole = (checker.number, checker.last_hash) == (middle - 1, other.start)
    if not whole or checker.findings or other.findings:
        return False
    checker.number, checker.last_hash = other.number, other.last_hash
    checker.missing, checker.erased = (
        checker.missing + other.missing,
        checker.erased + other.erased,
    )
    checker.gaps += other.gaps
    checker.wanted |= {one: hash_ for one, hash_ in other.wanted.items() if hash_}
    return checker.missing == checker.erased


def rest(org_id: uuid.UUID, first: int, last: int, wanted: dict[int, str]) -> Checker:
    """Check the entries of a log from ``first`` to ``last``, in a process of its own."""
    with reading() as session:
        stored.steady(session)
        head = stored.head(session, org_id=org_id)
        before = stored.entries(session, org_id=org_id, first=first - 1, last=first - 1)
        checker = Checker(
            org_id.hex,
            first,
            before[0].hash if before else START,
            secret=head.secret if head else "",
            wanted=wanted,
        )
        _read(session, org_id, first, last, checker)
    return checker


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
    _read(session, org_id, first, head.number, checker)
    if (checker.number, checker.last_hash) != (head.number, head.hash):
        checker.wrong(head.number, "the log does not end with it")
    return str(checker.findings[0]) if checker.findings else ""
