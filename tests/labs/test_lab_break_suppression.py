"""Break our own statistics: what is drawn, what breaks it, what mends it, and what is refused."""

from __future__ import annotations

import itertools
import subprocess
import sys
from dataclasses import replace

import pytest
from pydantic import ValidationError
from streamlit.testing.v1 import AppTest

from modules.basics import BadInput
from modules.labs import Place
from modules.labs import break_suppression as lab
from modules.labs.break_suppression.figures import LEAST, exposed, house
from modules.labs.break_suppression.grading import left_over, shut, told_by_two_days
from modules.labs.break_suppression.options import HINTS, Options
from modules.suppress import changed, regions

DATA = {
    "title": "Break it",
    "task": "Break it, then mend it.",
    "aha": "Hiding a number does not hide it if the sums around it are printed.",
    "body": "Fernleigh",
    "departments": [
        {
            "id": "a",
            "name": "People",
            "teams": {"a1": "Care", "a2": "Foster", "a3": "Day", "a4": "Link"},
        },
        {"id": "b", "name": "Place", "teams": {"b1": "Parks", "b2": "Permits", "b3": "Roads"}},
        {"id": "c", "name": "Office", "teams": {"c1": "Desk", "c2": "Pay", "c3": "Calls"}},
    ],
    "why": "Because.",
    "hints": {hint: f"Look at {hint}." for hint in HINTS},
}
OPTIONS = Options.model_validate(DATA)
SEEDS = [f"seed {number}" for number in range(20)]


def begun(seed="seed 0"):
    return lab.start(OPTIONS, seed)


def failed(state):
    return {check.key for check in lab.checks(state) if not check.passed}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_solution_passes_and_not_thinking_fails(seed):
    assert lab.grade(lab.solve(begun(seed))).right
    grade = lab.grade(lab.naive(begun(seed)))
    assert not grade.right
    assert {"break-suppression-subtract", "break-suppression-safe"} <= set(grade.tags)
    assert lab.grade(begun(seed)).score == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_the_table_adds_up_and_only_sums_tell(seed):
    drawn = begun(seed).figures
    for cells in (drawn.first, drawn.second):
        named = {cell.node: cell for cell in cells}
        for node in named:
            below = [named[one] for one in drawn.children(node)]
            if below:
                assert named[node].people == sum(one.people for one in below)
                assert named[node].value == sum(one.value for one in below)
    assert all(0 < cell.value < cell.people for cell in drawn.first), (
        "nobody is told by all or none"
    )
    assert [drawn.parent(one) for one in drawn.small()] == ["a", "b"]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_two_days_tell_is_what_was_drawn(seed):
    drawn = begun(seed).figures
    team, status = told_by_two_days(drawn)
    now = {cell.node: cell for cell in drawn.second}
    before = {cell.node: cell for cell in drawn.first}
    assert team == drawn.joined in drawn.small()
    assert now[team].value - before[team].value == (status == "done")
    assert changed(now["b"].people - before["b"].people, LEAST), "Steward would wait with this one"
    assert {told_by_two_days(begun(seed).figures)[1] for seed in SEEDS} == {"done", "open"}


@pytest.mark.parametrize("seed", SEEDS)
def test_hiding_small_teams_alone_gives_every_one_of_them_away(seed):
    drawn = begun(seed).figures
    found = {group for group, *_ in exposed(drawn.first, frozenset(drawn.small()))}
    assert set(drawn.small()) <= found


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_the_attack_agrees_with_plain_subtraction(seed):
    """Another way to the same: without a region of few people no subtraction isolates anybody."""
    state = begun(seed)
    drawn, people = state.figures, {cell.node: cell.people for cell in state.figures.first}
    for picked in itertools.combinations(state.offered()["hide"], 2):
        hidden = frozenset(drawn.small()) | frozenset(picked)
        marks = {node: "small" if node in hidden else "" for node in people}
        few = [
            atoms
            for atoms in regions(drawn.first, marks).values()
            if 0 < sum(people[one] for one in atoms) < LEAST
        ]
        if few:
            assert exposed(drawn.first, hidden)


def test_hiding_a_total_brings_it_back_from_the_totals_beside_it():
    state = replace(lab.solve(begun()), hide=("a", "b"))
    assert "safe" not in failed(state), "two hidden totals cover each other"
    assert "safe" in failed(replace(state, hide=("a",)))


def test_hiding_everything_is_safe_and_of_no_use():
    state = begun()
    assert failed(replace(lab.solve(state), hide=state.offered()["hide"])) == {"useful"}


def test_two_rows_more_than_the_house_hides_are_allowed_and_three_are_not():
    solved = lab.solve(begun())
    drawn = solved.figures
    spare = [one for one in solved.offered()["hide"] if one not in shut(solved)]
    many = [
        tuple(extra)
        for extra in itertools.combinations(spare, 2)
        if "safe" not in failed(replace(solved, hide=(*solved.hide, *extra)))
    ]
    assert many
    assert not failed(replace(solved, hide=(*solved.hide, *many[0])))
    assert len(house(drawn.first)) == len(shut(solved))
    assert "useful" in failed(replace(solved, hide=(*solved.hide, *spare[:3])))


def test_a_sum_that_takes_away_what_it_does_not_hold_is_none():
    state = begun()
    assert left_over(state) is None
    assert left_over(replace(state, begin="a", less=("b",))) is None
    assert left_over(replace(state, begin="top", less=("a", "a1"))) is None
    assert left_over(replace(state, begin="a", less=())) == {"a1", "a2", "a3", "a4"}


def test_the_top_less_everything_else_is_as_good_a_sum():
    state = lab.solve(begun())
    shown = tuple(one for one in state.less)
    assert "subtract" not in failed(replace(state, begin="top", less=(*shown, "b", "c")))


def test_one_hands_in_from_the_last_part_or_once_each_has_something():
    assert lab.place(begun()) == Place(1, False)
    assert lab.place(replace(begun(), page=3)) == Place(3, True)
    assert lab.place(lab.solve(begun())) == Place(1, True)


@pytest.mark.parametrize(
    "body",
    [
        {"begin": "nowhere"},
        {"begin": ["a"]},
        {"less": "a"},
        {"less": ["a", "a"]},
        {"hide": [3]},
        {"hide": ["nowhere"]},
        {"status": "maybe"},
        {"other": "a"},
        [],
    ],
)
def test_what_was_never_offered_is_refused(body):
    with pytest.raises(BadInput):
        lab.load(OPTIONS, "s", body)
    small = begun("s").figures.small()[0]
    with pytest.raises(BadInput):
        lab.load(OPTIONS, "s", {"hide": [small]})


@pytest.mark.parametrize(
    "change",
    [
        {"aha": ""},
        {"hints": {}},
        {"departments": DATA["departments"][:2]},
        {"departments": [*DATA["departments"][:2], DATA["departments"][0]]},
    ],
)
def test_options_that_do_not_hold_together_are_refused(change):
    with pytest.raises(ValidationError):
        Options.model_validate(DATA | change)


def test_the_script_attacks_the_table_that_the_learner_made(tmp_path):
    for name, state, said in (("b", begun(), "exactly"), ("s", lab.solve(begun()), "between")):
        file = tmp_path / f"{name}.py"
        file.write_text(lab.script(state), "utf-8")
        assert len(lab.script(state).splitlines()) <= 60
        run = subprocess.run(
            [sys.executable, str(file)], capture_output=True, text=True, check=True, timeout=120
        )
        lines = run.stdout.splitlines()
        assert len(lines) == len(shut(state) & {c.node for c in state.figures.first})
        assert all(said in line for line in lines)


def lab_page(data, body):
    import json

    import streamlit as st

    from modules import fields, words
    from modules.labs import break_suppression as lab

    fields.use(fields.native, memory=lambda: st.session_state)
    options = lab.Options.model_validate(data)
    state = lab.load(options, "seed 0", st.session_state.get("body", body))
    state = lab.play(st.container(), state, "lab", words.of("en"))
    st.session_state["body"] = json.loads(json.dumps(lab.dump(state)))
    lab.review(st.container(), state, words.of("en"), str, told=bool(body))


def test_on_the_page_it_is_broken_and_mended_by_taps():
    right = lab.solve(begun())
    at = AppTest.from_function(lab_page, args=(DATA, {}), default_timeout=60).run()
    assert not at.exception
    at.button_group(key="lab/begin").set_value(right.begin)
    at.button_group(key="lab/less").set_value(list(right.less)).run()
    assert not at.exception
    assert any("is back" in one.value for one in at.markdown)
    at.button(key="lab/next").click().run()
    at.button_group(key="lab/joined").set_value(right.joined)
    at.button_group(key="lab/status").set_value(right.status).run()
    at.button(key="lab/next").click().run()
    assert not at.exception
    assert any("The attack finds somebody" in one.value for one in at.markdown)
    at.button_group(key="lab/hide").set_value(list(right.hide)).run()
    assert not at.exception
    assert any("The attack finds nobody" in one.value for one in at.markdown)
    assert at.session_state["body"] == lab.dump(right)
    at.toggle(key="lab/house").set_value(True).run()
    assert not at.exception
    assert any("Steward’s rule hides" in one.value for one in at.markdown)


@pytest.mark.parametrize("how", ["solve", "naive"])
def test_what_is_right_is_told_at_the_end(how):
    at = AppTest.from_function(
        lab_page, args=(DATA, lab.dump(getattr(lab, how)(begun()))), default_timeout=60
    ).run()
    assert not at.exception
    assert any("The subtraction:" in one.value for one in at.markdown)
