"""Cells and columns of staff lists: dates, addresses, what reads like a formula, guessed names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.basics import BadInput
from modules.exchange import cells, columns

DAY = date(2026, 11, 7)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-07", "2026-11-07T00:00:00", "7/11/2026", "07.11.2026"),
        *("7 Nov 2026", "07-November-2026", "46333"),
    ],
)
def test_a_date_is_read_in_the_ways_that_hr_systems_write_it(text):
    assert cells.day(text) == DAY


def test_a_date_with_the_month_first_is_read_so_when_the_file_is_american():
    assert cells.day("11/07/2026", True) == DAY
    assert cells.american("11/27/2026")
    assert not cells.american("27/11/2026")
    assert cells.day("11/27/2026") is None


@pytest.mark.parametrize("text", ["31/02/2026", "1/1/26", "soon", "1850-01-01", "99999", "0"])
def test_what_is_no_date_of_a_working_life_is_none(text):
    assert cells.day(text) is None


@given(st.dates(cells.FIRST, cells.LAST))
def test_every_date_comes_back_from_what_it_was_written_as(day):
    assert cells.day(day.isoformat()) == day
    assert cells.day(day.strftime("%d.%m.%Y")) == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_readers_of_one_cell(text):
    cells.day(text)
    cells.yes(text)
    cells.address(text)
    assert cells.tidy(cells.tidy(text)) == cells.tidy(text)
    assert cells.fault("name", text) in ("", "formula", "error", "unseen", "long")


def test_addresses_lose_their_case_and_odd_ones_are_refused():
    assert cells.address("Ann.O'Hara@Fernleigh.Example") == "ann.o'hara@fernleigh.example"
    for bad in (
        "ann",
        "ann@x",
        "a@b@c.org",
        "a b@c.org",
        "ann@x..org",
        "<a@x.org>",
        "a@x.org;b@x.org",
    ):
        assert cells.address(bad) is None, bad


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", "=HYPERLINK(1)", "＝1+1"])
def test_a_cell_that_a_spreadsheet_would_compute_is_wrong_and_never_written(text):
    assert cells.fault("name", text) == "formula"
    assert cells.inert(text) == f"'{text}"


def test_a_cell_that_no_spreadsheet_computes_is_written_as_it_is():
    assert [cells.inert(one) for one in ("", "Ann", "1-2", " =1")] == ["", "Ann", "1-2", " =1"]
    assert cells.inert("\n=1") == "'\n=1"


def test_the_names_of_columns_are_guessed_in_many_words():
    given_ = ["Employee ID", "First Name", "Surname", "Work E-mail", "Department", "Line Manager"]
    assert columns.guess([*given_, "Password", "Shoe size", "Start Date"]) == {
        "Employee ID": "number",
        "First Name": "given",
        "Surname": "family",
        "Work E-mail": "email",
        "Department": "unit",
        "Line Manager": "manager",
        "Start Date": "joined",
    }


def test_no_name_means_two_fields_and_none_is_about_passwords():
    every = [name for names in columns.NAMES.values() for name in names]
    assert len(set(every)) == len(every)
    assert not [name for name in every if columns.secret(name)]
    assert all(name == columns.plain(name) for name in every)


@given(st.lists(st.text(max_size=12), max_size=12))
def test_a_guess_uses_each_field_and_each_column_once(names):
    found = columns.guess(names)
    assert set(found) <= set(names)
    assert len(set(found.values())) == len(found)


def test_a_mapping_is_remembered_for_the_same_columns_in_any_order_and_case():
    assert columns.head(["E-mail", "Name"]) == columns.head(["name ", "E-MAIL"])
    assert columns.head(["E-mail", "Name"]) != columns.head(["E-mail", "Names"])


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"A": "email"}, "names"),
        ({"B": "name"}, "e-mail"),
        ({"A": "email", "B": "name", "X": "unit"}, "no column “X”"),
        ({"A": "email", "B": "email"}, "both mean email"),
        ({"A": "email", "B": "nom"}, "no field"),
        ({"A": "email", "B": "name", "Password": "number"}, "never read"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_in_a_sentence(mapping, said):
    with pytest.raises(BadInput, match=said):
        columns.check(["A", "B", "C", "Password"], mapping)
