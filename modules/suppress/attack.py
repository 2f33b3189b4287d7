"""An attack on shown statistics by integer programming, independent of the rule that hid them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from modules.suppress.cells import Cell
from modules.suppress.tree import Tree, grow, regions


@dataclass(frozen=True)
class Exposure:
    """A group whose count a reader can compute: ``value`` of ``people``.

    ``how`` is "subtraction" (sums and differences of shown cells suffice) or "extreme" (it also
    takes that counts lie between 0 and the head-count).
    """

    group: str
    people: int
    value: int
    how: str


def audit(
    cells: Sequence[Cell], hidden: Mapping[str, str], least: int = 10, *, hide_uniform: bool = True
) -> list[Exposure]:
    """Every group that the shown cells give away, fewest people first; empty is what we want.

    One unknown per unit, its direct staff's count; one equation per shown cell. For each group,
    the least and the greatest count that fit are found; it is exposed when they are equal. With
    ``hide_uniform`` a unit's direct staff of any size are exposed when all or none of them must
    have the value. Nodes hidden as "change" count as exposed at any size.
    """
    # Groups to try. Shown cells span exactly the sums over disjoint regions (shown node less its
    # highest shown descendants). Regions share no unknown, so a group's range is the sum of its
    # ranges per region: it is one value only if every piece is a whole region or lies in a region
    # of all or none. The smallest such pieces are regions and single units' direct staff: tried.
    tree = grow(cells)
    names = [node for node in tree.cells if tree.own[node]]
    truth = {
        node: tree.cells[node].value
        - sum(tree.cells[child].value for child in tree.children.get(node, []))
        for node in names
    }
    spanned = list(regions(cells, hidden).values())
    solve = programme(tree, names, hidden)
    found: list[Exposure] = []
    tried: set[frozenset[str]] = set()
    for group, atoms, whatever_size in _groups(tree, names, hidden):
        people, value = sum(tree.own[node] for node in atoms), sum(truth[node] for node in atoms)
        settles = hide_uniform and len(atoms) == 1 and value in (0, people)
        if not atoms or atoms in tried or not (people < least or whatever_size or settles):
            continue
        tried.add(atoms)
        # The true count fits, so one count below or above it is enough to stay in the dark.
        if solve(atoms, 1) == value == solve(atoms, -1):
            exact = atoms == frozenset().union(*(region for region in spanned if region <= atoms))
            found.append(Exposure(group, people, value, "subtraction" if exact else "extreme"))
    return sorted(found, key=lambda exposure: (exposure.people, exposure.group))


def _groups(
    tree: Tree, names: list[str], hidden: Mapping[str, str]
) -> Iterator[tuple[str, frozenset[str], bool]]:
    """Name, units whose direct staff it is made of, and whether it is secret at any size."""
    within = {node: frozenset(tree.within(node)).intersection(names) for node in tree.cells}
    shown = [node for node in tree.cells if not hidden.get(node)]
    for node in tree.cells:
        if hidden.get(node):
            yield node, within[node], hidden[node] == "change"
        elif tree.cells[node].people:
            yield node, within[node], False
    for node in names:
        yield f"{node}: direct staff", frozenset([node]), False
    for node in shown:
        below = tree.below(node, hidden)
        rest = within[node].difference(*(within[child] for child in below))
        yield " − ".join([node, *below]), rest, False
        for other in shown:
            if other != node and within[other] < within[node]:
                yield f"{node} − {other}", within[node] - within[other], False


def programme(
    tree: Tree, names: list[str], hidden: Mapping[str, str]
) -> Callable[[frozenset[str], int], int]:
    """A function from a group of ``names`` and a direction to the least (1) or greatest (-1) count.

    It knows the tree, every head-count and the shown cells, and nothing else.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    shown = [node for node in tree.cells if not hidden.get(node)]
    place = {node: at for at, node in enumerate(names)}
    matrix = np.zeros((len(shown), len(names)))
    for row, node in enumerate(shown):
        matrix[row, [place[atom] for atom in tree.within(node) if atom in place]] = 1
    sums = [tree.cells[node].value for node in shown]
    limits = Bounds(0, [tree.own[node] for node in names])
    equations = [LinearConstraint(matrix, sums, sums)] if shown else []

    def solve(atoms: frozenset[str], direction: int) -> int:
        aim = np.zeros(len(names))
        aim[[place[atom] for atom in atoms]] = direction
        answer = milp(aim, integrality=np.ones(len(names)), bounds=limits, constraints=equations)
        if not answer.success:
            raise RuntimeError(f"the audit's programme was not solved: {answer.message}")
        return int(direction * round(answer.fun))

    return solve
