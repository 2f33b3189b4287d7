"""Every item that ships: right samples grade right and wrong ones do not, over 200 seeds."""

from __future__ import annotations

import random

import pytest

from modules.course.files import bundle, module_from_bundle, read_course
from modules.questions import QUESTION_TYPES
from tests.course import SHIPPED

SEEDS = 200


def shipped():
    """Each item of each module that ships, in each of its languages."""
    for card in read_course(SHIPPED).modules:
        if card.planned:
            continue
        kept = bundle(SHIPPED, card.slug)
        languages = module_from_bundle(kept, "en").languages
        for language in languages:
            module = module_from_bundle(kept, language)
            for question in module.questions.values():
                yield pytest.param(question, id=f"{question.id}-{language}")


ITEMS = list(shipped())


@pytest.mark.parametrize("question", ITEMS)
def test_right_and_wrong_samples_grade_as_they_should(question):
    met = set()
    # An item without variants still has its order and its samples to vary.
    for number in range(SEEDS if len(question.variants()) > 1 else 40):
        seed = f"{question.id}/{number}"
        key = question.key_of(seed)
        met.add(key)
        item = question.variant(seed, key)
        right, wrong = item.sample(random.Random(seed))
        assert item.complete(right)
        assert item.complete(wrong)
        good, bad = item.grade(right), item.grade(wrong)
        assert (good.score, good.right, good.tags) == (1.0, True, ())
        assert bad.score < 1.0
        assert not bad.right
        assert good.version == bad.version == question.VERSION
        assert item.plain(right)
        assert item.plain(wrong)
        assert item.feedback(right).why_key
    assert met == set(question.variants())


@pytest.mark.parametrize("question", ITEMS)
def test_no_text_of_any_variant_still_names_a_word_in_braces(question):
    for key in question.variants():
        item = question.variant("any", key)
        right, wrong = item.sample(random.Random("any"))
        told = [item.stem, item.plain(right), item.plain(wrong)]
        for response in (right, wrong):
            feedback = item.feedback(response)
            told += [feedback.why_key, *feedback.why_tempts]
        assert not any("{" in text for text in told)


def test_every_kind_of_question_has_two_items_at_least():
    kinds = [param.values[0].kind for param in ITEMS]
    assert {kind: kinds.count(kind) >= 2 for kind in QUESTION_TYPES} == dict.fromkeys(
        QUESTION_TYPES, True
    )
