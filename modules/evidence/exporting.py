"""The log as a file that can be checked anywhere: JSON lines, each entry as it was hashed."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session

from db import evidence as stored
from modules.basics import BadInput
from modules.evidence import keys
from modules.evidence.chain import FORM, START, moment, sha256
from modules.evidence.checking import disclosed

EXPORT = "steward-export-1"
AT_ONCE = 10_000
HOW = (
    "Check this file with docs/verify_evidence.py of Steward, which needs Python and nothing else; "
    "docs/evidence.md says what is hashed. Give it the public key that you were told otherwise "
    "than by this file, and the checkpoints that you kept."
)


class Sink(Protocol):
    """Where the bytes go."""

    def write(self, data: bytes, /) -> object:
        """Write some of them."""
        ...


@dataclass(frozen=True)
class Wish:
    """What an export holds: from which entry on, with names, and for a unit only its people.

    Entries that are not about one of ``people`` are sealed: their hash stands in the chain, and
    what they say is withheld, but for how many fields an erasure took. Who did something to one of
    them is no name there. None stands for everybody.
    """

    first: int = 1
    names: bool = False
    people: frozenset[uuid.UUID] | None = None


def write(
    session: Session,
    out: Sink,
    *,
    org_id: uuid.UUID,
    organisation: str,
    wish: Wish,
    now: datetime,
) -> int:
    """Write a log to ``out``; gives how many entries. The session must be `steady`.

    Raises BadInput for an empty log, and for a first entry that is not there.
    """
    head = stored.head(session, org_id=org_id)
    if head is None or head.number == 0:
        raise BadInput(f"Nothing has been recorded for {organisation} yet.")
    if not 1 <= wish.first <= head.number:
        raise BadInput(f"There is no entry {wish.first}: the log has 1 to {head.number}.")
    previous = START
    if wish.first > 1:
        before = wish.first - 1
        previous = stored.entries(session, org_id=org_id, first=before, last=before)[0][2]
    key = keys.own()
    sums = hashlib.sha256()

    def put(value: dict[str, Any]) -> None:
        line = written(value)
        sums.update(line)
        out.write(line)

    marks = [
        mark for mark in stored.checkpoints(session, org_id=org_id) if mark.number >= wish.first - 1
    ]
    header = {
        "steward": EXPORT,
        "entries": FORM,
        "how": HOW,
        "organisation": organisation,
        "log": org_id.hex,
        "made_at": moment(now),
        "first": wish.first,
        "last": head.number,
        "previous": previous,
        "hash": head.hash,
        "names": wish.names,
        "scope": "organisation" if wish.people is None else "unit",
        "checkpoints": len(marks),
        "public_key": keys.public(key) if key else "",
    }
    put(header)
    for mark in marks:
        put({"checkpoint": mark._asdict()})
    for line in _lines(session, org_id, head.number, wish):
        put(line)
    total = sums.hexdigest()
    end = {"sha256": total, "public_key": header["public_key"], "signature": ""}
    if key:
        end["signature"] = keys.sign(key, closing(org_id.hex, total))
    put({"end": end})
    return head.number - wish.first + 1


def written(value: dict[str, Any]) -> bytes:
    """A line of the file."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def closing(log: str, total: str) -> str:
    """What is signed at the end of a file: the hash of every byte before its last line."""
    return f"{EXPORT}\n{log}\n{total}"


def _lines(session: Session, org_id: uuid.UUID, last: int, wish: Wish) -> Iterator[dict[str, Any]]:
    inside = None if wish.people is None else {one.hex for one in wish.people}
    for first in range(wish.first, last + 1, AT_ONCE):
        until = min(last, first + AT_ONCE - 1)
        opened: dict[int, list[list[str]]] = defaultdict(list)
        of = {}
        rows = stored.fields(session, org_id=org_id, first=first, last=until)
        for number, name, salt, value, person in rows:
            if name == "person":
                of[number] = person
            if disclosed(name, names=wish.names, unit=inside is not None):
                opened[number].append([name, salt, value])
        entries = stored.entries(session, org_id=org_id, first=first, last=until)
        for number, previous, hash_, body, _, kind in entries:
            line = {"number": number, "previous": previous, "hash": hash_}
            if inside is not None and kind != "erasure" and of.get(number) not in inside:
                yield {**line, "body_hash": sha256(body)}
            else:
                yield {**line, "body": body, "fields": opened.get(number, [])}
