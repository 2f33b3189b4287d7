"""Noise dial: the arithmetic, the draws that are kept, the refusal, and what is refused."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given as generated
from hypothesis import strategies as some
from pydantic import ValidationError

from modules.basics import BadInput
from modules.labs import Place
from modules.labs import noise_dial as lab
from modules.labs.noise_dial import noise
from modules.labs.noise_dial.grading import LN20, MAY_EXCEED, plan, recounted
from modules.labs.noise_dial.numbers import (
    DIAL,
    EACH,
    LIMITS,
    PLANS,
    SHARES,
    margin,
    smallest,
    written,
)
from modules.labs.noise_dial.options import HINTS, RANKS, READINGS, TABLES, Options
from modules.labs.noise_dial.picture import budget_html, releases_html, walk_html
from modules.labs.noise_dial.state import DRAWS, FIRST, LEVELS
from modules.labs.noise_dial.town import cells, columns, given
from modules.labs.noise_dial.walk import averages
from modules.synth import fernleigh

DATA = {
    "title": "Noise dial",
    "task": "Set the dial.",
    "aha": "Noise without a budget is decoration.",
    "tables": {table: f"By {table}" for table in TABLES},
    "ranks": {rank: f"It is the {rank}" for rank in RANKS},
    "readings": {one: f"It means {one}" for one in READINGS},
    "why": "Because.",
    "hints": {hint: f"Look at {hint}." for hint in HINTS},
}
OPTIONS = Options.model_validate(DATA)
SEEDS = [f"seed {number}" for number in range(6)]


def begun(seed="seed 0"):
    return lab.start(OPTIONS, seed)


@pytest.fixture(scope="module")
def solved():
    return lab.solve(begun())


def failed(state):
    return {check.key for check in lab.checks(state) if not check.passed}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_solution_passes_and_not_thinking_fails(seed):
    assert lab.grade(lab.solve(begun(seed))).right
    naive = lab.naive(begun(seed))
    assert not lab.grade(naive).right
    assert {"scale", "attack", "spent", "needs", "importance", "refused"} <= failed(naive)
    assert lab.grade(begun(seed)).score == 0


def test_a_seed_gives_one_lab_whoever_looks(solved):
    assert given("seed 0") == given("seed 0")
    assert len({given(seed).dial for seed in SEEDS}) > 3
    hers = lab.shown_to(solved, "R0103057")
    assert lab.grade(hers) == lab.grade(solved)
    assert lab.dump(hers) == lab.dump(solved)


def test_each_resident_has_one_referral_so_that_one_moves_a_count_by_one():
    who = fernleigh().table("health_referrals")["resident_id"].tolist()
    assert len(set(who)) == len(who) == sum(cell.count for cell in cells())
    assert {len(column) for column in columns().values()} == {len(who)}


def test_the_grader_counts_by_another_path_than_the_attack():
    for seed in SEEDS:
        mine = given(seed)
        assert recounted(mine.dial) == mine.dial.count
        assert recounted(mine.walk) == mine.walk.count


def exceeds(epsilon, limit):
    """The share of whole-numbered Laplace noise beyond the limit, from its own distribution."""
    alpha = math.exp(-epsilon)
    return 2 * alpha ** (limit + 1) / (1 + alpha)


@pytest.mark.parametrize("limit", LIMITS)
def test_one_position_of_the_dial_is_right_and_a_right_learner_is_never_punished(limit):
    right = smallest(limit, DIAL)
    assert margin(right) <= limit
    lower = DIAL[DIAL.index(right) - 1]
    assert margin(lower) > 1.4 * limit
    share = exceeds(right, limit)
    mean, spread = DRAWS * share, math.sqrt(DRAWS * share * (1 - share))
    assert share <= 0.0451
    assert mean + 5 * spread < MAY_EXCEED
    assert DRAWS * exceeds(lower, limit) > MAY_EXCEED


@pytest.mark.parametrize("limits", PLANS)
def test_every_plan_fits_in_one_and_equal_shares_do_not_do(limits):
    shares = [smallest(limit, SHARES) for limit in limits]
    assert sum(round(100 * share) for share in shares) <= 100
    assert shares == sorted(shares, reverse=True)
    assert margin(FIRST[1]) > limits[0]


def test_a_thousand_answers_leave_no_doubt_about_the_count():
    for each in EACH:
        spread = math.sqrt(2) / each / math.sqrt(LEVELS[-1])
        assert 5 * spread < 0.5


def test_opendp_accounts_for_one_release_and_for_a_thousand():
    assert noise.accounted(0.5) == pytest.approx(0.5)
    assert noise.accounted(0.5, 1000) == pytest.approx(500)


def test_opendp_comes_without_the_libraries_that_its_shortcut_loads_besides():
    asked = "from modules.labs.noise_dial import noise; noise.accounted(0.5); import sys"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{asked}; print('opendp' in sys.modules, 'sklearn' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["True", "False"]


def test_noise_is_drawn_anew_and_errs_as_its_scale_says():
    records = [str(one) for one in range(30)]
    first, again = (noise.releases(records, 0.1, 400) for _ in range(2))
    assert first != again
    # The mean absolute error is about the scale, 10; its standard error over 800 is 0.36.
    errors = [abs(one - 30) for one in first + again]
    assert 7.5 < sum(errors) / len(errors) < 12.5


def test_the_year_ends_with_opendps_own_refusal(solved):
    year = solved.ended()
    assert [entry.table for entry in year.entries] == list(given("seed 0").ranked)
    assert year.refusal == "Privacy allowance has been exhausted"
    for entry in year.entries:
        assert entry.scale == pytest.approx(1 / solved.shares[entry.table], rel=1e-6)
        assert len(entry.figures) == len(set(columns()[entry.table]))


def test_a_plan_over_one_is_stopped_on_the_way():
    year = noise.spend(columns(), dict.fromkeys(TABLES, 0.3))
    assert len(year.entries) == 3
    assert "would exceed privacy budget (1.0)" in year.refusal


def test_moving_the_dial_or_a_share_puts_the_draws_aside(solved):
    assert {"scale", "limit", "smallest"} <= failed(replace(solved, epsilon=DIAL[0]))
    table = given("seed 0").ranked[-1]
    moved = replace(solved, shares={**solved.shares, table: 0.05})
    assert {"sum", "needs", "refused"} <= failed(moved)


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        ({"guess": 0.5}, {"scale"}),
        ({"guess": None}, {"scale"}),
        ({"count": 0}, {"attack"}),
        ({"spent": 0.5}, {"spent"}),
        ({"answers": ()}, {"attack", "spent"}),
        ({"reading": "smaller"}, {"refused"}),
        ({"year": None, "spent_as": None}, {"sum", "refused"}),
    ],
)
def test_each_fault_is_named(solved, change, missed):
    assert failed(replace(solved, **change)) == missed


def test_a_weaker_dial_that_keeps_the_limit_is_not_the_smallest(solved):
    wider = replace(
        solved, epsilon=2.0, guess=0.5, drawn_at=2.0, draws=(given("seed 0").dial.count,) * DRAWS
    )
    assert failed(wider) == {"smallest"}


def test_draws_that_miss_too_often_do_not_pass(solved):
    limit, count = given("seed 0").limit, given("seed 0").dial.count
    far = (count + limit + 1,) * (MAY_EXCEED + 1) + (count,) * (DRAWS - MAY_EXCEED - 1)
    assert failed(replace(solved, draws=far)) == {"limit"}


def test_a_more_important_table_never_gets_less(solved):
    mine = given("seed 0")
    shares = {**plan(begun()), mine.ranked[-1]: 0.6}
    assert "importance" in failed(replace(solved, shares=shares))


def test_what_is_kept_is_small_and_comes_back(solved):
    body = json.loads(json.dumps(lab.dump(solved)))
    assert len(json.dumps(body)) < 20_000
    assert lab.load(OPTIONS, "seed 0", body) == solved
    assert lab.load(OPTIONS, "seed 0", lab.dump(begun())) == begun()


@pytest.mark.parametrize(
    "change",
    [
        {"unknown": 1},
        {"part": 4},
        {"part": True},
        {"epsilon": 0.7},
        {"epsilon": "0.5"},
        {"guess": 7},
        {"drawn_at": None},
        {"draws": [1] * 7},
        {"draws": "many"},
        {"draws": [1.5] * DRAWS},
        {"draws": [10**9] * DRAWS},
        {"answers": [1, 2]},
        {"answers": [True]},
        {"count": -1},
        {"spent": 3},
        {"shares": {"ward": 0.5}},
        {"shares": dict.fromkeys(TABLES, 0.9)},
        {"spent_as": None},
        {"year": {"entries": []}},
        {"year": {"entries": [], "refusal": ""}},
        {"year": {"entries": [["ward", 2, [1]]], "refusal": "No."}},
        {"year": {"entries": [["ward", -2, [1] * 12]], "refusal": "No."}},
        {"year": {"entries": [["shoe", 2, [1] * 12]], "refusal": "No."}},
        {"reading": "maybe"},
    ],
)
def test_what_was_never_offered_is_refused(solved, change):
    with pytest.raises(BadInput):
        lab.load(OPTIONS, "seed 0", {**lab.dump(solved), **change})


SIMPLE = some.none() | some.booleans() | some.integers() | some.text(max_size=4)
LISTED = SIMPLE | some.lists(SIMPLE, max_size=3)
NAMES = some.sampled_from(["draws", "drawn_at", "shares", "year", "count", "part"])


@generated(some.dictionaries(NAMES, LISTED, max_size=3))
def test_any_json_is_loaded_or_refused_with_a_sentence(body):
    try:
        lab.load(OPTIONS, "seed 0", body)
    except BadInput as refused:
        assert str(refused).endswith(".")


def test_one_hands_in_from_the_last_part_once_the_tables_are_released(solved):
    assert lab.place(begun()) == Place(1, False)
    assert lab.place(replace(begun(), part=3)) == Place(3, False)
    assert lab.place(replace(solved, part=3)) == Place(3, True)
    assert lab.place(replace(solved, part=1)) == Place(1, False)


def test_a_file_that_leaves_a_text_out_is_refused():
    for name in ("tables", "ranks", "readings", "hints"):
        short = dict(list(DATA[name].items())[1:])
        with pytest.raises(ValidationError, match=name):
            Options.model_validate({**DATA, name: short})


def test_numbers_are_written_as_people_read_them():
    assert [written(one) for one in (0.05, 0.1, 1.0, 10 / 3, 20, 1000)] == [
        *("0.05", "0.1", "1", "3.3", "20", "1,000")
    ]
    assert pytest.approx(2.996, abs=0.001) == LN20


def test_pictures_say_in_words_what_they_show():
    label = 'Chart of 3 releases & "one" line'
    for html in (
        releases_html([3, -90, 400], 3, 6, label),
        walk_html(averages((5, 9, 1)), 2, label),
        budget_html([0.6, 0.6], label),
    ):
        assert 'role="img"' in html
        assert "&amp;" in html
        assert "&quot;one&quot;" in html
        assert "nan" not in html
    assert "var(--warm)" in budget_html([0.6, 0.6], label)
    assert "var(--warm)" not in budget_html([0.6, 0.4], label)
