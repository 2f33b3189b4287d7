"""Break it, then mend it: the attack, the measures by two paths, the trap, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product

import pandas as pd
import pytest
from pycanon import anonymity
from pydantic import ValidationError

from modules.basics import BadInput
from modules.labs import Place, break_mend
from modules.labs.break_mend import Options
from modules.labs.break_mend.attack import linked
from modules.labs.break_mend.coded import town
from modules.labs.break_mend.extract import TABLES, extract, ringed
from modules.labs.break_mend.grading import FULL, recounted
from modules.labs.break_mend.levels import AREAS, BIRTHS, TOPS, Setting
from modules.labs.break_mend.options import HINTS
from modules.labs.break_mend.picture import dots_html, gauges_html
from modules.labs.break_mend.record import in_turn
from modules.labs.break_mend.release import crowd, groups, measured, shown
from modules.labs.break_mend.state import BREAK, MEND

SEEDS = [f"seed {n}" for n in range(20)]
DATA = {
    "title": "Break it, then mend it",
    "task": "**Break** it.",
    "hints": {hint: f"Look at {hint}." for hint in HINTS},
}
TRAP = Setting("ward", "20", "none", sex=True, suppress=True)
SOUND = Setting("ward", "20", "60", sex=True, suppress=True)


@pytest.fixture(scope="module")
def options():
    return Options.model_validate(DATA)


def begun(options, seed="s"):
    return break_mend.start(options, seed)


def with_setting(options, seed="s", **changes):
    solved = break_mend.solve(begun(options, seed))
    return replace(solved, setting=replace(solved.setting, **changes))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_reference_passes_and_taking_out_the_names_does_not(options, seed):
    assert break_mend.grade(break_mend.solve(begun(options, seed))).right
    grade = break_mend.grade(break_mend.naive(begun(options, seed)))
    assert not grade.right
    assert grade.tags == ("break-mend-k", "break-mend-l", "break-mend-matched")


@pytest.mark.parametrize("seed", SEEDS[:5])
def test_three_harmless_fields_find_nearly_everyone(seed):
    found = linked(seed, FULL)
    assert found.right_share > 0.98
    assert found.wrongly < 0.02 * found.could
    assert linked(seed, ("sex",)).share == 0
    assert linked(seed, ("ward", "year", "sex")).wrongly > 20, "coarse keys find the wrong people"


def test_who_is_found_is_told_by_the_towns_own_numbers():
    one, found = extract("s"), linked("s", FULL)
    referrals, register = town().table("health_referrals"), town().table("voter_register")
    for (row, elector), right in list(zip(found.pairs, found.right, strict=True))[:300]:
        at = one.places[row]
        assert right is bool(referrals["resident_id"][at] == register["resident_id"][elector])
        for field in ("postcode", "date_of_birth", "sex"):
            assert referrals[field][at] == register[field][elector]


@pytest.mark.parametrize("seed", SEEDS[:8])
def test_the_trap_reaches_k_and_everything_else_but_one_group_is_all_alike(options, seed):
    told = measured(seed, TRAP)
    assert (told.k >= 5, told.l) == (True, 1)
    failed = {
        check.key
        for check in break_mend.checks(
            replace(break_mend.solve(begun(options, seed)), setting=TRAP)
        )
        if not check.passed
    }
    assert failed == {"l"}
    one = extract(seed)
    assert one.condition[told.worst.row] == town().planted.uniform.condition
    assert one.rows.age[told.worst.row] >= town().planted.uniform.from_age


EVERY = list(product(AREAS, BIRTHS, TOPS, (True, False), (True, False)))


@pytest.mark.parametrize("values", EVERY[::7])
def test_the_gauges_and_the_grader_agree_by_different_paths(values):
    setting = Setting(*values)
    told = measured("s", setting)
    assert recounted("s", setting) == (told.k, told.l, told.found.share)
    assert 0 <= told.suppressed <= 1
    assert told.error >= 0


@pytest.mark.parametrize(
    "setting", [TRAP, SOUND, Setting("all", "20", "60", False, False), Setting("wards", "20")]
)
def test_k_l_and_t_are_those_of_pycanon_on_the_whole_release(setting):
    one, told = extract("s"), measured("s", setting)
    frame = one.rows.frame(setting).assign(condition=pd.Series(one.condition, dtype=object))
    frame = frame[shown(groups(one, setting), setting)].reset_index(drop=True)
    names = list(setting.names())
    assert anonymity.k_anonymity(frame, names) == told.k
    assert anonymity.l_diversity(frame, names, ["condition"]) == told.l
    assert anonymity.t_closeness(frame, names, ["condition"]) == pytest.approx(told.t)


def test_a_release_in_which_nothing_is_lost_answers_exactly():
    assert measured("s", Setting()).error == 0
    assert measured("s", Setting("sector")).error == 0
    assert measured("s", Setting("wards")).error > 1.5, "wards are no longer told apart"
    assert len(TABLES) == extract("s").truth.shape[1]


def test_each_control_has_its_price():
    base = measured("s", SOUND).error
    assert measured("s", replace(SOUND, sex=False)).error > base
    assert measured("s", replace(SOUND, area="all")).error > base
    assert measured("s", replace(SOUND, birth="5")).suppressed > 0.1
    assert measured("s", replace(SOUND, area="postcode")).suppressed > 0.5


def test_an_empty_release_is_measured_and_fails(options):
    told = measured("s", Setting(suppress=True))
    assert (told.k, told.l, told.t, told.rows) == (0, 0, None, 0)
    assert told.suppressed == 1
    assert not break_mend.grade(
        with_setting(options, area="postcode", birth="date", top="none")
    ).right


def test_the_attack_is_part_of_the_work(options):
    lazy = replace(break_mend.solve(begun(options)), link=("sex",))
    assert break_mend.grade(lazy).tags == ("break-mend-attack",)


def test_learners_get_extracts_of_their_own_with_every_citizen_in_it():
    first, second = extract("one"), extract("two")
    assert first.places.tolist() != second.places.tolist()
    assert extract("one").places.tolist() == first.places.tolist()
    for resident_id in town().planted.citizens:
        assert ringed("one", resident_id).name
    assert ringed("one", "nobody").row == ringed("one", "").row


def test_the_ring_is_hers_whose_learner_it_is_and_changes_no_grade(options):
    here = break_mend.solve(begun(options))
    mine, other = town().planted.citizens[:2]
    assert ringed("s", mine).row != ringed("s", other).row
    assert break_mend.grade(break_mend.shown_to(here, mine)) == break_mend.grade(here)
    assert break_mend.dump(break_mend.shown_to(here, mine)) == break_mend.dump(here)


def test_records_open_hers_first_and_each_once(options):
    one, found = extract("s"), linked("s", FULL)
    listed = [who for who in town().planted.citizens if one.both[ringed("s", who).row]]
    assert listed
    order = in_turn(break_mend.shown_to(begun(options), listed[0]), found)
    assert sorted(order) == list(range(len(found.pairs)))
    assert found.pairs[order[0]][0] == ringed("s", listed[0]).row


def test_how_many_rows_read_like_hers():
    her = ringed("s", town().planted.citizens[0]).row
    assert crowd("s", Setting(), her) == 1
    assert crowd("s", Setting(suppress=True), her) == 0
    assert crowd("s", SOUND, her) >= 5


def test_one_hands_in_from_the_second_part(options):
    assert break_mend.place(begun(options)) == Place(BREAK, False)
    assert break_mend.place(replace(begun(options), part=MEND)) == Place(MEND, True)


def test_a_state_survives_json(options):
    for state in (
        begun(options),
        break_mend.solve(begun(options)),
        break_mend.naive(begun(options)),
    ):
        body = json.loads(json.dumps(break_mend.dump(state)))
        assert break_mend.load(options, "s", body) == state
    assert break_mend.load(options, "s", {}) == begun(options)
    assert break_mend.forget(begun(options)) == begun(options)


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"colour": 1},
        {"link": "sex"},
        {"link": ["name"]},
        {"link": [1]},
        {"link": ["sex", "sex"]},
        {"opened": -1},
        {"opened": 100},
        {"opened": True},
        {"part": 3},
        {"part": "2"},
        {"part": True},
        {"setting": []},
        {"setting": {"area": "street"}},
        {"setting": {"area": ["ward"]}},
        {"setting": {"birth": 20}},
        {"setting": {"sex": 1}},
        {"setting": {"noise": 3}},
    ],
)
def test_what_was_never_offered_is_refused(options, body):
    with pytest.raises(BadInput):
        break_mend.load(options, "s", body)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"hints": {}}, "there is no hint for attack"),
        ({"hints": DATA["hints"] | {"odd": "?"}}, "no check uses the hint odd"),
        ({"goals": {"k": 1}}, "goals.k"),
        ({"goals": {"matched": 2}}, "goals.matched"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_writer_is_told_what_is_wrong(change, says):
    with pytest.raises(ValidationError, match=says):
        Options.model_validate(DATA | change)


def test_pictures_say_the_same_in_words():
    html = dots_html(["right", "wrong", "hidden"], 2, "1 of <3> found")
    assert 'role="img" aria-label="1 of &lt;3&gt; found"' in html
    assert html.count("<i") == 3
    gauges = gauges_html([("k", "5", "at least 5", True, "reached"), ("t", "0.5", "", None, "")])
    assert "reached" in gauges
    assert gauges.count("<li") == 2
