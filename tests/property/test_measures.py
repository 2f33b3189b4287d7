"""Measures: bounds, symmetry, and intervals that hold the truth about as often as they say."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.progress.calibration import Said, calibration
from modules.progress.marking import CONFIDENCE, certainty
from modules.progress.measures import Sums, gain, interval, retention, sureness

THIRDS = st.sampled_from([0.0, 1 / 3, 2 / 3, 1.0])
PAIRS = st.lists(st.tuples(THIRDS, THIRDS), max_size=60)


@given(PAIRS)
def test_a_gain_is_within_its_bounds_and_inside_its_interval(pairs):
    found = gain(pairs)
    assert found.n == len(pairs)
    if len(pairs) < 10:
        assert found.points is found.interval is found.normalised is None
        return
    assert -100 <= found.points <= 100
    assert found.points == pytest.approx(found.after - found.before)
    if found.interval:
        low, high = found.interval
        assert -100 <= low <= found.points + 1e-9
        assert found.points - 1e-9 <= high <= 100
    if found.normalised is not None:
        assert found.normalised <= 1 + 1e-9
        assert (found.normalised > 1e-9) == (found.points > 1e-7) or abs(found.points) < 1e-6


@given(PAIRS)
def test_what_is_gained_forwards_is_lost_backwards(pairs):
    there, back = gain(pairs), gain([(b, a) for a, b in pairs])
    if there.points is not None:
        assert there.points == pytest.approx(-back.points)


@given(PAIRS)
def test_retention_has_a_ratio_only_when_something_was_right_before(pairs):
    found = retention(pairs)
    if len(pairs) < 10:
        assert found.ratio is found.drop is None
        return
    assert (found.ratio is None) == (not any(a for a, _ in pairs))
    assert -100 <= found.drop <= 100
    if found.ratio is not None:
        assert found.ratio >= 0
        assert (found.ratio < 1) == (found.drop > 1e-9) or found.drop == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("people", [10, 30, 90])
def test_the_interval_holds_the_true_change_in_about_95_of_100_groups(people):
    # Three items before and three after, each right with a chance of its own: as on our forms.
    rng, groups, held = random.Random(f"coverage {people}"), 1000, 0
    before, after = (0.25, 0.4, 0.55), (0.6, 0.75, 0.9)
    truth = 100 * (sum(after) - sum(before)) / 3
    for _ in range(groups):
        changes = []
        for _ in range(people):
            gift = rng.uniform(-0.15, 0.1)
            a = sum(rng.random() < p + gift for p in before) / 3
            b = sum(rng.random() < p + gift for p in after) / 3
            changes.append(100 * (b - a))
        low, high = interval(changes) or (-100, 100)
        held += low <= truth <= high
    assert 0.93 <= held / groups <= 0.97


def simulated(rng, answers, shift=0.0, options=4):
    """Answers of somebody who is right exactly as often as her words say, less ``shift``."""
    for _ in range(answers):
        word = rng.choice(CONFIDENCE)
        p = certainty(word, options)
        yield Said(word, p, rng.random() < p - shift)


def test_a_perfectly_calibrated_learner_has_almost_no_bias():
    found = calibration(list(simulated(random.Random("perfect"), 8000)))
    assert abs(found.bias) < 0.015
    assert [one.word for one in found.bins] == list(CONFIDENCE)
    for one in found.bins:
        assert one.share == pytest.approx(one.said, abs=0.04)
    # The mean of p(1 − p) over .25, .5, .75 and 1.
    assert found.brier == pytest.approx(0.15625, abs=0.01)


def test_somebody_surer_than_right_has_a_bias_above_nought_and_a_worse_score():
    perfect = calibration(list(simulated(random.Random("same"), 8000)))
    sure = calibration(list(simulated(random.Random("same"), 8000, shift=0.2)))
    assert sure.bias == pytest.approx(perfect.bias + 0.2, abs=0.03)
    assert sure.brier > perfect.brier


ANSWERS = st.lists(
    st.tuples(st.sampled_from(CONFIDENCE), st.sampled_from([0, 2, 3, 4, 6]), st.booleans()),
    min_size=20,
    max_size=80,
)


@given(ANSWERS)
def test_calibration_stays_within_its_bounds_and_its_bins_hold_every_answer(answers):
    said = [Said(word, certainty(word, options), right) for word, options, right in answers]
    found = calibration(said)
    assert 0 <= found.brier <= 1
    assert -1 <= found.bias <= 1
    assert sum(one.answers for one in found.bins) == len(said)
    assert sum(one.right for one in found.bins) == sum(right for *_, right in answers)
    assert calibration(said[::-1]).brier == pytest.approx(found.brier)
    assert calibration(said[:19]) is None


@given(st.lists(ANSWERS, min_size=10, max_size=15))
def test_a_groups_sums_give_what_all_its_answers_together_give(people):
    sums, every = [], []
    for answers in people:
        said = [Said(word, certainty(word, n), right) for word, n, right in answers]
        every += said
        sums.append(
            Sums(
                len(said),
                sum((one.confidence - one.right) ** 2 for one in said),
                sum(one.confidence for one in said),
                sum(one.right for one in said),
            )
        )
    whole, group = calibration(every), sureness(sums)
    assert (group.n, group.answers) == (len(people), len(every))
    assert group.brier == pytest.approx(whole.brier)
    assert group.bias == pytest.approx(whole.bias)
