"""Where a type says that the seed sets an order only, equal answers are graded alike."""

from __future__ import annotations

import random

import pytest

from modules.course import files
from modules.questions import Question
from modules.questions.spot_problem import SpotProblem
from modules.regrade.judging import parts
from modules.settings import settings

SLUGS = sorted(path.parent.name for path in settings().content.glob("*/module.yaml"))
EVERY = [
    question
    for slug in SLUGS
    for question in files.read_module(settings().content, slug, "en").questions.values()
]
ORDERED = [one for one in EVERY if one.ORDERS_ONLY]


def test_nearly_every_type_is_among_them() -> None:
    assert {type(one) for one in EVERY} - {type(one) for one in ORDERED} <= {SpotProblem}
    assert not SpotProblem.ORDERS_ONLY, "the seed picks its rows"
    assert not Question.ORDERS_ONLY, "a type of an installed package has to say so itself"


@pytest.mark.parametrize("question", ORDERED, ids=lambda one: str(one.id))
def test_another_seed_offers_the_same_parts_and_grades_the_same(question: Question) -> None:
    for key in question.variants()[:5]:
        one, other = question.variant("one", key), question.variant("other", key)
        assert parts(one) == parts(other)
        for response in one.sample(random.Random(key)):
            assert one.grade(response) == other.grade(response)
