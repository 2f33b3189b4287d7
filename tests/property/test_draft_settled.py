"""Two people's changes made one text: nothing of the chosen side is lost, nothing is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modules.drafts.lines import Clash, merged, settled

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=7).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)
SIDES = st.sampled_from(["mine", "theirs"])


@given(TEXTS, TEXTS, TEXTS, SIDES)
def test_where_nothing_clashes_it_is_what_merging_gives(base, mine, theirs, take):
    try:
        wanted = merged(base, mine, theirs)
    except Clash:
        return
    if mine != theirs:
        assert settled(base, mine, theirs, take=take) == wanted


@given(TEXTS, TEXTS, SIDES)
def test_one_sides_change_alone_is_that_side(base, text, take):
    assert settled(base, text, base, take=take) == text
    assert settled(base, base, text, take=take) == text


@given(TEXTS, TEXTS, TEXTS)
def test_a_line_that_the_taken_side_added_is_there(base, mine, theirs):
    mine = mine + "mine\n"
    assert "mine\n" in settled(base, mine, theirs, take="mine")


def test_only_the_lines_that_clash_are_chosen():
    base = "1\n2\n3\n4\n5\n"
    mine, theirs = "1\nTWO\n3\n4\nFIVE\n", "ONE\n2\n3\n4\nfive\n"
    with pytest.raises(Clash):
        merged(base, mine, theirs)
    assert settled(base, mine, theirs, take="mine").endswith("3\n4\nFIVE\n")
    assert settled(base, mine, theirs, take="theirs").endswith("3\n4\nfive\n")
