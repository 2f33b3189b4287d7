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

from db.snapshots import Part, Row
from modules import charts
from modules.manage import drawing, marking, panels, report, sheets, wording
from modules.manage.ahead import Load
from modules.manage.panels import PANELS, Group, Past, figures

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


FULL = Past(
    months=PAST.months,
    units=PAST.units,
    grid=(*PAST.months, *PAST.units),
    parts=(
        Part(OCTOBER, TOP, "family", "Care", 40, 20, 23, ""),
        Part(OCTOBER, TOP, "family", "Law", SECRET, SECRET, SECRET, "small"),
        Part(OCTOBER, TOP, "path", "A", 40, 20, 23, ""),
        Part(OCTOBER, TOP, "path", "", SECRET, SECRET, SECRET, "complement"),
        Part(OCTOBER, TOP, "cohort", "2025", 40, 20, 23, ""),
        Part(OCTOBER, TOP, "cohort", "2026", SECRET, SECRET, SECRET, "same"),
    ),
    modules={"M01": row(1, "Body", 60, 40), "M02": row(1, "Body", SECRET, SECRET, "same")},
    ahead=(Load(OCTOBER, OCTOBER, 40),),
    skills=(
        Group("O1 pre", "pre", OCTOBER, 40, 20, "", "Say who gains."),
        Group("O1 check", "check", OCTOBER, SECRET, SECRET, "same", "Say who gains."),
    ),
    beliefs=(
        Group("copying", "Sharing is copying.", OCTOBER, 40, 12, ""),
        Group("pooling", "Sharing is pooling.", OCTOBER, SECRET, SECRET, "same"),
    ),
)


def test_every_chart_is_in_a_panel():
    made = {
        name
        for name, function in inspect.getmembers(charts, callable)
        if not name.startswith("_")
        and inspect.get_annotations(inspect.unwrap(function)).get("return") == "dict[str, Any]"
    }
    drawn = {panel.draw.__name__ for panel in PANELS if panel.draw}
    assert made == drawn | charts.PERSONAL | charts.PLANS | charts.TAUGHT
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
    def now(part):
        return tuple(replace(one, hidden=one.hidden and reason) for one in part)

    parts = ("months", "units", "grid", "parts", "skills", "beliefs")
    past = replace(FULL, **{name: now(getattr(FULL, name)) for name in parts})
    past = replace(past, modules=dict(zip(past.modules, now(past.modules.values()), strict=True)))
    look = drawing.Look(0.8, 10, False, say, "Why share?")
    shown = figures(past)
    assert [figure.panel for figure in shown] == list(PANELS)
    for figure in shown:
        told = drawing.told(figure, look)
        tell = sheets.grid if figure.panel.draw is None else sheets.table
        everything = (
            figure,
            told,
            figure.panel.draw and figure.panel.draw(told.marks, 0.8, "aim", False),
            drawing.explained(told, look),
            tell(figure, told.marks, say),
            sheets.as_csv(figure, told.marks),
            report.of_figure(figure),
        )
        assert str(SECRET) not in str(everything)
        few = {f"manage.hidden.{reason}", "manage.hidden.few" if reason == "small" else ""} - {""}
        assert figure.panel.name == "ahead" or any(one in str(told.marks) for one in few)


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
            csv.DictReader(io.StringIO(sheets.as_csv(figure, marking.marks(figure, 0.8, 10, say))))
        )
        assert len(found) == len(figure.lines)
        for line, read in zip(figure.lines, found, strict=True):
            if line.hidden:
                assert read["people"] == read["value"] == read["share_percent"] == ""
                assert "hidden" in read["note"]
            else:
                assert (int(read["people"]), int(read["value"])) == (line.people, line.value)


def test_a_units_name_cannot_become_a_formula_in_a_spreadsheet():
    units = figures(PAST)[1]
    assert "\n2026-10-31,'=HYPERLINK()" in sheets.as_csv(
        units, marking.marks(units, 0.8, 10, say)
    ).replace("\r", "")


def test_a_share_just_under_the_target_is_not_rounded_up_to_it():
    assert wording.percent(796, 1000) == "79%"
    assert wording.percent(999, 1000) == "99%"
    assert wording.percent(80, 100) == "80%"


def test_below_target_stands_in_words_for_units_only():
    trend, units = figures(PAST)
    assert "manage.below" in marking.marks(units, 0.8, 10, say)[1].text
    assert "manage.below" not in marking.marks(units, 0.8, 10, say)[0].text
    assert not any("below" in mark.text for mark in marking.marks(trend, 0.8, 10, say))


def test_every_panel_draws_only_what_the_loop_hands_over():
    for panel in PANELS:
        if panel.draw:
            assert next(iter(inspect.signature(inspect.unwrap(panel.draw)).parameters)) == "marks"
    assert panels.figures.__module__ == "modules.manage.panels"


def test_all_other_groups_stand_last():
    parts = tuple(Part(OCTOBER, TOP, "family", name, 40, 20, 23, "") for name in ("*", "Care"))
    [shown] = figures(Past(parts=parts))
    assert [line.name for line in shown.lines] == ["Care", "*"]
    told = drawing.told(shown, drawing.Look(0.8, 10, False, say, "Why share?"))
    rows = sheets.as_csv(shown, told.marks).splitlines()
    assert rows[1].startswith("2026-10-31,Care,40,20 to 23,,50.0,57.5,")
    assert "*" not in rows[2]


def test_four_quiet_months_together_are_not_the_busiest():
    month = date(2026, 11, 30)
    four = Load(date(2026, 12, 31), date(2027, 3, 31), 40)
    [shown] = figures(Past(ahead=(Load(month, month, 20), four)))
    assert [line.share for line in shown.lines] == [1.0, 0.5]
