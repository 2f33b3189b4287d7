"""Scenarios: walking, reasons, meters, conditions, the map, and what the check finds wrong."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from pydantic import ValidationError

from modules.basics import BadInput
from modules.scenarios import (
    Ending,
    Path,
    Scenario,
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

STRUCTURE = {
    "id": "M01-S",
    "start": "d1",
    "meters": ["trust", "safety"],
    "nodes": {
        "d1": {
            "decision": 1,
            "reasons": [{"id": "speed"}, {"id": "care"}],
            "choices": [
                {"id": "ask", "goto": "d2", "meters": {"trust": 1}},
                {"id": "all", "goto": "d2", "meters": {"trust": -1, "safety": -1}},
                {"id": "refuse", "goto": "e-bad", "meters": {"safety": -2}},
            ],
        },
        "d2": {
            "decision": 2,
            "reasons": [{"id": "speed"}, {"id": "rank"}],
            "choices": [
                {"id": "safe", "goto": "e-good", "meters": {"trust": 1}},
                {"id": "mail", "goto": "e-bad", "meters": {"trust": -1, "safety": -1}},
                {"id": "recall", "goto": "e-good", "when": {"d1": "all"}},
            ],
        },
    },
    "endings": {"e-good": {"kind": "acceptable"}, "e-bad": {"kind": "costly"}},
    "max_steps": 4,
}


def told(change=None):
    """The story with text everywhere, after ``change``."""
    data = deepcopy(STRUCTURE)
    if change:
        change(data)
    data["title"] = "The flood list"
    for node in data["nodes"].values():
        node |= {"title": "16:20. Rain", "story": "Rain [@seed-f1].", "question": "And now?"}
        for choice in node["choices"]:
            for field in ("text", "hint", "consequence", "duty"):
                choice[field] = f"{field} of {choice['id']}"
        for reason in node.get("reasons", ()):
            reason |= {"text": f"because of {reason['id']}", "reply": f"on {reason['id']}"}
    for ending in data["endings"].values():
        ending |= {"title": "Midnight", "story": "Over."}
    return Scenario.model_validate(data)


def walk(scenario, *choices):
    path = Path()
    for choice in choices:
        path = choose(scenario, path, choice)
    return path


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


def no_reasons(s):
    del s["nodes"]["d2"]["reasons"]


def reason_twins(s):
    s["nodes"]["d2"]["reasons"][1]["id"] = "speed"


def skipped_number(s):
    s["nodes"]["d2"]["decision"] = 3


def unreachable_node(s):
    s["nodes"]["d9"] = {"decision": 9, "choices": deepcopy(s["nodes"]["d2"]["choices"])}


def loop(s):
    s["nodes"]["d2"]["choices"][1]["goto"] = "d1"


def long_way(s):
    s["max_steps"] = 1


def dead_end(s):
    for choice in s["nodes"]["d2"]["choices"]:
        choice["when"] = {"d1": "all"}


def never_open(s):
    s["nodes"]["d2"]["choices"][2]["when"] = {"d1": "refuse"}


def unknown_goto(s):
    s["nodes"]["d2"]["choices"][0]["goto"] = "d7"


def unknown_meter(s):
    s["nodes"]["d2"]["choices"][0]["meters"] = {"speed": 1}


def unknown_condition(s):
    s["nodes"]["d2"]["choices"][0]["when"] = {"d7": "ask"}


def unknown_start(s):
    s["start"] = "d7"


def falls_out(s):
    s["nodes"]["d2"]["choices"][1]["meters"] = {"safety": -2}


def rises_out(s):
    s["nodes"]["d2"]["choices"][0]["meters"] = {"trust": 2}


def closed_where_it_would_fall_out(s):
    # After "all" trust would come to 0, but this choice is then closed.
    s["nodes"]["d2"]["choices"][2] |= {"when": {"d1": "ask"}, "meters": {"trust": -2}}


def unreachable_ending(s):
    s["endings"]["e-odd"] = {"kind": "costly"}


def twins(s):
    s["nodes"]["d2"]["choices"][1]["id"] = "safe"


def node_and_ending(s):
    s["endings"]["d2"] = {"kind": "costly"}


@pytest.mark.parametrize(
    ("change", "place_", "says"),
    [
        (unreachable_node, "nodes/d9", "is never reached"),
        (unreachable_ending, "endings/e-odd", "is never reached"),
        (loop, "nodes", "round for ever through d1, d2"),
        (long_way, "max_steps", "takes 2 decisions, more than 1"),
        (dead_end, "nodes/d2", "dead end"),
        (never_open, "nodes/d2/choices/recall", "never offered"),
        (unknown_goto, "nodes/d2/choices/safe", "no node or ending “d7”"),
        (unknown_meter, "nodes/d2/choices/safe", "“speed” is not one of trust, safety"),
        (unknown_condition, "nodes/d2/choices/safe", "no choice “ask” in “d7”"),
        (unknown_start, "start", "no node “d7”"),
        (twins, "nodes/d2", "two choices are called “safe”"),
        (node_and_ending, "d2", "is a node and an ending"),
        (no_reasons, "nodes/d2", "has no reasons: write 2 to 4"),
        (reason_twins, "nodes/d2", "two reasons are called “speed”"),
        (skipped_number, "nodes/d1", "is decision 1 and leads to decision 3"),
        (falls_out, "nodes/d2/choices/mail", "meters: safety comes to 0, outside 1 to 5"),
        (falls_out, "nodes/d2/choices/mail", "on the road all > mail: change it by less, here or"),
        (rises_out, "nodes/d2/choices/safe", "meters: trust comes to 6, outside 1 to 5"),
    ],
)
def test_the_check_names_the_place_and_the_fault(change, place_, says):
    found = [p for p in problems(told(change)) if says in p.sentence]
    assert [(p.file, p.place) for p in found] == [("scenario.yaml", place_)]


def test_a_meter_is_judged_only_on_roads_that_can_be_taken():
    assert problems(told(closed_where_it_would_fall_out)) == []


def test_a_story_without_end_is_told_of_its_loop_and_not_of_meters_that_never_stop():
    def change(s):
        loop(s)
        falls_out(s)

    assert not [p for p in problems(told(change)) if "meters" in p.sentence]


def test_a_meter_that_left_its_range_is_told_once_where_it_does():
    def change(s):
        s["nodes"]["d1"]["choices"][1]["meters"] = {"trust": -2, "safety": -2}
        s["nodes"]["d1"]["choices"][1]["goto"] = "d2"
        s["start"] = "d0"
        choices = [{"id": i, "goto": "d1", "meters": {"safety": -1}} for i in ("go", "wait")]
        s["nodes"]["d0"] = {"decision": 1, "reasons": [{"id": "x"}, {"id": "y"}]}
        s["nodes"]["d0"]["choices"] = choices
        for number, node in enumerate(("d0", "d1", "d2"), 1):
            s["nodes"][node]["decision"] = number

    found = [p.place for p in problems(told(change)) if "safety" in p.sentence]
    assert found == ["nodes/d1/choices/all", "nodes/d1/choices/refuse"]


def test_missing_text_is_a_problem_of_the_text_file():
    data = json.loads(told().model_dump_json())
    data["nodes"]["d1"]["choices"][0]["duty"] = " "
    data["nodes"]["d2"].pop("question")
    data["nodes"]["d1"]["reasons"][1].update(text="", reply=" ")
    data["endings"]["e-bad"] = {"kind": "costly"}
    found = problems(Scenario.model_validate(data))
    assert {p.file for p in found} == {"scenario.en.yaml"}
    assert {p.place for p in found} == {
        "nodes/d1/choices/ask/duty",
        "nodes/d2/question",
        "nodes/d1/reasons/care/text",
        "nodes/d1/reasons/care/reply",
        "endings/e-bad/title",
        "endings/e-bad/story",
    }


def test_a_change_of_three_pips_is_refused():
    def change(s):
        s["nodes"]["d1"]["choices"][0]["meters"] = {"trust": 3}

    with pytest.raises(ValidationError, match="trust"):
        told(change)
