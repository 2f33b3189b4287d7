"""Hiding all-or-none groups so that the hiding itself does not give them away.

A region of which all or none have the value tells about each person in it. Hiding just that unit
would not help: a reader who knows the rule sees a unit hidden that head-counts would have shown,
and concludes "all or none" from it. So parts of a unit are hidden by fixed pairs, and a pair
whenever *either* of its parts is all-or-none.

Why that is enough. A pair of sizes a <= b of which some part is all-or-none can have every sum
from 0 to a+b (a none or all, b the rest). If the sum is strictly between, then a part is either
possibly mixed, or possibly all and possibly none, save for twins (a = b = the sum), where one has
all and the other none. With more pairs hidden, sums pass freely between them. A group of fewer
than ``least`` people never fills a part, so its count stays open. Brute force over small trees
confirms it (tests/property/test_suppress_properties.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from modules.suppress.tree import Tree

Part = tuple[int, int]  # people, value


def by_value(tree: Tree, hidden: Mapping[str, str], least: int, everyone: bool) -> set[str]:
    """The nodes to hide beyond ``hidden`` because a region is all-or-none.

    ``everyone``: every person is protected; otherwise only units with a group of 1..least-1
    people, or one hidden by "change", in them are looked at.
    """
    delicate: set[str] = set()
    for node in tree.deepest_first:
        if (
            everyone
            or 0 < tree.own[node] < least
            or hidden[node] == "change"
            or delicate.intersection(tree.children.get(node, []))
        ):
            delicate.add(node)
    out: set[str] = set()
    stack: list[str] = []
    for top in tree.below(None, hidden):
        cell = tree.cells[top]
        if top in delicate and cell.value in (0, cell.people):
            out |= tree.within(top)
        else:
            stack.append(top)
    while stack:
        node = stack.pop()
        if node not in delicate:
            continue
        kids = tree.below(node, hidden)
        sizes = {kid: (tree.cells[kid].people, tree.cells[kid].value) for kid in kids}
        rest = (
            tree.cells[node].people - sum(people for people, _ in sizes.values()),
            tree.cells[node].value - sum(value for _, value in sizes.values()),
        )
        beside = kids[:1] if rest[0] else []  # the smallest is hidden together with the rest
        kids = beside + sorted(kids[len(beside) :], key=lambda kid: kid not in delicate)
        secret = len(beside) + len(delicate.intersection(kids[len(beside) :]))
        shut = closed(rest, [sizes[kid] for kid in kids], secret)
        for place, kid in enumerate(kids):
            if place in shut:
                out |= tree.within(kid)
            else:
                stack.append(kid)
    return {node for node in out if not hidden[node]}


def closed(rest: Part, kids: Sequence[Part], secret: int | None = None) -> set[int]:
    """Which of a shown unit's parts to hide, by their place in ``kids``.

    ``rest`` is what the unit counts outside ``kids``; it cannot be hidden, only mixed with hidden
    kids, and pairs with the first. While its pair is shown it is known to be mixed, which is safe
    even for a reader who knows the sum of the hidden pairs.

    The first ``secret`` kids (all by default) must not be shown all-or-none. Pairs after theirs are
    hidden only in a row, and only once all of theirs are: while the sum so far tells by itself or
    the next pair has an all-or-none part. So every choice could have come from each hidden pair
    having one, which is what the proof needs.
    """
    own = 1 if rest[0] else 0
    parts = [rest, *kids] if own else list(kids)
    if len(parts) < 2:
        return set()
    pairs = [list(range(at, at + 2)) for at in range(0, len(parts) - 1, 2)]
    if len(parts) % 2:
        pairs[-1].append(len(parts) - 1)
    guarded = len(parts) if secret is None else max(1, own + secret)
    first = [at for at, pair in enumerate(pairs) if pair[0] < guarded]

    def telling(shut: set[int]) -> bool:
        return _telling([parts[place] for at in sorted(shut) for place in pairs[at]])

    def same(at: int) -> bool:
        return any(parts[place][1] in (0, parts[place][0]) for place in pairs[at])

    shut = {at for at in first if same(at)}
    if len(pairs) == 1 and telling({0}):
        shut = {0}
    for at in sorted(set(first) - shut):
        if shut and telling(shut):
            shut.add(at)
    if len(shut) == len(first):
        for at in range(len(first), len(pairs)):
            if not (telling(shut) or same(at)):
                break
            shut.add(at)
    return {place - own for at in shut for place in pairs[at] if place >= own}


def _telling(parts: Sequence[Part]) -> bool:
    """Whether the sum of hidden parts tells by itself: all, none, or one whole one of two twins."""
    people, value = sum(part[0] for part in parts), sum(part[1] for part in parts)
    twins = len(parts) == 2 and parts[0][0] == parts[1][0] == value
    return twins or value in (0, people)
