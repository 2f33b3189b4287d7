"""When a choice of a draft's story is offered, and the order of the choices."""

from __future__ import annotations

import pytest

from modules.basics import BadInput
from modules.drafts import stories, story_places, story_ways
from modules.drafts.story_places import NEW_NODE
from tests.unit.told_module import SLUG, told_files


@pytest.fixture
def files():
    files = told_files()
    return files | story_places.lead(files, SLUG, "en", "call", "tell", NEW_NODE)[0]


def choice(files, node, number=0):
    return stories.read(files, SLUG, "en")["nodes"][node]["choices"][number]


def test_a_condition_is_set_replaced_and_taken_out(files):
    files |= story_ways.only_after(files, SLUG, "d2", "a", "call", "tell")
    assert choice(files, "d2")["when"] == {"call": "tell"}
    files |= story_ways.only_after(files, SLUG, "d2", "a", "call", "ask")
    assert choice(files, "d2")["when"] == {"call": "ask"}
    files |= story_ways.only_after(files, SLUG, "d2", "a", "call", None)
    assert "when" not in choice(files, "d2")


def test_a_condition_that_never_holds_is_told_at_its_place(files):
    files |= story_ways.only_after(files, SLUG, "d2", "a", "call", "ask")
    told = stories.told(files, SLUG, "en")["d2"]
    assert any("is never offered" in sentence for sentence in told)


@pytest.mark.parametrize(("asked", "chosen"), [("gone", "a"), ("call", "gone"), ("d2", "a")])
def test_a_condition_on_what_is_not_there_is_refused(files, asked, chosen):
    with pytest.raises(BadInput, match="no such earlier choice"):
        story_ways.only_after(files, SLUG, "d2", "a", asked, chosen)


def test_choices_change_their_order_and_nothing_else(files):
    before = [choice(files, "call", n) for n in (0, 1)]
    files |= story_ways.ordered(files, SLUG, "call", "choices", before[0]["id"], 1)
    assert [choice(files, "call", n) for n in (0, 1)] == [before[1], before[0]]
    assert story_ways.ordered(files, SLUG, "call", "choices", before[0]["id"], 1) == {}


def test_what_can_have_been_decided_before_a_place_are_the_decisions_that_lead_to_it(files):
    drawn = stories.drawn(files, SLUG, "en")
    assert drawn.before("d2") == ("call",)
    assert drawn.before("call") == ()
    assert set(drawn.before("e-told")) >= {"call", "d2"}
