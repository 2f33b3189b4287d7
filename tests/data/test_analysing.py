"""How questions did: whose answers count, from how many people on, and what two looks differ by."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from itertools import pairwise

import pytest

from db import revisions
from db.engine import reading, writing
from modules.course.files import sha256_of
from tests.data.analysed import ITEM, Crowd, count, item, read, stored
from tests.world import FERNLEIGH, MODULE, NOW

DAY = timedelta(days=1)
# Who has completed the module before anybody of the crowd came.
THROUGH = sum(one.done is not None for one in FERNLEIGH)


@pytest.fixture
def crowd(world):
    return Crowd(world)


def sat(crowd, people, right=lambda place: place % 3 > 0, **more):
    """So many whole checks, the item right for some of them and the rest going along with it."""
    for place, person in enumerate(crowd.more(people)):
        ok = right(place)
        crowd.check(person, crowd.sheet(ok, (1, 1, 1, ok, place % 2)), **more)


@pytest.mark.parametrize(("people", "told"), [(9, False), (10, True)])
def test_nothing_is_told_or_kept_of_nine_people_and_a_question_of_ten(crowd, people, told):
    sat(crowd, people)
    count()
    assert bool(stored(crowd.org)) == told
    assert bool(item(crowd.org)) == told


@pytest.mark.parametrize(("people", "told"), [(19, False), (20, True)])
def test_discrimination_is_told_from_twenty_people_on(crowd, people, told):
    sat(crowd, people)
    count()
    found = item(crowd.org)
    assert (
        found.facility.low
        == found.facility.high
        == pytest.approx(12 / 19 if people < 20 else 13 / 20)
    )
    assert (found.discrimination is not None) == told == (found.efficiency is not None)
    assert found.deviation is not None


def test_the_figures_are_moodles_of_the_same_sheet(crowd):
    # 20 takers, 13 right; y is 5 or 4 less where the item was wrong: the statistics module agrees.
    import statistics

    sat(crowd, 20)
    count()
    xs = [float(place % 3 > 0) for place in range(20)]
    ys = [3 + x + place % 2 for place, x in enumerate(xs)]
    found = item(crowd.org)
    assert found.deviation == pytest.approx(statistics.stdev(xs))
    assert found.discrimination == pytest.approx(100 * statistics.correlation(xs, ys))
    best = statistics.covariance(sorted(xs), sorted(ys))
    assert found.efficiency == pytest.approx(100 * statistics.covariance(xs, ys) / best)


def test_only_the_first_whole_sitting_of_each_person_counts(crowd):
    sat(crowd, 12, right=lambda place: place < 6)
    people = crowd.more(3)
    crowd.check(people[0], {ITEM: 1})  # begun and not ended
    crowd.check(people[1], crowd.sheet(1), number=2)  # a second form
    crowd.check(people[2], crowd.sheet(0), form="test-out")
    crowd.check(people[2], crowd.sheet(1))  # the check after the test-out
    count()
    found = item(crowd.org)
    assert found.people == 13
    assert found.facility.low == pytest.approx(6 / 13)


def test_a_form_before_the_lesson_is_counted_by_itself(crowd):
    pre = crowd.module.forms["pre"]
    for place, person in enumerate(crowd.more(12)):
        crowd.check(person, dict.fromkeys(pre, place % 4 == 0), form="pre", confidence=0.9)
    count()
    found = item(crowd.org, pre[0], "pre")
    assert found.people == 12
    assert found.flags == ()  # before the lesson a question may be hard
    assert item(crowd.org, pre[0], "check") is None


def test_all_or_none_right_is_told_as_all_or_all_but_one(crowd):
    for wrong in (0, 1):
        people = crowd.more(20)
        for place, person in enumerate(people):
            crowd.check(person, crowd.sheet(place >= wrong, (1, 1, 1, 1, place % 2)))
        count(NOW + wrong * DAY)
        found = item(crowd.org)
        n = 20 * (1 + wrong)
        assert (found.facility.low, found.facility.high) == ((n - 1) / n, 1.0)
        assert found.deviation is found.discrimination is found.efficiency is None
        assert found.flags == ("too-easy",)


def test_options_are_told_as_ranges_where_nobody_or_one_took_one(crowd):
    question = crowd.module.question(ITEM)
    key = next(one.id for one in question.options if one.key)
    wrong, rare, *_ = [one.id for one in question.options if not one.key]
    for place, person in enumerate(crowd.more(30)):
        picked = key if place < 20 else wrong
        crowd.check(person, crowd.sheet(picked == key), picks={ITEM: picked})
    count()
    found = item(crowd.org)
    picks = {one.option: one for one in found.picks}
    assert picks[key].right
    assert picks[key].share.low == picks[key].share.high == pytest.approx(20 / 30)
    small = len(question.options) - 2
    assert (picks[rare].share.low, picks[rare].share.high) == (0, pytest.approx(1 / 30))
    assert picks[wrong].share.low == pytest.approx((10 - small) / 30)
    assert picks[wrong].share.high == pytest.approx(10 / 30)
    assert found.flags == ("dead-option",)


def test_wrong_ideas_are_told_in_whole_tens_and_objectives_from_what_is_told(crowd):
    question = crowd.module.question(ITEM)
    wrong = next(one for one in question.options if one.tag)
    key = next(one.id for one in question.options if one.key)
    for place, person in enumerate(crowd.more(40)):
        picked = wrong.id if place < 17 else key
        crowd.check(person, crowd.sheet(picked == key), picks={ITEM: picked})
    count()
    found = read(crowd.org)
    [belief] = found.beliefs
    assert (belief.tag, belief.at_least, belief.answers) == (wrong.tag, 10, 40)
    assert belief.sentence == crowd.module.misconceptions[wrong.tag]
    of = {one.id: one for one in found.objectives}[question.objective]
    same = [
        one for one in found.items if crowd.module.question(one.id).objective == question.objective
    ]
    assert of.answers == sum(one.people for one in same)
    assert of.share.low == pytest.approx(
        sum(one.people * one.facility.low for one in same) / of.answers
    )


def test_who_was_wrong_and_sure_is_told_where_ten_were_wrong(crowd):
    for place, person in enumerate(crowd.more(20)):
        crowd.check(person, crowd.sheet(place >= 9), confidence=1.0)
    count()
    assert item(crowd.org).sure_wrong is None
    for place, person in enumerate(crowd.more(20)):
        crowd.check(person, crowd.sheet(place >= 9), confidence=1.0 if place % 2 else 0.0)
    count(NOW + DAY)
    found = item(crowd.org)
    assert found.sure_wrong == pytest.approx((9 + 4) / 40)
    assert "sure-but-wrong" in found.flags
    assert found.sureness == pytest.approx(0.75)


def test_with_another_text_a_count_of_its_own_begins_and_reasons_alone_change_nothing(crowd):
    sat(crowd, 12)
    count()
    with writing() as session:
        for change, number in (("why", 2), ("stem", 3)):
            newest = revisions.latest(session, org_id=crowd.org)[MODULE]
            files = json.loads(revisions.body(session, sha256=newest.sha256))
            files = {path: edited(text, path, change) for path, text in files.items()}
            text = json.dumps(files)
            revisions.publish(
                session, org_id=crowd.org, module=MODULE, version=f"1.{number}.0",
                sha256=sha256_of(files), text=text, origin="trainer", now=NOW,
            )  # fmt: skip
            if change == "why":
                session.commit()
                count(NOW + DAY)
                assert item(crowd.org).people == 12
                sat(crowd, 10)
                count(NOW + 2 * DAY)
                assert item(crowd.org).people == 22
    count(NOW + 3 * DAY)
    assert item(crowd.org) is None
    assert [row.people for row in stored(crowd.org)] == [22]


def edited(text, path, change):
    """The bundle's text with another stem of the item, or with another reason only."""
    if not path.endswith("questions.en.yaml"):
        return text
    import yaml

    document = yaml.safe_load(text)
    entry = (
        document[ITEM]
        if isinstance(document, dict)
        else next(one for one in document if one["id"] == ITEM)
    )
    if change == "stem":
        entry["stem"] = "Something else is asked now. Which is it?"
    else:
        options = entry["options"]
        first = next(iter(options.values())) if isinstance(options, dict) else options[0]
        first["why"] = "Another reason, told after the answer."
    return yaml.safe_dump(document, allow_unicode=True)


def test_it_is_looked_at_about_once_a_day(crowd):
    sat(crowd, 10)
    assert count()[crowd.org, MODULE]
    sat(crowd, 20)
    assert (crowd.org, MODULE) not in count(NOW + timedelta(hours=19))
    assert item(crowd.org).people == 10
    assert count(NOW + DAY)
    assert item(crowd.org).people == 30


def test_another_organisation_has_nothing_of_it(crowd, world):
    sat(crowd, 20)
    count()
    other = world.organisations["Harrow Vale"]
    assert stored(other) == []
    found = read(other)
    assert (found.items, found.objectives, found.beliefs, found.edges, found.stops) == ((),) * 5
    assert item(other) is None


def test_no_two_states_that_were_kept_differ_by_one_to_nine_people(crowd):
    rng, seen = random.Random("states"), []
    for day in range(14):
        sat(crowd, rng.choice([0, 1, 3, 7, 11]))
        count(NOW + day * DAY)
        rows = stored(crowd.org)
        seen.append(rows[0].people if rows else 0)
    assert len(set(seen)) > 3
    assert all(after == before or after >= before + 10 for before, after in pairwise(seen))
    assert all(one == 0 or one >= 10 for one in seen)


def test_what_the_database_keeps_has_nobody_in_it(crowd):
    sat(crowd, 20)
    count()
    with reading() as session:
        from db import analysed

        rows = analysed.kept(session, org_id=crowd.org, module=MODULE)
    told = json.dumps([row.figures for row in rows.values()])
    assert len(rows) > 3
    assert "@" not in told
    assert not any(str(person) in told for person in crowd.people)


def test_ways_through_the_story_and_where_people_stop_are_counted(crowd):
    scenario = crowd.module.scenario
    first = scenario.nodes[scenario.start]
    one, two = first.choices[0], first.choices[1]
    steps = len(crowd.module.steps)
    for place, person in enumerate(crowd.more(24)):
        way = [(scenario.start, (one if place % 3 else two).id)]
        crowd.tell(person, way, steps=steps if place % 2 else 2)
    for person in crowd.more(5):
        crowd.tell(person, [], steps=1, begun=10)  # began too lately to have stopped
    count()
    found = read(crowd.org)
    edges = {edge.choice: edge.share for edge in found.edges if edge.node == scenario.start}
    assert edges[two.id].high == pytest.approx(8 / 24)
    told, n = {one.step: one.share for one in found.stops}, 24 + THROUGH
    assert told[crowd.module.steps[2].id].high == pytest.approx(12 / n)
    assert told[""].low == pytest.approx((12 + THROUGH) / n)
    assert found.stops[0].share.high == pytest.approx(1 / n)


def test_who_tested_out_did_not_stop(crowd):
    for person in crowd.more(12):
        crowd.tell(person, [], steps=3)
    for person in crowd.more(12):
        crowd.tell(person, [], steps=1)
        crowd.check(person, crowd.sheet(1), form="test-out")
    count()
    told = {one.step: one.share.high for one in read(crowd.org).stops}
    n = 12 + THROUGH
    assert told[crowd.module.steps[3].id] == pytest.approx(12 / n)
    assert told[crowd.module.steps[1].id] == pytest.approx(1 / n)
