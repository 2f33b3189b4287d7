"""One row of a question list as an item, or the column in which it is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from modules.exchange.items import reading
from modules.exchange.items.brought import Brought, Refused
from modules.exchange.items.headings import Columns, plain
from modules.exchange.items.row import Amiss, Row
from modules.exchange.items.row_kinds import FALSE, MAKE, NUMBER, TRUE, rights
from modules.exchange.sheets import FORMULA

TYPES = {
    "single_choice": (
        *("singlechoice", "single", "multiplechoice", "mc", "mcq", "choice", "radio", "quiz"),
        *("multiplechoicesingleanswer", "singleanswer", "singleselect", "onecorrect"),
    ),
    "multiple_choice": (
        *("multiplechoices", "multiple", "multipleselect", "multiselect", "checkbox", "ma"),
        *("multipleanswer", "multipleanswers", "multipleresponse", "checkboxes", "selectall"),
        *("multianswer", "multiplecorrect", "multiplechoicemultipleanswers", "allthatapply"),
    ),
    "true_false": ("truefalse", "tf", "trueorfalse", "boolean", "yesno"),
    "matching": ("matching", "match", "pairs"),
    "ordering": ("ordering", "order", "reorder", "sequence", "ranking", "sorting"),
    "numeric": ("numeric", "numerical", "number", "num", "calculated"),
    "fill_in": (
        *("fillin", "shortanswer", "short", "fillintheblank", "fillinblank", "fillinthegap"),
        *("textentry", "sa", "missingword", "cloze", "fib"),
    ),
    "essay": ("essay", "openended", "open", "longanswer", "paragraph", "freetext", "description"),
}
KNOWN = {name: type_ for type_, names in TYPES.items() for name in names}


def item(columns: Columns, number: int, cells: Sequence[str]) -> Brought | Refused:
    """The item of a row, or why it is none."""
    row = Row(columns, cells, {})
    begins = " ".join(" ".join(one[:200] for one in cells[:40] if one != FORMULA).split())[:120]
    name = ""
    try:
        if (length := sum(map(len, cells))) > reading.LONGEST:
            raise Amiss(reading.too_long(length))
        name = row.raw("name")
        question = row.raw("question")
        if not question:
            raise row.amiss("question", "it is empty. Write what is asked.")
        made = MAKE[_type(row)](row)
        tags = tuple(filter(None, (one.strip() for one in re.split("[,;|]", row.raw("tags")))))
        return replace(
            made,
            place=f"row {number}",
            name=name,
            stem=made.stem or row.told(question, one_line=False),
            why=row.told(row.raw("why"), one_line=False),
            tags=tags,
            category=row.raw("category"),
            notes=(*made.notes, *row.notes.values()),
        )
    except Amiss as error:
        return Refused(f"row {number}", name, begins, str(error))


def _type(row: Row) -> str:
    """The type a row names or, where it names none, the one that its cells speak for."""
    options, answer = row.options(), row.raw("answer")
    if told := row.raw("type"):
        if (found := KNOWN.get(plain(told))) is None:
            kinds = ", ".join(one for one in MAKE if one != "essay")
            raise row.amiss("type", f"found “{told[:60]}”; expected one of {kinds}.")
        # In other systems "multiple choice" is the one with one right option, or with several.
        several = found == "single_choice" and options and len(rights(row, options, answer)) > 1
        if found == "single_choice" and not options and answer.casefold() in TRUE | FALSE:
            return "true_false"
        return "multiple_choice" if several else found
    if options and not answer and all("->" in text for text in options.values()):
        return "matching"
    if options:
        return "multiple_choice" if len(rights(row, options, answer)) > 1 else "single_choice"
    if answer.casefold() in TRUE | FALSE:
        return "true_false"
    return "numeric" if NUMBER.fullmatch(answer) else "fill_in"
