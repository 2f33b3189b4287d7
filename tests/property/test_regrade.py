"""Regrades of every question: the same content changes nothing; there and back is the start."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from modules.course.files import read_course, read_module
from modules.progress.asked import item_of
from modules.progress.marking import mark_item
from modules.progress.replay import replay
from modules.progress.sheet import Sheet
from modules.regrade.judging import Judged, judge, parts, with_marks
from tests.course import SHIPPED

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SLUGS = [card.slug for card in read_course(SHIPPED).modules if not card.planned]
SEEDS = 3


def sheets(module):
    """For each question and some of its variants, an attempt that answers it right and one not."""
    for id_, question in module.questions.items():
        for seed in range(SEEDS):
            key = question.variants()[seed % len(question.variants())]
            bare = Sheet("review", 1, f"{seed}", paper={id_: ((id_, key),)})
            item = item_of(module, bare, id_)
            for response in item.sample(random.Random(f"{id_}{seed}")):
                given = mark_item(module, bare, id_, response, sure=None, now=NOW)
                yield id_, Sheet("review", 1, f"{seed}", {(id_, 1): given}, paper=bare.paper)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_same_content_changes_nothing(slug):
    module = read_module(SHIPPED, slug, "en")
    again = read_module(SHIPPED, slug, "en")
    many = 0
    for id_, sheet in sheets(module):
        [one] = judge(module, again, sheet, id_)
        assert (one.trouble, one.changes) == ("", False), id_
        assert with_marks(sheet, [one]) == sheet
        many += 1
    assert many >= 2 * SEEDS * len(module.questions) - 1


@pytest.mark.parametrize("slug", SLUGS)
def test_a_verdict_that_was_kept_is_the_one_that_would_be_found_anew(slug):
    module, again = read_module(SHIPPED, slug, "en"), read_module(SHIPPED, slug, "en")
    known = {}
    for id_, sheet in sheets(module):
        kept = known.setdefault(id_, {})
        for _ in range(2):
            assert judge(module, again, sheet, id_, kept) == judge(module, again, sheet, id_)


@pytest.mark.parametrize("slug", SLUGS)
def test_there_and_back_is_the_start_and_the_replay_agrees_throughout(slug):
    module = read_module(SHIPPED, slug, "en")
    for id_, sheet in sheets(module):
        [answer] = sheet.answers.values()
        other = answer.mark.__class__(0.25, not answer.correct, ("another-idea",), 9)
        there = with_marks(sheet, [Judged((id_, 1), answer.mark, other)])
        back = with_marks(there, [Judged((id_, 1), other, answer.mark)])
        [now] = back.answers.values()
        assert now.mark == answer.mark
        assert there.first().answers[id_, 1].mark == answer.mark
        for one in (there, back):
            [line] = replay(module, one)
            assert line.same
            assert line.regraded == one.answers[id_, 1].mark


@pytest.mark.parametrize("slug", SLUGS)
def test_every_kind_of_question_says_what_it_offers(slug):
    module = read_module(SHIPPED, slug, "en")
    for question in module.questions.values():
        offered = parts(question.variant("1"))
        assert offered or question.kind == "numeric", question.id
