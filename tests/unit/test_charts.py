"""Charts: words beside every colour, hidden groups without numbers, no legend."""

import json
from datetime import date

import altair
import jsonschema
import pytest

from modules import charts
from modules.charts import Mark, Point

HIDDEN = "hidden: fewer than 10 people"
UNITS = (
    Mark("Housing", "Housing", 0.84, "84%"),
    Mark("Highways", "Highways", 0.49, "49%, below target"),
    Mark("Registrars", "Registrars", None, HIDDEN),
)
MONTHS = tuple(
    Mark(
        f"Month {place} of 2026", f"M{place}", share, "hidden" if share is None else f"{share:.0%}"
    )
    for place, share in enumerate([0.31, 0.4, None, 0.62])
)


RANGES = (
    Mark("Care", "Care", 0.4, "40% to 50%, below target", 0.4, 0.5),
    Mark("Desk", "Desk", 0.75, "75% to 85%, around target", 0.75, 0.85),
    Mark("Works", "Works", 0.8, "80% or more", 0.8, 1.0),
    Mark("Law", "Law", None, HIDDEN),
)
SURE = (
    Point("A guess", 0.3, 1.0, "1 of 1", few=True),
    Point("Half sure", 0.5, 0.5, "6 of 12"),
    Point("Certain", 1.0, 0.9, "9 of 10"),
)


def say(key, /, **values):
    return f"{key} {values}"


def walk(spec):
    yield spec
    for value in spec.values() if isinstance(spec, dict) else spec:
        if isinstance(value, dict | list):
            yield from walk(value)


def data(spec):
    return [row for part in walk(spec) if isinstance(part, dict) for row in part.get("values", ())]


def rows(spec):
    return [row for row in data(spec) if isinstance(row, dict)]


def test_a_unit_below_target_is_orange_and_says_so_in_words():
    bars = {
        row["label"]: row
        for row in rows(charts.units(UNITS, 0.8, "Target 80%", False))
        if "label" in row
    }
    assert bars["Highways"]["colour"] == charts.LIGHT.attention
    assert "below target" in bars["Highways"]["right"]
    assert bars["Housing"]["colour"] == charts.LIGHT.good


def test_a_hidden_unit_keeps_its_row_with_words_and_no_number():
    hidden = [
        row
        for row in rows(charts.units(UNITS, 0.8, "Target", False))
        if row.get("label") == "Registrars"
    ]
    assert hidden
    for row in hidden:
        assert row["why"] == HIDDEN
        assert not {"share", "full", "target", "colour"} & row.keys()
        assert row["right"] == ""


def test_a_hidden_month_has_no_dot_but_keeps_its_place():
    spec = charts.trend(MONTHS, 0.8, "Target 80%", False)
    assert {row["at"] for row in rows(spec) if "at" in row} == {0, 1, 3}
    assert json.dumps([mark.label for mark in MONTHS]).replace('"', '\\"') in json.dumps(spec)


@pytest.mark.parametrize("dark", [False, True])
def test_no_chart_has_a_legend_or_a_line_at_55_percent(dark):
    for draw, marks in ((charts.trend, MONTHS), (charts.units, UNITS)):
        spec = draw(marks, 0.8, "Target 80%", dark)
        assert "55" not in json.dumps(data(spec))
        for part in walk(spec):
            if isinstance(part, dict) and "color" in part.get("encoding", {}):
                assert part["encoding"]["color"]["scale"] is None
        assert spec["background"] == "transparent"


@pytest.mark.parametrize("share", [0.03, 0.5, 0.97])
@pytest.mark.parametrize("target", [0.1, 0.8, 1.0])
def test_the_axis_holds_every_dot_and_the_target(share, target):
    marks = (Mark("a", "a", share, "x"), Mark("b", "b", 0.5, "y"))
    spec = charts.trend(marks, target, "Target", False)
    low, high = next(
        part["y"]["scale"]["domain"]
        for part in walk(spec)
        if isinstance(part, dict) and "y" in part
    )
    assert low <= min(share, target) and max(share, target) <= high


def test_the_target_is_drawn_where_the_body_set_it():
    assert 0.7 in {row.get("target") for row in rows(charts.units(UNITS, 0.7, "x", False))}
    assert {"share": 0.7, "text": "x"} in rows(charts.trend(MONTHS, 0.7, "x", False))


def test_data_stays_out_of_the_top_so_that_a_rerun_packs_nothing():
    for spec in (
        charts.trend(MONTHS, 0.8, "x", False),
        charts.units(UNITS, 0.8, "x", False),
        charts.trend(MONTHS[:1], 0.8, "x", False),
    ):
        assert not {"data", "datasets"} & spec.keys()


def test_a_chart_is_built_once_for_the_same_rows():
    assert charts.units(UNITS, 0.8, "x", False) is charts.units(tuple(UNITS), 0.8, "x", False)
    assert charts.units(UNITS, 0.8, "x", True) is not charts.units(UNITS, 0.8, "x", False)


def test_the_trend_says_what_it_shows_with_the_numbers():
    finding = charts.trend_finding(MONTHS, 0.8, say)
    assert finding.title.startswith("manage.trend.up")
    assert "31" in finding.title and "62%" in finding.title
    for mark in MONTHS:
        assert f"{mark.name}: {mark.text}" in finding.alt
    assert charts.trend_finding(MONTHS[2:3], 0.8, say).title.startswith("manage.trend.none")
    assert charts.trend_finding(MONTHS[:1], 0.8, say).title.startswith("manage.trend.one")


def test_the_units_are_counted_and_nobody_is_named_as_the_worst():
    finding = charts.units_finding(UNITS, 0.8, say)
    assert "'there': 1, 'of': 2" in finding.title
    assert "Highways" not in finding.title
    for mark in UNITS:
        assert f"{mark.name}: {mark.text}" in finding.alt


def test_a_range_is_orange_grey_or_green_by_where_the_target_lies_and_its_text_says_so():
    spec = charts.spans(RANGES, 0.8, "Target 80%", False)
    bars = {row["label"]: row for row in rows(spec) if row.get("label")}
    assert [bars[name].get("colour") for name in ("Care", "Desk", "Works", "Law")] == [
        charts.LIGHT.attention,
        charts.LIGHT.rule,
        charts.LIGHT.good,
        None,
    ]
    assert (bars["Care"]["low"], bars["Care"]["high"]) == (0.4, 0.5)
    assert (bars["Law"]["why"], bars["Law"]["right"]) == (HIDDEN, "")


def test_only_what_is_at_the_target_for_certain_is_counted():
    finding = charts.groups_finding(RANGES, 0.8, say)
    assert finding.title.startswith("manage.groups.some")
    assert "'there': 1, 'of': 3" in finding.title
    assert charts.groups_finding(RANGES[:2], 0.8, say).title.startswith("manage.groups.not_yet")
    assert charts.groups_finding(RANGES[2:], 0.8, say).title.startswith("manage.groups.all")
    assert charts.groups_finding(RANGES[3:], 0.8, say).title.startswith("manage.groups.none")


@pytest.mark.parametrize("dark", [False, True])
def test_a_word_has_a_dot_where_it_was_right_and_a_line_to_what_it_stands_for(dark):
    spec = charts.calibration(SURE, "as sure as right", dark)
    dots = [row for row in rows(spec) if "size" in row and "text" not in row]
    assert [(row["said"], row["share"]) for row in dots[:3]] == [(0.3, 1.0), (0.5, 0.5), (1.0, 0.9)]
    assert {row["label"] for row in dots} == {
        "A guess, 1 of 1",
        "Half sure, 6 of 12",
        "Certain, 9 of 10",
    }
    inks = charts.DARK if dark else charts.LIGHT
    assert [row["colour"] for row in dots[:3]] == [inks.muted, inks.good, inks.good]
    assert spec["background"] == "transparent"
    assert not {"data", "datasets"} & spec.keys()


def test_the_words_and_their_counts_stand_under_the_dots_in_every_width():
    text = json.dumps(charts.calibration(SURE, "as sure as right", False), ensure_ascii=False)
    for point in SURE:
        assert point.label in text and point.text in text
    assert charts.calibration(SURE[:1], "as sure as right", False)


LONG = (
    *MONTHS,
    Mark("Month 5", "M5", 0.7, "70%", 0.6, 0.8, ahead=True),
    Mark("Month 6", "M6", 0.75, "75%", 0.6, 0.9, ahead=True),
)
BELIEFS = tuple(mark._replace(low=0.1, high=0.9, under="Share less") for mark in UNITS)
DUE = ((date(2026, 1, 31), 4), (date(2026, 3, 1), 12))
DOTS = (
    charts.Dot("Q10", 0.3, -12.0, flagged=True),
    charts.Dot("Q11", 0.9, 40.0),
    charts.Dot("Q12", 0.95, 10.0, flagged=True),
)
WAYS = (
    Mark("Ask her", "A", 0.8, "80%", under="16:50, a call"),
    Mark("Send it", "B", 0.2, "20%", under="16:50, a call"),
    Mark("Lock it", "A", None, "hidden", under="Monday, after the flood"),
)
EVERY = {
    "questions": lambda dark: charts.questions(DOTS, "Right", "Tells apart", dark),
    "ways": lambda dark: charts.ways(WAYS, 3, dark),
    "trend": lambda dark: charts.trend(MONTHS, 0.8, "Target 80%", dark),
    "longer trend": lambda dark: charts.trend(LONG, 0.8, "Target 80%", dark),
    "units": lambda dark: charts.units(UNITS, 0.8, "Target 80%", dark),
    "bars": lambda dark: charts.bars(UNITS, 0.8, "Target 80%", dark),
    "skills": lambda dark: charts.skills(BELIEFS, 0.8, "Target 80%", dark),
    "calendar": lambda dark: charts.calendar(DUE, dark),
    "calibration": lambda dark: charts.calibration(SURE, "as sure as right", dark),
}


@pytest.mark.parametrize("name", EVERY)
def test_what_is_filled_into_a_shape_is_a_whole_chart_by_vega_lite_s_own_schema(name):
    for dark in (False, True):
        spec = EVERY[name](dark)
        assert "‹" not in json.dumps(spec, ensure_ascii=False)
        assert altair.LayerChart.from_dict(spec, validate=True)


def test_a_colour_or_a_range_that_is_none_would_not_pass_that_schema():
    spec = charts.units(UNITS, 0.8, "x", False)
    with pytest.raises(jsonschema.ValidationError, match="height"):
        altair.LayerChart.from_dict({**spec, "height": "‹height›"}, validate=True)


def test_altair_builds_a_chart_once_whatever_its_numbers_and_colours(monkeypatch):
    charts.warm()
    monkeypatch.setattr(altair, "layer", None)
    charts.units.cache_clear()
    charts.trend.cache_clear()
    for target in (0.41, 0.42):
        for dark in (False, True):
            assert {"target": target, "text": "y"} in rows(charts.units(UNITS, target, "y", dark))
            assert {"share": target, "text": "y"} in rows(charts.trend(LONG, target, "y", dark))


def test_words_that_look_like_a_hole_stay_words():
    marks = (Mark("‹height›", "‹ink›", 0.5, "‹rows›"),)
    [row] = [row for row in rows(charts.units(marks, 0.8, "x", False)) if "label" in row]
    assert (row["label"], row["right"]) == ("‹ink›", "‹rows›")


def test_what_is_there_for_comparison_has_a_quiet_bar_and_the_last_bar_ends_the_picture():
    marks = (Mark("Right", "✓ Right", 0.3, "30%, right"), Mark("W", "W", 0.7, "70%", quiet=True))
    spec = charts.bars(marks, 0.0, "", False)
    drawn = rows(spec)
    assert [row["colour"] for row in drawn if "share" in row][:2] == [
        charts.LIGHT.good,
        charts.LIGHT.rule,
    ]
    assert spec["height"] - max(row["bar"] for row in drawn) <= 8


def test_a_question_that_wants_another_look_is_orange_and_has_its_name():
    drawn = [row for row in rows(charts.questions(DOTS, "x", "y", False)) if "index" in row]
    orange = [row for row in drawn if row.get("colour") == charts.LIGHT.attention]
    assert [row["index"] for row in orange] == [-12.0, 10.0]
    assert {row["text"] for row in drawn if "text" in row} == {"Q10", "Q12"}


def test_a_choice_in_the_story_says_its_share_and_a_hidden_one_says_that():
    # The same data stands under the fields, their colours and their words.
    drawn = [row for row in rows(charts.ways(WAYS, 3, False)) if "middle" in row]
    fields = list({(row["middle"], row["at"]): row for row in drawn}.values())
    assert [row["text"] for row in fields] == ["A: 80%", "B: 20%", "A: hidden"]
    assert fields[2]["share"] == 0
    # Both places begin at the left edge.
    assert [row["from"] for row in fields] == [0, pytest.approx(1 / 3), 0]
    heads = [row["head"] for row in rows(charts.ways(WAYS, 3, False)) if "head" in row]
    assert heads == [["16:50, a call"], ["Monday, after the flood"]]
