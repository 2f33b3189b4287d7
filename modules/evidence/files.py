"""Verifying an exported file, away from the database."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

from modules.basics import BadInput
from modules.evidence import keys
from modules.evidence.chain import FORM
from modules.evidence.checking import Checker, Report, undisturbed
from modules.evidence.exporting import EXPORT, closing, written
from modules.evidence.signing import Mark, mark_of

LONGEST = 1_000_000
"""Bytes of a line: an entry has a thousand or two."""

Told = Mapping[str, Any]


def opened(path: Path) -> BinaryIO:
    """A file of lines, compressed or not. Raises BadInput when it cannot be read."""
    try:
        file = path.open("rb")
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    return cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file


def marks_in(path: Path) -> list[Mark]:
    """The checkpoints in a file: one of checkpoints, or an earlier export."""
    with opened(path) as file:
        told = (_told(line) for line in _lines(file) if line.startswith(b'{"checkpoint"'))
        found = [_mark(one.get("checkpoint")) for one in told]
    if not found:
        raise BadInput(f"{path} holds no checkpoint.")
    return found


def verify(path: Path, *, trusted: Collection[str] = (), since: Sequence[Mark] = ()) -> Report:
    """Check an exported file. Raises BadInput for what is no such file."""
    with opened(path) as file, undisturbed():
        lines = _lines(file)
        first = next(lines, b"")
        head = _told(first)
        if head.get("steward") != EXPORT or head.get("entries") != FORM:
            raise BadInput(f"{path} is no export of evidence.")
        return _read(first, head, lines, trusted, since)


def _read(
    first: bytes,
    head: Told,
    lines: Iterator[bytes],
    trusted: Collection[str],
    since: Sequence[Mark],
) -> Report:
    try:
        checker = Checker(
            str(head["log"]),
            int(head["first"]),
            str(head["previous"]),
            names=bool(head["names"]),
            unit=head["scope"] == "unit",
        )
        last, hash_, announced = int(head["last"]), str(head["hash"]), int(head["checkpoints"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"The first line of the file lacks what it must say: {error}.") from error
    checker.awaits(since)
    sums, marks, end = hashlib.sha256(first), list[Mark](), None
    for line in lines:
        if end is not None:
            checker.wrong(0, "the file goes on after its end")
            break
        told = _told(line)
        if "number" in told:
            _take(checker, told)
        elif "checkpoint" in told:
            marks.append(_mark(told["checkpoint"]))
            checker.awaits(marks[-1:])
        elif "end" in told:
            end = told["end"]
            if line != written({"end": end}):
                checker.wrong(0, "its last line is not as it was written")
            continue
        else:
            checker.wrong(checker.number, "the line after it is no entry")
        sums.update(line)
    checker.close(number=last, hash_=hash_)
    _end(checker, end, sums.hexdigest(), head, trusted)
    if len(marks) != announced:
        checker.wrong(0, f"{announced} checkpoints are announced, and {len(marks)} are there")
    signed = checker.checkpoints(marks, trusted)
    checker.since(since, trusted)
    return Report(
        log=checker.log,
        organisation=str(head.get("organisation", "")),
        first=checker.first,
        last=checker.number,
        hash=checker.last_hash,
        findings=tuple(checker.findings),
        checkpoints=len(marks),
        signed=signed,
        erased=checker.missing,
        sealed=checker.sealed,
        names=checker.names,
    )


def _take(checker: Checker, told: Told) -> None:
    try:
        openings = [(name, salt, value, "") for name, salt, value in told.get("fields", ())]
        body = told.get("body")
        checker.take(
            told["number"],
            told["previous"],
            told["hash"],
            body,
            openings,
            body_hash=told["body_hash"] if body is None else "",
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        checker.wrong(checker.number + 1, "its line cannot be read")


def _end(checker: Checker, end: Any, total: str, head: Told, trusted: Collection[str]) -> None:
    if not isinstance(end, Mapping):
        checker.wrong(0, "the file has no end: it was cut off")
        return
    if end.get("sha256") != total:
        checker.wrong(0, "the file is not as it was written")
    key, signature = str(end.get("public_key", "")), str(end.get("signature", ""))
    if key != head.get("public_key"):
        checker.wrong(0, "the file names two different keys")
    if key or signature:
        if not keys.holds(key, signature, closing(checker.log, total)):
            checker.wrong(0, "the signature of the file does not hold")
        elif trusted and key not in trusted:
            checker.wrong(0, "the file is signed with another key")
    elif trusted:
        checker.wrong(0, "the file is not signed")


def _lines(file: BinaryIO) -> Iterator[bytes]:
    try:
        while line := file.readline(LONGEST):
            yield line
    except (OSError, EOFError) as error:
        raise BadInput(f"The file cannot be read to its end: {error}.") from error


def _told(line: bytes) -> Told:
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _mark(told: Any) -> Mark:
    try:
        return mark_of(told)
    except (ValueError, AttributeError) as error:
        raise BadInput("The file holds a checkpoint that cannot be read.") from error
