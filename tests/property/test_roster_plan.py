"""Circles in reporting lines and units from any file: found by two ways that must agree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from db.roster.trees import Node
from db.tables import new_id
from modules.exchange.loops import rings
from modules.exchange.units import Named, Tree, Wrong

PEOPLE = 12


def walked(above):
    """Circles found by walking up from everybody."""
    found = set()
    for who in above:
        seen, at = [], who
        while at in above and at not in seen:
            seen.append(at)
            at = above[at]
        if at == who:
            low = seen.index(min(seen))
            found.add(tuple(seen[low:] + seen[:low]))
    return sorted(list(one) for one in found)


@given(st.dictionaries(st.integers(1, PEOPLE), st.integers(1, PEOPLE)))
def test_circles_are_found_as_by_walking_up_from_everybody(above):
    assert rings(above.items(), PEOPLE) == walked(above)


def test_one_circle_of_everybody_and_a_long_line_are_told_apart():
    line = [(who, who + 1) for who in range(1, 100_000)]
    assert rings(line, 100_000) == []
    (ring,) = rings([*line, (100_000, 1)], 100_000)
    assert len(ring) == 100_000


NAMES = st.sampled_from(["", "A", "B", "C", "a", "A / B", "B / A", "A / B / C"])
CODES = st.sampled_from(["", "", "1", "2"])
NAMED = st.builds(Named, NAMES, CODES, NAMES).filter(lambda one: one.name or one.code)


def tree(top_by_file=False):
    root = Node(new_id(), None, "Body", None, False)
    child = Node(new_id(), root.id, "A", None, False)
    coded = Node(new_id(), root.id, "B", "1", False)
    return Tree([root, child, coded], "Body", top_by_file)


def sound(made):
    """No unit stands below itself, and no two below one unit have a name, or anywhere a code."""
    for one in made.nodes.values():
        at, seen = one, set()
        while at.parent_id is not None:
            assert at.id not in seen
            seen.add(at.id)
            at = made.nodes[at.parent_id]
    codes = [one.code for one in made.nodes.values() if one.code]
    assert len(set(codes)) == len(codes)


@given(st.lists(NAMED, max_size=8, unique=True), st.booleans())
def test_any_way_to_name_units_ends_in_a_sound_tree_or_in_a_reason(named, top_by_file):
    made = tree(top_by_file)
    found = made.resolve(named)
    assert set(named) <= set(found)
    sound(made)
    for one in found.values():
        assert isinstance(one, Wrong) or one in made.nodes


PLAIN = st.builds(
    Named, st.sampled_from(["A", "B", "C", "a", "A / B", "A / B / C"]), st.just(""), st.just("")
)


@given(st.lists(PLAIN, max_size=8, unique=True))
def test_the_same_file_over_the_tree_that_it_made_makes_no_unit(named):
    first = tree()
    found = first.resolve(named)
    good = [one for one in named if not isinstance(found[one], Wrong)]
    again = Tree(first.nodes.values(), "Body", False)
    second = again.resolve(good)
    # A name that the file itself gave to a second unit is told to be ambiguous the next time.
    told = {one: second[one] for one in good if not isinstance(second[one], Wrong)}
    assert told == {one: found[one] for one in told}
    assert set(again.nodes) == set(first.nodes)
