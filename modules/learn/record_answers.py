"""Her answers as she reads them in the record on paper: asked, answered, when, how it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from modules import days
from modules.basics import Words
from modules.learn.printing import breakable, clean
from modules.learn.receipts import Line, Receipt, grade
from modules.personal.export import Part
from modules.progress.asked import item_of
from modules.progress.calibration import word_of
from modules.progress.replay import UNREADABLE

At = tuple[str, str, int]


def told(part: Part, found: Sequence[Receipt], zone: str, say: Words) -> dict[At, dict[str, str]]:
    """By attempt, slot and try, the answers that can be told in words, the earliest first.

    What is missing has no content to read it by any more. Grades are those that she may see.
    """
    rows = {at(row): row for row in part.rows}
    made = {
        (str(one.sitting.id), line.slot, line.try_number): (one, line)
        for one in found
        for line in one.lines(steps=True)
    }
    order = sorted(rows.keys() & made.keys(), key=lambda one: str(rows[one]["answered_at"]))
    return {one: _entry(*made[one], rows[one], zone, say) for one in order}


def at(row: Mapping[str, Any]) -> At:
    """By what an answer is told apart."""
    return row["attempt_id"], row["slot"], row["try_number"]


def _entry(
    one: Receipt, line: Line, row: Mapping[str, Any], zone: str, say: Words
) -> dict[str, str]:
    about = [
        say(
            "held.answer_of",
            form=say(f"receipts.form_{one.sitting.form.partition('-')[0]}"),
            number=one.sitting.number,
            module=one.sitting.module,
        ),
        days.moment(line.answered_at, zone) if line.answered_at else "",
    ]
    if line.kind == "screen":
        answer = say("held.left_behind")
    else:
        answer = say("held.handed_in") if line.kind == "lab" else line.answer
        about += [grade(line, say), _sure(one, line, row, say)]
    return {
        "asked": breakable(clean(line.question)) or "–",
        "answered": breakable(clean(answer)) or "–",
        "about": " · ".join(filter(None, about)),
    }


def _sure(one: Receipt, line: Line, row: Mapping[str, Any], say: Words) -> str:
    """The word with which she said how sure she was; "" where she was not asked."""
    if row["confidence"] is None or one.module is None:
        return ""
    try:
        item = item_of(one.module, one.sheet, line.slot, line.try_number)
    except UNREADABLE:
        return ""
    word = word_of(row["confidence"], len(getattr(item, "options", ())))
    return say("held.sure", word=say(f"confidence.{word}"))
