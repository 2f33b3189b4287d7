"""A workbook as the same bytes on every machine: its times and its order are fixed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

SAVED = datetime(2026, 10, 1, 9, 0)  # noqa: DTZ001
"""When each workbook of this lab says that it was made. openpyxl would write the present."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")
_FORMULA = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*>)<f>([^<]*)</f><v\s*/?>(?:</v>)?')


def packed(book: Any, results: Mapping[str, float]) -> bytes:
    """``book`` (of openpyxl) as bytes of an .xlsx, its parts stored and not compressed.

    ``results`` has what formulas come to, by their text without the equals sign: a spreadsheet
    program keeps both, and openpyxl writes the formula alone. Stored, since compressed bytes
    depend on the version of zlib.
    """
    raw = io.BytesIO()
    book.save(raw)
    body = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(body, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + f"{SAVED.isoformat()}Z".encode() + rb"\2", part)
            if name.startswith("xl/worksheets/sheet"):
                part = _FORMULA.sub(lambda found: _with_result(found, results), part)
            target.writestr(zipfile.ZipInfo(name, _EPOCH), part)
    return body.getvalue()


def _with_result(found: re.Match[bytes], results: Mapping[str, float]) -> bytes:
    formula = found[3].decode()
    if formula not in results:
        return found[0]
    return found[1] + b"<f>" + found[3] + b"</f><v>" + f"{results[formula]:g}".encode() + b"</v>"
