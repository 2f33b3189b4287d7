"""Graders: bounds, fair partial credit, and nothing that an odd response can gain or break."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from modules.basics import BadInput
from modules.questions import MultipleChoice, Numeric, SingleChoice
from modules.questions.number_text import read_number, write_number

HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 1, "stem": "?"}
IDS = "abcdefgh"

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["choice", "x"]), inner)
    ),
    max_leaves=5,
)


@st.composite
def multiples(draw):
    """A multiple choice question, and a set of its ids to tick."""
    keys = draw(st.lists(st.booleans(), min_size=2, max_size=8))
    assume(0 < sum(keys) < len(keys))
    options = [
        {"id": i, "key": key, "text": f"text {i}", "tag": "" if key else f"tag-{i}"}
        for i, key in zip(IDS, keys, strict=False)
    ]
    question = MultipleChoice.model_validate(HEAD | {"kind": "multiple_choice", "options": options})
    ticks = draw(st.sets(st.sampled_from(IDS[: len(keys)]), min_size=1))
    return question, ticks


@st.composite
def numerics(draw):
    """A numeric item with a trap well away from the answer."""
    numbers = st.integers(-1000, 1000)
    n, p, far = draw(numbers), draw(numbers), draw(st.integers(1, 50))
    tolerance = draw(st.sampled_from([0.0, 0.5, 0.01]))
    return Numeric.model_validate(
        HEAD
        | {
            "kind": "numeric",
            "parameters": {"n": [n], "p": [p]},
            "answer": "n + p / 4",
            "tolerance": tolerance,
            "traps": [{"value": f"n + p / 4 + {far}", "tag": "far"}],
        }
    ).variant("s")


def ticked(question, ticks, seed="s"):
    return question.variant(seed).grade({"choices": list(ticks)})


@given(multiples(), st.text(max_size=8))
def test_scores_stay_between_nothing_and_full_marks(drawn, seed):
    question, ticks = drawn
    grade = ticked(question, ticks, seed)
    assert 0.0 <= grade.score <= 1.0
    assert grade.right == (grade.score == 1.0)
    assert grade.right == (ticks == {o.id for o in question.options if o.key})
    assert grade.version == MultipleChoice.VERSION


@given(multiples())
def test_another_right_tick_never_lowers_the_score(drawn):
    question, ticks = drawn
    before = ticked(question, ticks).score
    for option in question.options:
        if option.key and option.id not in ticks:
            assert ticked(question, ticks | {option.id}).score >= before


@given(multiples())
def test_over_selection_never_pays(drawn):
    question, ticks = drawn
    before = ticked(question, ticks).score
    for option in question.options:
        if not option.key and option.id not in ticks:
            after = ticked(question, ticks | {option.id})
            assert after.score < before or after.score == before == 0
            assert not after.right
            assert option.tag in after.tags
    everything = ticked(question, {o.id for o in question.options})
    rights = ticked(question, {o.id for o in question.options if o.key})
    assert everything.score < rights.score == 1.0


@given(multiples(), st.randoms(use_true_random=False), st.text(max_size=8), st.text(max_size=8))
def test_the_order_of_options_and_ticks_changes_nothing(drawn, rng, one, other):
    question, ticks = drawn
    mixed = sorted(ticks)
    rng.shuffle(mixed)
    assert ticked(question, mixed, one) == ticked(question, sorted(ticks), other)
    turned = question.model_copy(update={"options": question.options[::-1]})
    again = ticked(turned, mixed)
    assert (again.score, set(again.tags)) == (
        ticked(question, ticks).score,
        set(ticked(question, ticks).tags),
    )


@given(st.integers(0, 3), st.text(max_size=8))
def test_one_choice_is_all_or_nothing_in_any_order(key, seed):
    options = [
        {"id": i, "key": n == key, "text": i, "tag": "" if n == key else f"not-{i}"}
        for n, i in enumerate("abcd")
    ]
    item = SingleChoice.model_validate(
        HEAD | {"kind": "single_choice", "options": options}
    ).variant(seed)
    grades = {option.id: item.grade({"choice": option.id}) for option in item.options}
    assert [grades[i].score for i in "abcd"] == [float(n == key) for n in range(4)]
    assert {i: g.tags for i, g in grades.items() if not g.right} == {
        i: (f"not-{i}",) for n, i in enumerate("abcd") if n != key
    }


@given(numerics(), st.floats(-2000, 2000))
def test_a_number_is_right_exactly_within_the_tolerance(item, value):
    grade = item.grade({"value": value})
    distance = abs(value - float(item.answer))
    assume(abs(distance - item.question.tolerance) > 1e-5)
    assert grade.right == (distance < item.question.tolerance)
    assert grade.score == float(grade.right)


@given(numerics(), st.randoms(use_true_random=False))
def test_a_trap_is_named_and_never_right(item, rng):
    (trap,) = item.traps
    assert item.grade({"value": float(trap)}).tags == ("far",)
    right, wrong = item.sample(rng)
    assert item.grade(right).right
    assert not item.grade(wrong).right


SINGLE = SingleChoice.model_validate(
    HEAD
    | {
        "kind": "single_choice",
        "options": [{"id": "a", "text": "a", "key": True}, {"id": "b", "text": "b"}],
    }
)
MULTIPLE = MultipleChoice.model_validate(
    HEAD | {"kind": "multiple_choice", "options": [o.model_dump() for o in SINGLE.options]}
)
NUMERIC = Numeric.model_validate(HEAD | {"kind": "numeric", "answer": "1 / 3"})
FIELDS = [(SINGLE, "choice"), (MULTIPLE, "choices"), (NUMERIC, "value")]


@pytest.mark.parametrize(("question", "field"), FIELDS, ids=lambda part: str(part)[:8])
@settings(max_examples=200)
@given(value=json, extra=st.booleans(), seed=st.integers(0, 99))
def test_any_response_is_graded_or_refused_and_never_breaks(question, field, value, extra, seed):
    item = question.variant(f"{seed}")
    for response in (value, {field: value}, {field: value, "more": 1} if extra else {}):
        for what in (item.grade, item.feedback, item.plain):
            try:
                what(response)
            except BadInput:
                continue
            assert isinstance(response, dict)
            assert set(response) == {field}


@pytest.mark.parametrize(("question", "field"), FIELDS, ids=lambda part: str(part)[:8])
@given(seed=st.text(max_size=8), rng=st.randoms(use_true_random=False))
def test_samples_are_right_and_wrong(question, field, seed, rng):
    item = question.variant(seed)
    right, wrong = item.sample(rng)
    assert item.grade(right).right
    assert item.grade(wrong).score < 1
    assert item.plain(right) != ""


@given(st.integers(-(10**12), 10**12), st.integers(0, 4), st.sampled_from(".,"))
def test_what_is_written_can_be_read_back(digits, places, mark):
    number = digits / 10**places
    text = write_number(number, mark, decimals=12)
    assert read_number(text, "people", mark) == pytest.approx(number, rel=1e-12, abs=1e-12)
    assert read_number(f"{text} people", "people", mark) == read_number(text, "", mark)


@given(st.text(max_size=12))
def test_reading_a_number_never_breaks(text):
    value = read_number(text, "people")
    assert value is None or abs(value) <= 1e15
