"""Basis builder: solutions, the rule table, the notice, the new use, and what is refused."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
import textstat
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from modules import synth
from modules.basics import BadInput
from modules.course.files import read_module
from modules.labs import LABS, Place, basis_builder
from modules.labs.basis_builder.asking import answer
from modules.labs.basis_builder.notice import judged, sentences, words_in
from modules.labs.basis_builder.noticing import asks_back
from modules.labs.basis_builder.options import HINTS, Options
from modules.labs.basis_builder.rules import BASES, FACTORS, Entry, bases, fits, rights, telling
from modules.labs.basis_builder.state import ASKED, USE
from modules.settings import ROOT
from modules.words import of
from tests.course import SHIPPED


def shipped():
    module = read_module(SHIPPED, "m03-lawful-basis", "en")
    return module.lab_of("basis-builder").options


OPTIONS = shipped()
SEEDS = [f"seed {number}" for number in range(20)]


def begun(seed="s"):
    return basis_builder.start(OPTIONS, seed)


def solved(seed="s"):
    return basis_builder.solve(begun(seed))


def failed(state):
    return {check.hint for check in basis_builder.checks(state) if not check.passed}


def with_answers(state, **given):
    return replace(state, answers={**state.answers, **given})


@pytest.mark.parametrize("seed", SEEDS)
def test_the_reference_passes_with_full_marks_and_consent_for_everything_does_not(seed):
    assert basis_builder.grade(solved(seed)).score == 1.0
    assert basis_builder.grade(solved(seed)).right
    naive = basis_builder.grade(basis_builder.naive(begun(seed)))
    assert not naive.right
    assert naive.score < 0.5


def test_each_learner_meets_one_free_yes_and_one_use_with_special_data_to_tell_about():
    seen, uses = set(), set()
    for seed in SEEDS:
        drawn = begun(seed).drawn
        assert len(drawn.cards) == 4
        assert {one.group for one in drawn.cards} == set(OPTIONS.draw)
        assert sum("consent" in one.key for one in drawn.cards) == 1
        assert drawn.told.special
        assert drawn.told.origin == "person"
        seen |= {one.id for one in drawn.cards}
        uses.add(drawn.use.id)
    assert len(OPTIONS.cards) >= 14
    assert len(seen) > 14
    assert len(uses) > 3


def test_the_law_is_read_from_the_words_of_an_entry_and_not_from_its_key():
    # Another path than the rule table: what the register says in words.
    for card in OPTIONS.cards:
        said = card.law_says
        assert bool(said) is bool({"task", "obligation"} & set(card.key)), card.id
        assert ("orders" in said) is ("obligation" in card.key), card.id
        assert (card.no_costs.startswith("Nothing")) is ("consent" in card.key), card.id
        assert bool(card.deal_says) is ("contract" in card.key), card.id
        assert bool(card.danger_says) is ("vital" in card.key), card.id
        special = re.search(r"illness|faith|allergy|no longer do", f"{card.data}".lower())
        assert bool(special) is card.special, card.id


entries = some.builds(
    Entry,
    law=some.sampled_from(["none", "allows", "orders"]),
    refuse=some.sampled_from(["loses", "nothing"]),
    deal=some.booleans(),
    danger=some.booleans(),
    role=some.sampled_from(["task", "aside", "private"]),
    weighed=some.booleans(),
    special=some.booleans(),
    origin=some.sampled_from(["person", "elsewhere"]),
)


@given(entries)
def test_no_entry_whatever_lets_an_authority_weigh_its_interests_or_force_a_yes(entry):
    stands = bases(entry)
    if entry.role != "private":
        assert "interests" not in stands
    if entry.refuse == "loses":
        assert "consent" not in stands
    if entry.law == "none":
        assert not {"task", "obligation"} & set(stands)
    if not entry.danger:
        assert "vital" not in stands


@given(entries)
def test_people_are_told_whatever_the_basis(entry):
    assert telling(entry) != "none"
    assert telling(entry) == telling(entry.model_copy(update={"refuse": "nothing", "law": "none"}))


@given(some.lists(some.booleans(), min_size=5, max_size=5))
def test_a_use_that_hurts_never_fits_and_more_for_it_never_hurts_it(speaks):
    factors = dict(zip(FACTORS, speaks, strict=True))
    if not factors["consequences"]:
        assert not fits(factors)
    if fits(factors):
        assert all(fits(factors | {factor: True}) for factor in FACTORS)


def test_rights_follow_from_the_basis():
    assert "object" in rights("task")
    assert "withdraw" in rights("consent")
    assert all("object" not in rights(basis) for basis in ("consent", "obligation", "contract"))
    assert all("erase" not in rights(basis) for basis in BASES)


def test_where_two_bases_hold_either_is_taken():
    state = next(one for one in map(solved, SEEDS) if any(len(c.key) == 2 for c in one.drawn.cards))
    card = next(one for one in state.drawn.cards if len(one.key) == 2)
    for basis in card.key:
        assert basis_builder.grade(with_answers(state, **{f"{card.id}/basis": basis})).score == 1.0
    wrong = with_answers(state, **{f"{card.id}/basis": "consent"})
    assert failed(wrong) == {"basis-consent"}


def test_one_card_may_be_wrong_two_may_not():
    state = solved()
    one, two = (card.id for card in state.drawn.cards[:2])
    once = with_answers(state, **{f"{one}/told": "none", f"{one}/condition": "no"})
    assert basis_builder.grade(once).right
    twice = with_answers(once, **{f"{two}/told": "none"})
    assert not basis_builder.grade(twice).right


def test_the_answer_to_the_new_use_needs_a_reason_that_rests_on_factors():
    for seed in SEEDS:
        state = solved(seed)
        ours = with_answers(state, **{"use/reason": "ours"})
        assert failed(ours) == {"use-reason"}
        assert not basis_builder.grade(ours).right
        other = "stop" if state.answers["use/verdict"] == "go" else "go"
        assert failed(with_answers(state, **{"use/verdict": other})) == {"use-verdict"}


def test_every_part_of_the_notice_is_missed_when_it_is_gone_and_padding_is_found():
    state = solved()
    for part in state.notice:
        rest = tuple(one for one in state.notice if one != part)
        assert failed(replace(state, notice=rest)) == {f"notice-{part}"}
    for more, hints in (
        ("praise", {"notice-plain"}),
        ("long-vague", {"notice-plain"}),
        ("basis-other", {"notice-true"}),
        ("rights-other", {"notice-true"}),
        ("why-wide", {"notice-true"}),
    ):
        assert failed(replace(state, notice=(*state.notice, more))) == hints
    everything = replace(state, notice=tuple(one.id for one in state.drawn.sentences))
    assert failed(everything) == {"notice-true", "notice-plain", "notice-short"}
    assert set(judged(OPTIONS, state.drawn.told, ()).values()) == {False}


def test_each_model_notice_names_an_end_and_a_number_to_ring_and_reads_at_grade_eight():
    for card in (one for one in OPTIONS.cards if one.group == next(iter(OPTIONS.draw))):
        model = [one for one in sentences(OPTIONS, card) if one.id in solved().notice]
        text = " ".join(one.text for one in model)
        assert all(judged(OPTIONS, card, model).values())
        assert re.search(r"01632 960 \d{3}", text)
        assert re.search(r"year", text)
        assert words_in(model) <= OPTIONS.longest
        assert textstat.flesch_kincaid_grade(text) <= 8


def test_each_basis_gets_an_answer_from_each_entry():
    for card in OPTIONS.cards:
        assert all(answer(OPTIONS, card, basis) for basis in BASES)


def test_one_hands_in_from_the_last_page_or_once_nothing_is_open():
    assert begun().open() == (1, 2, 3, 4, 5, 6)
    assert solved().open() == ()
    assert basis_builder.place(begun()) == Place(1, False)
    assert basis_builder.place(replace(begun(), page=6)) == Place(6, True)
    assert basis_builder.place(solved()) == Place(1, True)


def test_a_state_survives_json_for_every_seed():
    for seed in SEEDS:
        for state in (begun(seed), solved(seed), basis_builder.naive(begun(seed))):
            body = json.loads(json.dumps(basis_builder.dump(state)))
            assert basis_builder.load(OPTIONS, seed, body) == state
    assert basis_builder.dump(begun()) == {}
    assert set(solved().offered) == {
        *(f"{card.id}/{what}" for card in begun().drawn.cards for what in ASKED),
        *(f"use/{what}" for what in USE),
    }


DRAWN = begun().drawn
UNDRAWN = next(one.id for one in OPTIONS.cards if one not in DRAWN.cards)


@pytest.mark.parametrize(
    "body",
    [
        [],
        {"colour": "red"},
        {"answers": []},
        {"answers": {f"{UNDRAWN}/basis": "task"}},
        {"answers": {f"{DRAWN.cards[0].id}/basis": "agreement"}},
        {"answers": {f"{DRAWN.cards[0].id}/basis": ["task"]}},
        {"answers": {"use/link": True}},
        {"notice": "who"},
        {"notice": ["everything"]},
        {"notice": ["who", "who"]},
        {"notice": [7]},
    ],
)
def test_what_was_never_offered_is_refused(body):
    with pytest.raises(BadInput):
        basis_builder.load(OPTIONS, "s", body)


def test_every_hint_belongs_to_a_check():
    used = set()
    for seed in SEEDS:
        state = begun(seed)
        for basis in BASES:
            given = {f"{card.id}/basis": basis for card in state.drawn.cards}
            used |= {check.hint for check in basis_builder.checks(replace(state, answers=given))}
    assert used == set(HINTS) == set(OPTIONS.hints)
    assert LABS["basis_builder"] is basis_builder


def raw():
    return OPTIONS.model_dump()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"hints": {}}, "there is no hint for purpose"),
        ({"draw": {"unknown": 1}}, "group unknown"),
        ({"bases": {"consent": "Consent"}}, "write a text for each of consent"),
        ({"colour": "red"}, "colour"),
        ({"longest": 20}, "longest"),
    ],
)
def test_a_writer_is_told_what_is_wrong(change, says):
    with pytest.raises(ValidationError, match=says):
        Options.model_validate(raw() | change)


def test_a_key_that_the_statements_do_not_carry_is_refused():
    body = raw()
    body["cards"] = [body["cards"][0] | {"basis": "consent"}, *body["cards"][1:]]
    with pytest.raises(ValidationError, match="by its statements it stands on"):
        Options.model_validate(body)
    body = raw()
    body["uses"] = [body["uses"][0] | {"fits": False}]
    with pytest.raises(ValidationError, match="by its factors the answer is True"):
        Options.model_validate(body)


def test_the_script_runs_by_itself_counts_what_the_lab_counts_and_names_no_entry():
    shown = basis_builder.script(solved())
    assert len(shown.splitlines()) <= 60
    assert not any(card.id in shown or card.name in shown for card in OPTIONS.cards)
    done = subprocess.run(
        [sys.executable, "-c", shown], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    consent = sum("consent" in card.key for card in OPTIONS.cards)
    assert f"consent holds for {consent} of {len(OPTIONS.cards)} uses" in " ".join(
        done.stdout.split()
    )


def test_the_learners_citizen_reads_the_notice_and_no_grade_or_draft_changes():
    her, words = synth.citizen("one"), of("en")
    plain = solved()
    hers = basis_builder.shown_to(plain, her.resident_id)
    assert her.name in asks_back(hers, words)
    assert "Suppose" in asks_back(basis_builder.shown_to(begun(), her.resident_id), words)
    for nobody in (plain, basis_builder.shown_to(plain, "nobody")):
        assert asks_back(nobody, words).startswith("Whoever opens this letter")
    assert basis_builder.dump(hers) == basis_builder.dump(plain)
    assert basis_builder.grade(hers) == basis_builder.grade(plain)
    assert basis_builder.script(hers) == basis_builder.script(plain)
