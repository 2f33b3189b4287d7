"""Graders of ordering, matching and fill-in: bounds, fair partial credit, nothing to be gained."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from modules.basics import BadInput
from modules.questions import FillIn, Matching, Ordering
from modules.questions.typed_text import folded, same_text

HEAD = {"id": "M01-Q01", "objective": "O1", "difficulty": 1, "stem": "?"}
IDS = "abcdef"
WORDS = st.text("abcé 12.-’A", min_size=1, max_size=6).filter(folded)

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner | st.sampled_from(IDS), max_size=4)
        | st.dictionaries(st.sampled_from([*IDS, "order", "pairs", "gaps"]), inner)
    ),
    max_leaves=6,
)


@st.composite
def orderings(draw):
    """An ordering question with traps, and an order of its steps."""
    ranks = draw(st.lists(st.integers(-9, 9), min_size=3, max_size=6, unique=True))
    ranked = zip(IDS, ranks, strict=False)
    steps = [{"id": i, "rank": rank, "text": f"step {i}"} for i, rank in ranked]
    right = [step["id"] for step in sorted(steps, key=lambda step: step["rank"])]
    swaps = [(late, early) for early, late in combinations(right, 2)]
    traps = [
        {"first": first, "second": second, "tag": f"tag-{first}{second}"}
        for first, second in draw(st.lists(st.sampled_from(swaps), unique=True, max_size=3))
    ]
    question = Ordering.model_validate(
        HEAD | {"kind": "ordering", "options": steps, "traps": traps}
    )
    return question, draw(st.permutations(right)), right


@st.composite
def matchings(draw):
    """A matching question, and a right for each left."""
    lefts, rights = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    names = [f"r{n}" for n in range(rights)]
    to = draw(st.lists(st.sampled_from(names), min_size=lefts, max_size=lefts))
    left = [
        {
            "id": i,
            "to": right,
            "text": f"left {i}",
            "tags": {name: f"tag-{i}{name}" for name in names if name != right},
        }
        for i, right in zip(IDS, to, strict=False)
    ]
    right = [{"id": name, "text": f"right {name}"} for name in names]
    question = Matching.model_validate(HEAD | {"kind": "matching", "left": left, "right": right})
    chosen = draw(st.lists(st.sampled_from(names), min_size=lefts, max_size=lefts))
    return question, dict(zip(IDS, chosen, strict=False))


@st.composite
def fill_ins(draw):
    """A fill-in question whose gaps each have a trap, and a text for each gap."""
    count = draw(st.integers(1, 4))
    gaps, texts = [], {}
    for i in IDS[:count]:
        right, wrong = draw(WORDS), draw(WORDS)
        assume(not same_text(right, wrong))
        trap = {"id": "t", "tag": f"tag-{i}", "accept": [wrong]}
        gaps.append({"id": i, "label": f"gap {i}", "accept": [right], "traps": [trap]})
        texts[i] = draw(st.sampled_from([right, wrong]) | WORDS)
    assume(all(text.strip() for text in texts.values()))
    sentence = "It is " + " and ".join(f"[[{i}]]" for i in draw(st.permutations(IDS[:count])))
    question = FillIn.model_validate(HEAD | {"kind": "fill_in", "gaps": gaps, "sentence": sentence})
    return question, texts


EVERY = st.one_of(
    orderings().map(lambda drawn: (drawn[0], {"order": drawn[1]})),
    matchings().map(lambda drawn: (drawn[0], {"pairs": drawn[1]})),
    fill_ins().map(lambda drawn: (drawn[0], {"gaps": drawn[1]})),
)


@given(EVERY, st.text(max_size=8))
def test_scores_are_bounded_and_full_marks_are_right(drawn, seed):
    question, response = drawn
    item = question.variant(seed)
    grade = item.grade(response)
    assert 0.0 <= grade.score <= 1.0
    assert grade.right == (grade.score == 1.0)
    assert grade.version == question.VERSION
    assert not (grade.right and grade.tags)
    assert not (grade.right and item.feedback(response).why_tempts)
    assert item.complete(response)


@given(EVERY, st.text(max_size=8), st.text(max_size=8))
def test_a_grade_does_not_depend_on_the_seed(drawn, one, other):
    question, response = drawn
    for what in ("grade", "feedback", "plain"):
        first, second = (getattr(question.variant(seed), what) for seed in (one, other))
        assert first(response) == second(response)


@given(EVERY, st.randoms(use_true_random=False))
def test_a_grade_does_not_depend_on_how_the_question_is_written(drawn, rng):
    question, response = drawn
    field = {"ordering": "options", "matching": "left", "fill_in": "gaps"}[question.kind]
    parts = list(getattr(question, field))
    rng.shuffle(parts)
    other = question.model_copy(update={field: tuple(parts)})
    one, two = (q.variant("s").grade(response) for q in (question, other))
    assert (one.score, one.right, set(one.tags)) == (two.score, two.right, set(two.tags))


@given(EVERY, st.text(max_size=8), st.randoms(use_true_random=False))
def test_samples_are_right_and_wrong(drawn, seed, rng):
    item = drawn[0].variant(seed)
    right, wrong = item.sample(rng)
    assert item.grade(right).score == 1
    assert item.grade(wrong).score < 1
    assert item.plain(right) != ""


@given(orderings())
def test_putting_two_neighbours_right_never_lowers_the_score(drawn):
    question, order, right = drawn
    item = question.variant("s")
    before = item.grade({"order": order}).score
    for n in range(len(order) - 1):
        if right.index(order[n]) > right.index(order[n + 1]):
            mended = [*order[:n], order[n + 1], order[n], *order[n + 2 :]]
            after = item.grade({"order": mended}).score
            assert after >= before
            assert after > before or after == 0


@given(orderings())
def test_an_order_from_the_back_is_worth_nothing_and_shows_every_trap(drawn):
    question, _, right = drawn
    grade = question.variant("s").grade({"order": right[::-1]})
    assert (grade.score, grade.tags) == (0, tuple(trap.tag for trap in question.traps))


@given(matchings())
def test_mending_a_pair_raises_the_score_and_takes_its_tag(drawn):
    question, pairs = drawn
    item = question.variant("s")
    before = item.grade({"pairs": pairs})
    for left in question.left:
        if pairs[left.id] != left.to:
            after = item.grade({"pairs": pairs | {left.id: left.to}})
            assert after.score > before.score
            assert set(before.tags) - set(after.tags) == {left.tags[pairs[left.id]]}


@given(matchings())
def test_one_right_for_every_left_earns_only_what_it_fits(drawn):
    question, _ = drawn
    item = question.variant("s")
    lefts = question.left
    scores = [
        item.grade({"pairs": {left.id: right.id for left in lefts}}).score
        for right in question.right
    ]
    assert sum(scores) == pytest.approx(1)


@given(fill_ins())
def test_mending_a_gap_never_lowers_the_score(drawn):
    question, texts = drawn
    item = question.variant("s")
    before = item.grade({"gaps": texts}).score
    for gap in question.gaps:
        after = item.grade({"gaps": texts | {gap.id: gap.accept[0]}}).score
        assert after >= before


@given(fill_ins(), st.sampled_from([" ", "; ", " or ", "/"]))
def test_typing_a_right_and_a_wrong_text_earns_nothing(drawn, between):
    question, _ = drawn
    gap = question.gaps[0]
    both = f"{gap.accept[0]}{between}{gap.traps[0].accept[0]}"
    assume(not same_text(both, gap.accept[0]))
    lone = question.model_copy(update={"gaps": (gap,), "sentence": f"It is [[{gap.id}]]"})
    assert lone.variant("s").grade({"gaps": {gap.id: both}}).score == 0


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(".,"))
def test_comparing_texts_never_breaks_and_knows_no_sides(one, other, mark):
    assert same_text(one, one, mark)
    assert same_text(one, other, mark) == same_text(other, one, mark)
    assert folded(folded(one)) == folded(one)


@given(st.text("abcdé ", min_size=1, max_size=12))
def test_case_and_spaces_never_count(text):
    assert same_text(text, f"  {text.upper()}  ")
    assert same_text(text, text.replace(" ", ""))


FIXED = [
    (
        Ordering.model_validate(
            HEAD
            | {
                "kind": "ordering",
                "options": [{"id": i, "rank": n, "text": i} for n, i in enumerate("abc")],
            }
        ),
        "order",
    ),
    (
        Matching.model_validate(
            HEAD
            | {
                "kind": "matching",
                "left": [{"id": i, "to": "c", "text": i} for i in "ab"],
                "right": [{"id": i, "text": i} for i in "cd"],
            }
        ),
        "pairs",
    ),
    (
        FillIn.model_validate(
            HEAD
            | {
                "kind": "fill_in",
                "gaps": [{"id": i, "label": i, "accept": [i]} for i in "ab"],
                "sentence": "It is [[a]] [[b]]",
            }
        ),
        "gaps",
    ),
]


@pytest.mark.parametrize(("question", "field"), FIXED, ids=["ordering", "matching", "fill_in"])
@settings(max_examples=200)
@given(
    value=json
    | st.permutations("abc")
    | st.dictionaries(st.sampled_from("abcd"), st.sampled_from("abcd") | json, max_size=3),
    extra=st.booleans(),
    seed=st.integers(0, 99),
)
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
            assert item.complete(response)
