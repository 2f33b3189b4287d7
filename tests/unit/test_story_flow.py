"""Ways through a story, and where people stop: what is told, and that nothing else can be found."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.progress.item_telling import shared
from modules.progress.stopping import END, stops
from modules.progress.story_flow import flow


def story(**choices):
    """A story of which only the places and their choices matter here."""
    return SimpleNamespace(
        nodes={
            node: SimpleNamespace(choices=[SimpleNamespace(id=one) for one in of.split()])
            for node, of in choices.items()
        }
    )


STORY = story(start="left right", east="ring write", west="ring write", last="yes no")


def shares(ways, least=10):
    return {(one.node, one.choice): one.share for one in flow(STORY, ways, least)}


def test_every_choice_is_a_share_of_those_who_came_to_its_place():
    found = shares(
        {
            (("start", "left"), ("east", "ring"), ("last", "yes")): 20,
            (("start", "left"), ("east", "write"), ("last", "no")): 10,
            (("start", "right"), ("west", "ring"), ("last", "no")): 10,
            (("start", "right"), ("west", "write"), ("last", "yes")): 10,
        }
    )
    assert found["start", "left"].low == found["start", "left"].high == 0.6
    assert found["east", "ring"].low == pytest.approx(2 / 3)
    assert found["west", "ring"].low == 0.5
    assert found["last", "yes"].low == 0.6


def test_of_nine_people_at_a_place_nothing_is_told_there_nor_further_on():
    many = {
        (("start", "left"), ("east", "ring"), ("last", "yes")): 20,
        (("start", "left"), ("east", "write"), ("last", "no")): 20,
    }
    few = {
        (("start", "right"), ("west", "ring"), ("last", "yes")): 4,
        (("start", "right"), ("west", "write"), ("last", "no")): 5,
    }
    other = {(("start", "right"), ("west", "ring"), ("last", "no")): 9}
    found, instead = shares(many | few), shares(many | other)
    assert found["west", "ring"] is found["west", "write"] is None
    assert found["start", "right"].low == pytest.approx(9 / 49)
    # What the nine chose changes nothing that is told, so nothing that is told gives it away.
    assert found == instead
    assert found["last", "yes"].low == 0.5
    ten = shares(many | {(("start", "right"), ("west", "ring"), ("last", "no")): 10})
    assert ten["west", "ring"] is not None


def test_of_too_few_people_altogether_nothing_is_told():
    assert set(shares({(("start", "left"), ("east", "ring")): 9}).values()) == {None}
    assert set(shares({}).values()) == {None}


@given(
    st.dictionaries(st.sampled_from("abcde"), st.integers(0, 40), min_size=2, max_size=5),
    st.booleans(),
)
def test_a_shared_sum_never_settles_that_nobody_or_everybody_took_one(counts, keep):
    told = shared(counts, keep=["a"] if keep else [])
    n = sum(counts.values())
    assert all(low <= counts[name] <= high for name, (low, high) in told.items())
    # Every world that a reader who knows the sum cannot rule out.
    possible = [Counter()]
    for name, (low, high) in told.items():
        possible = [
            one | Counter({name: count}) if count else one
            for one in possible
            for count in range(low, high + 1)
        ]
    fitting = [one for one in possible if one.total() == n]
    assert any(all(one[name] == counts[name] for name in counts) for one in fitting)
    if n >= 10:
        for name in counts:
            assert not all(one[name] == n for one in fitting)
        # One at the least is known to have been taken, but never that a certain one was not.
        assert not any(all(one[name] == 0 for one in fitting) for name in counts)


def test_where_people_stop_is_told_step_by_step_and_adds_up():
    found = stops(["one", "two", "three"], {0: 5, 1: 3, 2: 12, 3: 30}, 10)
    assert [(one.step, one.share.low) for one in found] == [
        ("one", 0.1),
        ("two", 0.06),
        ("three", 0.24),
        (END, 0.6),
    ]
    assert stops(["one", "two"], {0: 4, 2: 5}, 10) == ()
    assert len(stops(["one", "two"], {0: 4, 2: 6}, 10)) == 3


def test_a_step_at_which_nobody_stopped_is_told_as_none_or_one():
    found = {one.step: one.share for one in stops(["one", "two"], {0: 8, 2: 32}, 10)}
    assert (found["two"].low, found["two"].high) == (0, 1 / 40)
    assert (found["one"].low, found["one"].high) == (7 / 40, 8 / 40)
    assert found[END].low == found[END].high == 0.8
