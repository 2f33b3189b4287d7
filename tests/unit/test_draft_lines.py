"""Texts compared line by line: patches lead there and back, and two changes become one or clash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.drafts.lines import Clash, applied, merged, parted, patch, undone

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "", "d\r"]), max_size=8).map("\n".join)


@given(TEXTS, TEXTS)
def test_a_patch_leads_from_one_text_to_the_other_and_back(one, two):
    change = patch(one, two)
    assert applied(one, change) == two
    assert undone(two, change) == one


@given(TEXTS, TEXTS)
def test_what_only_one_of_two_changed_is_taken(base, mine):
    assert merged(base, mine, base) == mine
    assert merged(base, base, mine) == mine
    assert merged(base, mine, mine) == mine


@given(TEXTS, TEXTS, TEXTS)
def test_merging_does_not_depend_on_who_is_first(base, mine, theirs):
    def outcome(*texts):
        try:
            return merged(*texts)
        except Clash:
            return None

    assert outcome(base, mine, theirs) == outcome(base, theirs, mine)


@given(TEXTS, TEXTS, TEXTS)
def test_no_line_of_either_is_lost_in_a_merge(base, mine, theirs):
    try:
        whole = parted(merged(base, mine, theirs))
    except Clash:
        return
    old = {line.rstrip("\n") for line in parted(base)}
    for text in (mine, theirs):
        for line in parted(text):
            assert line.rstrip("\n") in old | {one.rstrip("\n") for one in whole}


def test_changes_apart_are_merged_and_changes_of_one_line_clash():
    base = "one\ntwo\nthree\nfour\n"
    mine, theirs = base.replace("one", "ONE"), base.replace("four", "FOUR\nfive")
    assert merged(base, mine, theirs) == "ONE\ntwo\nthree\nFOUR\nfive\n"
    with pytest.raises(Clash):
        merged(base, base.replace("two", "2"), base.replace("two", "zwei"))
    with pytest.raises(Clash):
        merged(base, base + "mine\n", base + "theirs\n")
