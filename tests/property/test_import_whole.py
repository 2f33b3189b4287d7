"""Whatever stands in a file, each of its questions is among the items or the refused, once."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from modules.basics import BadInput
from modules.exchange.items.formats import read
from modules.questions import spoken

WILD = st.text(st.sampled_from("ab {}=~#%5\\:.-_*[]<>&;|'\"!?é\n/$"), max_size=30)
PLAIN = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30)


def marks(count):
    """A sign for each question that nothing else looks like."""
    return [f"Q{n}Z" for n in range(count)]


def once(bank, count):
    """Each question stands in one item or one refusal."""
    told = [str(asdict(one)) for one in (*bank.items, *bank.refused)]
    for mark in marks(count):
        assert [mark in one for one in told].count(True) == 1, mark


@settings(max_examples=300)
@given(st.lists(WILD, min_size=1, max_size=8))
def test_wild_gift_loses_nothing_and_doubles_nothing(bodies):
    # A line that begins with // is a comment, and an empty line ends a question.
    told = ["\n".join(filter(str.strip, body.replace("//", "").split("\n"))) for body in bodies]
    text = "\n\n".join(f"{mark} {one}" for mark, one in zip(marks(len(told)), told, strict=True))
    once(read(text.encode(), "a.gift", "gift"), len(told))


def escaped(text):
    """A text as GIFT writes it."""
    return "".join(f"\\{one}" if one in "\\:#={}~" else one for one in text)


def quoted(text):
    """A text as one line of GIFT whose every sign is a sign."""
    return escaped(" ".join(text.split()))


@settings(max_examples=300)
@given(st.lists(st.tuples(PLAIN, st.lists(PLAIN, min_size=2, max_size=5), PLAIN), max_size=6))
def test_gift_that_is_written_as_it_should_says_what_was_meant(questions):
    text = "".join(
        f"[plain]M{n} {quoted(stem)}{{\n={quoted(f'o0 {options[0]}')}#{quoted(f'w {why}')}\n"
        + "".join(f"~{quoted(f'o{m} {one}')}\n" for m, one in enumerate(options[1:], 1))
        + "}\n\n"
        for n, (stem, options, why) in enumerate(questions)
    )
    if not questions:
        return
    bank = read(text.encode(), "a.gift", "gift")
    assert not bank.refused
    for n, (item, (stem, options, why)) in enumerate(zip(bank.items, questions, strict=True)):
        assert spoken(item.stem) == " ".join(f"M{n} {stem}".split())
        heard = [" ".join(f"o{m} {one}".split()) for m, one in enumerate(options)]
        assert [spoken(option.text) for option in item.options] == heard
        assert [option.right for option in item.options] == [True] + [False] * (len(options) - 1)
        assert spoken(item.options[0].why) == " ".join(f"w {why}".split())


@settings(max_examples=200)
@given(st.lists(st.tuples(WILD, st.booleans(), st.booleans()), min_size=1, max_size=8))
def test_wild_aiken_loses_nothing_and_doubles_nothing(bodies):
    lines = []
    for mark, (body, has_options, has_answer) in zip(marks(len(bodies)), bodies, strict=True):
        lines.append(f"{mark} {' '.join(body.split())}")
        lines += ["A. one", "B. two"] if has_options else []
        lines += ["ANSWER: B", ""] if has_answer else [""]
    bank = read("\n".join(lines).encode(), "a.aiken", "aiken")
    told = " ".join(str(asdict(one)) for one in (*bank.items, *bank.refused))
    for mark in marks(len(bodies)):
        assert told.count(mark) == 1


CELLS = st.lists(st.lists(WILD, min_size=6, max_size=6), min_size=1, max_size=6)
HEAD = ["question", "type", "option 1", "option 2", "answer", "feedback"]


@settings(max_examples=200)
@given(CELLS)
def test_wild_tables_lose_nothing_and_double_nothing(rows):
    marked = [
        [f"{mark} {row[0]}", *row[1:]] for mark, row in zip(marks(len(rows)), rows, strict=True)
    ]
    kept = io.StringIO()
    csv.writer(kept).writerows([HEAD, *marked])
    once(read(kept.getvalue().encode(), "a.csv", "csv"), len(rows))


@settings(max_examples=40)
@given(CELLS)
def test_wild_workbooks_lose_nothing_and_double_nothing(rows):
    marked = [
        [f"{mark} {row[0]}", *row[1:]] for mark, row in zip(marks(len(rows)), rows, strict=True)
    ]
    book = Workbook()
    for row in [HEAD, *marked]:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    once(read(kept.getvalue(), "a.xlsx", "xlsx"), len(rows))


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    for format in ("gift", "aiken", "csv", "xlsx", None):
        try:
            bank = read(data, "a.txt", format)
        except BadInput:
            continue
        assert bank.items or bank.refused
