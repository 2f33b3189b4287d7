"""Compute without pooling: what travels, who can open it, what comes out, and what is refused."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from decimal import Decimal

import pytest
import sklearn.linear_model
import sklearn.metrics
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from pydantic import ValidationError
from streamlit.testing.v1 import AppTest

from modules import synth
from modules.basics import BadInput
from modules.labs import Place, need
from modules.labs import without_pooling as lab
from modules.labs.without_pooling import federated, learning, locked, outputs
from modules.labs.without_pooling.grading import CLOSE, by_pairs, lost
from modules.labs.without_pooling.options import AGENCIES, HINTS, SERVICES, Options
from modules.labs.without_pooling.people import BANDS, KNOTS, records, split
from modules.labs.without_pooling.state import OFFERED

DATA = {
    "title": "Compute without pooling",
    "task": "Learn, lock, open.",
    "aha": "The sum can be known while nobody shows a number.",
    "services": {one: one.title() for one in SERVICES},
    "agencies": {one: one.title() for one in AGENCIES},
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
    assert {"without-pooling-rows", "without-pooling-key"} <= set(grade.tags)
    assert lab.grade(begun(seed)).score == 0


# What is learnt


def test_flower_still_keeps_the_identity_of_its_process_where_we_set_it():
    federated.run("seed 0", "updates")
    identity = need("flwr.supercore.task_identity").TaskIdentity
    assert (identity.task_id, identity.run_id, identity.node_id) == (1, 1, 1)


def test_flower_reports_its_use_to_nobody():
    federated.run("seed 0", "updates")
    assert os.environ["FLWR_TELEMETRY_ENABLED"] == "0"


def test_the_shared_weights_are_the_average_weighted_by_records():
    numpy = need("numpy")
    rows = split("seed 0").services
    own = [learning.step(numpy.zeros(len(KNOTS) + 1), one) for one in rows]
    wanted = sum(len(one) * w for one, w in zip(rows, own, strict=True)) / sum(map(len, rows))
    assert numpy.allclose(federated.run("seed 0", "updates").weights[0], wanted)


def test_each_service_knows_its_own_age_group_and_nobody_trains_on_the_test():
    drawn, ages = split("seed 0"), records().raw[:, 0]
    for (low, high), rows in zip(BANDS, drawn.services, strict=True):
        assert ages[rows].min() >= low
        assert ages[rows].max() <= high
        assert not set(rows) & set(drawn.test)
    assert sum(map(len, drawn.services)) + len(drawn.test) == len(ages)


def test_the_auc_and_the_pooled_model_agree_with_another_library():
    drawn, held = split("seed 0"), records()
    rows = learning.everybody(drawn)
    model = sklearn.linear_model.LogisticRegression(C=1e6, fit_intercept=False, max_iter=1000)
    model.fit(held.features[rows], held.referred[rows])
    scores = held.features[drawn.test] @ model.coef_[0]
    theirs = sklearn.metrics.roc_auc_score(held.referred[drawn.test], scores)
    assert abs(theirs - learning.apart("seed 0")[1]) < 0.002
    weights = learning.best(rows)
    assert learning.ranking(weights, drawn.test) == pytest.approx(by_pairs(weights, drawn.test))


@pytest.mark.parametrize("seed", SEEDS[:8])
def test_more_rounds_close_the_gap_and_services_alone_do_worse(seed):
    gaps = [lost(replace(lab.solve(begun(seed)), rounds=one)) for one in federated.ROUNDS]
    assert gaps[0] > gaps[-1]
    assert gaps[-1] <= CLOSE
    alone, pooled = learning.apart(seed)
    assert min(alone) < pooled - 0.05
    assert sum(alone) / len(alone) < pooled - 0.02


@pytest.mark.parametrize(("sent", "least"), [("rows", 3000), ("sample", 40)])
def test_records_that_are_sent_are_read_in_the_log(sent, least):
    assert federated.found("seed 0", federated.run("seed 0", sent).first) >= least
    assert "rows" in failed(replace(lab.solve(begun()), sent=sent))


def test_an_update_of_one_person_is_read_back_and_one_of_ten_is_not():
    woman = synth.citizen("somebody")
    at = records().ids.tolist().index(woman.resident_id)
    service = split("seed 0").services[2]
    read = learning.read_back(at, 0, service)
    assert read == (woman.age, True, True, True)
    assert not learning.read_back(at, 9, service).fits


# What is locked


def test_the_cloud_is_refused_without_the_key_and_opens_everything_with_it():
    shut = locked.attack("seed 0", "audit", "public")
    assert not shut.private
    assert not shut.opened
    assert shut.error.startswith("ValueError")
    for holder, saved in (("audit", "whole"), ("agency", "whole"), ("cloud", "public")):
        seen = locked.attack("seed 0", holder, saved)
        assert seen.private
        assert seen.opened == tuple(locked.figures()[one] for one in locked.agencies("seed 0"))
        assert failed(replace(lab.solve(begun()), holder=holder, saved=saved)) == {"key"}


def test_the_encrypted_total_is_the_plain_one_to_the_penny():
    for group in outputs.groups("seed 1").values():
        assert locked.total(group) == locked.plain(group)
    assert locked.plain(("housing",))[0] > Decimal(0)


def test_no_sum_outgrows_the_room_of_the_scheme():
    pounds, pence, claims = (sum(column) for column in zip(*locked.figures().values(), strict=True))
    assert max(pounds, pence, claims) < locked.ROOM


# What is opened


def test_two_totals_that_differ_by_one_agency_give_it_away():
    state = replace(lab.solve(begun()), allowed=("all", "four"))
    alone = outputs.single("seed 0")
    assert outputs.exposed("seed 0", ("all", "four")) == (("all", ("four",), (alone,)),)
    assert failed(state) == {"least"}


@given(st.sets(st.sampled_from(outputs.REQUESTS)))
@trying(deadline=None, max_examples=16)
def test_the_attack_on_totals_finds_what_linear_algebra_finds(names):
    """Every group under three that is a combination of opened totals is found, or its parts are."""
    numpy, five = need("numpy"), locked.agencies("seed 0")
    totals = [outputs.groups("seed 0")[one] for one in outputs.REQUESTS if one in names]
    table = numpy.array([[one in group for one in five] for group in totals], dtype=float)
    reached = set()
    for mask in range(1, 2 ** len(five)):
        group = frozenset(one for at, one in enumerate(five) if mask >> at & 1)
        row = numpy.array([one in group for one in five], dtype=float)
        if totals and len(group) < outputs.HOUSE:
            both = numpy.vstack([table, row])
            if numpy.linalg.matrix_rank(both) == numpy.linalg.matrix_rank(table):
                reached.add(group)
    out = outputs.exposed("seed 0", tuple(one for one in outputs.REQUESTS if one in names))
    found = {frozenset(group) for _, _, group in out}
    assert found <= reached
    # Two that came out one by one also come out together, which tells nothing more.
    assert all(
        frozenset().union(*(one for one in found if one <= group)) == group for group in reached
    )


def test_a_minimum_refuses_small_totals_and_one_total_passes_with_three_or_four():
    assert outputs.answered("seed 0", outputs.REQUESTS, 3) == ("all", "four", "three")
    assert outputs.answered("seed 0", outputs.REQUESTS, 4) == ("all", "four")
    assert failed(replace(lab.solve(begun()), least=4)) == set()
    assert failed(replace(lab.solve(begun()), least=2)) == {"least"}
    assert failed(replace(lab.solve(begun()), allowed=("four",))) == {"total"}


# What is kept


def test_nothing_of_a_key_or_a_ciphertext_is_kept():
    body = lab.dump(lab.shown_to(lab.solve(begun()), "R0104939"))
    assert body == {
        "sent": "updates",
        "rounds": 30,
        "holder": "audit",
        "saved": "public",
        "least": 3,
        "allowed": ["all"],
    }
    assert len(json.dumps(body)) < 200


@pytest.mark.parametrize(
    "body",
    [
        {"sent": "names"},
        {"rounds": 31},
        {"rounds": "10"},
        {"least": True},
        {"holder": ["audit"]},
        {"allowed": "all"},
        {"allowed": ["all", "all"]},
        {"allowed": ["five"]},
        {"page": 2},
        ["sent"],
    ],
)
def test_what_was_never_offered_is_refused(body):
    with pytest.raises(BadInput):
        lab.load(OPTIONS, "seed 0", body)


def test_one_hands_in_from_the_last_part_or_once_all_is_decided():
    assert lab.place(begun()) == Place(1, False)
    assert lab.place(replace(begun(), page=3)) == Place(3, True)
    assert lab.place(lab.solve(begun())) == Place(1, True)
    assert set(OFFERED) == set(lab.dump(lab.solve(begun())))


@pytest.mark.parametrize("field", ["services", "agencies", "hints"])
def test_options_name_each_service_agency_and_hint_and_no_other(field):
    with pytest.raises(ValidationError, match="and no other"):
        Options.model_validate(DATA | {field: {"other": "Other"}})


def lab_page(data):
    import streamlit as st

    from modules import fields, words
    from modules.labs import without_pooling as lab

    fields.use(fields.native, memory=lambda: st.session_state)
    state = lab.load(lab.Options.model_validate(data), "seed 0", st.session_state.get("body", {}))
    state = lab.play(st.container(), state, "lab", words.of("en"))
    st.session_state["body"] = lab.dump(state)
    lab.review(st.container(), state, words.of("en"))


def told(at):
    return " ".join(one.value for one in at.markdown)


def test_on_the_page_each_decision_shows_at_once_what_comes_of_it():
    at = AppTest.from_function(lab_page, args=(DATA,), default_timeout=60).run()
    assert not at.exception
    at.radio(key="lab/sent").set_value("updates")
    at.button_group(key="lab/rounds").set_value(1).run()
    assert "One honest caveat" in told(at)
    assert "Still behind" in told(at)
    at.button_group(key="lab/rounds").set_value(30).run()
    assert "Nearly as good" in told(at)
    at.button(key="lab/next").click().run()
    at.radio(key="lab/holder").set_value("audit")
    at.radio(key="lab/saved").set_value("whole").run()
    at.toggle(key="lab/try").set_value(True).run()
    assert "Everything opens" in told(at)
    at.radio(key="lab/saved").set_value("public").run()
    assert "ValueError" in at.code[0].value
    at.button(key="lab/next").click().run()
    at.button_group(key="lab/allowed").set_value(["all", "four"])
    at.button_group(key="lab/least").set_value(3).run()
    assert "A small group comes out" in told(at)
    at.button_group(key="lab/allowed").set_value(["all"]).run()
    assert "No group under three comes out" in told(at)
    assert not at.exception
    assert at.session_state["body"] == lab.dump(lab.solve(begun()))
