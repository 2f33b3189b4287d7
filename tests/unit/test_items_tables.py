"""Question lists as CSV and workbooks: columns by name, errors by row and column."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from modules.basics import BadInput
from modules.exchange.items.brought import Number, Option, Pair
from modules.exchange.items.formats import read

HEAD = ["question", "type", "option 1", "option 2", "option 3", "option 4", "answer", "feedback"]


def workbook(*rows, sheets=1):
    """The bytes of a workbook with these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for _ in range(sheets - 1):
        book.create_sheet().append(["more"])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def listed(*rows, head=HEAD):
    """What a workbook with these rows below ``head`` holds."""
    return read(workbook(head, *rows), "a.xlsx")


def one(*row):
    """The item of a row."""
    found = listed(row)
    assert not found.refused, found.refused
    return found.items[0]


def why_not(*row, head=HEAD):
    """Why a row is refused."""
    (refused,) = listed(row, head=head).refused
    assert refused.place == "row 2"
    return refused.sentence


def test_a_choice_names_its_right_option_by_letter_number_or_text():
    for answer in ("B", "b", "2", 2, "Four", "four"):
        item = one("2 + 2?", "", "Three", "Four", "Five", "", answer, "Count *them*.")
        assert item.options == (
            Option("Three", False),
            Option("Four", True),
            Option("Five", False),
        )
        assert (item.kind, item.place) == ("single_choice", "row 2")
        assert item.why == r"Count \*them\*."


def test_several_right_options_make_a_multiple_choice():
    for answer in ("A, C", "1;3", "a and c", "x|z", "x; z"):
        item = one("Which?", "", "x", "y", "z", "", answer)
        assert item.kind == "multiple_choice"
        assert [option.right for option in item.options] == [True, False, True]


def test_a_number_that_is_one_option_and_the_place_of_another_is_refused():
    assert "the place of another" in why_not("2 + 1?", "", 2, 3, 4, "", 3)
    assert one("2 + 1?", "", 2, 3, 4, "", "B").options[1].right
    assert one("2 + 1?", "", 1, 3, 4, "", 4).options[2].right


def test_each_type_reads_what_it_needs():
    assert one("Is it?", "true/false", None, None, None, None, True).options[0].right
    assert one("Is it?", "", None, None, None, None, "FALSE").options[1].right
    matching = one("Match", "matching", "cat -> kitten", "dog -> puppy", "-> foal")
    assert matching.pairs == (Pair("cat", "kitten"), Pair("dog", "puppy"))
    assert matching.spare == ("foal",)
    assert one("Order", "ordering", "x", "y", "z").steps == ("x", "y", "z")
    assert one("Order", "ordering", "x", "y", "z", "", "C, A, B").steps == ("z", "x", "y")
    assert one("How many?", "", None, None, None, None, 12.5).number == Number(12.5)
    assert one("How many?", "numeric", *[None] * 4, "4..6").number == Number(5, 1)
    gap = one("Two ___ two is ____, \\{1\\}.", "fill in", *[None] * 4, "plus|and;four")
    assert gap.sentence == r"Two {1} two is {2}, \\\{1\\\}."
    assert [blank.accept for blank in gap.blanks] == [("plus", "and"), ("four",)]
    short = one("Capital?", "short answer", *[None] * 4, "Rome|Roma")
    assert short.blanks[0].accept == ("Rome", "Roma")


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("", "", "a", "b", "", "", "A"), "question", "it is empty"),
        (("Q", "", "a", "b", "", "", ""), "answer", "it is empty"),
        (("Q", "", "a", "b", "", "", "D"), "answer", "option 4 is empty"),
        (("Q", "", "a", "b", "", "", "neither"), "answer", "which is no option"),
        (("Q", "sorcery", "a", "b", "", "", "A"), "type", "found “sorcery”"),
        (("Q", "essay", "", "", "", "", ""), "type", "has to read the answer"),
        (("Q", "tf", "", "", "", "", "maybe"), "answer", "expected true or false"),
        (("Q", "numeric", "", "", "", "", "many"), "answer", "expected a number"),
        (("Q", "matching", "a -> 1", "b", "", "", ""), "option 2", "expected “left -> right”"),
        (("Q", "ordering", "a", "b", "c", "", "A"), "answer", "each step once"),
        (("Q ___ ___", "fill in", "", "", "", "", "x"), "answer", "1 answers for 2 gaps"),
        (("Q", "", "a", "=1+1", "", "", "A"), "option 2", "holds a formula"),
        (("Q", "", "a", "#REF!", "", "", "A"), "option 2", "a spreadsheet’s error"),
    ],
)
def test_an_error_names_its_row_and_column(row, column, reason):
    sentence = why_not(*row)
    assert sentence.startswith(f"Column “{column}”")
    assert reason in sentence


def test_other_templates_are_understood_and_what_is_not_read_is_told():
    data = workbook(
        ["Quiz template"],
        [
            "Question - max 120 characters",
            "Answer 1",
            "Answer 2",
            "Time limit",
            "Correct answer(s)",
        ],
        ["Which?", "yes", "no", 20, "1"],
        sheets=2,
    )
    found = read(data, "kahoot.xlsx")
    assert found.items[0].options == (Option("yes", True), Option("no", False))
    assert [note.sentence for note in found.notes] == [
        "Only the first sheet that shows is read; the file has 2.",
        "Rows 1, which stand before the names of the columns.",
        "The column “Time limit”, which is none we know.",
    ]
    other = (
        "Question,Question Type,Answer Option 1,Explanation 1,Answer Option 2,Explanation 2,"
        "Correct Answers,Overall Explanation,Domain\n"
        "Which?,multiple-choice,yes,Right.,no,Wrong.,1,All.,Law\n"
    )
    (item,) = read(other.encode(), "bank.csv").items
    assert item.options == (Option("yes", True, "Right."), Option("no", False, "Wrong."))
    assert (item.why, item.category) == ("All.", "Law")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_csv_is_read_with_whatever_parts_it(sign):
    line = sign.join
    text = f"{line(['question', 'a', 'b', 'answer'])}\n{line(['Who?', 'x', 'y', 'B'])}\n"
    (item,) = read(text.encode(), "a.csv").items
    assert [option.right for option in item.options] == [False, True]
    (item,) = read(b"sep=" + sign.encode() + b"\n" + text.encode(), "a.csv").items
    assert item.place == "row 3"


def test_cells_of_csv_that_look_like_formulas_are_text():
    text = (
        "question,a,b,answer\n=1+1,@x,-y,A\n'=2+2,'@x,'tis,C\n"
        '"Two\nlines","a ""quoted"" one",b,B\n'
    )
    found = read(text.encode(), "a.csv")
    assert [item.stem for item in found.items] == ["=1+1", "Two\n\nlines"]
    assert [option.text for option in found.items[0].options] == ["@x", "-y"]
    assert found.items[1].options[0].text == 'a "quoted" one'
    assert [one.place for one in found.refused] == ["row 3"]
    kept = read(b"question,a,b,answer\n'=2+2,'@x,'tis,B\n", "a.csv").items[0]
    assert (kept.stem, [one.text for one in kept.options]) == ("=2+2", ["@x", "'tis"])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a,b,c\n1,2,3\n", "No row names the columns"),
        (b"question,a,b,answer\n", "no row below"),
        (b'question,a,b,answer\n"Q,x,y,A\n', "quoted cell never ends"),
        (b"question,a,b,answer\nQ" + b"," * 300 + b"\n", "304 cells|301 cells"),
        (b"question,a,b,answer\nQ," + b"x" * 140_000 + b",y,A\n", "quoted cell|characters"),
    ],
)
def test_a_table_that_is_none_is_refused_whole(data, reason):
    with pytest.raises(BadInput, match=reason):
        read(data, "a.csv")
