"""Workbooks for tests of uploads, good and spoilt, and why one is refused."""

from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook
from openpyxl.comments import Comment

from modules import words
from modules.labs.uploads import Refusal, accept


def xlsx(change=None):
    """A workbook with a hidden sheet and a comment, as bytes."""
    book = Workbook()
    book.active.title = "Totals"
    book.active.append(["Ward", "Claims"])
    book.active.append(["Elm", 12])
    book.active["B2"].comment = Comment("From the register", "An officer")
    hidden = book.create_sheet("People")
    hidden.sheet_state = "hidden"
    hidden.append(["Sana Mirza", "sana@example.org", "QQ123456C", "07700 900123", "QF1 2AB"])
    if change:
        change(book)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def rewritten(body, **parts):
    """A workbook with parts added or put in place of its own: name=(name, bytes)."""
    new = dict(parts.values())
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(kept, "w", 8) as archive:
        for name in old.namelist():
            if name not in new:
                archive.writestr(name, old.read(name))
        for name, content in new.items():
            archive.writestr(name, content)
    return kept.getvalue()


def with_part(name, content=b"x"):
    return rewritten(xlsx(), new=(name, content))


def refused(name, body):
    found = accept(name, body)
    assert isinstance(found, Refusal), found
    assert found.key in words.of("en").texts
    return found.key.removeprefix("lab.upload.")


SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(inside):
    return rewritten(xlsx(), new=(SHEET, f"<worksheet {NAMESPACE}>{inside}</worksheet>".encode()))
