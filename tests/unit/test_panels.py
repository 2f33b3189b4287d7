"""The dashboard's panels: nothing hidden gets past the loop, and no chart stands outside it."""

import csv
import inspect
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from db.snapshots import Row
from modules import charts
from modules.manage import drawing, panels, wording
from modules.manage.panels import PANELS, Past, figures

TOP = UUID(int=1)
ROOT = Path(charts.__file__).parent.parent
OCTOBER = date(2026, 10, 31)
SECRET = 7654321


def say(key, /, **values):
    return f"{key} {values}"


def row(number, name, people, in_date, hidden="", month=OCTOBER):
    return Row(month, UUID(int=number), TOP, name, people, in_date, hidden)


PAST = Past(
    months=(
        row(1, "Body", 60, 20, month=date(2026, 8, 31)),
        row(1, "Body", SECRET, SECRET, "change", month=date(2026, 9, 30)),
        row(1, "Body", 60, 40),
    ),
    units=(
        row(2, "Housing", 30, 27),
        row(3, "=HYPERLINK()", 21, 9),
        row(4, "Registrars", SECRET, SECRET, "small"),
    ),
)


def test_every_chart_is_in_a_panel():
    made = {
        name
        for name, function in inspect.getmembers(charts, callable)
        if not name.startswith("_")
        and inspect.get_annotations(inspect.unwrap(function)).get("return") == "dict[str, Any]"
    }
    assert made == {panel.draw.__name__ for panel in PANELS} | charts.PERSONAL
    assert made


def test_a_chart_of_one_person_is_drawn_on_her_own_pages_alone():
    drawn = re.compile(rf"charts\.({'|'.join(charts.PERSONAL)})\(")
    users = {
        path.relative_to(ROOT).parts[0]
        for path in ROOT.rglob("*.py")
        if drawn.search(path.read_text("utf-8"))
    }
    assert users == {"learn"}


@pytest.mark.parametrize("reason", ["small", "complement", "change", "same"])
def test_a_hidden_number_reaches_no_panel_in_any_form(reason):
    past = Past(
        *(
            tuple(replace(one, hidden=one.hidden and reason) for one in part)
            for part in (PAST.months, PAST.units)
        )
    )
    for figure in figures(past):
        marks = figure.marks(0.8, 10, say)
        spec = figure.panel.draw(marks, 0.8, "aim", False)
        finding = figure.panel.finding(marks, 0.8, say)
        everything = (
            figure.lines,
            marks,
            spec,
            finding,
            drawing.table(figure, marks, say),
            drawing.as_csv(figure, marks),
        )
        assert str(SECRET) not in str(everything)
        assert f"manage.hidden.{reason}" in str(marks)


def test_a_decision_that_was_never_taken_stops_the_page():
    past = Past(months=(), units=(row(2, "A", 30, 9, hidden="forgotten"),))
    with pytest.raises(ValueError, match="no known decision"):
        figures(past)


def test_a_panel_with_nothing_to_say_is_left_out():
    assert [figure.panel.name for figure in figures(Past(PAST.months, ()))] == ["trend"]


def test_the_download_holds_the_shown_rows_and_marks_the_hidden():
    trend, units = figures(PAST)
    for figure in (trend, units):
        found = list(
            csv.DictReader(io.StringIO(drawing.as_csv(figure, figure.marks(0.8, 10, say))))
        )
        assert len(found) == len(figure.lines)
        for line, read in zip(figure.lines, found, strict=True):
            if line.hidden:
                assert read["people"] == read["in_date"] == read["share_percent"] == ""
                assert "hidden" in read["note"]
            else:
                assert (int(read["people"]), int(read["in_date"])) == (line.people, line.value)


def test_a_units_name_cannot_become_a_formula_in_a_spreadsheet():
    units = figures(PAST)[1]
    assert "\n2026-10-31,'=HYPERLINK()" in drawing.as_csv(units, units.marks(0.8, 10, say)).replace(
        "\r", ""
    )


def test_a_share_just_under_the_target_is_not_rounded_up_to_it():
    assert wording.percent(796, 1000) == "79%"
    assert wording.percent(999, 1000) == "99%"
    assert wording.percent(80, 100) == "80%"


def test_below_target_stands_in_words_for_units_only():
    trend, units = figures(PAST)
    assert "manage.below" in units.marks(0.8, 10, say)[1].text
    assert "manage.below" not in units.marks(0.8, 10, say)[0].text
    assert not any("below" in mark.text for mark in trend.marks(0.8, 10, say))


def test_every_panel_draws_only_what_the_loop_hands_over():
    for panel in PANELS:
        assert next(iter(inspect.signature(inspect.unwrap(panel.draw)).parameters)) == "marks"
    assert panels.figures.__module__ == "modules.manage.panels"
