"""What was brought into a text and is not in it any more: told where it is so, and put back."""

from hypothesis import given
from hypothesis import strategies as st

from modules.drafts.lines import Clash, merged, returned, settled

LINES = 6
BASE = "".join(f"{number}\n" for number in range(LINES))


def edited(by):
    """The base with lines kept, changed, taken out, or with one more before them."""
    kinds = st.lists(st.sampled_from(["keep", "keep", "edit", "drop", "more"]), min_size=LINES)
    ways = {
        "keep": "{n}\n",
        "edit": "{n} by {by}\n",
        "drop": "",
        "more": "more by {by}, {n}\n{n}\n",
    }
    return kinds.map(
        lambda found: "".join(ways[one].format(n=n, by=by) for n, one in enumerate(found[:LINES]))
    )


@given(edited("her"), edited("him"))
def test_after_a_merge_nothing_is_left_out(mine, theirs):
    try:
        both = merged(BASE, mine, theirs)
    except Clash:
        return
    assert returned(BASE, theirs, both) == both


@given(edited("her"), edited("him"))
def test_every_line_that_came_is_put_back_where_the_other_side_was_kept(mine, theirs):
    kept = settled(BASE, mine, theirs, take="mine")
    back = returned(BASE, theirs, kept)
    assert {one for one in theirs.splitlines() if "him" in one} <= set(back.splitlines())
    assert returned(BASE, theirs, back) == back


@given(edited("her"))
def test_where_nobody_else_changed_anything_nothing_is_put_back(mine):
    assert returned(BASE, BASE, mine) == mine
    assert returned(BASE, mine, mine) == mine


def test_a_line_that_went_and_is_there_otherwise_is_told():
    assert returned("1\n2\n3\n", "1\n3\n", "1\ntwo\n3\n") == "1\n3\n"
