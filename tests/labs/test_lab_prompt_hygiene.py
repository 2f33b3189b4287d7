"""Prompt hygiene: solutions, the attack against pandas, decoys, what is refused, the script."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from unittest.mock import MagicMock

import pytest

from modules import synth
from modules.basics import BadInput
from modules.course.files import read_module
from modules.labs import LABS, Place, prompt_hygiene
from modules.labs.prompt_hygiene.attack import attack
from modules.settings import ROOT
from modules.words import of
from tests.course import SHIPPED

OPTIONS = read_module(SHIPPED, "m16-generative-ai", "en").lab_of("hygiene").options
SEEDS = [f"seed {number}" for number in range(20)]
KINDS = {one.id: one.kind for one in OPTIONS.pieces}
ERRORS = [one.id for one in OPTIONS.sentences if one.error]
DECOYS = [one.id for one in OPTIONS.sentences if not one.error]


def begun(seed="s"):
    return prompt_hygiene.start(OPTIONS, seed)


def solved(seed="s"):
    return prompt_hygiene.solve(begun(seed))


def failed(state):
    return {check.hint for check in prompt_hygiene.checks(state) if not check.passed}


def test_the_reference_solution_passes_and_not_thinking_fails_for_every_seed():
    for seed in SEEDS:
        grade = prompt_hygiene.grade(solved(seed))
        assert (grade.score, grade.right, grade.tags) == (1.0, True, ())
        naive = prompt_hygiene.grade(prompt_hygiene.naive(begun(seed)))
        assert not naive.right
        assert naive.score < 0.4


def test_an_untouched_lab_earns_nothing():
    grade = prompt_hygiene.grade(begun())
    assert (grade.score, grade.right) == (0.0, False)


def test_the_attack_finds_every_direct_piece_in_the_words_alone():
    for seed in SEEDS:
        state = begun(seed)
        found = " ".join(attack(state.prompt).direct)
        for id_, text in state.drawn.texts.items():
            if KINDS[id_] == "direct":
                assert text.split(", QF")[0] in found


def test_one_direct_piece_left_is_found():
    for id_, kind in KINDS.items():
        if kind in ("direct", "third", "health"):
            state = solved()
            assert f"prompt-{kind}" in failed(replace(state, covered=state.covered - {id_})), id_


def test_each_detail_without_which_the_letter_cannot_be_written_is_missed():
    for id_, kind in KINDS.items():
        if kind == "need":
            state = solved()
            assert failed(replace(state, covered=state.covered | {id_})) == {"prompt-needed"}, id_


def test_without_name_numbers_and_address_the_rest_still_points_to_one():
    kept = frozenset(id_ for id_, kind in KINDS.items() if kind != "indirect" and kind != "need")
    for seed in SEEDS:
        state = replace(begun(seed), covered=kept)
        assert not attack(state.prompt).direct
        assert attack(state.prompt).fit <= 1
        assert {"prompt-alone", "prompt-beyond"} <= failed(state)


def test_the_count_agrees_with_pandas_and_the_resident_is_among_those_counted():
    frame = synth.fernleigh().table("residents").frame()
    for seed in SEEDS:
        state = solved(seed)
        state = replace(state, covered=state.covered - {"ward", "work", "topic"})
        state = replace(state, covered=state.covered | {"topic"})
        texts = state.drawn.texts
        rows = frame[
            (frame["sex"] == "F")
            & (frame["ward"] == texts["ward"])
            & (frame["employment"] == texts["work"])
        ]
        found = attack(state.prompt)
        assert found.fit == len(rows)
        her = synth.citizen(f"prompt/{seed}").resident_id
        assert her in set(rows["resident_id"])
        assert all(her in clue.who for clue in found.clues)


def test_one_planted_error_may_be_missed_two_may_not():
    state = solved()
    assert prompt_hygiene.grade(replace(state, marked=state.marked - {ERRORS[0]})).right
    assert not prompt_hygiene.grade(replace(state, marked=state.marked - set(ERRORS[:2]))).right


def test_marking_every_sentence_does_not_pay():
    state = replace(solved(), marked=frozenset(ERRORS + DECOYS))
    assert failed(state) == {"draft-decoys"}
    assert not prompt_hygiene.grade(state).right


def test_planted_sentences_differ_from_the_note_and_the_others_do_not():
    for seed in SEEDS:
        drawn = begun(seed).drawn
        letter = dict(drawn.letter)
        texts = drawn.texts
        assert texts["amount"] not in letter["amount"]
        assert texts["date"] not in letter["begins"]
        assert texts["due"] in letter["due"]
        assert texts["paper"] in letter["paper"]


def test_learners_meet_different_residents_tasks_and_letters():
    drawn = [begun(seed).drawn for seed in SEEDS]
    assert len({one.texts["name"] for one in drawn}) > 12
    assert len({one.task.id for one in drawn}) == len(OPTIONS.tasks)
    assert len({one.letter for one in drawn}) == len(SEEDS)


def test_what_is_kept_comes_back_and_grades_the_same():
    for state in (begun(), solved(), prompt_hygiene.naive(begun())):
        body = json.loads(json.dumps(prompt_hygiene.dump(state)))
        again = prompt_hygiene.load(OPTIONS, "s", body)
        assert again == state
        assert prompt_hygiene.grade(again) == prompt_hygiene.grade(state)


@pytest.mark.parametrize(
    "body",
    [
        {"covered": ["nose"]},
        {"covered": ["name", "name"]},
        {"marked": "amount"},
        {"marked": [1]},
        {"sign": "robot"},
        {"sign": 3},
        {"page": 2},
    ],
)
def test_what_was_never_offered_is_refused(body):
    with pytest.raises(BadInput):
        prompt_hygiene.load(OPTIONS, "s", body)


def test_one_hands_in_from_the_last_card_or_once_nothing_is_open():
    assert prompt_hygiene.place(begun()) == Place(1, False)
    assert prompt_hygiene.place(replace(begun(), page=2)) == Place(2, True)
    assert prompt_hygiene.place(solved()).hands_in


def test_the_script_counts_what_the_lab_counts():
    state = solved()
    state = replace(state, covered=(state.covered - {"ward", "work", "home"}) | {"topic"})
    code = LABS["prompt_hygiene"].script(state)
    assert len(code.splitlines()) <= 60
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    counts = [int(line.split()[-3]) for line in ran.stdout.splitlines() if "residents fit" in line]
    assert counts[-1] == attack(state.prompt).fit


@pytest.mark.parametrize("told", [False, True])
def test_a_review_says_what_to_look_at_and_tells_the_answers_only_when_told(told):
    for state in (begun(), solved(), prompt_hygiene.naive(begun())):
        surface = MagicMock()
        prompt_hygiene.review(surface, state, lambda key, /, **_: key, told=told)
        drawn = str(surface.mock_calls)
        assert (OPTIONS.pieces[0].why in drawn) is told


def test_what_was_left_open_is_named_once():
    for state, which in ((begun(), "1, 2"), (replace(solved(), sign=""), "2")):
        surface = MagicMock()
        prompt_hygiene.review(surface, state, of("en"), told=False)
        named = [call.args[0] for call in surface.markdown.call_args_list]
        assert named == [f"Not filled in yet, which is no mistake: card {which}."]


def test_a_number_of_a_house_is_not_found_inside_a_longer_one():
    address = "23 Mill Lane"
    assert all(one in address for one in attack(f"At {address}.").direct)
    assert "3 Mill Lane" not in attack(f"At {address}.").direct
