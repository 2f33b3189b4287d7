"""Scenarios: walking, reasons, meters, conditions, the map."""

from __future__ import annotations

from copy import deepcopy

import pytest
from pydantic import ValidationError

from modules.basics import BadInput
from modules.scenarios import (
    Ending,
    Path,
    at,
    choose,
    debrief,
    map_html,
    meters,
    must_say_why,
    offered,
    pips,
    place,
    problems,
    replay,
)
from modules.scenarios.roads import way
from tests.unit.flood_list import told, walk


def test_choices_lead_to_the_next_decision_and_to_an_ending():
    scenario = told()
    assert at(scenario, Path()) is scenario.nodes["d1"]
    assert place(scenario, walk(scenario, "ask")) == "d2"
    end = at(scenario, walk(scenario, "ask", "safe"))
    assert isinstance(end, Ending)
    assert end.kind == "acceptable"
    assert offered(scenario, walk(scenario, "ask", "safe")) == ()


def test_a_choice_opens_only_after_what_it_depends_on():
    scenario = told()
    assert [c.id for c in offered(scenario, walk(scenario, "ask"))] == ["safe", "mail"]
    assert [c.id for c in offered(scenario, walk(scenario, "all"))] == ["safe", "mail", "recall"]


@pytest.mark.parametrize(
    ("before", "choice"),
    [((), "safe"), (("ask",), "recall"), (("refuse",), "safe"), ((), None), ((), ["ask"])],
)
def test_a_choice_that_is_not_offered_is_refused(before, choice):
    scenario = told()
    with pytest.raises(BadInput):
        choose(scenario, walk(scenario, *before), choice)


def test_meters_keep_the_raw_sum_and_are_drawn_within_one_to_five():
    scenario = told()
    assert meters(scenario, Path()) == {"trust": 0, "safety": 0}
    assert meters(scenario, walk(scenario, "all", "mail")) == {"trust": -2, "safety": -2}
    assert [pips(total) for total in (-4, -2, 0, 1, 2, 5)] == [1, 1, 3, 4, 5, 5]


def test_the_debrief_names_the_duty_behind_each_choice():
    scenario = told()
    steps = debrief(scenario, walk(scenario, "all", "recall"))
    assert [(s.id, s.choice.duty) for s in steps] == [
        ("d1", "duty of all"),
        ("d2", "duty of recall"),
    ]


def test_stored_steps_are_checked_on_replay():
    scenario = told()
    path = walk(scenario, "all", "recall")
    assert replay(scenario, [list(step) for step in path.steps]) == path
    for steps in ([["d2", "safe"]], [["d1", "no"]], [["d1"]], ["d1"], [["d1", "ask"], ["d1", "x"]]):
        with pytest.raises(BadInput):
            replay(scenario, steps)


def test_a_sound_scenario_has_no_problems():
    assert problems(told()) == []


def test_a_reason_goes_with_its_decision_and_is_told_in_the_debrief():
    scenario = told()
    path = choose(scenario, choose(scenario, Path(), "ask", "care"), "safe")
    assert [step.reason and step.reason.reply for step in debrief(scenario, path)] == [
        "on care",
        None,
    ]
    assert replay(scenario, [["d1", "ask", "care"], ["d2", "safe"]]) == path


@pytest.mark.parametrize("reason", ["rank", "Care", ["care"], 3])
def test_a_reason_that_is_not_offered_here_is_refused(reason):
    with pytest.raises(BadInput):
        choose(told(), Path(), "ask", reason)


def test_a_reason_must_be_given_where_there_are_some_and_nowhere_else():
    def none(s):
        del s["nodes"]["d2"]["reasons"]

    scenario = told(none)
    assert must_say_why(scenario, Path())
    assert not must_say_why(scenario, walk(scenario, "ask"))
    assert not must_say_why(scenario, walk(scenario, "ask", "safe"))


@pytest.mark.parametrize("several", [["a"], ["a", "b", "c", "d", "e"]])
def test_one_reason_or_more_than_four_are_refused(several):
    def change(s):
        s["nodes"]["d1"]["reasons"] = [{"id": one} for one in several]

    with pytest.raises(ValidationError, match=r"write 2 to 4"):
        told(change)


def say(key, /, **values):
    return " ".join([key, *map(str, values.values())])


def test_the_map_shows_nothing_but_the_path_before_an_ending():
    scenario = told()
    html = map_html(scenario, walk(scenario, "ask"), say, roads=False)
    assert "text of ask" in html
    for hidden in ("text of all", "text of refuse", "text of safe", "Midnight"):
        assert hidden not in html


def test_the_map_tells_where_other_roads_lead_and_how_they_can_end():
    def endings(s):
        s["nodes"]["d1"]["choices"][1]["goto"] = "d3"
        s["nodes"]["d3"] = {
            "decision": 2,
            "reasons": deepcopy(s["nodes"]["d2"]["reasons"]),
            "choices": [{"id": "late", "goto": "e-late"}, {"id": "lost", "goto": "e-bad"}],
        }
        s["nodes"]["d2"]["choices"][2]["when"] = {"d1": "ask"}
        s["endings"]["e-late"] = {"kind": "acceptable"}

    scenario = told(endings)
    names = {"e-good": "Good end", "e-bad": "Bad end", "e-late": "Late end"}
    ends = {id_: scenario.endings[id_].model_copy(update={"title": t}) for id_, t in names.items()}
    scenario = scenario.model_copy(update={"endings": ends})
    html = map_html(scenario, walk(scenario, "ask", "safe"), say)
    assert "scenario.map.leads 16:20. Rain Bad end · Late end" in html
    assert "scenario.map.ends Bad end" in html
    assert "scenario.map.joins" in html
    assert "scenario.map.end Good end" in html


def test_the_map_leaves_out_what_was_never_open_and_marks_what_another_play_took():
    scenario = told()
    first = walk(scenario, "refuse")
    html = map_html(scenario, walk(scenario, "ask", "safe"), say, [first])
    assert "text of recall" not in html
    assert html.count("scenario.map.before") == 1


def test_the_map_is_plain_text_to_the_browser():
    scenario = told()
    nodes = dict(scenario.nodes)
    nodes["d1"] = nodes["d1"].model_copy(update={"title": "<b>16:20</b> **now** [@seed-f1]"})
    html = map_html(scenario.model_copy(update={"nodes": nodes}), walk(scenario, "refuse"), say)
    assert "&lt;b&gt;16:20&lt;/b&gt; now</p>" in html


def test_the_way_to_a_place_is_the_shortest_walk_with_a_reason_at_each_decision():
    scenario = told()
    assert way(scenario, scenario.start) == Path()
    path = way(scenario, "d2")
    assert place(scenario, path) == "d2"
    assert len(path.steps) == 1
    assert replay(scenario, path.steps) == path
    for id in scenario.endings:
        assert place(scenario, way(scenario, id)) == id
    assert way(scenario, "nowhere") is None


def test_the_way_to_a_place_keeps_to_what_is_offered():
    scenario = told()
    node = scenario.nodes["d1"]
    shut = tuple(one.model_copy(update={"when": {"d2": "safe"}}) for one in node.choices)
    nodes = {**scenario.nodes, "d1": node.model_copy(update={"choices": shut})}
    assert way(scenario.model_copy(update={"nodes": nodes}), "d2") is None
