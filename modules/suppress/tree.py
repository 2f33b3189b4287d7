"""The unit tree behind the cells, and the regions that a choice of shown units reveals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from modules.suppress.cells import Cell


@dataclass(frozen=True)
class Tree:
    """Checked cells by node. ``own`` is a unit's direct staff: its people less its sub-units'."""

    cells: dict[str, Cell]
    children: dict[str | None, list[str]]
    own: dict[str, int]

    @cached_property
    def deepest_first(self) -> list[str]:
        """Every node after all nodes below it; the same for every order of the cells."""
        order: list[str] = []
        stack = list(self.children.get(None, []))
        while stack:
            node = stack.pop()
            order.append(node)
            stack.extend(self.children.get(node, []))
        return order[::-1]

    def within(self, node: str) -> set[str]:
        """The node and everything below it."""
        found, stack = set[str](), [node]
        while stack:
            found.add(stack[-1])
            stack.extend(self.children.get(stack.pop(), []))
        return found

    def below(self, node: str | None, hidden: Mapping[str, str]) -> list[str]:
        """The highest shown nodes under ``node`` (None: under the top), fewest people first."""
        found, stack = list[str](), list(self.children.get(node, []))
        while stack:
            child = stack.pop()
            if hidden.get(child):
                stack.extend(self.children.get(child, []))
            else:
                found.append(child)
        return sorted(found, key=lambda name: (self.cells[name].people, name))

    def residual(self, node: str, hidden: Mapping[str, str]) -> int:
        """How many people the shown ``node`` has outside the shown nodes under it."""
        return self.cells[node].people - sum(
            self.cells[child].people for child in self.below(node, hidden)
        )


def grow(cells: Sequence[Cell]) -> Tree:
    """The tree of a whole organisation's cells.

    Raises ValueError where a node is named twice, a parent is missing (part of a tree would be
    protected differently from the whole, and two readers could compare), parents run in a circle,
    or a unit has fewer people, or more values than people, outside its sub-units.
    """
    named = {cell.node: cell for cell in sorted(cells, key=lambda cell: cell.node)}
    if len(named) != len(cells):
        raise ValueError("a unit is named twice")
    children: dict[str | None, list[str]] = {}
    for cell in named.values():
        if cell.parent is not None and cell.parent not in named:
            raise ValueError(f"unit {cell.node!r}: its parent {cell.parent!r} is not in the tree")
        children.setdefault(cell.parent, []).append(cell.node)
    own = {}
    for node, cell in named.items():
        under = [named[child] for child in children.get(node, [])]
        own[node] = cell.people - sum(child.people for child in under)
        direct = cell.value - sum(child.value for child in under)
        if own[node] < 0 or not 0 <= direct <= own[node]:
            raise ValueError(f"unit {node!r}: {direct} of {own[node]} outside its sub-units")
    tree = Tree(named, children, own)
    if len(tree.deepest_first) != len(named):
        raise ValueError("parents run in a circle")
    return tree


def regions(cells: Sequence[Cell], hidden: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """For each shown node, the nodes whose direct staff it counts and no shown node under it does.

    What a reader can compute is exactly the sums over these disjoint regions.
    """
    tree = grow(cells)
    found = {}
    for node in tree.cells:
        if not hidden.get(node):
            rest = tree.within(node).difference(*map(tree.within, tree.below(node, hidden)))
            found[node] = frozenset(atom for atom in rest if tree.own[atom])
    return found
