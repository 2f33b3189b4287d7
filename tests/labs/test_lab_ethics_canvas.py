"""Ethics canvas: solutions, figures on two paths, ratings that must be met, and what is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from pydantic import ValidationError

from modules import synth
from modules.basics import BadInput
from modules.course.files import read_module
from modules.labs import LABS, Place, ethics_canvas
from modules.labs.ethics_canvas.chart import own_group
from modules.labs.ethics_canvas.figures import TOWN_SEED, figures, whole
from modules.labs.ethics_canvas.options import HINTS, Options
from modules.labs.ethics_canvas.recount import carried, standing
from modules.settings import ROOT
from tests.course import SHIPPED


def shipped():
    module = read_module(SHIPPED, "m06-ethics-in-practice", "en")
    return module.lab_of("ethics-canvas").options


OPTIONS = shipped()
SEEDS = [f"seed {number}" for number in range(20)]
PROPOSALS = {one.id: one for one in OPTIONS.proposals}


def begun(seed="s"):
    return ethics_canvas.start(OPTIONS, seed)


def solved(seed="s"):
    return ethics_canvas.solve(begun(seed))


def about(id_):
    """A solved canvas of this proposal."""
    return next(state for n in range(99) if (state := solved(f"s {n}")).proposal.id == id_)


def failed(state):
    return {check.hint for check in ethics_canvas.checks(state) if not check.passed}


def test_the_reference_solution_passes_and_ticking_boxes_fails_for_every_seed():
    for seed in SEEDS:
        grade = ethics_canvas.grade(solved(seed))
        assert (grade.score, grade.right, grade.tags) == (1.0, True, ())
        naive = ethics_canvas.naive(begun(seed))
        assert naive.open() == ()
        assert not ethics_canvas.grade(naive).right
        assert ethics_canvas.grade(naive).score < 0.3


def test_an_untouched_canvas_earns_nothing():
    grade = ethics_canvas.grade(begun())
    assert (grade.score, grade.right) == (0.0, False)


def test_seeds_bring_every_proposal_and_their_lists_in_several_orders():
    assert {begun(seed).proposal.id for seed in SEEDS} == set(PROPOSALS)
    orders = {tuple(group.id for group in begun(seed).proposal.groups) for seed in SEEDS}
    assert len(orders) > 12


@pytest.mark.parametrize("id_", PROPOSALS)
def test_two_groups_of_each_proposal_carry_the_harm_and_both_are_found_in_the_figures(id_):
    one = PROPOSALS[id_]
    out = {(group.cut, group.value) for group in one.groups if group.id in carried(5000, one)}
    assert len(out) == 2
    assert out == standing(5000, one.measure)
    cuts = figures(5000, one.measure)
    town = whole(cuts).rate(one.per)
    for group in one.groups:
        if group.cut:
            bar = next(bar for bar in cuts[group.cut] if bar.value == group.value)
            far = bar.rate(one.per) / town
            stands = far < 0.75 if one.measure == "visits" else far > 2.05
            assert stands is ((group.cut, group.value) in out) or (far < 3 and one.per == 1000)


@pytest.mark.parametrize("id_", PROPOSALS)
def test_each_cut_adds_up_to_the_town_and_names_what_it_shows(id_):
    one = PROPOSALS[id_]
    cuts = figures(5000, one.measure)
    sums = {
        (sum(bar.base for bar in held), sum(bar.hits for bar in held)) for held in cuts.values()
    }
    assert len(sums) == 1
    assert set(cuts) == {cut.id for cut in one.cuts}
    for cut in one.cuts:
        assert not cut.values or set(cut.values) == {bar.value for bar in cuts[cut.id]}
    with_value = [group for group in one.groups if group.cut]
    assert all(group.value in {bar.value for bar in cuts[group.cut]} for group in with_value)


def test_the_wards_that_the_score_passes_over_are_those_that_were_planted():
    planted = synth.fernleigh(people=5000, seed=TOWN_SEED).planted
    wards = {value for cut, value in standing(5000, "visits") if cut == "ward"}
    assert wards == set(planted.biased_wards)


def test_groups_from_the_room_in_place_of_those_in_the_figures_do_not_pass():
    state = solved()
    room = tuple(group.id for group in state.proposal.groups if not group.cut)
    assert failed(replace(state, groups=room)) == {"groups"}
    assert failed(replace(state, groups=(*state.groups[:1], *room))) == {"groups"}
    assert ethics_canvas.grade(replace(state, groups=(*state.groups, room[0]))).right


def test_picking_everybody_is_no_way_to_find_them():
    state = solved()
    every = tuple(group.id for group in state.proposal.groups)
    assert failed(replace(state, groups=every)) == {"groups"}


def test_the_harm_that_is_rated_highest_has_to_be_met_whichever_it_is():
    state = solved()
    for harm in state.proposal.harms:
        rated = replace(
            state,
            severe={
                one.id: "lasting" if one is harm else "nuisance" for one in state.proposal.harms
            },
        )
        rated = replace(rated, likely=rated.likely | {harm.id: "seen"})
        meets = next(one.id for one in rated.proposal.mitigations if one.against == harm.id)
        idle = [one.id for one in rated.proposal.mitigations if not one.against]
        assert "mitigation" in failed(replace(rated, taken=tuple(idle)))
        met = replace(rated, taken=(meets, *idle[:2]))
        assert not {"mitigation", "budget"} & failed(met)


def test_rating_every_harm_alike_leaves_more_to_meet_than_the_budget_allows():
    state = solved()
    ids = [one.id for one in state.proposal.harms]
    alike = replace(state, likely=dict.fromkeys(ids, "seen"), severe=dict.fromkeys(ids, "hurts"))
    assert alike.highest() == tuple(ids)
    meets = tuple(one.id for one in state.proposal.mitigations if one.against)
    assert failed(replace(alike, taken=meets)) == {"budget"}
    assert failed(alike) == {"mitigation"}


def test_the_decision_is_the_learners_own_and_the_reason_is_graded():
    state = solved()
    for decision in OPTIONS.decisions:
        assert ethics_canvas.grade(replace(state, picks=state.picks | {"decision": decision})).right
    other = next(one.id for one in state.proposal.reasons if not one.key)
    assert failed(replace(state, picks=state.picks | {"reason": other})) == {"reason"}


def test_one_slip_passes_two_do_not_and_no_day_to_look_again_never_does():
    state = solved()
    slip = replace(state, picks=state.picks | {"owner": "supplier"})
    assert ethics_canvas.grade(slip).right
    wrong = next(one.id for one in state.proposal.ways if not one.key)
    assert not ethics_canvas.grade(replace(slip, picks=slip.picks | {"least": wrong})).right
    for day in ("complaint", "contract"):
        late = replace(state, picks=state.picks | {"review": day})
        assert failed(late) == {"review"}
        assert not ethics_canvas.grade(late).right


def test_a_note_changes_no_grade_and_is_forgotten():
    state = replace(solved(), note="Because of the people in Harbour.")
    assert ethics_canvas.grade(state) == ethics_canvas.grade(solved())
    assert ethics_canvas.forget(state) == solved()
    assert ethics_canvas.forget(begun()) == begun()


def test_one_hands_in_from_the_last_box_or_once_nothing_is_open():
    assert begun().open() == (1, 2, 3, 4, 5, 6)
    assert ethics_canvas.place(begun()) == Place(1, False)
    assert ethics_canvas.place(replace(begun(), page=6)) == Place(6, True)
    assert ethics_canvas.place(solved()) == Place(1, True)


def test_the_learners_citizen_is_marked_and_neither_kept_nor_graded():
    her = synth.citizen("somebody")
    state = ethics_canvas.shown_to(solved(), her.resident_id)
    assert ethics_canvas.dump(state) == ethics_canvas.dump(solved())
    assert ethics_canvas.grade(state) == ethics_canvas.grade(solved())
    assert own_group(5000, her.resident_id, "ward") == her.ward
    assert own_group(5000, her.resident_id, "sex") == "F"
    assert own_group(5000, her.resident_id, "home") in ("damp", "dry")
    assert own_group(5000, "", "ward") == own_group(5000, her.resident_id, "tie") == ""


def test_a_state_survives_json_for_every_seed():
    for seed in SEEDS:
        for state in (begun(seed), solved(seed), ethics_canvas.naive(begun(seed))):
            body = json.loads(json.dumps(ethics_canvas.dump(state)))
            assert ethics_canvas.load(OPTIONS, seed, body) == state
    assert ethics_canvas.dump(begun()) == {}


HARM = begun().proposal.harms[0].id
OTHER = next(one for one in OPTIONS.proposals if one.id != begun().proposal.id)


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"colour": "red"},
        {"picks": []},
        {"picks": {"mood": "fine"}},
        {"picks": {"owner": "nobody"}},
        {"picks": {"owner": ["head"]}},
        {"picks": {"reason": OTHER.reasons[0].id + "-else"}},
        {"groups": ["moon"]},
        {"groups": [begun().proposal.groups[0].id] * 2},
        {"groups": "all"},
        {"groups": [7]},
        {"likely": {"moon": "seen"}},
        {"likely": {HARM: "certain"}},
        {"likely": {HARM: 3}},
        {"severe": [HARM]},
        {"taken": ["prayer"]},
        {"note": "x" * 201},
        {"note": 7},
    ],
)
def test_what_was_never_offered_is_refused(body):
    with pytest.raises(BadInput):
        ethics_canvas.load(OPTIONS, "s", body)


def test_every_check_has_a_hint_and_every_hint_a_check():
    used = {check.hint for seed in SEEDS for check in ethics_canvas.checks(begun(seed))}
    assert used == set(HINTS) == set(OPTIONS.hints)
    assert LABS["ethics_canvas"] is ethics_canvas


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"hints": {}}, "there is no hint for open"),
        ({"budget": 8}, "nothing has to be weighed"),
        ({"budget": 4}, "does not meet each harm"),
        ({"owners": []}, "none of the owners"),
        ({"colour": "red"}, "colour"),
        ({"people": 50}, "people"),
    ],
)
def test_a_writer_is_told_what_is_wrong(change, says):
    with pytest.raises(ValidationError, match=says):
        Options.model_validate(OPTIONS.model_dump() | change)


def test_a_group_needs_a_cut_that_is_there():
    body = OPTIONS.model_dump()
    first = body["proposals"][0]
    first["groups"] = [first["groups"][0] | {"cut": "shoe"}, *first["groups"][1:]]
    with pytest.raises(ValidationError, match="a cut that is not there"):
        Options.model_validate(body)


@pytest.mark.parametrize("id_", PROPOSALS)
def test_the_script_runs_by_itself_and_agrees_with_the_page(id_):
    state = about(id_)
    shown = ethics_canvas.script(state)
    assert len(shown.splitlines()) <= 60
    done = subprocess.run(
        [sys.executable, "-c", shown], cwd=ROOT, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr
    one = state.proposal
    cuts = figures(OPTIONS.people, one.measure)
    assert f"the town {round(whole(cuts).rate(one.per), 1)}" in done.stdout
    out = {(group.cut, group.value) for group in one.groups if group.id in carried(5000, one)}
    for cut, value in out:
        bar = next(bar for bar in cuts[cut] if bar.value == value)
        assert str(round(bar.rate(one.per), 1)) in done.stdout
