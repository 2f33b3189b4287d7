"""What the check finds wrong in a scenario, and where."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from pydantic import ValidationError

from modules.scenarios import (
    Scenario,
    problems,
)
from tests.unit.flood_list import told


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
