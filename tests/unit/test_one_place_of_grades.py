"""A grade is read in one place, so that nobody forgets that it may have been corrected."""

from __future__ import annotations

import re

from modules.settings import ROOT

# The columns of the answer itself, however its table is called.
COLUMN = re.compile(r"\b(?:ANSWER|Answer|answer\.c)\.(?:score|correct|tags|grader)\b")
# It may: the one place. `ANSWER` of the other tables is a name of their own.
PLACE = ROOT / "db" / "grades.py"


def readers(text):
    return COLUMN.findall(text)


def test_nobody_but_one_place_reads_the_grade_that_an_answer_got_first():
    found = [
        str(path.relative_to(ROOT))
        for folder in ("db", "modules")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path != PLACE and "migrations" not in path.parts and readers(path.read_text("utf-8"))
    ]
    assert found == [], "read db.grades.SCORE, CORRECT, TAGS or GRADER from db.grades.GRADED"


def test_the_search_finds_who_does():
    assert readers("select(ANSWER.score, ANSWER.slot)")
    assert readers(PLACE.read_text("utf-8"))
    assert not readers("answer.score = mark.score")
