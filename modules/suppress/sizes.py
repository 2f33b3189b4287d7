"""What head-counts alone oblige us to hide: small units, and whom subtraction would give away."""

from __future__ import annotations

from collections.abc import Mapping

from modules.suppress.tree import Tree


def by_size(tree: Tree, least: int, already: Mapping[str, str]) -> dict[str, str]:
    """Node to reason ("" = shown) such that every region has no people or at least ``least``.

    Values are not looked at, so what is hidden here tells a reader nothing. A region that is too
    small takes in the smallest shown unit under it; it ends at the latest when the unit is shown
    alone, so a top with enough people always stays. Nodes in ``already`` stay hidden and their
    sum cannot be computed either, whatever their size.
    """
    hidden = {node: already.get(node, "") for node in tree.cells}
    for node, cell in tree.cells.items():
        if cell.people < least and not hidden[node]:
            hidden[node] = "small"
    for node in tree.deepest_first:
        while not hidden[node] and 0 < tree.residual(node, hidden) < least:
            hidden[_smallest(tree, hidden, tree.below(node, hidden))] = "complement"
    for node in sorted(already):
        _blur(tree, hidden, node)
    return hidden


def _smallest(tree: Tree, hidden: Mapping[str, str], units: list[str]) -> str:
    """The unit with the fewest people whose hiding hides somebody."""
    return min(units, key=lambda name: tree.residual(name, hidden) == 0)


def _blur(tree: Tree, hidden: dict[str, str], node: str) -> None:
    """Hide until some region lies partly inside ``node`` and partly outside."""
    inside = tree.within(node)
    while tree.cells[node].people:
        if not tree.cells[node].people - _counted(tree, tree.below(node, hidden)):
            hidden[_smallest(tree, hidden, tree.below(node, hidden))] = "complement"
            continue
        above = tree.cells[node].parent
        while above is not None and hidden[above]:
            above = tree.cells[above].parent
        if above is None:
            return
        beside = [name for name in tree.below(above, hidden) if name not in inside]
        outside = tree.cells[above].people - tree.cells[node].people - _counted(tree, beside)
        if outside:
            return
        hidden[_smallest(tree, hidden, beside) if beside else above] = "complement"


def _counted(tree: Tree, units: list[str]) -> int:
    return sum(tree.cells[name].people for name in units)
