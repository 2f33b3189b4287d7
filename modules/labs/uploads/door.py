"""What comes in: an .xlsx or .csv that was looked at whole, or the reason why not."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal

import structlog

from modules.labs.uploads import limits, markup
from modules.labs.uploads.archive import unpack
from modules.labs.uploads.personal import looks_real
from modules.labs.uploads.refusing import Refused

log = structlog.get_logger()

Kind = Literal["xlsx", "csv"]
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the containers of the old Office begin, and of workbooks with a password."""
MACROS = (".xlsm", ".xltm", ".xlam", ".xlsb")


@dataclass(frozen=True)
class Refusal:
    """Why a file stays outside: ``key`` of a sentence for the page. Nothing of it is kept."""

    key: str


@dataclass(frozen=True)
class Accepted:
    """A file within the limits. ``rows`` of a .csv; of an .xlsx see `workbook`."""

    kind: Kind
    body: bytes = field(repr=False)
    rows: tuple[tuple[str, ...], ...] = ()


def accept(name: str, body: bytes, kinds: Collection[Kind] = ("xlsx", "csv")) -> Accepted | Refusal:
    """Look at an uploaded file. Never raises: whatever is wrong with it is a Refusal."""
    try:
        return _look(name.lower(), body, kinds)
    except Refused as refused:
        return Refusal(refused.key)
    except Exception as error:  # a stranger's file finds what nobody thought of
        log.error("an upload broke its reader", exc_info=error)
        return Refusal("lab.upload.broken")


def _look(name: str, body: bytes, kinds: Collection[Kind]) -> Accepted:
    if len(body) > limits.LARGEST:
        raise Refused("lab.upload.too_large")
    if not body.strip():
        raise Refused("lab.upload.empty")
    if name.endswith(MACROS):
        raise Refused("lab.upload.macros")
    if body.startswith(OLD):
        raise Refused("lab.upload.locked")
    if name.endswith(".xlsx") and "xlsx" in kinds:
        if not body.startswith(b"PK\x03\x04"):
            raise Refused("lab.upload.other_inside")
        text = markup.read(unpack(body))
        found = Accepted("xlsx", body)
        _opens(found)
    elif name.endswith(".csv") and "csv" in kinds:
        text = _text(body)
        found = Accepted("csv", body, _rows(text))
    else:
        raise Refused("lab.upload.kind")
    if looks_real(text):
        raise Refused("lab.upload.personal")
    return found


def workbook(accepted: Accepted) -> Any:
    """The openpyxl workbook of an accepted .xlsx: with formulas, hidden sheets and comments."""
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(accepted.body))


def _opens(accepted: Accepted) -> None:
    """A workbook may be sound as a file and still not open: better said here than in a lab."""
    try:
        workbook(accepted)
    except Exception as error:  # openpyxl raises what its parts happen to raise
        raise Refused("lab.upload.broken") from error


def _text(body: bytes) -> str:
    """A text file in UTF-8, in UTF-16 with its mark, or as old spreadsheets save it."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in body or body.startswith((b"PK", b"%PDF", b"\x1f\x8b", b"\x89PNG")):
        raise Refused("lab.upload.other_inside")
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.removeprefix("\ufeff")
    raise Refused("lab.upload.encoding")


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",;\t", key=first.count)
    rows: list[tuple[str, ...]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            cells += len(row)
            if len(rows) >= limits.ROWS or len(row) > limits.COLUMNS or cells > limits.CELLS:
                raise Refused("lab.upload.too_far")
            if any(row):
                rows.append(tuple(row))
    except csv.Error as error:
        raise Refused("lab.upload.broken") from error
    if not rows:
        raise Refused("lab.upload.empty")
    return tuple(rows)
