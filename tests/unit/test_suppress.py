"""Small groups stay hidden: the examples that people will meet on the dashboard."""

from __future__ import annotations

import pytest

from modules.suppress import Cell, Shown, audit, changed, comparable, protect, regions, withhold
from modules.suppress.extremes import closed


def unit(name: str, parent: str | None, people: int, value: int) -> Cell:
    return Cell(name, parent, people, value)


# 48 people overdue; three shown teams have 14, 19 and 11 of them, so the Registrars have 4.
OVERDUE = [
    unit("Council", None, 130, 48),
    unit("Benefits", "Council", 40, 14),
    unit("Housing", "Council", 50, 19),
    unit("Finance", "Council", 33, 11),
    unit("Registrars", "Council", 7, 4),
]


def test_a_total_less_its_shown_parts_gives_the_hidden_team_away() -> None:
    only_small = {cell.node: "small" if cell.people < 10 else "" for cell in OVERDUE}
    (found, *_) = audit(OVERDUE, only_small)
    assert (found.group, found.people, found.value, found.how) == (
        "Registrars",
        7,
        4,
        "subtraction",
    )


def test_the_smallest_other_team_is_hidden_and_the_total_stays() -> None:
    hidden = protect(OVERDUE)
    assert hidden == {
        "Council": "",
        "Benefits": "",
        "Housing": "",
        "Finance": "complement",
        "Registrars": "small",
    }
    assert audit(OVERDUE, hidden) == []


def test_a_head_and_two_assistants_outside_the_teams_are_a_small_group_too() -> None:
    cells = [unit("D", None, 43, 20), unit("A", "D", 15, 9), unit("B", "D", 25, 10)]
    assert audit(cells, dict.fromkeys("DAB", ""))[0].group == "D: direct staff"
    assert protect(cells) == {"D": "", "A": "complement", "B": ""}


def test_all_or_none_in_a_region_gives_its_small_team_away() -> None:
    cells = [unit("P", None, 46, 36), unit("A", "P", 12, 12), unit("B", "P", 4, 4)]
    cells.append(unit("C", "P", 30, 20))
    by_count = {"P": "", "A": "complement", "B": "small", "C": ""}
    found = audit(cells, by_count)
    assert ("B", 4, 4, "extreme") in [(e.group, e.people, e.value, e.how) for e in found]
    for strict in (True, False):
        assert audit(cells, protect(cells, hide_uniform=strict), hide_uniform=strict) == []


def test_hiding_an_all_or_none_team_takes_its_pair_and_labels_both_alike() -> None:
    sizes = {"A": (12, 12), "B": (15, 9), "C": (20, 11), "D": (25, 13)}
    cells = [unit("P", None, 72, 45)] + [unit(name, "P", *size) for name, size in sizes.items()]
    hidden = protect(cells)
    assert hidden == {"P": "", "A": "same", "B": "same", "C": "", "D": ""}
    other = [unit("P", None, 72, 45), unit("A", "P", 6 + 6, 6), unit("B", "P", 15, 15), *cells[3:]]
    assert hidden == protect(other), "which of the pair it was must not show"


def test_all_or_none_may_stand_where_a_body_allows_it_and_no_small_group_hangs_there() -> None:
    cells = [unit("P", None, 50, 40), unit("A", "P", 20, 20), unit("B", "P", 30, 20)]
    assert set(protect(cells, hide_uniform=False).values()) == {""}
    assert protect(cells) == {"P": "", "A": "same", "B": "same"}


def test_an_organisation_of_which_all_have_the_value_shows_nothing() -> None:
    cells = [unit("P", None, 40, 40), unit("A", "P", 20, 20), unit("B", "P", 20, 20)]
    assert set(protect(cells).values()) == {"same"}


def test_two_hidden_teams_of_equal_size_with_one_whole_team_of_values_are_not_told_apart() -> None:
    # One all and one none would show in "12 of 24"; so 12 of 24 is hidden however it came about.
    assert closed((0, 0), [(12, 12), (12, 0)]) == closed((0, 0), [(12, 5), (12, 7)]) == {0, 1}


def test_hidden_teams_that_all_have_the_value_take_the_next_pair_with_them() -> None:
    assert closed((0, 0), [(10, 10), (11, 11), (12, 5), (13, 6)]) == {0, 1, 2, 3}
    assert closed((0, 0), [(10, 10), (11, 3), (12, 5), (13, 6)]) == {0, 1}
    assert closed((15, 7), [(10, 4), (11, 3), (12, 0), (13, 6)]) == {1, 2, 3}
    assert closed((15, 15), [(10, 10), (11, 3), (12, 5)]) == {0, 1, 2}


def test_pairs_without_a_small_group_go_only_in_a_row_after_those_with_one() -> None:
    kids = [(10, 10), (11, 3), (12, 5), (13, 6), (14, 14), (15, 2)]
    assert closed((0, 0), kids) == {0, 1, 4, 5}
    assert closed((0, 0), kids, 2) == {0, 1}
    assert closed((0, 0), [(10, 4), *kids[1:]], 2) == set()
    assert closed((0, 0), [*kids[:2], (12, 0), *kids[3:]], 2) == {0, 1, 2, 3, 4, 5}


def test_a_hidden_row_carries_neither_people_nor_value() -> None:
    rows = withhold(OVERDUE, protect(OVERDUE))
    assert rows[0] == Shown("Council", 130, 48, "")
    assert rows[-1] == Shown("Registrars", None, None, "small")


@pytest.mark.parametrize("decisions", [{}, {"Council": ""}, {"Council": "maybe"}])
def test_a_unit_without_a_decision_is_an_error_and_not_a_row(decisions: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no known decision"):
        withhold(OVERDUE, decisions)


def test_a_unit_hidden_for_a_change_is_not_the_sum_of_its_shown_teams() -> None:
    cells = [unit("R", None, 90, 50), unit("P", "R", 45, 20), unit("Q", "R", 45, 30)]
    cells += [unit("A", "P", 20, 9), unit("B", "P", 25, 11)]
    hidden = {"R": "", "P": "change", "Q": "", "A": "", "B": ""}
    assert [(e.group, e.value) for e in audit(cells, hidden)] == [("P", 20)]
    mended = protect(cells, already={"P": "change"})
    assert mended == {"R": "", "P": "change", "Q": "complement", "A": "complement", "B": ""}
    assert audit(cells, mended) == []


@pytest.mark.parametrize(
    ("moves", "hides"), [(0, False), (1, True), (9, True), (10, False), (40, False)]
)
def test_one_to_nine_joiners_and_leavers_hide_a_later_snapshot(moves: int, hides: bool) -> None:
    assert changed(moves, 10) is hides


def test_every_earlier_snapshot_counts_and_not_only_the_last() -> None:
    first = frozenset(f"p{n}" for n in range(30))
    ten_more = first | {f"q{n}" for n in range(10)}
    back_and_one = first | {"r"}
    assert comparable(ten_more, [first], 10)
    assert comparable(back_and_one, [ten_more], 10)
    assert not comparable(back_and_one, [first, ten_more], 10)
    assert comparable(first, [], 10)


def test_a_region_is_what_a_shown_unit_counts_outside_the_shown_ones_below_it() -> None:
    assert regions(OVERDUE, protect(OVERDUE))["Council"] == {"Finance", "Registrars"}


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ([unit("A", None, 5, 1), unit("A", None, 5, 1)], "twice"),
        ([unit("A", "B", 5, 1)], "not in the tree"),
        ([unit("A", "B", 5, 1), unit("B", "A", 5, 1)], "circle"),
        ([unit("A", None, 5, 6)], "6 of 5"),
        ([unit("A", None, 5, 1), unit("B", "A", 5, 2)], "-1 of 0"),
    ],
)
def test_cells_that_are_no_tree_are_refused(cells: list[Cell], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        protect(cells)


def test_a_threshold_that_protects_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="protects nobody"):
        protect(OVERDUE, 1)


def test_a_unit_hidden_beforehand_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="not in the tree"):
        protect(OVERDUE, already={"Nowhere": "change"})
