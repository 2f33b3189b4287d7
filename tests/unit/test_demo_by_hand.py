"""What the demo enters by hand: a classroom, printed packs and earlier learning, as one would."""

import uuid
from collections import Counter
from datetime import date, timedelta

import pytest

from db.proofs import HAND
from modules.course.files import bundle, module_from_bundle, read_course
from modules.demo import by_hand
from modules.demo.body import fernleigh
from modules.demo.rows import Pinned, Rows, Turns
from modules.evidence.kinds import checked
from modules.proofs.lists import KINDS, LONGEST, REASONS
from tests.course import SHIPPED

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def entered():
    body, rows = fernleigh(300, 7, TODAY), Rows()
    slugs = {card.id: card.slug for card in read_course(SHIPPED).modules}
    pinned = {
        id_: Pinned(
            uuid.uuid4(),
            uuid.uuid4(),
            "0" * 64,
            module_from_bundle(bundle(SHIPPED, slug), "en"),
            12,
        )
        for id_, slug in slugs.items()
        if id_ in ("M02", "M05")
    }
    ids = {one.email: uuid.uuid4() for one in body.people}
    turns = {email: Turns() for email in ids}
    made = by_hand.enter(body, ids=ids, turns=turns, pinned=pinned, rows=rows, today=TODAY)
    joined = {ids[one.email]: one.joined_on for one in body.people}
    return *made, rows, joined


def test_every_kind_is_there_from_the_closed_lists_and_one_was_a_mistake(entered):
    records, *_ = entered
    assert {one["kind"] for one in records} == set(KINDS)
    assert {one["reason"] for one in records} <= set(REASONS)
    assert all(len(one["document"]) <= LONGEST for one in records)
    assert sum(one["withdrawn_at"] is not None for one in records) == 1
    assert all(one["happened_on"] < one["given_at"].date() < TODAY for one in records)


def test_each_that_stands_has_an_attempt_without_answers_and_a_completion(entered):
    records, _, rows, _ = entered
    assert Counter(one["form"] for one in rows.attempts) == {HAND: len(records)}
    assert not rows.answers
    stand = {one["attempt_id"] for one in records if one["withdrawn_at"] is None}
    assert {one["attempt_id"] for one in rows.completions} == stand
    year = timedelta(days=364)
    assert all(one["valid_until"] - one["completed_at"].date() > year for one in rows.completions)


def test_everybody_was_there_on_that_day(entered):
    records, *_, joined = entered
    assert all(joined[one["person_id"]] < one["happened_on"] for one in records)


def test_each_is_evidence_that_the_log_takes(entered):
    records, deeds, *_ = entered
    kinds = Counter(one.kind for one in deeds)
    assert kinds == {"completion_by_hand": len(records), "completion_withdrawn": 1}
    for one in deeds:
        checked(one.kind, one.facts, one.personal)
