"""Whether a log holds: every entry, every personal field, every checkpoint. Pure.

The same for the database and for an exported file; `docs/verify_evidence.py` does it for the file
on its own, with none of this.
"""

from __future__ import annotations

import gc
import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from modules.evidence import keys
from modules.evidence.chain import FORM, START, pseudonym
from modules.evidence.signing import Mark, digest, statement

MOST = 20
"""Findings that are told; what comes after a break is often its consequence."""

WHOSE = ("person", "by")
"""The fields that hold pseudonyms: all that an export without names opens."""

SALT = 32
"""Characters of a salt. With another length, its end and the value could change places unseen."""


def disclosed(name: str, *, names: bool, unit: bool) -> bool:
    """Whether an export opens a field; that of a unit has no names of those who did something."""
    return name in WHOSE or (names and not (unit and name.startswith("by_")))


@dataclass(frozen=True)
class Finding:
    """What is wrong, and at which entry; 0 where it is the log as a whole."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"entry {self.number}: {self.what}" if self.number else self.what


Opening = Sequence[str]
"""A personal field as it is kept or disclosed: name, salt, value, and whose id it is, in 32
hexadecimal digits, or "" in a file. Plain tuples: a million entries have millions of them."""


@dataclass
class Checker:
    """Reads one log from its first entry to its last, and keeps what is wrong.

    ``secret`` is known in the database only: with it, whose a field is can be checked. ``names``
    is False where only pseudonyms are disclosed, ``unit`` True where only one unit's people are.
    """

    log: str
    first: int = 1
    last_hash: str = START
    secret: str = ""
    names: bool = True
    unit: bool = False
    findings: list[Finding] = field(default_factory=list)
    number: int = 0
    missing: int = 0
    erased: int = 0
    sealed: int = 0
    # Entries with fields missing, the first few.
    gaps: list[int] = field(default_factory=list)
    # The hashes of those entries that a checkpoint names, filled while reading.
    wanted: dict[int, str] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.number = self.first - 1
        self.start = self.last_hash
        self.prefix = f"{FORM}\n{self.log}\n"

    def awaits(self, marks: Iterable[Mark]) -> None:
        """Keep the hashes of these entries for their checkpoints. Before they are read."""
        self.wanted |= {mark.number: "" for mark in marks}

    def wrong(self, number: int, what: str) -> None:
        """Keep a finding."""
        if len(self.findings) < MOST:
            self.findings.append(Finding(number, what))

    def take(
        self,
        number: int,
        previous: str,
        hash_: str,
        body: str | None,
        openings: Sequence[Opening] = (),
        *,
        body_hash: str = "",
        at: str = "",
        kind: str = "",
    ) -> None:
        """Check the next entry with its personal fields.

        Without ``body`` it is sealed, and only ``body_hash`` is told. ``at`` and ``kind`` are the
        copies that a database finds entries by.
        """
        if number != self.number + 1:
            self._order(number)
        elif previous != self.last_hash:
            self.wrong(number, "it does not follow on the entry before")
        if body is not None:
            body_hash = sha256(body.encode()).hexdigest()
        linked = f"{self.prefix}{number}\n{previous}\n{body_hash}"
        if sha256(linked.encode()).hexdigest() != hash_:
            self.wrong(number, "it was changed after it was made")
        if number in self.wanted:
            self.wanted[number] = hash_
        self.number, self.last_hash = number, hash_
        if body is not None and self._plain(body, openings, at, kind):
            return
        if body is None:
            self.sealed += 1
            if openings:
                self.wrong(number, "it is sealed, and has personal fields all the same")
            return
        try:
            told = json.loads(body)
            fields = told["fields"]
            if kind and (told["at"] != at or told["kind"] != kind):
                self.wrong(number, "its time or kind is not what was hashed")
            if told["kind"] == "erasure":
                self.erased += told["facts"]["fields"]
        except (ValueError, KeyError, TypeError):
            self.wrong(number, "its content cannot be read")
            return
        self._fields(number, fields, openings)

    def _plain(self, body: str, openings: Sequence[Opening], at: str, kind: str) -> bool:
        """Whether the body, as it is written, ends in exactly these fields: no need to parse it.

        Quotes inside a JSON text are escaped, so what ends like this has these fields. Erasures,
        entries with fields missing and all that is wrong are looked at closely instead.
        """
        cut = body.rfind(',"kind":"')
        if body.startswith('"erasure"', cut + 8) or (at and not body.startswith(at, 7)):
            return False
        made, by, person, known, secret = "", "", "", self._known, self.secret
        for name, salt, value, whose in openings:
            if len(salt) != SALT:
                return False
            hashed = sha256(f"{salt}\n{name}\n{value}".encode()).hexdigest()
            made = f'{made},"{name}":"{hashed}"'
            if name[:2] == "by":
                if by and by != whose:
                    return False
                by = whose
            else:
                if person and person != whose:
                    return False
                person = whose
            if secret and name in WHOSE and value != (known.get(whose) or self._pseudonym(whose)):
                return False
        tail = f'"fields":{{{made[1:]}}}'
        return body.endswith(tail, 0, cut) and (not kind or body[cut + 9 : -2] == kind)

    def _order(self, number: int) -> None:
        if number > self.number + 1:
            what = f"entries {self.number + 1} to {number - 1} are missing before it"
            if number == self.number + 2:
                what = f"entry {self.number + 1} is missing before it"
            self.wrong(number, what)
        else:
            self.wrong(number, f"it comes after entry {self.number}")

    def _fields(self, number: int, fields: Mapping[str, str], openings: Sequence[Opening]) -> None:
        whose: dict[str, str] = {}
        for name, salt, value, person in openings:
            made = f"{salt}\n{name}\n{value}".encode()
            if len(salt) != SALT or fields.get(name) != sha256(made).hexdigest():
                what = "was changed" if name in fields else "is no part of it"
                self.wrong(number, f"its personal field “{name}” {what}")
            if name in WHOSE:
                whose[name] = person
                if self.secret and self._pseudonym(person) != value:
                    self.wrong(number, f"its personal field “{name}” was put down to another")
        if len({name for name, *_ in openings}) != len(openings):
            self.wrong(number, "it has a personal field twice")
        if self.secret:
            for name, _, _, person in openings:
                group = "by" if name.startswith("by") else "person"
                if whose.get(group) != person:
                    told = "was put down to another" if group in whose else "lost its person"
                    self.wrong(number, f"its personal field “{name}” {told}")
        expected = sum(disclosed(name, names=self.names, unit=self.unit) for name in fields)
        if expected != len(openings):
            self.missing += expected - len(openings)
            if len(self.gaps) < 5:
                self.gaps.append(number)

    def _pseudonym(self, person: str) -> str:
        known = self._known.get(person)
        if known is None:
            try:
                known = pseudonym(self.secret, uuid.UUID(person))
            except ValueError:
                known = ""
            self._known[person] = known
        return known

    def close(self, *, number: int, hash_: str) -> None:
        """Compare with what is kept as the newest entry, and the gaps with the erasures."""
        if (self.number, self.last_hash) != (number, hash_):
            what = f"the log ends at entry {self.number}, and its head says {number}"
            self.wrong(0, what if self.number != number else "its head is not its last entry")
        whole = self.first == 1 and self.names and not self.unit and not self.sealed
        if self.missing > self.erased or (whole and self.missing != self.erased):
            told = f"; the first are of entries {', '.join(map(str, self.gaps))}"
            self.wrong(
                self.gaps[0] if len(self.gaps) == 1 else 0,
                f"{self.missing} personal fields are missing, and erasures account for "
                f"{self.erased}{told if len(self.gaps) > 1 else ''}",
            )

    def checkpoints(self, marks: Iterable[Mark], trusted: Collection[str] = ()) -> int:
        """Check the checkpoints of the log; gives how many are signed.

        ``trusted`` are the public keys that may sign; empty for any. The last one must then be
        signed.
        """
        signed, before = 0, START if self.first == 1 else ""
        last: Mark | None = None
        for mark in marks:
            if last and mark.number <= last.number:
                self.wrong(mark.number, "its checkpoint is not in order")
            if before and mark.previous != before:
                self.wrong(mark.number, "its checkpoint does not follow on the one before")
            self._mark(mark, trusted)
            if mark.signature:
                signed += 1
            elif signed:
                self.wrong(mark.number, "its checkpoint is not signed, but an earlier one is")
            before, last = digest(self.log, mark), mark
        if trusted and last and not last.signature:
            self.wrong(last.number, "its checkpoint, the last one, is not signed")
        return signed

    def since(self, marks: Iterable[Mark], trusted: Collection[str] = ()) -> None:
        """Check that the log still holds what was kept elsewhere as a checkpoint."""
        for mark in marks:
            if mark.number < self.first - 1:
                what = "its checkpoint is from before the first entry here"
                self.wrong(mark.number, what)
            else:
                self._mark(mark, trusted)

    def _mark(self, mark: Mark, trusted: Collection[str]) -> None:
        here = self.start if mark.number == self.first - 1 else self.wanted.get(mark.number, "")
        if mark.number > self.number:
            self.wrong(mark.number, "there was a checkpoint of it, and it is gone")
        elif here != mark.hash:
            self.wrong(mark.number, "it is not the one of its checkpoint")
        if bool(mark.signature) != bool(mark.public_key):
            self.wrong(mark.number, "its checkpoint has a key or a signature, but not both")
        elif mark.signature:
            text = statement(self.log, mark)
            if not keys.holds(mark.public_key, mark.signature, text):
                self.wrong(mark.number, "the signature of its checkpoint does not hold")
            elif trusted and mark.public_key not in trusted:
                self.wrong(mark.number, "its checkpoint is signed with another key")


@dataclass(frozen=True)
class Report:
    """What was found in one log."""

    log: str
    organisation: str
    first: int
    last: int
    hash: str
    findings: tuple[Finding, ...]
    checkpoints: int
    signed: int
    erased: int
    sealed: int = 0
    names: bool = True

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """As JSON values."""
        told = [{"entry": one.number or None, "what": one.what} for one in self.findings]
        return {"sound": self.sound, **vars(self), "findings": told}


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without looking for garbage in circles: of millions of rows none is, and looking is slow."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
